"""Running cells into a results folder: draft, attempt, publish; infrastructure is tried again."""

from __future__ import annotations

from codingagentbench.cells import Bench, CellRequest, OnEvent, run_cell
from codingagentbench.results.store import Store, Stored, full_disk_said


async def run_into(
    store: Store,
    request: CellRequest,
    *,
    bench: Bench,
    on_event: OnEvent | None = None,
    run: int | None = None,
    attempts: int = 1,
) -> Stored:
    """Run one cell and keep every attempt; returns the last one.

    ``run``: the run's number, else the first that has no record yet. An attempt whose outcome is
    not the agent's own (see ``scoring.POLICY``) is followed by another, up to ``attempts``.
    """
    spec = request.spec
    while True:
        drafted = store.draft(
            sweep=spec.sweep, agent=spec.label, model=spec.model, task=spec.task, run=run
        )
        with full_disk_said(store.root), drafted as draft:
            run = draft.run
            record = await run_cell(
                request.numbered(run), folder=draft.folder, bench=bench, on_event=on_event
            )
            stored = draft.publish(record)
        attempts -= 1
        if attempts <= 0 or not record.scores.verdict.retry:
            return stored
