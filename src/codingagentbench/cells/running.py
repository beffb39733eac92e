"""A cell run to its record, and a kept record scored again."""

from __future__ import annotations

import platform
import time
from datetime import timedelta
from pathlib import Path

from codingagentbench.agents import show, wiring
from codingagentbench.cells.attempt import Attempted, attempt
from codingagentbench.cells.bench import Bench
from codingagentbench.cells.events import OnEvent, silent
from codingagentbench.cells.found import Found
from codingagentbench.cells.record import (
    Identity,
    LaunchNote,
    PluginNote,
    Record,
    TaskIdentity,
    Timing,
)
from codingagentbench.cells.request import CellRequest
from codingagentbench.errors import TaskError
from codingagentbench.redact import Redactor
from codingagentbench.sandboxes import Changes
from codingagentbench.scoring import Evidence, score
from codingagentbench.scoring import Timing as ScoredTiming
from codingagentbench.tasks import Task
from codingagentbench.version import VERSION


async def run_cell(
    request: CellRequest,
    *,
    folder: Path,
    bench: Bench | None = None,
    on_event: OnEvent | None = None,
) -> Record:
    """One attempt at a cell; its evidence is left in the existing folder ``folder``.

    ``bench`` is shared by the cells of one program; without it, one is opened for this cell.
    Nothing is raised for what goes wrong inside an attempt: the record's outcome says whose fault
    it was. Raises what ``Bench`` raises, and ``OSError`` when ``folder`` cannot be written.
    """
    if bench is None:
        async with Bench(sandbox=request.sandbox) as own:
            return await run_cell(request, folder=folder, bench=own, on_event=on_event)
    done = await attempt(request, folder=folder, bench=bench, on_event=on_event or silent)
    return record_of(request, done)


def rescored(record: Record, task: Task, *, methodology: str, patch: str) -> Record:
    """``record`` scored anew from its evidence; ``patch`` is its ``changes.patch``.

    Raises :class:`TaskError` when ``task`` is not, byte for byte, the task that was run.
    """
    if task.digest != record.identity.task.digest:
        raise TaskError(
            "the task has changed since this record was made",
            where=task.id,
            do="rescore with the tasks of that version (--tasks)",
        )
    changes = record.changes and record.changes.model_copy(update={"patch": patch})
    evidence = Evidence(
        timing=_scored_timing(record.timing),
        exit=record.exit,
        changes=changes,
        ledger=record.ledger,
        verification=record.verification,
        document=record.document,
        output_tail=record.output_tail,
        state_files=record.state_files,
        fault=record.fault,
    )
    scores = score(task, evidence, methodology)
    spec = record.spec.model_copy(update={"methodology": methodology})
    return record.model_copy(update={"scores": scores, "spec": spec})


def record_of(request: CellRequest, done: Attempted) -> Record:
    """The record of an attempt at ``request``."""
    found, redactor = done.found, done.redactor
    timing = _timing(found)
    fault = found.fault and found.fault.model_copy(
        update={"detail": redactor.text(found.fault.detail)}
    )
    changes = found.changes and _clean_changes(found.changes, redactor)
    tail = redactor.bytes(found.output_tail).decode("utf-8", "replace")
    evidence = Evidence(
        timing=_scored_timing(timing),
        exit=found.exit,
        changes=changes,
        ledger=found.ledger,
        verification=found.verification,
        document=found.document,
        output_tail=tail,
        state_files=request.agent.state_files,
        fault=fault,
    )
    return Record(
        cell_id=request.spec.id,
        spec=request.spec,
        identity=_identity(request, found),
        timing=timing,
        launch=_launch_note(request, found, redactor),
        exit=found.exit and found.exit.model_copy(update={"report": b""}),
        changes=changes and changes.model_copy(update={"patch": ""}),
        ledger=found.ledger,
        truth=found.truth,
        claimed=found.claimed,
        afterwards=found.afterwards,
        verification=found.verification,
        plugins=tuple(
            PluginNote(name=a.name, digest=a.digest, applied=a.applied, skipped=dict(a.skipped))
            for a in found.added
        ),
        spans=done.recorder.spans(redact=redactor.text),
        scores=score(request.task, evidence, request.methodology),
        document=found.document,
        output_tail=tail,
        state_files=request.agent.state_files,
        fault=fault,
    )


def _timing(found: Found) -> Timing:
    wall = time.monotonic() - found.clock  # the date may jump meanwhile
    ended = found.started_at + timedelta(seconds=wall)
    steps, totals = found.steps, found.ledger.totals
    agent = found.exit.wall_s if found.exit else None
    waiting = None if agent is None else min(totals.waiting_ms / 1000, agent)
    verifier = found.verification.seconds if found.verification else 0.0
    return Timing(
        started_at=found.started_at,
        ended_at=ended,
        wall_s=wall,
        workspace_s=steps.get("workspace"),
        agent_s=agent,
        agent_active_s=None if agent is None or waiting is None else agent - waiting,
        provider_waiting_s=waiting,
        model_s=totals.model_ms / 1000 if found.exit else None,
        changes_s=steps.get("changes"),
        verify_s=steps.get("verify"),
        harness_s=max(wall - (agent or 0.0) - verifier, 0.0),
    )


def _scored_timing(timing: Timing) -> ScoredTiming:
    return ScoredTiming(
        started_at=timing.started_at,
        ended_at=timing.ended_at,
        wall_s=timing.wall_s,
        agent_active_s=timing.agent_active_s,
        provider_waiting_s=timing.provider_waiting_s,
        harness_s=timing.harness_s,
    )


def _identity(request: CellRequest, found: Found) -> Identity:
    manifests = show(request.agent.name, request.installed.version)
    task = request.task
    image = found.exit.image if found.exit else None
    served = [call.served_model for call in found.ledger.calls if call.served_model]
    return Identity(
        harness_version=VERSION,
        agent_digest=request.installed.digest,
        agent_homepage=request.agent.homepage,
        node_version=manifests[0].node if manifests else None,
        python_version=manifests[0].python if manifests else None,
        task=TaskIdentity(
            id=task.id,
            version=task.version,
            title=task.title,
            language=task.language,
            digest=task.digest,
            prompt=task.prompt,
            expected=task.expected,
            protected=task.protected,
            expects_refusal=task.refusal is not None,
        ),
        endpoint=request.target.public(),
        model_build_id=served[-1] if served else None,
        container_image=image.reference if image else None,
        image_digest=image.digest if image else None,
        image_digest_kind=image.kind if image else None,
        toolchains=found.toolchains,
        platform=f"{platform.system()} {platform.machine()}",
    )


def _launch_note(request: CellRequest, found: Found, redactor: Redactor) -> LaunchNote | None:
    if found.launch is None:
        return None
    clean = redactor.text
    return LaunchNote(
        argv=tuple(clean(word) for word in found.launch.argv),
        env={name: clean(value) for name, value in found.launch.env.items()},
        files={path: clean(text) for path, text in found.launch.files.items()},
        wiring=wiring(request.agent, request.dialect),
    )


def _clean_changes(changes: Changes, redactor: Redactor) -> Changes:
    files = tuple(
        f.model_copy(
            update={
                "path": redactor.text(f.path),
                "before": f.before and redactor.text(f.before),
                "after": f.after and redactor.text(f.after),
            }
        )
        for f in changes.files
    )
    return changes.model_copy(update={"files": files, "patch": redactor.text(changes.patch)})
