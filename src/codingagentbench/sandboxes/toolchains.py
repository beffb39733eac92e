"""Compilers and interpreters of this machine, and how they are seen inside a sandbox.

What lies below a system folder is there already; what lies elsewhere (a private HOME, /opt) is
mounted read-only below ``/opt/toolchains``. Looking is done by asking the host's own tools, never
anything of a task. Caches and build output go to folders of the attempt; nothing is fetched.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from codingagentbench.errors import UnknownName
from codingagentbench.sandboxes.placing import TMP
from codingagentbench.sandboxes.values import HOME, Mount

_INSIDE: Final = "/opt/toolchains"
_SYSTEM: Final = ("/usr/", "/nix/store/")
_PATH: Final = "/usr/local/bin:/usr/bin:/bin"
#: Where installers put programs without telling every shell.
_ALSO: Final = ("~/.cargo/bin", "/usr/local/go/bin", "~/go/bin", "/usr/local/bin", "/usr/bin")
_TIMEOUT_S: Final = 20.0


@dataclass(frozen=True, kw_only=True)
class Toolchain:
    """One toolchain: ``path`` are folders inside, ``env`` what it needs to work offline."""

    name: str
    version: str
    mounts: tuple[Mount, ...] = ()
    path: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Missing:
    """A toolchain that this machine lacks, why, and the command that installs it."""

    name: str
    reason: str
    mend: str


@functools.cache
def resolve(name: str) -> Toolchain | Missing:
    """The toolchain called ``name``, looked for once; raises ``UnknownName``."""
    if name not in _TABLE:
        raise UnknownName("toolchain", name, _TABLE, do=f"known: {', '.join(_TABLE)}")
    row = _TABLE[name]
    found = row.look()
    if isinstance(found, str):
        return Missing(name=name, reason=found, mend=_install(row.package))
    inside = found.root
    mounts: tuple[Mount, ...] = ()
    if not f"{found.root}/".startswith(_SYSTEM):
        inside = Path(_INSIDE, name)
        mounts = (Mount(source=found.root, target=str(inside)),)
    return Toolchain(
        name=name,
        version=found.version,
        mounts=mounts,
        path=(str(inside / found.bin),),
        env={key: value.replace("{root}", str(inside)) for key, value in row.env.items()},
    )


def everything() -> dict[str, dict[str, object]]:
    """Each toolchain of this machine at its own place, with nothing mounted: name -> what an image
    says of it (version, path, env)."""
    found: dict[str, dict[str, object]] = {}
    for name, row in _TABLE.items():
        here = row.look()
        if isinstance(here, _Found):
            env = {key: value.replace("{root}", str(here.root)) for key, value in row.env.items()}
            path = [str(here.root / here.bin)]
            found[name] = {"version": here.version, "path": path, "env": env}
    return found


def packages(name: str, installer: str) -> tuple[str, ...]:
    """What ``installer`` calls the packages of a toolchain."""
    package = _TABLE[name].package
    return tuple(package.get(installer, package[""]).split())


def forget() -> None:
    """Look again the next time: something was installed."""
    resolve.cache_clear()


def known() -> tuple[str, ...]:
    """The names that :func:`resolve` knows."""
    return tuple(_TABLE)


def base_env(toolchains: Iterable[Toolchain] = ()) -> dict[str, str]:
    """The environment of every program inside, before an agent's own additions."""
    chosen = tuple(toolchains)
    folders = [folder for toolchain in chosen for folder in toolchain.path]
    env = {
        "PATH": ":".join(dict.fromkeys([*folders, *_PATH.split(":")])),
        "HOME": HOME,
        "TMPDIR": TMP,
        "USER": "agent",
        "LOGNAME": "agent",
        "SHELL": "/bin/bash" if os.path.exists("/bin/bash") else "/bin/sh",
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "GIT_TERMINAL_PROMPT": "0",
        "PIP_NO_INDEX": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PYTHONPYCACHEPREFIX": f"{TMP}/pycache",
    }
    for toolchain in chosen:
        env |= toolchain.env
    return env


@dataclass(frozen=True, kw_only=True)
class _Found:
    """Where a toolchain lies on the host, and the folder of programs below it."""

    root: Path
    version: str
    bin: str = "bin"


def _python() -> _Found | str:
    system = Path("/usr/bin/python3")
    if system.exists():
        version = _ask(str(system), "-I", "-S", "--version")
        if _at_least(version, (3, 9)):
            return _Found(root=Path("/usr"), version=_number(version))
    running = ".".join(map(str, sys.version_info[:3]))
    return _Found(root=Path(os.path.realpath(sys.base_prefix)), version=running)


def _rust() -> _Found | str:
    rustc = _which("rustc")
    if rustc is None:
        return "rustc was not found"
    if _which("cc") is None:
        return "there is no cc to link with"
    root = Path(_ask(rustc, "--print", "sysroot"))
    if not (root / "bin" / "cargo").exists():
        return "cargo was not found beside rustc"
    return _Found(root=root, version=_number(_ask(str(root / "bin" / "rustc"), "--version")))


def _go() -> _Found | str:
    go = _which("go")
    if go is None:
        return "go was not found"
    root, version = (_ask(go, "env", name) for name in ("GOROOT", "GOVERSION"))
    return _Found(root=Path(os.path.realpath(root)), version=_number(version))


def _java() -> _Found | str:
    javac = _which("javac")
    if javac is None:
        return "javac was not found"
    root = Path(os.path.realpath(javac)).parents[1]
    release = root / "release"
    version = release.read_text() if release.exists() else _ask(javac, "-version")
    return _Found(root=root, version=_number(version))


def _node() -> _Found | str:
    node = _which("node")
    if node is None:
        return "node was not found"
    root = Path(os.path.realpath(node)).parents[1]
    return _Found(root=root, version=_number(_ask(node, "--version")))


def _cpp() -> _Found | str:
    compiler = _which("g++") or _which("clang++")
    if compiler is None:
        return "neither g++ nor clang++ was found"
    root = Path(os.path.realpath(compiler)).parents[1]
    return _Found(root=root, version=_number(_ask(compiler, "-dumpfullversion", "-dumpversion")))


class _Row(NamedTuple):
    """How a toolchain is found, its package by installer ("" is any other), and an environment
    that keeps it offline, with its caches in the attempt's own folders ("{root}" filled in)."""

    look: Callable[[], _Found | str]
    package: Mapping[str, str]
    env: Mapping[str, str] = MappingProxyType({})


_TABLE: Final[Mapping[str, _Row]] = {
    "python": _Row(_python, {"": "python3"}),
    "rust": _Row(
        _rust,
        {"apt-get": "rustc cargo gcc", "dnf": "rust cargo gcc", "": "rust gcc"},
        {
            "CARGO_HOME": f"{TMP}/cargo",
            "CARGO_TARGET_DIR": f"{TMP}/cargo-target",
            "CARGO_NET_OFFLINE": "true",
        },
    ),
    "go": _Row(
        _go,
        {"apt-get": "golang-go", "dnf": "golang", "": "go"},
        {
            "GOROOT": "{root}",
            "GOPATH": f"{TMP}/go",
            "GOCACHE": f"{TMP}/go-cache",
            "GOPROXY": "off",
            "GOTOOLCHAIN": "local",
            "GOTELEMETRY": "off",
        },
    ),
    "java": _Row(
        _java,
        {"apt-get": "default-jdk-headless", "dnf": "java-latest-openjdk-devel", "": "openjdk"},
        {"JAVA_HOME": "{root}"},
    ),
    "node": _Row(
        _node,
        {"": "nodejs"},
        {
            "npm_config_cache": f"{TMP}/npm",
            "npm_config_offline": "true",
            "npm_config_update_notifier": "false",
        },
    ),
    "c++": _Row(_cpp, {"apt-get": "g++", "dnf": "gcc-c++", "": "gcc"}),
}
_INSTALLERS: Final = (
    ("apt-get", "apt-get install -y"),
    ("dnf", "dnf install -y"),
    ("pacman", "pacman -S --noconfirm"),
    ("apk", "apk add"),
)


def _which(name: str) -> str | None:
    also = [os.path.expanduser(folder) for folder in _ALSO]
    return shutil.which(name) or shutil.which(name, path=":".join(also))


def _ask(*argv: str) -> str:
    """What a tool of the host prints; empty when it cannot be run."""
    try:
        done = subprocess.run(
            argv, capture_output=True, text=True, check=False, timeout=_TIMEOUT_S, cwd="/",
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()


def _number(text: str) -> str:
    found = re.search(r"\d+(\.\d+)+|\d+", text)
    return found.group() if found else "unknown"


def _at_least(text: str, least: tuple[int, int]) -> bool:
    found = re.search(r"(\d+)\.(\d+)", text)
    return found is not None and (int(found[1]), int(found[2])) >= least


def _install(package: Mapping[str, str]) -> str:
    here = [row for row in _INSTALLERS if shutil.which(row[0]) is not None]
    program, command = (here or _INSTALLERS)[0]
    sudo = "" if os.geteuid() == 0 else "sudo "
    return f"{sudo}{command} {package.get(program, package[''])}"
