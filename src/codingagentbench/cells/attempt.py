"""One attempt at a cell, straight down: workspace, agent, changes, verification."""

from __future__ import annotations

import errno
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from codingagentbench import sandboxes
from codingagentbench.cells.bench import Bench
from codingagentbench.cells.events import Event, OnEvent, Phase
from codingagentbench.cells.found import Found
from codingagentbench.cells.request import CellRequest
from codingagentbench.cells.turn import Turn
from codingagentbench.errors import GatewayError, NoProgram, SandboxError
from codingagentbench.gateway import Progress
from codingagentbench.redact import Redactor
from codingagentbench.sandboxes import (
    Changes,
    Missing,
    Slot,
    Toolchain,
    Verification,
    Workspace,
)
from codingagentbench.scoring import REFUSAL_DOCUMENTS, Fault, FaultCause
from codingagentbench.tasks import KIT
from codingagentbench.trace import Recorder, SpanKind, record_calls

_DOCUMENT = 64 * 1024  # bytes of a refusal document that are read


@dataclass(frozen=True, kw_only=True)
class Attempted:
    """What one attempt left, and what must be used on every text of it."""

    found: Found
    recorder: Recorder
    redactor: Redactor


async def attempt(
    request: CellRequest, *, folder: Path, bench: Bench, on_event: OnEvent
) -> Attempted:
    """Run everything of one attempt; files of evidence go to ``folder``.

    A failure of the harness's own ends up in ``found.fault``; cancellation goes through, after
    everything that was started is dead.
    """
    run = _Run(request=request, folder=folder, bench=bench, on_event=on_event)
    with _causes(run.found):
        await run.all()
    record_calls(run.recorder, run.found.ledger.calls, parent_id=run.turn.container)
    run.say(Phase.DONE)
    return Attempted(found=run.found, recorder=run.recorder, redactor=run.turn.redactor)


class _Unsupported(Exception):
    """This machine lacks what the task or the agent needs; the message says what."""


#: Kinds of failure on our side, first match wins. Anything else is a bug, and is raised.
_CAUSES: tuple[tuple[type[Exception], FaultCause], ...] = (
    (_Unsupported, FaultCause.UNSUPPORTED),
    (NoProgram, FaultCause.UNSUPPORTED),
    (SandboxError, FaultCause.SANDBOX_FAILED),
    (GatewayError, FaultCause.HARNESS_FAILED),
)
_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


@contextmanager
def _causes(found: Found) -> Iterator[None]:
    """What went wrong on our side, as the fault that the scorer is told."""
    try:
        yield
    except tuple(kind for kind, _ in _CAUSES) as error:
        cause = next(cause for kind, cause in _CAUSES if isinstance(error, kind))
        found.fault = Fault(cause=cause, detail=str(error))
    except OSError as error:
        if error.errno in _DISK:
            raise  # no record could be written either
        detail = f"{error.strerror or error} ({type(error).__name__})"
        found.fault = Fault(cause=FaultCause.HARNESS_FAILED, detail=detail)


class _Run:
    """The steps of one attempt, each written into ``found`` as soon as it is known."""

    def __init__(
        self, *, request: CellRequest, folder: Path, bench: Bench, on_event: OnEvent
    ) -> None:
        self.request, self.folder, self.bench = request, folder, bench
        self.found, self.recorder = Found(), Recorder()
        self._on_event = on_event
        self._event = Event(cell_id=request.spec.id, phase=Phase.WORKSPACE, seconds=0.0)
        self.turn = Turn(
            request=request,
            bench=bench,
            folder=folder,
            found=self.found,
            recorder=self.recorder,
            on_progress=self._progressed,
        )

    async def all(self) -> None:
        """Everything, in order; raises what :func:`_causes` turns into a fault."""
        request, name = self.request, self.request.agent.name
        toolchains = self._toolchains()
        if request.dialect is None:
            speaks = ", ".join(request.agent.dialects)
            raise _Unsupported(
                f"{name} speaks {speaks}, which the endpoint is not said to speak; "
                "if it does, say so with CAB_DIALECT or in the config file"
            )
        with self.bench.scratch() as scratch:
            base = Path(scratch)
            async with self.bench.sandbox.attempt(base) as slot:
                run_name = f"{name}:{request.task.id}"
                with self.recorder.span(
                    SpanKind.ADAPTER_RUN,
                    run_name,
                    timeout_s=request.timeout_s,
                    plugin_stack=request.spec.plugin_stack,
                ) as span:
                    workspace = await self._workspace(slot, base)
                    self.say(Phase.AGENT)
                    await self.turn.run(slot, workspace, toolchains)
                    if self.found.exit is not None:
                        span.set(exit_code=self.found.exit.code)
                self._changes(workspace)
            await self._verify(workspace, base, toolchains)
            with self.recorder.span(SpanKind.CLEANUP, f"cleanup:{name}"):
                sandboxes.discard(workspace)

    def _toolchains(self) -> tuple[Toolchain, ...]:
        found = [self.bench.sandbox.toolchain(name) for name in self.request.task.toolchain]
        for lack in found:
            if isinstance(lack, Missing):
                raise _Unsupported(f"this machine has no {lack.name} toolchain: {lack.reason}")
        here = tuple(t for t in found if isinstance(t, Toolchain))
        self.found.toolchains = {t.name: t.version for t in here}
        return here

    async def _workspace(self, slot: Slot, base: Path) -> Workspace:
        task = self.request.task
        self.say(Phase.WORKSPACE)
        span_of = self.recorder.span(
            SpanKind.TASK_SETUP,
            f"prepare:{task.id}",
            workdir=task.workdir,
            task_category=task.category,
            plugin_stack=self.request.spec.plugin_stack,
            behavior_mode=self.request.spec.behavior_mode,
        )
        with self.found.timed("workspace"), span_of as span:
            workspace = sandboxes.prepare(
                task.tree,
                at=base / "workspace",
                owner=slot.owner,
                overlay_support=await slot.overlay_for(task.tree),
            )
            span.set(method="copy" if workspace.tree else "overlay")
        return workspace

    def _changes(self, workspace: Workspace) -> None:
        self.say(Phase.CHANGES)
        with self.found.timed("changes"):
            changes = self.found.changes = sandboxes.changes(workspace)
            self.found.document = self._document(workspace, changes)
        patch = self.turn.redactor.text(changes.patch)
        (self.folder / "changes.patch").write_bytes(patch.encode("utf-8", "surrogateescape"))

    def _document(self, workspace: Workspace, changes: Changes) -> str | None:
        """The refusal document that the agent left, if it left one."""
        refusal = self.request.task.refusal
        left = {*changes.added, *changes.modified}
        for name in (refusal.document,) if refusal else REFUSAL_DOCUMENTS:
            if name in left:
                data = sandboxes.read_file(workspace, name, limit=_DOCUMENT) or b""
                return self.turn.redactor.text(data.decode("utf-8", "replace"))
        return None

    async def _verify(
        self, workspace: Workspace, base: Path, toolchains: tuple[Toolchain, ...]
    ) -> None:
        assert self.found.changes is not None
        self.say(Phase.VERIFY)
        name = f"verify:{self.request.task.id}"
        with (
            self.found.timed("verify"),
            self.recorder.span(SpanKind.VERIFICATION, name) as span,
        ):
            done = await sandboxes.verify(
                sandbox=self.bench.sandbox,
                task=self.request.task,
                workspace=workspace,
                changes=self.found.changes,
                scratch=base,
                toolchains=toolchains,
                kit=KIT,
            )
            passed = sum(test.outcome == "pass" for test in done.tests)
            span.set(exit_code=done.exit_code, tests=len(done.tests), passed=passed)
        clean = self.found.verification = _redacted(done, self.turn.redactor)
        output = clean.output.encode("utf-8", "replace")
        (self.folder / "verifier.txt").write_bytes(output)

    def _progressed(self, progress: Progress) -> None:
        self._event = Event(
            cell_id=self._event.cell_id,
            phase=Phase.AGENT,
            seconds=time.monotonic() - self.found.clock,
            calls=progress.calls,
            failed_calls=progress.failed,
            tokens=progress.tokens,
            tool=progress.last_tool,
        )
        self._on_event(self._event)

    def say(self, phase: Phase) -> None:
        """Tell whoever watches where this attempt is."""
        elapsed = time.monotonic() - self.found.clock
        self._event = Event(cell_id=self._event.cell_id, phase=phase, seconds=elapsed)
        self._on_event(self._event)


def _redacted(done: Verification, redactor: Redactor) -> Verification:
    tests = tuple(t.model_copy(update={"message": redactor.text(t.message)}) for t in done.tests)
    update = {
        "tests": tests,
        "output": redactor.text(done.output),
        "broken": done.broken and redactor.text(done.broken),
        "left_out": tuple(redactor.text(path) for path in done.left_out),
    }
    return done.model_copy(update=update)
