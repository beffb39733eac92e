"""The door of every sandbox backend: open one, take a slot for an attempt, run commands in it.

    sandbox = open_sandbox()
    async with sandbox.attempt(scratch) as slot:
        overlay = await slot.overlay_for(tree)
        workspace = prepare(tree, at=scratch, owner=slot.owner, overlay=overlay)
        done = await slot.run(command, workspace=workspace, on_listen=session.serve)

A backend is one class behind :class:`Sandbox` and one row in ``backends.BACKENDS``.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from codingagentbench.sandboxes.toolchains import Missing, Toolchain
from codingagentbench.sandboxes.values import Command, Exit, Mount, Owner, Workspace

#: Who can mount an overlay: the superuser (renames of folders work, whiteouts and redirects are
#: ``trusted.overlay.*``) or an ordinary user in a user namespace (``user.overlay.*``; a rename of
#: a lower folder answers EXDEV).
Overlay = Literal["root", "user"]

#: Gets the socket that listens inside, before the program starts; owns and closes it.
OnListen = Callable[[socket.socket], Awaitable[None]]

#: Gets the program's output as it comes: seconds since the program's start, raw bytes.
Sink = Callable[[float, bytes], None]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that this machine has or lacks. ``mend`` is a shell command."""

    what: str
    found: str
    ok: bool
    needed_for: str
    mend: str | None = None


class Slot(Protocol):
    """The place of one attempt: an unprivileged user of its own, for as long as it is open."""

    @property
    def owner(self) -> Owner:
        """Whom everything inside runs as and belongs to; no other open slot has the same one
        when the harness is root, else the harness's own user."""

    async def overlay_for(self, lower: Path) -> Overlay | None:
        """Which overlay :meth:`run` can mount over ``lower``, with its upper in the slot's
        scratch folder; ``None``: only a copy will do. Tried for real, once for each pair of
        file systems. Files of ``lower`` that do not belong to the owner of ``lower`` itself
        could be read but not changed.
        """

    async def run(
        self,
        command: Command,
        *,
        workspace: Workspace | None = None,
        on_listen: OnListen | None = None,
        sink: Sink | None = None,
        stop: asyncio.Event | None = None,
    ) -> Exit:
        """Run ``command`` to its end; HOME and /tmp are new and empty each time.

        ``workspace`` is seen at ``command.workdir``, for writing; without one, /workspace is empty.
        With ``command.port`` the listener's socket is handed to ``on_listen``, and the program
        starts when that has returned. ``sink`` gets the first ``limits.output_mb`` of the output.
        When ``stop`` is set the program is ended (SIGTERM, grace, SIGKILL) with
        ``killed_by=stopped``. However it ends, also by cancellation of this call, every process
        inside is dead before it returns or raises.

        Raises ``SandboxError`` when the sandbox could not be built or the program not started.
        """


class Sandbox(Protocol):
    """A way to run programs apart from the machine and from each other."""

    @property
    def name(self) -> str:
        """As in ``Exit.backend``."""

    def attempt(self, scratch: Path) -> AbstractAsyncContextManager[Slot]:
        """A slot whose own files, if it needs any, lie in the existing folder ``scratch``.

        The caller makes and removes ``scratch``, a folder for this attempt alone. One slot can
        run several commands, one after the other.
        """

    def admit(self, mounts: Iterable[Mount]) -> None:
        """Raise ``SandboxUnavailable`` when no command with ``mounts`` could ever run."""

    def toolchain(self, name: str) -> Toolchain | Missing:
        """The toolchain called ``name`` as programs inside would have it; ``UnknownName``."""

    def check(self) -> tuple[Finding, ...]:
        """What this machine has and lacks, for ``cab doctor``; raises nothing."""
