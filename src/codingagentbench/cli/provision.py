"""System packages that are missing: installed where that may be done, else the command is said."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass

from codingagentbench.cells import Finding, survey
from codingagentbench.errors import SandboxUnavailable
from codingagentbench.sandboxes import forget_toolchains

#: What the built-in tasks and agents are run with; other toolchains can wait.
_WANTED = ("npm", "python toolchain", "rust toolchain")


def provided(*, allowed: bool) -> None:
    """Have what a cell needs. Raises ``SandboxUnavailable`` when something essential is missing.

    Runs the command that ``cab doctor`` shows, as root or with sudo where that asks for no
    password; never anything else.
    """
    missing = _missing()
    commands = list(dict.fromkeys(f.mend for f in missing if f.mend))
    may = allowed and (os.geteuid() == 0 or _passwordless_sudo())
    if may:
        for command in commands:
            _run(command)
        forget_toolchains()
        missing = _missing()
    for finding in missing:
        if finding.essential:
            raise SandboxUnavailable(
                f"{finding.what}: {finding.found}", do=f"run: {finding.mend or 'cab doctor'}"
            )
        said = f"; to have it: {finding.mend}" if finding.mend else ""
        print(f"{finding.what}: {finding.found}{said}", file=sys.stderr)


def _missing() -> list[Finding]:
    return [f for f in survey() if not f.ok and (f.essential or f.what in _WANTED)]


def _passwordless_sudo() -> bool:
    if shutil.which("sudo") is None:
        return False
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return asked.returncode == 0


@dataclass(frozen=True, kw_only=True)
class _Packager:
    """How a package manager is told to ask nothing, and what it needs to know first."""

    first: tuple[str, ...] = ()
    env: tuple[tuple[str, str], ...] = ()
    yes: tuple[str, ...] = ()


_PACKAGERS = {
    "apt-get": _Packager(
        first=("apt-get", "update", "-qq"),
        env=(("DEBIAN_FRONTEND", "noninteractive"),),
        yes=("-y", "-qq", "--no-install-recommends"),
    ),
    "dnf": _Packager(yes=("-y", "-q")),
    "pacman": _Packager(yes=("--noconfirm",)),
    "apk": _Packager(),
    "zypper": _Packager(yes=("-n",)),
}


def _run(command: str) -> None:
    words = shlex.split(command)
    if words[0] == "sudo":
        words = words[1:]
    how = _PACKAGERS.get(words[0])
    if how is None:
        return
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    environment = dict(os.environ, **dict(how.env))
    print(f"Running: {' '.join(words)}", file=sys.stderr, flush=True)
    if how.first:
        subprocess.run([*prefix, *how.first], env=environment, stdout=sys.stderr, check=False)
    full = [*prefix, *words[:2], *how.yes, *words[2:]]
    subprocess.run(full, env=environment, stdout=sys.stderr, check=False)
