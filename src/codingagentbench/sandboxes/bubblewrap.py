"""The bubblewrap backend: bwrap started by an ordinary user, in namespaces made by the launcher.

https://github.com/containers/bubblewrap. What the launcher makes (network with one listener,
overlay, stage, control groups) needs rights that bwrap does not have; what bwrap makes (process
and mount namespaces, the small root, no way back) is what it is trusted for. bwrap never runs as
the superuser: uid 0 inside would be uid 0 outside.
"""

from __future__ import annotations

import asyncio
import base64
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Final

from codingagentbench.errors import SandboxError, SandboxUnavailable
from codingagentbench.sandboxes import bubblewrap_root as root
from codingagentbench.sandboxes import owners, seccomp
from codingagentbench.sandboxes.bubblewrap_doctor import findings, install_command
from codingagentbench.sandboxes.cgroups import Cgroups, find_cgroups
from codingagentbench.sandboxes.launcher.request import Overlay as OverlayMount
from codingagentbench.sandboxes.launcher.request import Private, Request, Watch
from codingagentbench.sandboxes.placing import place
from codingagentbench.sandboxes.protocol import Finding, OnListen, Overlay, Sink
from codingagentbench.sandboxes.rlimits import rlimits
from codingagentbench.sandboxes.supervising import Plan, supervise
from codingagentbench.sandboxes.toolchains import Missing, Toolchain, resolve
from codingagentbench.sandboxes.values import Command, Exit, Limits, Mount, Owner, Workspace

_NAME: Final = "bubblewrap"
_PACKAGE: Final = Path(__file__).resolve().parents[1]
_ARGS_FD, _FILTER_FD, _STATUS_FD, _READY_FD, _REPORT_FD = 10, 11, 12, 13, 3
_STAGE_SLACK: Final = 1 << 20  # for what is on the stage besides HOME and /tmp
#: (device of the lower, device of the scratch) -> what was found by trying.
_overlays: dict[tuple[int, int], Overlay | None] = {}


class Bubblewrap:
    """See :class:`codingagentbench.sandboxes.protocol.Sandbox`."""

    name = _NAME

    def __init__(self, *, hide: tuple[Path, ...] = ()) -> None:
        program = shutil.which("bwrap")
        if program is None:
            raise SandboxUnavailable("bubblewrap is not installed", do=f"run: {install_command()}")
        self._program = program
        self._hide = (_PACKAGE, *hide)

    @asynccontextmanager
    async def attempt(self, scratch: Path) -> AsyncIterator[BubblewrapSlot]:
        lease = owners.lease()
        try:
            yield BubblewrapSlot(self._program, self._hide, lease.owner, scratch)
        finally:
            lease.close()

    def admit(self, mounts: Iterable[Mount]) -> None:
        del mounts  # all of them lie on this machine

    def toolchain(self, name: str) -> Toolchain | Missing:
        return resolve(name)

    def check(self) -> tuple[Finding, ...]:
        return findings(self)


class BubblewrapSlot:
    """See :class:`codingagentbench.sandboxes.protocol.Slot`."""

    def __init__(self, program: str, hide: tuple[Path, ...], owner: Owner, scratch: Path) -> None:
        self.owner = owner
        self._program, self._hide, self._scratch = program, hide, scratch

    async def overlay_for(self, lower: Path) -> Overlay | None:
        owner, devices = _devices(lower, self._scratch)
        if os.geteuid() not in (0, owner):
            return None
        if devices not in _overlays:
            _overlays[devices] = await self._try_overlay(lower)
        return _overlays[devices]

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
        plan = Plan(
            request=self._request(command, workspace, cgroups),
            backend=_NAME,
            network="off" if command.port is None else "gateway only",
            limits="rlimits only" if cgroups is None else cgroups.name,
            cgroups=cgroups,
            not_started=_not_started,
        )
        return await supervise(plan, command, on_listen=on_listen, sink=sink, stop=stop)

    async def _try_overlay(self, lower: Path) -> Overlay | None:
        with _trial_workspace(lower, self._scratch, self.owner) as (workspace, made):
            try:
                command = Command(argv=("/bin/mkdir", made.name), terminal=None, timeout_s=10)
                await self.run(command, workspace=workspace)
            except SandboxError:
                return None
            if not made.is_dir():
                return None
        return "root" if os.geteuid() == 0 else "user"

    def _request(
        self, command: Command, workspace: Workspace | None, cgroups: Cgroups | None
    ) -> Request:
        etc = root.etc(names=command.names)
        placed = place(command.files, home=root.STAGE_HOME, tmp=root.STAGE_TMP)
        disk = command.limits.disk_mb
        filtered = seccomp.supported()
        args = root.arguments(
            env=dict(command.env), cwd=command.cwd, mounts=command.mounts, hide=self._hide,
            workspace=None if workspace is None else command.workdir,
            filter_fd=_FILTER_FD if filtered else None, status_fd=_STATUS_FD, ready_fd=_READY_FD,
        )  # fmt: skip
        if any("\0" in word for word in args):  # it would end one option and begin another
            raise SandboxError("a NUL character in what a sandbox is told", do="remove it")
        data = [(_ARGS_FD, _base64("\0".join(args).encode("utf-8", "surrogateescape")))]
        if filtered:
            data.append((_FILTER_FD, _base64(seccomp.program())))
        return Request(
            argv=[self._program, "--args", str(_ARGS_FD), "--", *command.argv],
            env={},
            cwd="/",
            uid=self.owner.uid,
            gid=self.owner.gid,
            drop=os.geteuid() == 0,
            isolate=True,
            stage_bytes=None if disk is None else (disk << 20) + _STAGE_SLACK,
            port=command.port,
            names=command.names,
            binds=[*etc.binds, *_mounts(command), *_tree(workspace)],
            private=_private(command),
            overlay=_overlay(workspace),
            folders=[
                (root.STAGE_HOME, 0o700, True), (root.STAGE_TMP, 0o1777, True),
                (root.STAGE_SHM, 0o1777, True), *etc.folders, *placed.folders,
            ],
            files=[*etc.files, *placed.files],
            data=data,
            ready=(_READY_FD, _base64(b"ready\n")),
            filter=None,
            status=_STATUS_FD,
            report=_REPORT_FD if command.report else None,
            groups=[] if cgroups is None else cgroups.groups(command.limits),
            limits=rlimits(command.limits, cgroups),
            watch=_watch(command.limits, workspace),
        )  # fmt: skip


def _devices(lower: Path, scratch: Path) -> tuple[int, tuple[int, int]]:
    """The owner of ``lower``, and the devices of both."""
    below = lower.stat()
    return below.st_uid, (below.st_dev, scratch.stat().st_dev)


@contextmanager
def _trial_workspace(lower: Path, scratch: Path, owner: Owner) -> Iterator[tuple[Workspace, Path]]:
    """An overlay workspace to try, and where a folder made at its root must appear."""
    with tempfile.TemporaryDirectory(dir=scratch, prefix="overlay-trial-") as folder:
        upper, work = Path(folder, "upper"), Path(folder, "work")
        upper.mkdir()
        work.mkdir()
        if os.geteuid() == 0:
            os.chown(upper, owner.uid, owner.gid)
        yield (
            Workspace(root=Path(folder), lower=lower, owner=owner, upper=upper, work=work),
            upper / "trial",
        )
        if (work / "work").exists():
            os.chmod(work / "work", 0o700)  # the kernel makes it unreadable


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _mounts(command: Command) -> list[tuple[str, str]]:
    rows = []
    for number, mount in enumerate(command.mounts):
        if not mount.source.exists():
            raise SandboxError("there is nothing to mount", where=str(mount.source))
        if not mount.private:
            rows.append((os.path.realpath(mount.source), root.staged(number)))
    return rows


def _private(command: Command) -> list[Private]:
    return [
        Private(
            source=os.path.realpath(mount.source),
            place=root.staged(number),
            by_root=os.geteuid() == 0,
        )
        for number, mount in enumerate(command.mounts)
        if mount.private
    ]


def _tree(workspace: Workspace | None) -> list[tuple[str, str]]:
    if workspace is None:
        return []
    if workspace.tree is not None:
        return [(str(workspace.tree), root.STAGE_WORK)]
    return [(str(workspace.upper), root.STAGE_UPPER)]


def _overlay(workspace: Workspace | None) -> OverlayMount | None:
    if workspace is None or workspace.tree is not None:
        return None
    return OverlayMount(
        lower=str(workspace.lower),
        upper=str(workspace.upper),
        work=str(workspace.work),
        target=root.STAGE_WORK,
        by_root=os.geteuid() == 0,
    )


def _watch(limits: Limits, workspace: Workspace | None) -> Watch | None:
    if workspace is None or limits.disk_mb is None:
        return None
    place = root.STAGE_WORK if workspace.tree is not None else root.STAGE_UPPER
    return Watch(path=place, limit=limits.disk_mb << 20)


def _not_started(status: str, tail: bytes) -> str | None:
    """bwrap reports an exit code only for a program that it has started."""
    if '"exit-code"' in status:
        return None
    lines = tail.decode("utf-8", "replace").splitlines()
    said = [line.removeprefix("bwrap: ") for line in lines if line.startswith("bwrap: ")]
    return said[-1] if said else "the sandbox was ended from outside"
