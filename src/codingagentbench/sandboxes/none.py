"""No sandbox: programs run on the host as they are, and only because somebody asked for it.

The same protocol without isolation. What holds: another user when the harness is root, limits
where there are control groups, and the death of everything that was started. What does not: a
program sees the host's files and network.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import re
import secrets
import signal
import socket
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from codingagentbench.errors import SandboxError
from codingagentbench.sandboxes import owners
from codingagentbench.sandboxes.cgroups import Cgroups, find_cgroups
from codingagentbench.sandboxes.launcher.request import Request, Watch
from codingagentbench.sandboxes.placing import TMP, place
from codingagentbench.sandboxes.protocol import Finding, OnListen, Overlay, Sink
from codingagentbench.sandboxes.rlimits import rlimits
from codingagentbench.sandboxes.supervising import Plan, supervise
from codingagentbench.sandboxes.threads import in_thread
from codingagentbench.sandboxes.toolchains import Missing, Toolchain, resolve
from codingagentbench.sandboxes.values import (
    HOME,
    WORKSPACE,
    Command,
    Exit,
    Mount,
    Owner,
    Workspace,
)
from codingagentbench.sandboxes.workspaces_copy import copy_tree

_NAME: Final = "none"
_REPORT_FD: Final = 3
_MARK: Final = "CAB_RUN"
_MARKED_S: Final = 2.0


class Unsandboxed:
    """See :class:`codingagentbench.sandboxes.protocol.Sandbox`."""

    name = _NAME

    def __init__(self, *, hide: tuple[Path, ...] = ()) -> None:
        del hide  # nothing is hidden here; the record says "none"

    @asynccontextmanager
    async def attempt(self, scratch: Path) -> AsyncIterator[UnsandboxedSlot]:
        lease = owners.lease()
        os.chmod(scratch, 0o711)  # its own files are to be reached by the owner  # noqa: S103
        try:
            yield UnsandboxedSlot(lease.owner, scratch)
        finally:
            lease.close()

    def admit(self, mounts: Iterable[Mount]) -> None:
        del mounts  # all of them lie on this machine

    def toolchain(self, name: str) -> Toolchain | Missing:
        return resolve(name)

    def check(self) -> tuple[Finding, ...]:
        cgroups = find_cgroups()
        return (
            Finding(
                what="no sandbox",
                found="agents would see this machine's files and network",
                ok=False,
                needed_for="nothing: only what is asked for by name",
            ),
            Finding(
                what="limits",
                found="rlimits only" if cgroups is None else cgroups.name,
                ok=cgroups is not None,
                needed_for="a bound on the memory and processes of a whole attempt",
            ),
        )


class UnsandboxedSlot:
    """See :class:`codingagentbench.sandboxes.protocol.Slot`."""

    def __init__(self, owner: Owner, scratch: Path) -> None:
        self.owner = owner
        self._scratch = Path(os.path.realpath(scratch))
        self._numbers = itertools.count()

    async def overlay_for(self, lower: Path) -> Overlay | None:
        del lower
        return None

    async def run(
        self,
        command: Command,
        *,
        workspace: Workspace | None = None,
        on_listen: OnListen | None = None,
        sink: Sink | None = None,
        stop: asyncio.Event | None = None,
    ) -> Exit:
        cgroups = find_cgroups()
        listener = None if command.port is None else socket.create_server(("127.0.0.1", 0))
        mark = f"{_MARK}={secrets.token_hex(16)}"
        here = self._scratch / f"run-{next(self._numbers)}"
        try:
            mounts = await in_thread(_real_mounts, command, here, self.owner)
            real = self._places(mounts, command.workdir, workspace, here)
            plan = Plan(
                request=self._request(command, workspace, cgroups, listener, mark, here, real),
                backend=_NAME,
                network="host",
                limits="rlimits only" if cgroups is None else cgroups.name,
                cgroups=cgroups,
                listener=listener,
            )
        except (SandboxError, asyncio.CancelledError):
            if listener is not None:
                listener.close()
            raise
        try:
            return await supervise(plan, command, on_listen=on_listen, sink=sink, stop=stop)
        except SandboxError:
            _kill_marked(mark.encode())  # the launcher, which knows its own, may be dead
            raise

    def _request(
        self,
        command: Command,
        workspace: Workspace | None,
        cgroups: Cgroups | None,
        listener: socket.socket | None,
        mark: str,
        here: Path,
        real: Mapping[str, str],
    ) -> Request:
        names = Names(real, command.port, None if listener is None else listener.getsockname()[1])
        files = {path: names.bytes(content) for path, content in command.files.items()}
        placed = place(files, home=real[HOME], tmp=real[TMP])
        key, _, value = mark.partition("=")
        env = {name: names.text(text) for name, text in command.env.items()} | {key: value}
        disk = command.limits.disk_mb
        owned = workspace is not None and disk is not None
        return Request(
            argv=[names.text(word) for word in command.argv],
            env=env,
            cwd=names.text(command.cwd),
            uid=self.owner.uid,
            gid=self.owner.gid,
            drop=os.geteuid() == 0,
            isolate=False,
            stage_bytes=None,
            names=False,
            port=None,
            binds=[],
            private=[],
            overlay=None,
            folders=[
                (str(here), 0o755, False), (real[HOME], 0o700, True), (real[TMP], 0o700, True),
                *(() if workspace is not None else ((real[WORKSPACE], 0o755, True),)),
                *placed.folders,
            ],
            files=placed.files,
            data=[],
            ready=None,
            filter=None,
            status=None,
            report=_REPORT_FD if command.report else None,
            groups=[] if cgroups is None else cgroups.groups(command.limits),
            limits=rlimits(command.limits, cgroups),
            watch=Watch(path=real[WORKSPACE], limit=(disk or 0) << 20) if owned else None,
        )  # fmt: skip

    def _places(
        self, mounts: Mapping[str, str], workdir: str, workspace: Workspace | None, here: Path
    ) -> dict[str, str]:
        """Every path inside that has a name, and the real one; all of them can be reached."""
        tree = here / "workspace"
        if workdir != WORKSPACE:
            raise SandboxError(
                f"the task's tree has to lie at {workdir}", do="that needs a sandbox: bubblewrap"
            )
        if workspace is not None:
            if workspace.tree is None:
                raise SandboxError("without a sandbox a workspace has to be a copy")
            tree = Path(os.path.realpath(workspace.tree))
        real = {
            WORKSPACE: str(tree),
            HOME: str(here / "home"),
            TMP: str(here / "tmp"),
            **mounts,
        }
        for path in (str(self._scratch), *real.values()):
            closed = _closed_above(path, self.owner)
            if closed is not None:
                raise SandboxError(
                    f"{path} cannot be reached by the unprivileged user that programs run as",
                    where=str(closed),
                    do="use folders outside it, run as an ordinary user, or use a sandbox",
                )
        return real


class Names:
    """Paths and the port inside, put into text as what they really are here."""

    def __init__(self, real: Mapping[str, str], port: int | None, real_port: int | None) -> None:
        self._real = {os.fsencode(path): os.fsencode(there) for path, there in real.items()}
        longest = sorted(self._real, key=len, reverse=True)
        paths = b"|".join(map(re.escape, longest))
        self._paths = re.compile(rb"(?<![\w.-])(?:" + paths + rb")(?![\w-]|\.\w)")
        self._port = None
        if port is not None:
            self._port = re.compile(rb"(127\.0\.0\.1|localhost):%d(?!\d)" % port)
            self._real_port = b":%d" % (real_port or port)

    def bytes(self, content: bytes) -> bytes:
        """``content`` with every such path and address replaced."""
        content = self._paths.sub(lambda found: self._real[found.group()], content)
        if self._port is not None:
            content = self._port.sub(lambda found: found.group(1) + self._real_port, content)
        return content

    def text(self, text: str) -> str:
        """As :meth:`bytes`."""
        return os.fsdecode(self.bytes(os.fsencode(text)))


def _real_mounts(command: Command, here: Path, owner: Owner) -> dict[str, str]:
    """Where each mount's target really is; what the run may change is a copy in ``here``."""
    real = {}
    for number, mount in enumerate(command.mounts):
        real[mount.target] = os.path.realpath(mount.source)
        if mount.private:
            copy = here / f"private-{number}"
            try:
                here.mkdir(mode=0o755, exist_ok=True)
                copy_tree(mount.source, copy, owner=owner)
            except OSError as error:
                raise SandboxError(
                    f"a folder cannot be copied: {error.strerror}", where=str(mount.source)
                ) from error
            real[mount.target] = str(copy)
    return real


def _closed_above(path: str, owner: Owner) -> Path | None:
    """The first folder on the way to ``path`` that ``owner`` may not pass."""
    for folder in reversed(Path(path).parents):
        try:
            found = folder.stat()
        except FileNotFoundError:
            return None  # it will be made, and then be the owner's
        except OSError:
            return folder
        mine, ours = found.st_uid == owner.uid, found.st_gid == owner.gid
        bit = 0o100 if mine else 0o010 if ours else 0o001
        if not found.st_mode & bit and os.geteuid() == 0:
            return folder
    return None


def _kill_marked(mark: bytes) -> None:
    """Kill every process that still has the mark of a run in its environment."""
    deadline = time.monotonic() + _MARKED_S
    while time.monotonic() < deadline:
        found = [int(name) for name in os.listdir("/proc") if name.isdigit() and _has(name, mark)]
        if not found:
            return
        for pid in found:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)


def _has(pid: str, mark: bytes) -> bool:
    with contextlib.suppress(OSError), open(f"/proc/{pid}/environ", "rb") as file:
        return mark in file.read().split(b"\0")
    return False
