"""What this machine has of what bubblewrap needs, and the one command that mends what it lacks."""

from __future__ import annotations

import asyncio
import functools
import os
import platform
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from codingagentbench.errors import CabError
from codingagentbench.sandboxes import seccomp
from codingagentbench.sandboxes.cgroups import find_cgroups
from codingagentbench.sandboxes.protocol import Finding, Sandbox
from codingagentbench.sandboxes.values import Command

_INSTALLERS: Final = (
    ("apt-get", "apt-get install -y bubblewrap"),
    ("dnf", "dnf install -y bubblewrap"),
    ("pacman", "pacman -S --noconfirm bubblewrap"),
    ("apk", "apk add bubblewrap"),
    ("zypper", "zypper install -y bubblewrap"),
)
#: Switches that forbid user namespaces: file, the value that forbids, the command that allows.
_SWITCHES: Final = (
    (
        "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
        "1",
        "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
    ),
    (
        "/proc/sys/kernel/unprivileged_userns_clone",
        "0",
        "sysctl -w kernel.unprivileged_userns_clone=1",
    ),
    ("/proc/sys/user/max_user_namespaces", "0", "sysctl -w user.max_user_namespaces=15000"),
)


def install_command() -> str:
    """The command that installs bubblewrap here."""
    for program, command in _INSTALLERS:
        if shutil.which(program) is not None:
            return _as_root(command)
    return _as_root(_INSTALLERS[0][1])


def findings(sandbox: Sandbox) -> tuple[Finding, ...]:
    """All findings; the sandbox is really started once."""
    with ThreadPoolExecutor(1) as thread:  # there may be a loop running in this one
        error = thread.submit(asyncio.run, _start_once(sandbox)).result()
    cgroups = find_cgroups()
    return (
        Finding(
            what="bubblewrap",
            found=_version(),
            ok=True,
            needed_for="running agents and verifiers apart from this machine",
        ),
        Finding(
            what="a sandbox",
            found="starts" if error is None else error,
            ok=error is None,
            needed_for="every cell",
            mend=None if error is None else _mend(),
        ),
        Finding(
            what="limits",
            found="rlimits only" if cgroups is None else cgroups.name,
            ok=cgroups is not None,
            needed_for="a bound on the memory and processes of a whole attempt",
            mend=None
            if cgroups is not None
            else "systemd-run --user --scope -p Delegate=yes $SHELL",
        ),
        Finding(
            what="system call filter",
            found="yes" if seccomp.supported() else f"no table for {platform.machine()}",
            ok=seccomp.supported(),
            needed_for="keeping agents off rarely used parts of the kernel",
        ),
    )


async def _start_once(sandbox: Sandbox) -> str | None:
    """Why ``true`` did not run in a sandbox; None when it did."""
    try:
        with tempfile.TemporaryDirectory() as scratch:
            async with sandbox.attempt(Path(scratch)) as slot:
                done = await slot.run(
                    Command(argv=("true",), env={"PATH": "/usr/bin:/bin"}, timeout_s=10)
                )
    except CabError as error:
        return str(error)
    except OSError as error:
        return f"{error.strerror}"
    return None if done.code == 0 else f"exit code {done.code}"


@functools.cache
def _version() -> str:
    done = subprocess.run(["bwrap", "--version"], capture_output=True, text=True, check=False)
    return done.stdout.strip().removeprefix("bubblewrap ") or "unknown version"


def _mend() -> str | None:
    for file, forbids, command in _SWITCHES:
        try:
            if Path(file).read_text().strip() == forbids:
                return _as_root(command)
        except OSError:
            continue
    return None


def _as_root(command: str) -> str:
    return command if os.geteuid() == 0 else f"sudo {command}"
