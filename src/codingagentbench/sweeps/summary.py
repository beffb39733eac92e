"""A sweep's state in numbers, for people and for machines."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from codingagentbench.sweeps.forecast import Expected, Forecast
from codingagentbench.sweeps.plan import Plan
from codingagentbench.sweeps.session import Opened
from codingagentbench.sweeps.states import Standing, State


@dataclass(frozen=True, kw_only=True)
class Summary:
    """``expected_*``: of what is left, by the records; ``None`` where no record says."""

    name: str
    cells: int
    standings: dict[str, int]
    outcomes: dict[str, int]  # of the last attempt of each cell
    attempts: int
    calls: int
    tokens: int
    usd: float | None
    unmetered: int
    edited: int
    unsupported: dict[str, int]  # reason -> cells
    expected_s: float | None
    expected_tokens: float | None
    expected_usd: float | None
    guessed: int  # cells left of which no record says anything

    def plain(self) -> dict[str, Any]:
        return dict(self.__dict__)


def summary_of(opened: Opened) -> Summary:
    """As the records stand now."""
    spent, states = opened.spent, opened.states
    standings = Counter(str(one.standing) for one in states)
    outcomes = Counter(one.last.outcome for one in states if one.last is not None)
    left = [one for one in states if one.standing in (Standing.TODO, Standing.RETRY)]
    seconds, tokens, usd, guessed = _expected(left, opened.forecast)
    jobs = opened.file.machine.jobs or os.cpu_count() or 1
    return Summary(
        name=opened.file.name,
        cells=len(states),
        standings=dict(standings),
        outcomes=dict(outcomes),
        attempts=len(opened.rows),
        calls=spent.calls,
        tokens=spent.tokens,
        usd=None if spent.unpriced else spent.usd,
        unmetered=spent.unmetered,
        edited=len(opened.edited),
        unsupported=unsupported_of(opened.plan),
        expected_s=seconds / jobs if left else 0.0,
        expected_tokens=tokens,
        expected_usd=usd,
        guessed=guessed,
    )


def unsupported_of(plan: Plan) -> dict[str, int]:
    """How many cells cannot be run, by the reason."""
    counted: Counter[str] = Counter()
    for pair in plan.unsupported:
        counted[str(pair.why_not)] += plan.file.runs
    return dict(counted)


def _expected(
    left: Sequence[State], forecast: Forecast
) -> tuple[float, float | None, float | None, int]:
    seconds = tokens = usd = 0.0
    unmetered = unpriced = False
    guessed = 0
    seen: dict[str, Expected] = {}
    for state in left:
        pair = state.cell.pair
        found = seen.get(pair.cell)
        if found is None:
            found = seen[pair.cell] = forecast.of(pair)
        seconds += found.seconds
        guessed += not found.known
        tokens += found.tokens or 0.0
        usd += found.usd or 0.0
        unmetered |= found.tokens is None
        unpriced |= found.usd is None
    return seconds, None if unmetered else tokens, None if unpriced else usd, guessed
