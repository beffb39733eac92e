"""What happened when, laid out on one scale: spans as lanes, model calls as lanes of ticks."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from codingagentbench.cells import Record
from codingagentbench.gateway import Call, ErrorClass
from codingagentbench.scoring import Outcome
from codingagentbench.site.text import as_json, ms
from codingagentbench.trace import Span, SpanKind

SPANS_SHOWN: Final = 24  # rows of the table of spans
CALLS_SHOWN: Final = 40  # rows of the table of calls: the first and the last ones
_LANES: Final = 24  # spans that are drawn
_CELLS: Final = 1000  # steps of the scale in which calls are drawn
_NARROWEST: Final = 0.25  # per cent of the scale; what is shorter is drawn this wide


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One bar: where it starts and how long it is, in per cent of the scale."""

    label: str
    kind: str
    start: float
    width: float
    duration: str
    failed: bool
    anchor: str  # id of the row that says more


@dataclass(frozen=True, kw_only=True)
class CallLane:
    """Calls of one sort as one drawing: ``path`` is an SVG path on a scale of 1000 x 10."""

    label: str
    kind: str
    path: str


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A mark of the scale, in per cent."""

    at: float
    label: str


@dataclass(frozen=True, kw_only=True)
class SpanRow:
    """A span as the table has it. ``attributes`` is JSON; times in milliseconds."""

    span: Span
    anchor: str
    depth: int
    start_ms: float
    attributes: str


@dataclass(frozen=True, kw_only=True)
class CallRow:
    """A call as the table has it; ``start_ms`` counts from the attempt's start."""

    call: Call
    anchor: str
    start_ms: float


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """Everything a page draws of an attempt's time. ``total_ms`` is the length of the scale;
    ``begin_ms`` where a reader should look first."""

    total_ms: float
    begin_ms: float
    lanes: tuple[Lane, ...]
    call_lanes: tuple[CallLane, ...]
    ticks: tuple[Tick, ...]
    spans: tuple[SpanRow, ...]
    spans_left_out: int
    calls: tuple[CallRow, ...]
    calls_left_out: int


def timeline(record: Record) -> Timeline:
    """The attempt's time, from its start to its end or to the end of its last span."""
    origin = record.timing.started_at
    spans = _in_order(record.spans)
    calls = record.ledger.calls
    ends = [s.start_offset_ms + s.duration_ms for s, _ in spans]
    ends += [since(call.started_at, origin) + length_of(call) for call in calls]
    total = max(record.timing.wall_s * 1000, *ends, 1.0) if ends else record.timing.wall_s * 1000
    total = max(total, 1.0)
    rows, left_out = _span_rows(spans)
    drawn = [row for row in rows if row.span.kind is not SpanKind.MODEL_CALL][:_LANES]
    shown = _ends_of(calls)
    return Timeline(
        total_ms=total,
        begin_ms=min(_begin(record), total),
        lanes=tuple(_lane(row, total) for row in drawn),
        call_lanes=tuple(_call_lanes(calls, origin, total)),
        ticks=tuple(ticks(total)),
        spans=rows,
        spans_left_out=left_out,
        calls=tuple(
            CallRow(call=c, anchor=f"call-{c.index}", start_ms=since(c.started_at, origin))
            for c in shown
        ),
        calls_left_out=len(calls) - len(shown),
    )


def _begin(record: Record) -> float:
    """Where a run was throttled, or gave its last sign of life before its time was up; else 0."""
    outcome, calls = record.scores.verdict.outcome, record.ledger.calls
    origin = record.timing.started_at
    if outcome is Outcome.RATE_LIMITED:
        hit = (call for call in calls if call.error is ErrorClass.RATE_LIMITED)
        return next((since(call.started_at, origin) for call in hit), 0.0)
    if outcome is Outcome.TIMED_OUT and calls:
        last = max(calls, key=lambda call: call.started_at)
        return since(last.started_at, origin) + (0.0 if last.aborted else length_of(last))
    return 0.0


def ticks(total_ms: float) -> Iterable[Tick]:
    """Three to seven round marks, zero included."""
    step = 10.0 ** math.floor(math.log10(total_ms / 4))
    for factor in (1, 2, 5, 10):
        if total_ms / (step * factor) <= 6:
            step *= factor
            break
    for number in range(int(total_ms / step + 1e-9) + 1):
        at = number * step
        label = f"{at:g} ms" if total_ms < 1000 else f"{at / 1000:g} s"
        yield Tick(at=round(100 * at / total_ms, 3), label=label if at else "0")


def _in_order(spans: Sequence[Span]) -> list[tuple[Span, int]]:
    """Spans by start, with how deep each is nested; a parent that is not there counts for none."""
    by_id: Mapping[str, Span] = {span.span_id: span for span in spans}
    found = []
    for span in sorted(spans, key=lambda s: (s.start_offset_ms, -s.duration_ms)):
        depth, seen, above = 0, {span.span_id}, span.parent_id
        while above is not None and above in by_id and above not in seen:
            depth += 1
            seen.add(above)
            above = by_id[above].parent_id
        found.append((span, min(depth, 6)))
    return found


def _span_rows(spans: list[tuple[Span, int]]) -> tuple[tuple[SpanRow, ...], int]:
    """All spans where they fit; else those of model calls go first, from the middle."""
    calls = [s for s, _ in spans if s.kind is SpanKind.MODEL_CALL]
    others = len(spans) - len(calls)
    room = max(SPANS_SHOWN - others, 0)
    dropped = {s.span_id for s in calls[room // 2 : len(calls) - (room - room // 2)]}
    kept = [pair for pair in spans if pair[0].span_id not in dropped][:SPANS_SHOWN]
    limit = 2000 if len(kept) <= 12 else 400
    rows = tuple(
        SpanRow(
            span=span,
            anchor=f"span-{number}",
            depth=depth,
            start_ms=span.start_offset_ms,
            attributes=as_json(dict(span.attributes), limit=limit),
        )
        for number, (span, depth) in enumerate(kept)
    )
    return rows, len(spans) - len(rows)


def _ends_of(calls: Sequence[Call]) -> list[Call]:
    if len(calls) <= CALLS_SHOWN:
        return list(calls)
    half = CALLS_SHOWN // 2
    return [*calls[:half], *calls[-half:]]


def _lane(row: SpanRow, total: float) -> Lane:
    start = min(max(100 * row.start_ms / total, 0.0), 100 - _NARROWEST)
    width = min(max(100 * row.span.duration_ms / total, _NARROWEST), 100 - start)
    return Lane(
        label=row.span.name,
        kind=row.span.kind.value,
        start=round(start, 3),
        width=round(width, 3),
        duration=ms(row.span.duration_ms),
        failed=row.span.error is not None,
        anchor=row.anchor,
    )


def _call_lanes(calls: Sequence[Call], origin: datetime, total: float) -> Iterable[CallLane]:
    failed = [c for c in calls if c.error is not None]
    sorts = (
        ("call", "model calls", [c for c in calls if c.error is None and not c.background]),
        ("background", "background calls", [c for c in calls if c.error is None and c.background]),
        ("failed", "failed calls", failed),
    )
    for kind, label, these in sorts:
        if these:
            path = _drawn(these, origin, total)
            yield CallLane(label=f"{label} ({len(these):,})", kind=kind, path=path)


def _drawn(calls: Sequence[Call], origin: datetime, total: float) -> str:
    """Bars on 1000 steps; what touches is one bar, so that 3,000 calls cost what 500 do."""
    bars: list[tuple[int, int]] = []
    for start, length in sorted((since(c.started_at, origin), length_of(c)) for c in calls):
        left = min(max(int(_CELLS * start / total), 0), _CELLS - 2)
        right = min(max(int(_CELLS * (start + length) / total), left + 2), _CELLS)
        if bars and left < bars[-1][1]:
            # A gap of one step keeps calls that follow each other apart, while there is room.
            left = bars[-1][1] + 1 if bars[-1][1] + 1 < right else bars[-1][1]
        if bars and left <= bars[-1][1]:
            bars[-1] = (bars[-1][0], max(bars[-1][1], right))
        else:
            bars.append((left, right))
    return "".join(f"M{left} 0h{right - left}v10h{left - right}z" for left, right in bars)


def since(moment: datetime, origin: datetime) -> float:
    """Milliseconds from ``origin`` on."""
    return (moment - origin).total_seconds() * 1000


def length_of(call: Call) -> float:
    return call.queue_ms + (call.duration_ms or 0.0)
