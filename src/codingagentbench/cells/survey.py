"""What this machine can and cannot do: sandboxes, toolchains, installers, agents."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass

from codingagentbench.agents import AGENTS, installed
from codingagentbench.errors import SandboxUnavailable
from codingagentbench.sandboxes import Missing, open_sandbox, resolve_toolchain, warm_findings
from codingagentbench.tasks import TOOLCHAINS


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was looked at. ``mend`` is a shell command, for what is not ``ok``."""

    what: str
    found: str
    ok: bool
    needed_for: str
    mend: str | None = None
    essential: bool = False  # without it no cell can run


def survey(*, sandbox: str = "bubblewrap") -> tuple[Finding, ...]:
    """Look at everything; takes well below a second and changes nothing."""
    return (*_base(), *_sandbox(sandbox), *_toolchains(), *_agents())


def _base() -> tuple[Finding, ...]:
    version = ".".join(map(str, sys.version_info[:3]))
    npm = shutil.which("npm")
    return (
        Finding(what="Python", found=version, ok=True, needed_for="everything", essential=True),
        Finding(
            what="npm",
            found=npm or "no",
            ok=npm is not None,
            needed_for="installing codex, opencode, pi",
            mend=None if npm else "sudo apt-get install npm",
        ),
        Finding(
            what="user",
            found="root; every sandbox runs as a user of its own"
            if os.geteuid() == 0
            else "an ordinary user",
            ok=True,
            needed_for="running sandboxed programs without privileges",
        ),
    )


def _sandbox(name: str) -> tuple[Finding, ...]:
    try:
        found = open_sandbox(name).check()
    except SandboxUnavailable as lack:
        mend = (lack.do or "").removeprefix("run: ")
        return (
            Finding(
                what="sandbox",
                found=lack.what,
                ok=False,
                needed_for="every cell",
                mend=mend or None,
                essential=True,
            ),
        )
    return tuple(
        Finding(
            what=f.what,
            found=f.found,
            ok=f.ok,
            needed_for=f.needed_for,
            mend=f.mend,
            essential=f.needed_for == "every cell",
        )
        for f in (*found, *warm_findings())
    )


def _toolchains() -> tuple[Finding, ...]:
    found = []
    for name in TOOLCHAINS:
        toolchain = resolve_toolchain(name)
        missing = isinstance(toolchain, Missing)
        found.append(
            Finding(
                what=f"{name} toolchain",
                found=toolchain.reason if isinstance(toolchain, Missing) else toolchain.version,
                ok=not missing,
                needed_for=f"tasks in {name}",
                mend=toolchain.mend if isinstance(toolchain, Missing) else None,
            )
        )
    return tuple(found)


def _agents() -> tuple[Finding, ...]:
    found = []
    for agent in AGENTS.values():
        here = installed(agent)
        found.append(
            Finding(
                what=agent.name,
                found=here.version if here else "not installed",
                ok=here is not None,
                needed_for=f"running {agent.name}",
                mend=None if here else f"cab agents install {agent.name}",
            )
        )
    return tuple(found)
