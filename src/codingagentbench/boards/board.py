"""Agent x model, one row each: what it ships, whether that stays, what it costs, and how sure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from codingagentbench import stats
from codingagentbench.boards.columns import Columns, Floats, final
from codingagentbench.stats import PassK, Rate, Ratio, Spread, Stability, Verdicts


@dataclass(frozen=True, kw_only=True)
class BoardRow:
    """One agent with one model. See :data:`codingagentbench.boards.WORDS` for what each means."""

    agent: str
    model: str
    ships: Rate
    stays: Stability
    passk: tuple[PassK, ...]  # for k = 1, 2, ... up to the runs of a task
    tokens: Ratio  # per solved task
    usd: Ratio
    seconds: Spread  # active, of scored runs
    best: int  # its place is somewhere from here
    worst: int  # to here
    outcomes: dict[str, int]
    composite: float | None  # mean over tasks of the mean over scored runs

    @property
    def label(self) -> str:
        return f"{self.agent} x {self.model}"

    @property
    def place(self) -> str:
        """``1-3``, or ``2`` where there is no doubt."""
        return str(self.best) if self.best == self.worst else f"{self.best}-{self.worst}"


@dataclass(frozen=True, kw_only=True)
class Board:
    """``rows``: best first, by what was solved. ``verdicts``: (rows, tasks, runs), as ``rows``."""

    rows: tuple[BoardRow, ...]
    tasks: tuple[str, ...]
    runs: int  # at most, of one task by one row
    attempts: int  # that count
    detectable: float | None  # the smallest difference that would be found in 4 cases of 5
    verdicts: NDArray[np.float64]

    def row(self, label: str) -> int | None:
        """Where the row called ``label`` is."""
        return next((n for n, row in enumerate(self.rows) if row.label == label), None)


def board_of(columns: Columns) -> Board:
    """Over all that is in ``columns``; filter them first. Every attempt but the one that counts
    of each run is left out."""
    kept = final(columns)
    cubes = _Cubes(kept)
    rows = list(cubes.rows())
    verdicts = cubes.of(kept.solved)
    means = stats.task_means(verdicts)
    ranking = stats.rank(means)
    tokens, usd = cubes.of(kept.tokens), cubes.of(kept.usd)
    seconds, composite = cubes.of(kept.active_s), cubes.of(kept.composite)
    outcomes = cubes.counts(kept.outcome.codes, len(kept.outcome.names))
    unsorted = [
        BoardRow(
            agent=agent,
            model=model,
            ships=stats.rate(verdicts[n], expected=int(cubes.made[n].sum())),
            stays=stats.stability(verdicts[n]),
            passk=tuple(stats.passk(verdicts[n], k) for k in range(1, verdicts.shape[2] + 1)),
            tokens=stats.ratio(tokens[n], verdicts[n]),
            usd=stats.ratio(usd[n], verdicts[n]),
            seconds=stats.spread(seconds[n][np.isfinite(verdicts[n])]),
            best=int(ranking.best[n]),
            worst=int(ranking.worst[n]),
            outcomes={
                name: int(count)
                for name, count in zip(kept.outcome.names, outcomes[n], strict=True)
                if count
            },
            composite=_mean(stats.task_means(composite[n])),
        )
        for n, (agent, model) in enumerate(rows)
    ]
    order = sorted(range(len(unsorted)), key=lambda n: _key(unsorted[n]))
    return Board(
        rows=tuple(unsorted[n] for n in order),
        tasks=kept.task.names,
        runs=verdicts.shape[2],
        attempts=len(kept),
        detectable=ranking.detectable,
        verdicts=verdicts[order],
    )


def _key(row: BoardRow) -> tuple[float, float, float, str]:
    """Most solved first; of equals the one that is scored higher, then the cheaper one."""
    tokens = row.tokens.value
    return (
        -(row.ships.solved if row.ships.solved is not None else -1.0),
        -(row.composite if row.composite is not None else -1.0),
        tokens if tokens is not None else float("inf"),
        row.label,
    )


def _mean(values: Floats) -> float | None:
    known = values[np.isfinite(values)]
    return float(known.mean()) if known.size else None


class _Cubes:
    """Where each attempt goes in an array of rows x tasks x runs."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        models = max(len(columns.model.names), 1)
        pair = columns.agent.codes * models + columns.model.codes
        self._pairs, row = np.unique(pair, return_inverse=True)
        self._models = models
        tasks = len(columns.task.names)
        place = row * max(tasks, 1) + columns.task.codes
        self._run = _numbered(place)
        self._row = row
        runs = int(self._run.max()) + 1 if len(columns) else 0
        self._shape = (self._pairs.size, tasks, runs)
        made = np.zeros(self._shape, dtype=np.bool_)
        made[self._row, columns.task.codes, self._run] = True
        self.made: NDArray[np.bool_] = made

    def rows(self) -> Iterator[tuple[str, str]]:
        for pair in self._pairs:
            yield (
                self._columns.agent.names[pair // self._models],
                self._columns.model.names[pair % self._models],
            )

    def of(self, values: Floats) -> Verdicts:
        cube = np.full(self._shape, np.nan)
        cube[self._row, self._columns.task.codes, self._run] = values
        return cube

    def counts(self, codes: NDArray[np.int64], kinds: int) -> NDArray[np.int64]:
        counted = np.bincount(self._row * max(kinds, 1) + codes, minlength=self._shape[0] * kinds)
        return counted.reshape(self._shape[0], kinds) if kinds else np.zeros((0, 0), np.int64)


def _numbered(places: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, 1, 2, ... for the elements of each place, in their order."""
    if not places.size:
        return places
    order = np.argsort(places, kind="stable")
    ordered = places[order]
    first = np.append(True, ordered[1:] != ordered[:-1])
    starts = np.maximum.accumulate(np.where(first, np.arange(places.size), 0))
    numbers = np.empty_like(places)
    numbers[order] = np.arange(places.size) - starts
    return numbers
