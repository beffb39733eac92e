"""All attempts of a results folder as a site needs them: by cell, by row, by task."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice

from codingagentbench.results import Row

#: How many neighbours of one kind a cell page shows.
_SHOWN = 24


@dataclass(frozen=True, kw_only=True)
class Cell:
    """The attempts that count of all runs of an agent, a model and a task, in one sweep."""

    sweep: str
    agent: str
    model: str
    task: str
    runs: tuple[Row, ...]

    @property
    def scored(self) -> tuple[Row, ...]:
        return tuple(run for run in self.runs if run.scored)

    @property
    def solved(self) -> float | None:
        """Share of the scored runs; ``None`` without one."""
        scored = self.scored
        return sum(bool(run.solved) for run in scored) / len(scored) if scored else None

    @property
    def composite(self) -> float | None:
        return mean(run.composite for run in self.scored)

    @property
    def tokens(self) -> float | None:
        return mean(run.tokens for run in self.runs)

    @property
    def active_s(self) -> float | None:
        return mean(run.active_s for run in self.runs)


@dataclass(frozen=True, kw_only=True)
class Around:
    """What a cell page shows of other cells."""

    here: tuple[Row, ...]  # every attempt of every run of the cell
    agents: tuple[Cell, ...]
    models: tuple[Cell, ...]
    tasks: tuple[Cell, ...]


@dataclass(kw_only=True)
class Shelf:
    """``broken``: rows whose record cannot be believed."""

    attempts: tuple[Row, ...]
    broken: tuple[Row, ...]
    cells: tuple[Cell, ...]
    _by_task: dict[tuple[str, str], list[Cell]] = field(default_factory=dict)
    _by_agent: dict[tuple[str, str], list[Cell]] = field(default_factory=dict)
    _by_row: dict[tuple[str, str], list[Cell]] = field(default_factory=dict)
    _by_category: dict[tuple[str, str, str], list[Cell]] = field(default_factory=dict)
    _attempts: dict[tuple[str, str, str, str], list[Row]] = field(default_factory=dict)

    @cached_property
    def _of_task(self) -> dict[str, list[Cell]]:
        found: dict[str, list[Cell]] = defaultdict(list)
        for cell in sorted(self.cells, key=lambda c: (c.model, c.agent, c.sweep)):
            found[cell.task].append(cell)
        return dict(found)

    @cached_property
    def sweeps(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(cell.sweep for cell in self.cells))

    @cached_property
    def agents(self) -> tuple[str, ...]:
        return tuple(sorted({cell.agent for cell in self.cells}))

    @cached_property
    def models(self) -> tuple[str, ...]:
        return tuple(sorted({cell.model for cell in self.cells}))

    @cached_property
    def tasks(self) -> tuple[str, ...]:
        return tuple(sorted({cell.task for cell in self.cells}))

    def of_task(self, task: str) -> list[Cell]:
        """In order of model, agent and sweep."""
        return self._of_task.get(task, [])

    def of_row(self, agent: str, model: str) -> list[Cell]:
        """In order of task and sweep."""
        return self._by_row.get((agent, model), [])

    def told(self, cell: Cell) -> str:
        """Changes with anything that pages show of the cell."""
        return "".join(
            [
                f"{run.path} {run.outcome} {run.composite} {run.tokens} {run.active_s}\n"
                for run in self._attempts[cell.sweep, cell.agent, cell.model, cell.task]
            ]
        )

    def around(self, row: Row) -> Around:
        """What surrounds the attempt ``row``; its own sweep first."""
        here = tuple(self._attempts[_key(row)])
        agents = [c for c in self._by_task[(row.model, row.task)] if c.agent != row.agent]
        models = [c for c in self._by_agent[(row.agent, row.task)] if c.model != row.model]
        alike = self._by_category[(row.agent, row.model, row.category)]
        alike = [c for c in alike if c.task != row.task]
        near = [_nearest(cells, row) for cells in (agents, models, alike)]
        return Around(
            here=here,
            agents=near[0],
            models=near[1],
            tasks=near[2],
        )


def shelf_of(rows: Iterable[Row]) -> Shelf:
    """Sorted once; everything else is looked up."""
    attempts: list[Row] = []
    broken: list[Row] = []
    for row in rows:
        (attempts if row.problem is None else broken).append(row)
    grouped: dict[tuple[str, str, str, str], list[Row]] = defaultdict(list)
    for row in attempts:
        grouped[_key(row)].append(row)
    cells = []
    for key in sorted(grouped):
        grouped[key].sort(key=lambda r: (r.run, r.attempt))
        sweep, agent, model, task = key
        runs = tuple(_counting(grouped[key]))
        cells.append(Cell(sweep=sweep, agent=agent, model=model, task=task, runs=runs))
    made = Shelf(attempts=tuple(attempts), broken=tuple(broken), cells=tuple(cells))
    made._attempts = grouped
    by_task, by_agent, by_row = defaultdict(list), defaultdict(list), defaultdict(list)
    by_category = defaultdict(list)
    for cell in cells:
        by_category[(cell.agent, cell.model, cell.task.partition("/")[0])].append(cell)
        by_task[(cell.model, cell.task)].append(cell)
        by_agent[(cell.agent, cell.task)].append(cell)
        by_row[(cell.agent, cell.model)].append(cell)
    made._by_task, made._by_agent, made._by_row = dict(by_task), dict(by_agent), dict(by_row)
    made._by_category = dict(by_category)
    for listed in by_row.values():
        listed.sort(key=lambda c: (c.task, c.sweep))
    return made


def _nearest(cells: Sequence[Cell], row: Row) -> tuple[Cell, ...]:
    """Those of the sweep of ``row`` first."""
    near = (cell for cell in cells if cell.sweep == row.sweep)
    far = (cell for cell in cells if cell.sweep != row.sweep)
    return tuple(islice(chain(near, far), _SHOWN))


def mean(values: Iterable[float | int | None]) -> float | None:
    """Of those that are known."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _counting(rows: Sequence[Row]) -> Iterable[Row]:
    """Of each run the last scored attempt, else the last; ``rows`` in order of run and attempt."""
    runs: dict[int, Row] = {}
    for row in rows:
        if row.scored or row.run not in runs or not runs[row.run].scored:
            runs[row.run] = row
    return runs.values()


def _key(row: Row) -> tuple[str, str, str, str]:
    return row.sweep, row.agent, row.model, row.task
