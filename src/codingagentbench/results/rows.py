"""One attempt as a flat row: what the index holds, what queries see, what boards are made of."""

from __future__ import annotations

import sys
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, Final

from codingagentbench.cells import Record


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """Tokens and dollars are ``None`` where not all of them are known; seconds where not timed."""

    path: str  # the attempt's folder, below the results' root
    cell: str
    sweep: str
    agent: str  # with its plugins: "codex+house-rules"
    agent_version: str
    model: str
    task: str
    category: str
    language: str
    run: int
    attempt: int
    outcome: str
    scored: bool
    retry: bool
    solved: bool | None  # null without a scored outcome
    composite: float | None
    integrity: float | None
    blast_radius: float | None
    calls: int
    input_tokens: int | None
    output_tokens: int | None
    cached_tokens: int | None
    usd: float | None
    wall_s: float | None
    agent_s: float | None
    active_s: float | None
    waiting_s: float | None
    harness_s: float | None
    started_at: str
    faults: str | None
    methodology: str
    task_digest: str
    agent_digest: str
    sandbox: str
    asked: str  # digest of what was asked for, but for sweep and run
    problem: str | None = None  # why it is not to be believed

    @property
    def tokens(self) -> int | None:
        """Input and output; ``None`` when one is not known."""
        known = self.input_tokens is not None and self.output_tokens is not None
        return (self.input_tokens or 0) + (self.output_tokens or 0) if known else None


def row_of(record: Record, *, path: str, problem: str | None = None) -> Row:
    """The row of ``record``, which lies at ``path``."""
    spec, scores, totals = record.spec, record.scores, record.ledger.totals
    verdict = scores.verdict
    timing, axes = record.timing, scores.axes
    return Row(
        path=path,
        cell=record.cell_id,
        sweep=spec.sweep,
        agent=spec.label,
        agent_version=spec.agent_version,
        model=spec.model,
        task=spec.task,
        category=spec.task.partition("/")[0],
        language=record.identity.task.language,
        run=spec.run,
        attempt=record.attempt,
        outcome=verdict.outcome,
        scored=verdict.scored,
        retry=verdict.retry,
        solved=verdict.outcome == "passed" if verdict.scored else None,
        composite=scores.composite if verdict.scored else None,
        integrity=axes.integrity.integrity,
        blast_radius=axes.blast_radius.blast_radius,
        calls=totals.calls,
        input_tokens=_known(totals.input, totals.unmetered_calls, totals.calls),
        output_tokens=_known(totals.output, totals.unmetered_calls, totals.calls),
        cached_tokens=totals.cached,
        usd=totals.usd,
        wall_s=timing.wall_s,
        agent_s=timing.agent_s,
        active_s=timing.agent_active_s,
        waiting_s=timing.provider_waiting_s,
        harness_s=timing.harness_s,
        started_at=timing.started_at.isoformat(),
        faults=spec.faults.name if spec.faults else None,
        methodology=spec.methodology,
        task_digest=record.identity.task.digest,
        agent_digest=record.identity.agent_digest,
        sandbox=spec.sandbox,
        asked=spec.asked,
        problem=problem,
    )


def _known(tokens: int | None, unmetered: int, calls: int) -> int | None:
    """A sum with a call missing is no sum; no call at all is a sum of nothing."""
    if unmetered:
        return None
    return tokens if calls else 0


FIELDS: Final = tuple(field.name for field in fields(Row))
_BOOLEANS: Final = ("scored", "retry", "solved")
#: Texts that many rows share: one copy of each is enough.
_SHARED: Final = (
    *("sweep", "agent", "agent_version", "model", "task", "category", "language", "outcome"),
    *("faults", "methodology", "task_digest", "agent_digest", "sandbox"),
)
_values: Final = attrgetter(*FIELDS)


def values_of(row: Row) -> tuple[Any, ...]:
    """In the order of :data:`FIELDS`."""
    return tuple(_values(row))


def row_from(values: tuple[Any, ...]) -> Row:
    """The reverse of :func:`values_of`; a database has 0 and 1 for booleans."""
    given = dict(zip(FIELDS, values, strict=True))
    for name in _BOOLEANS:
        given[name] = None if given[name] is None else bool(given[name])
    for name in _SHARED:
        if given[name] is not None:
            given[name] = sys.intern(given[name])
    return Row(**given)
