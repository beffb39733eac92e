"""Tokens: what the attempt sent and received, as the gateway counted it on the wire."""

from __future__ import annotations

from codingagentbench.gateway import Ledger
from codingagentbench.scoring.evidence import Value


class Tokens(Value):
    """Tokens of all calls of the attempt, background calls included.

    ``prompt_tokens`` includes ``cached_tokens``; ``completion_tokens`` includes
    ``reasoning_tokens``. With ``unmetered_calls`` the sums are lower bounds, so
    ``tokens_per_correct_task`` is null: what was not counted earns nothing.
    """

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    total_tokens: int | None = None
    cached_tokens: int | None = None
    reasoning_tokens: int | None = None
    model_calls: int | None = None
    failed_calls: int | None = None
    unmetered_calls: int | None = None
    tokens_per_correct_task: float | None = None
    pass_used_for_division: int | None = None


def tokens(ledger: Ledger | None, *, passed: int | None) -> Tokens:
    """The token axis; ``passed`` is the divisor: without a pass nothing is "per correct task"."""
    if ledger is None:
        return Tokens(pass_used_for_division=passed)
    totals = ledger.totals
    known = [n for n in (totals.input, totals.output) if n is not None]
    total = sum(known) if known else None
    whole = len(known) == 2 and totals.unmetered_calls == 0
    return Tokens(
        prompt_tokens=totals.input,
        completion_tokens=totals.output,
        total_tokens=total,
        cached_tokens=totals.cached,
        reasoning_tokens=totals.reasoning,
        model_calls=totals.calls,
        failed_calls=totals.failed_calls,
        unmetered_calls=totals.unmetered_calls,
        tokens_per_correct_task=float(total) if whole and total is not None and passed else None,
        pass_used_for_division=passed,
    )
