"""Resilience: what is left of an agent's work when the endpoint misbehaves, and what that costs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from codingagentbench.scoring.evidence import Value


@dataclass(frozen=True, kw_only=True)
class Run:
    """The figures of one scored attempt; ``tokens`` is ``None`` where they are not known."""

    solved: bool
    calls: int
    seconds: float  # the agent's wall clock, waiting included: faults cost time
    tokens: int | None = None


@dataclass(frozen=True, kw_only=True)
class Pair:
    """The same agent, model, task and run number, calm and under a fault profile.

    ``None``: that attempt has no scored outcome.
    """

    calm: Run | None
    faulted: Run | None


class Resilience(Value):
    """``resilience``: of the tasks solved in calm, the share still solved under faults; in 0..1.

    Null when no task was solved in calm. Extra calls, seconds and tokens are means over the pairs
    that were solved both ways, faulted less calm; null when there is none. ``unscored`` pairs
    (one of both has no scored outcome) count nowhere.
    """

    resilience: float | None
    calm_solved: int
    still_solved: int
    extra_calls: float | None
    extra_seconds: float | None
    extra_tokens: float | None
    pairs: int
    unscored: int


def resilience(pairs: Iterable[Pair]) -> Resilience:
    """The resilience axis over any number of pairs."""
    every = tuple(pairs)
    scored = [(p.calm, p.faulted) for p in every if p.calm is not None and p.faulted is not None]
    calm = [(before, after) for before, after in scored if before.solved]
    both = [(before, after) for before, after in calm if after.solved]
    counted = [
        (before.tokens, after.tokens)
        for before, after in both
        if before.tokens is not None and after.tokens is not None
    ]
    return Resilience(
        resilience=len(both) / len(calm) if calm else None,
        calm_solved=len(calm),
        still_solved=len(both),
        extra_calls=fmean(after.calls - before.calls for before, after in both) if both else None,
        extra_seconds=(
            fmean(after.seconds - before.seconds for before, after in both) if both else None
        ),
        extra_tokens=fmean(after - before for before, after in counted) if counted else None,
        pairs=len(every),
        unscored=len(every) - len(scored),
    )
