"""How long a cell will take and what it will spend, by the records there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from codingagentbench.results import Row
from codingagentbench.sweeps.plan import Pair

_GUESS_S = 60.0


@dataclass(frozen=True, kw_only=True)
class Expected:
    """``None``: no record says."""

    seconds: float
    tokens: float | None
    usd: float | None
    known: bool  # seconds come from records


class Forecast:
    """Means over earlier attempts: of the same agent, model and task; else of ever less."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._sums: dict[tuple[str, ...], _Sum] = {}
        for row in rows:
            self.learn(row)

    def learn(self, row: Row) -> None:
        """Take in one more attempt."""
        if row.wall_s is None or row.problem is not None:
            return
        for key in _keys(row.agent, row.model, row.task):
            self._sums.setdefault(key, _Sum()).add(row)

    def of(self, pair: Pair) -> Expected:
        """For one cell of a pair."""
        for key in _keys(pair.agent, pair.model, pair.task):
            found = self._sums.get(key)
            if found is not None:
                return found.mean()
        return Expected(seconds=_GUESS_S, tokens=None, usd=None, known=False)


def _keys(agent: str, model: str, task: str) -> tuple[tuple[str, ...], ...]:
    """From the nearest likeness to the farthest."""
    return (("amt", agent, model, task), ("am", agent, model), ("at", agent, task), ("a", agent))


class _Sum:
    def __init__(self) -> None:
        self.count = self.priced = self.metered = 0
        self.seconds = self.tokens = self.usd = 0.0

    def add(self, row: Row) -> None:
        self.count += 1
        self.seconds += row.wall_s or 0.0
        if row.tokens is not None:
            self.metered += 1
            self.tokens += row.tokens
        if row.usd is not None:
            self.priced += 1
            self.usd += row.usd

    def mean(self) -> Expected:
        return Expected(
            seconds=self.seconds / self.count,
            tokens=self.tokens / self.metered if self.metered else None,
            usd=self.usd / self.priced if self.priced else None,
            known=True,
        )
