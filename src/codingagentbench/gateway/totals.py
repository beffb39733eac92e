"""Sums over the calls of one attempt, and how they compare with what others counted. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from codingagentbench.gateway.routes import generates_at
from codingagentbench.gateway.values import Call, ErrorClass, Ledger, Totals

#: The USD price of one call; ``None`` when the model's price is not known.
Price = Callable[[Call], float | None]

#: Refused here: never sent to the provider.
REFUSALS: Final = frozenset({ErrorClass.BUDGET, ErrorClass.REJECTED})

#: Failures that make an agent wait for its provider. Not those of its own making (CLIENT_ERROR),
#: or an agent could stop its clock with requests that it knows to be wrong.
WAITED_FOR: Final = frozenset(
    {
        ErrorClass.RATE_LIMITED,
        ErrorClass.AUTH,
        ErrorClass.SERVER_ERROR,
        ErrorClass.CONNECT,
        ErrorClass.TIMEOUT,
        ErrorClass.RESET,
        ErrorClass.BAD_REPLY,
    }
)

#: A call that the agent gave up on, after this long and without a byte of an answer, was left
#: hanging by the provider.
HUNG_MS: Final = 10_000.0


def generates(call: Call) -> bool:
    """Whether a model was asked: not listings, token counts, or what was refused here."""
    if call.aborted and call.status is None and call.duration_ms is None:
        return False  # given up while it was queued; it never went up
    return call.error not in REFUSALS and generates_at(call.method, call.path)


def totals_of(calls: Sequence[Call], *, price: Price | None = None) -> Totals:
    """The sums of ``calls``. A call still under way counts with what is known of it."""
    asked = [call for call in calls if generates(call)]
    return Totals(
        calls=len(asked),
        refused_calls=sum(call.error in REFUSALS for call in calls),
        failed_calls=sum(call.error is not None for call in asked),
        unmetered_calls=sum(_unmetered(call) for call in asked),
        input=_sum(call.usage.input for call in asked),
        cached=_sum(call.usage.cached for call in asked),
        output=_sum(call.usage.output for call in asked),
        reasoning=_sum(call.usage.reasoning for call in asked),
        usd=_usd(asked, price),
        queue_ms=sum(call.queue_ms for call in calls),
        model_ms=sum(call.duration_ms or 0.0 for call in asked),
        waiting_ms=waiting_ms(calls),
    )


def _unmetered(call: Call) -> bool:
    known = call.usage.input is not None and call.usage.output is not None
    return call.status == 200 and call.duration_ms is not None and not known


def _sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _usd(asked: Sequence[Call], price: Price | None) -> float | None:
    if price is None:
        return None
    prices = [price(call) for call in asked if call.usage.raw is not None]
    known = [usd for usd in prices if usd is not None]
    return sum(known) if len(known) == len(prices) else None


def waiting_ms(calls: Sequence[Call]) -> float:
    """Time in which the agent waited for its provider, each moment counted once.

    The union of: every call's queueing here (arrival to sending); every call that failed by the
    provider's doing (:data:`WAITED_FOR`), or was left hanging (:data:`HUNG_MS`), from its arrival
    to its end or to the agent's hang-up; and the pause from there to the arrival of the next call
    with the same ``logical`` number.
    """
    spans: list[tuple[float, float]] = []
    failed: dict[int, float] = {}  # logical -> when its last attempt failed
    for call in sorted(calls, key=lambda c: c.offset_ms):
        sent = call.offset_ms + call.queue_ms
        ended = sent + _waited_for_ms(call)
        if (since := failed.pop(call.logical, None)) is not None:
            spans.append((since, call.offset_ms))
        if call.queue_ms:
            spans.append((call.offset_ms, sent))
        if call.error in WAITED_FOR or _hung(call):
            spans.append((call.offset_ms, ended))
            failed[call.logical] = ended
    return _covered(spans)


def _waited_for_ms(call: Call) -> float:
    """From sending to the end; what was read on after a hang-up, nobody waited for."""
    known = [ms for ms in (call.duration_ms, call.hung_up_ms) if ms is not None]
    return min(known, default=0.0)


def _hung(call: Call) -> bool:
    silent = call.error is None and call.ttft_ms is None
    return silent and (call.hung_up_ms or 0.0) >= HUNG_MS


def _covered(spans: list[tuple[float, float]]) -> float:
    total, reached = 0.0, float("-inf")
    for begin, end in sorted(spans):
        if end > reached:
            total += end - max(begin, reached)
            reached = end
    return total


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One figure counted twice. ``theirs - ours``; ``None`` when either is not known."""

    figure: str
    against: str  # "upstream" or "claimed"
    ours: int | None
    theirs: int | None

    @property
    def by(self) -> int | None:
        known = self.ours is not None and self.theirs is not None
        return (self.theirs or 0) - (self.ours or 0) if known else None


def reconcile(
    ledger: Ledger,
    *,
    upstream_total: Mapping[str, int] | None = None,
    claimed: Mapping[str, int] | None = None,
) -> tuple[Difference, ...]:
    """Where our totals differ from the provider's own count and from what the agent claims.

    Both use our names: ``calls``, ``input``, ``cached``, ``output``, ``reasoning``; names that
    we do not sum are left out. Empty when everything that can be compared is equal.
    """
    found = []
    for against, theirs in (("upstream", upstream_total or {}), ("claimed", claimed or {})):
        for figure in ("calls", "input", "cached", "output", "reasoning"):
            ours = getattr(ledger.totals, figure)
            if figure in theirs and theirs[figure] != (ours or 0):
                found.append(
                    Difference(figure=figure, against=against, ours=ours, theirs=theirs[figure])
                )
    return tuple(found)
