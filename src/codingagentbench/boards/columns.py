"""Attempts as columns: names as small numbers, figures as arrays. A million rows are a few MB."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from codingagentbench.errors import UnknownName
from codingagentbench.globs import matches
from codingagentbench.results import Row

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Coded(NamedTuple):
    """A column of names: ``names[codes[i]]`` is that of row i."""

    codes: Ints
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Columns:
    """One element an attempt. Figures are NaN where they are not known."""

    agent: Coded  # with its plugins
    model: Coded
    task: Coded
    sweep: Coded
    outcome: Coded
    run: Ints
    attempt: Ints
    scored: NDArray[np.bool_]
    solved: Floats  # NaN without a scored outcome
    tokens: Floats
    usd: Floats
    active_s: Floats
    composite: Floats

    def __len__(self) -> int:
        return int(self.run.size)

    def only(self, keep: NDArray[np.bool_] | Ints) -> Columns:
        """The rows that ``keep`` picks; names stay as they are."""
        picked: dict[str, Any] = {}
        for name, column in self.__dict__.items():
            if isinstance(column, Coded):
                picked[name] = Coded(column.codes[keep], column.names)
            else:
                picked[name] = column[keep]
        return Columns(**picked)


def columns_of(rows: Iterable[Row]) -> Columns:
    """Of rows that can be believed; those with a problem are left out."""
    kept = [row for row in rows if row.problem is None]

    def coded(of: Callable[[Row], str]) -> Coded:
        return encode([of(row) for row in kept])

    def figures(of: Callable[[Row], float | int | bool | None]) -> Floats:
        values = (of(row) for row in kept)
        return np.array([np.nan if v is None else float(v) for v in values], dtype=np.float64)

    return Columns(
        agent=coded(lambda row: row.agent),
        model=coded(lambda row: row.model),
        task=coded(lambda row: row.task),
        sweep=coded(lambda row: row.sweep),
        outcome=coded(lambda row: row.outcome),
        run=np.array([row.run for row in kept], dtype=np.int64),
        attempt=np.array([row.attempt for row in kept], dtype=np.int64),
        scored=np.array([row.scored for row in kept], dtype=np.bool_),
        solved=figures(lambda row: row.solved),
        tokens=figures(lambda row: row.tokens),
        usd=figures(lambda row: row.usd),
        active_s=figures(lambda row: row.active_s),
        composite=figures(lambda row: row.composite),
    )


def encode(names: Sequence[str]) -> Coded:
    """Names in the order in which they first come up."""
    known: dict[str, int] = {}
    codes = np.fromiter((known.setdefault(n, len(known)) for n in names), np.int64, len(names))
    return Coded(codes, tuple(known))


def final(columns: Columns) -> Columns:
    """Of each run the attempt that counts: the last one scored, else the last one."""
    if not len(columns):
        return columns
    cell = columns.agent.codes
    for coded in (columns.model, columns.task, columns.sweep):
        cell = cell * max(len(coded.names), 1) + coded.codes
    cell = cell * (int(columns.run.max()) + 1) + columns.run
    order = np.lexsort((columns.attempt, columns.scored, cell))
    ordered = cell[order]
    last = np.append(ordered[1:] != ordered[:-1], True)
    return columns.only(np.sort(order[last]))


def where(
    columns: Columns,
    *,
    sweep: str | None = None,
    tasks: Sequence[str] | None = None,
    agents: Sequence[str] | None = None,
    models: Sequence[str] | None = None,
) -> Columns:
    """Only the rows that fit all that is given; ``tasks`` are globs. Raises ``UnknownName`` for a
    sweep, agent or model that no row has."""
    keep = np.ones(len(columns), dtype=np.bool_)
    for kind, coded, wanted in (
        ("sweep", columns.sweep, None if sweep is None else (sweep,)),
        ("agent", columns.agent, agents),
        ("model", columns.model, models),
    ):
        if wanted:
            for name in wanted:
                if name not in coded.names:
                    raise UnknownName(kind, name, coded.names, do="see: cab board")
            keep &= _among(coded, [name in wanted for name in coded.names])
    if tasks:
        globs = tuple(tasks)
        keep &= _among(columns.task, [matches(name, globs) for name in columns.task.names])
    return _compact(columns.only(keep))


def _compact(columns: Columns) -> Columns:
    """Without the names that no row has any more."""
    picked: dict[str, Any] = {}
    for name, column in columns.__dict__.items():
        if isinstance(column, Coded):
            used, codes = np.unique(column.codes, return_inverse=True)
            picked[name] = Coded(codes.astype(np.int64), tuple(column.names[n] for n in used))
        else:
            picked[name] = column
    return Columns(**picked)


def _among(coded: Coded, picked: list[bool]) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = np.array(picked, dtype=np.bool_)[coded.codes]
    return found
