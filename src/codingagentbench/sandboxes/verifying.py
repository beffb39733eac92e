"""The hidden tests over what an agent left: a second, fresh sandbox, and a report to believe.

Nothing of the agent's run is alive by then. The verifier sees the assembled tree for writing,
its own folder and the kit read-only, and no network. It says what it found on a pipe of its own;
what it prints is kept for people to read and decides nothing.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from codingagentbench.errors import SandboxError
from codingagentbench.sandboxes.carry import assemble
from codingagentbench.sandboxes.protocol import Sandbox, Slot
from codingagentbench.sandboxes.threads import in_thread
from codingagentbench.sandboxes.toolchains import Toolchain, base_env
from codingagentbench.sandboxes.values import (
    Changes,
    Command,
    Exit,
    KilledBy,
    Limits,
    Mount,
    Owner,
    Verification,
    Workspace,
)
from codingagentbench.sandboxes.verifying_report import Report, read_report
from codingagentbench.sandboxes.warm import warmed
from codingagentbench.sandboxes.workspaces import discard, prepare
from codingagentbench.sandboxes.workspaces_copy import copy_tree
from codingagentbench.tasks import Task

#: Where things lie in the verifier's sandbox, besides the tree.
VERIFIER: Final = "/verifier"
VERIFIER_KIT: Final = "/verifier-kit"

_OUTPUT: Final = 128 * 1024  # bytes kept from the beginning, and as many from the end
_SIGNALLED: Final = 128


async def verify(
    *,
    sandbox: Sandbox,
    task: Task,
    scratch: Path,
    kit: Path,
    workspace: Workspace | None = None,
    changes: Changes | None = None,
    tree: Path | None = None,
    toolchains: Iterable[Toolchain] = (),
    limits: Limits | None = None,
) -> Verification:
    """Run the task's verifier and judge its report.

    Over ``workspace`` with its ``changes``: the pristine tree with those changes that may be
    carried. Over ``tree``: that tree, as it is, which must not be an agent's. Over neither: the
    task's own tree. ``scratch`` is an existing folder; what is made in it is removed again.
    ``kit`` is mounted read-only, its place is in the environment as CAB_KIT.

    Never raises for what a verifier or a tree does: ``broken`` says what failed on our side. A
    verifier that reports nothing is run over the pristine tree too; only if it cannot report
    there either is it broken, else it is the tree that silenced it.
    """
    job = _Job(
        sandbox=sandbox,
        task=task,
        kit=kit,
        toolchains=await warmed(toolchains, sandbox=sandbox, scratch=scratch),
        limits=limits or Limits(),
    )
    try:
        with _folder(scratch) as base:
            if workspace is not None:
                done = await job.changed(base, workspace, changes or Changes())
            else:
                done = await job.over(base, tree or task.tree)
            if done.mute and (workspace is not None or tree is not None):
                control = await job.over(base, task.tree)
                return done.verification(broken=control.why_mute if control.mute else None)
            return done.verification(broken=done.why_mute if done.mute else None)
    except SandboxError as error:
        return _unfinished(task, str(error))
    except OSError as error:
        what = error.strerror or str(error)
        return _unfinished(task, f"{error.filename}: {what}" if error.filename else what)


@dataclass(frozen=True, kw_only=True)
class _Done:
    """One run of a verifier."""

    exit: Exit
    report: Report
    output: str
    left_out: tuple[str, ...] = ()

    @property
    def mute(self) -> bool:
        """It ended, or its time did, and no test was reported: the tree's fault, or its own."""
        said = self.report.said > 0 and self.report.broken is None
        return self.exit.killed_by in (None, KilledBy.TIMEOUT) and not said

    @property
    def why_mute(self) -> str:
        if self.exit.killed_by is KilledBy.TIMEOUT and self.report.broken is None:
            return f"it reported nothing in {self.exit.wall_s:.0f} s"
        last = self.output.strip().rsplit("\n", 1)[-1][:300]
        said = f": {last}" if last else ""
        return self.report.broken or f"it ended with code {self.exit.code}, reporting nothing{said}"

    def verification(self, *, broken: str | None) -> Verification:
        by_itself = self.exit.killed_by is None and self.exit.code < _SIGNALLED
        return Verification(
            tests=self.report.tests,
            sound=by_itself and self.report.whole and broken is None,
            broken=broken,
            timed_out=self.exit.killed_by is KilledBy.TIMEOUT,
            exit_code=self.exit.code,
            seconds=self.exit.wall_s,
            output=self.output,
            left_out=self.left_out,
        )


@dataclass(frozen=True, kw_only=True)
class _Job:
    """What every run of one verification has in common."""

    sandbox: Sandbox
    task: Task
    kit: Path
    toolchains: tuple[Toolchain, ...]
    limits: Limits

    async def changed(self, base: Path, workspace: Workspace, changes: Changes) -> _Done:
        """Run over the pristine tree with the changes that may be carried."""
        with _folder(base) as folder:
            async with self.sandbox.attempt(folder) as slot:
                assembled = await in_thread(
                    assemble,
                    task=self.task,
                    source=workspace,
                    changes=changes,
                    at=folder / "tree",
                    owner=slot.owner,
                    overlay_support=await slot.overlay_for(workspace.lower),
                )
                try:
                    return await self._run(slot, folder, assembled.workspace, assembled.left_out)
                finally:
                    await in_thread(discard, assembled.workspace)

    async def over(self, base: Path, tree: Path) -> _Done:
        """Run over a tree as it is."""
        with _folder(base) as folder:
            async with self.sandbox.attempt(folder) as slot:
                workspace = await in_thread(
                    prepare,
                    tree,
                    at=folder / "tree",
                    owner=slot.owner,
                    overlay_support=await slot.overlay_for(tree),
                )
                try:
                    return await self._run(slot, folder, workspace, ())
                finally:
                    await in_thread(discard, workspace)

    async def _run(
        self, slot: Slot, folder: Path, workspace: Workspace, left_out: tuple[str, ...]
    ) -> _Done:
        printed = _HeadAndTail()
        hidden = _readable(self.task.hidden, folder / "hidden", slot.owner)
        kit = _readable(self.kit, folder / "kit", slot.owner)
        command = Command(
            argv=self.task.verifier.command,
            env={
                **base_env(self.toolchains),
                "CAB_KIT": VERIFIER_KIT,
                **self.task.env,
                "CAB_WORKSPACE": self.task.workdir,
                **_refusal(self.task),
            },
            cwd=VERIFIER,
            workdir=self.task.workdir,
            mounts=(
                Mount(source=hidden, target=VERIFIER),
                Mount(source=kit, target=VERIFIER_KIT),
                *_asked_for(self.task, hidden, folder),
                *(mount for toolchain in self.toolchains for mount in toolchain.mounts),
            ),
            terminal=None,
            report=True,
            timeout_s=self.task.timeouts.verifier,
            limits=self.limits,
        )
        done = await slot.run(command, workspace=workspace, sink=printed.take)
        return _Done(
            exit=done,
            report=read_report(done.report, self.task),
            output=printed.text(),
            left_out=left_out,
        )


class _HeadAndTail:
    """The first and the last of what a program prints."""

    def __init__(self) -> None:
        self._head, self._tail, self._dropped = bytearray(), bytearray(), 0

    def take(self, _at: float, data: bytes) -> None:
        """A sink of ``Slot.run``."""
        room = _OUTPUT - len(self._head)
        self._head += data[:room]
        self._tail += data[room:] if room > 0 else data
        if len(self._tail) > 4 * _OUTPUT:
            self._trim()

    def text(self) -> str:
        """Both, with a line between them that says how much is not there."""
        self._trim()
        gap = f"\n[... {self._dropped} bytes left out ...]\n".encode() if self._dropped else b""
        return (bytes(self._head) + gap + bytes(self._tail)).decode("utf-8", "replace")

    def _trim(self) -> None:
        extra = len(self._tail) - _OUTPUT
        if extra > 0:
            del self._tail[:extra]
            self._dropped += extra


@contextmanager
def _folder(parent: Path) -> Iterator[Path]:
    """A new folder, passed through but not listed. What ran in it is discarded before it goes."""
    with tempfile.TemporaryDirectory(dir=parent, prefix="verify-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


def _readable(source: Path, copy: Path, owner: Owner) -> Path:
    """``source``, or a copy of it where its modes would keep ``owner`` from reading it.

    Such modes come from a checkout under a strict umask by the superuser.
    """
    if os.geteuid() != 0 or all(map(_open_to_all, _everything(source))):
        return source
    copy_tree(source, copy, owner=owner)
    return copy


def _open_to_all(found: os.stat_result) -> bool:
    needed = stat.S_IROTH | (stat.S_IXOTH if stat.S_ISDIR(found.st_mode) else 0)
    return stat.S_ISLNK(found.st_mode) or found.st_mode & needed == needed


def _everything(folder: Path) -> Iterator[os.stat_result]:
    yield folder.stat()
    for base, folders, files in os.walk(folder):
        for name in (*folders, *files):
            yield os.lstat(os.path.join(base, name))


def _asked_for(task: Task, hidden: Path, folder: Path) -> Iterator[Mount]:
    """What the task wants to see besides /verifier: folders of it, and empty ones to write."""
    for target, name in task.verifier.mounts.items():
        yield Mount(source=hidden / name, target=target)
    for number, target in enumerate(task.verifier.scratch):
        empty = folder / f"scratch-{number}"
        empty.mkdir()
        yield Mount(source=empty, target=target, private=True)


def _refusal(task: Task) -> dict[str, str]:
    """What a task that should be declined asks for, in the one place that says it."""
    return {} if task.refusal is None else {"CAB_REFUSAL": task.refusal.model_dump_json()}


def _unfinished(task: Task, why: str) -> Verification:
    """There was no run: every test is an error, for a reason that is ours."""
    return Verification(tests=read_report(b"", task).tests, broken=why)
