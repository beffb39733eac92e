"""What a sweep has spent, and whether that is all it may."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from codingagentbench.results import Row
from codingagentbench.sweeps.file import SweepBudget


@dataclass(kw_only=True)
class Spent:
    """Of all attempts of a sweep. Attempts whose tokens or price nobody knows are counted apart:
    a budget cannot hold what it is not told."""

    calls: int = 0
    tokens: int = 0
    usd: float = 0.0
    unmetered: int = 0
    unpriced: int = 0

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Spent:
        spent = cls()
        for row in rows:
            spent.add(row)
        return spent

    def add(self, row: Row) -> None:
        """One more attempt."""
        self.calls += row.calls
        self.tokens += row.tokens or 0
        self.usd += row.usd or 0.0
        self.unmetered += row.tokens is None
        self.unpriced += row.usd is None and row.calls > 0

    def exhausted(self, budget: SweepBudget, *, hours: float) -> str | None:
        """What is spent, in a sentence; ``None`` while nothing is. ``hours``: of this session."""
        rows: tuple[tuple[str, float, float | None], ...] = (
            ("calls", self.calls, budget.calls),
            ("tokens", self.tokens, budget.tokens),
            ("US dollars", self.usd, budget.usd),
            ("hours", hours, budget.hours),
        )
        for what, used, limit in rows:
            if limit is not None and used >= limit:
                return f"the budget of {limit:,g} {what} is spent"
        return None
