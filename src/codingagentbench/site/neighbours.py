"""Other cells of the same results folder: other runs, and cells that differ in one thing."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from codingagentbench.cells import CellSpec, Record
from codingagentbench.results import PAGE, RECORD, run_path
from codingagentbench.site.text import figure

NOT_SCORED: Final = "not scored"

_READ: Final = 120  # records that are read for one block
_SHOWN: Final = 24  # cells that one block shows
_RUN: Final = re.compile(r"run[0-9]+")


@dataclass(frozen=True, kw_only=True)
class Glance:
    """The few figures of an attempt that tables of cells show; ``None`` is not measured."""

    sweep: str
    agent: str
    model: str
    task: str
    run: int
    attempt: int
    outcome: str
    scored: bool
    methodology: str
    composite: float | None
    tokens: int | None  # input + output
    active_s: float | None
    path: str  # its folder, below the root of all of them

    @property
    def composite_said(self) -> str:
        return figure(self.composite) if self.scored else NOT_SCORED

    @property
    def depth(self) -> int:
        return self.path.count("/") + 1

    @cached_property
    def address(self) -> str:
        """Of its page, seen from the root."""
        return quote(f"{self.path}/{PAGE}")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One cell with its runs; figures are means over the runs that have them."""

    name: str
    sweep: str
    runs: tuple[Glance, ...]

    @property
    def solved(self) -> float | None:
        """Share of the scored runs; ``None`` without one."""
        return _mean(float(run.outcome == "passed") for run in self.runs if run.scored)

    @property
    def composite(self) -> float | None:
        return _mean(run.composite for run in self.runs if run.scored)

    @property
    def composite_said(self) -> str:
        scored = any(run.scored for run in self.runs)
        return figure(self.composite) if scored else NOT_SCORED

    @property
    def tokens(self) -> float | None:
        return _mean(run.tokens for run in self.runs)

    @property
    def active_s(self) -> float | None:
        return _mean(run.active_s for run in self.runs)


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """Everything around one attempt; ``root`` is ``None`` when the folder lies alone."""

    root: Path | None = None
    up: str = ""  # from the attempt's page to the root
    here: tuple[Glance, ...] = ()  # attempts of all runs of this cell
    agents: tuple[Row, ...] = ()  # other agents: same model, same task
    models: tuple[Row, ...] = ()  # other models: same agent, same task
    tasks: tuple[Row, ...] = ()  # other tasks of the category: same agent, same model
    #: The verdict over all tasks against the row of an agent and a model, and where it is.
    verdicts: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def solved(self) -> float | None:
        """Share of the scored runs of this cell, of each run the last attempt."""
        last = {seen.run: seen for seen in self.here}
        return _mean(float(s.outcome == "passed") for s in last.values() if s.scored)


def neighbours(record: Record, *, folder: Path) -> Neighbours:
    """What lies around ``folder`` on disk. Other records are glanced at, not validated."""
    root = root_of(record, folder=folder)
    if root is None:
        return Neighbours()
    spec = record.spec
    place = run_path(spec.sweep, spec.label, spec.model, spec.task, spec.run).parent
    agent, model = place.parts[1], "/".join(place.parts[2:-2])
    category, name = place.parts[-2:]
    cells = {
        "agent": root.glob(f"*/*/{model}/{category}/{name}"),
        "model": (c for own in root.glob(f"*/{agent}") for c in _cells(own, f"{category}/{name}")),
        "task": root.glob(f"*/{agent}/{model}/{category}/*"),
    }
    rows = {what: _rows(root, sorted(found), what, spec) for what, found in cells.items()}
    return Neighbours(
        root=root,
        up="../" * len(folder.absolute().relative_to(root).parts),
        here=tuple(_glances(root, [root / place])),
        agents=rows["agent"],
        models=rows["model"],
        tasks=rows["task"],
    )


def root_of(record: Record, *, folder: Path) -> Path | None:
    """The results folder that ``folder`` lies in at its proper place, else ``None``."""
    spec = record.spec
    place = run_path(spec.sweep, spec.label, spec.model, spec.task, spec.run).parts
    above = folder.absolute().parts[:-1]
    if above[-len(place) :] != place or len(above) <= len(place):
        return None
    return Path(*above[: -len(place)])


def glance(folder: Path, *, root: Path) -> Glance | None:
    """The figures of the record in ``folder``, which lies below ``root``; ``None`` when it cannot
    be read as one."""
    try:
        found: dict[str, Any] = json.loads((folder / RECORD).read_bytes())
        spec, scores = found["spec"], found["scores"]
        totals, timing = found["ledger"]["totals"], found["timing"]
        known = [n for n in (totals["input"], totals["output"]) if n is not None]
        return Glance(
            sweep=str(spec["sweep"]),
            agent=str(spec["agent"]),
            model=str(spec["model"]),
            task=str(spec["task"]),
            run=int(spec["run"]),
            attempt=int(found["attempt"]),
            outcome=str(scores["verdict"]["outcome"]),
            scored=scores["verdict"]["scored"] is True,
            methodology=str(scores["methodology"]),
            composite=_number(scores["axes"]["composite"]["composite"]),
            tokens=int(sum(known)) if known else None,
            active_s=_number(timing["agent_active_s"]),
            path=folder.relative_to(root).as_posix(),
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def by_cell(glances: Iterable[Glance]) -> dict[tuple[str, str, str, str], tuple[Glance, ...]]:
    """The last attempt of each run, by sweep, agent, model and task."""
    last: dict[tuple[str, str, str, str], dict[int, Glance]] = {}
    for seen in glances:
        runs = last.setdefault((seen.sweep, seen.agent, seen.model, seen.task), {})
        if seen.run not in runs or seen.attempt > runs[seen.run].attempt:
            runs[seen.run] = seen
    return {cell: tuple(runs[n] for n in sorted(runs)) for cell, runs in last.items()}


def _rows(root: Path, cells: Iterable[Path], what: str, spec: CellSpec) -> tuple[Row, ...]:
    """Cells that differ from ``spec`` in ``what``, and but for the sweep in nothing else."""
    alike = {"agent", "model", "task"} - {what}
    ours = spec.model_dump(include={"agent", "model", "task"})
    rows = []
    for (sweep, *names), runs in by_cell(_glances(root, cells)).items():
        theirs = dict(zip(("agent", "model", "task"), names, strict=True))
        if theirs[what] != ours[what] and all(theirs[k] == ours[k] for k in alike):
            rows.append(Row(name=theirs[what], sweep=sweep, runs=runs))
    return tuple(sorted(rows, key=lambda r: (r.sweep != spec.sweep, r.name, r.sweep))[:_SHOWN])


def _cells(folder: Path, ending: str) -> Iterator[Path]:
    """Folders below ``folder`` that end so; nothing below a run is looked at."""
    for base, folders, _ in os.walk(folder):
        folders[:] = sorted(f for f in folders if not _RUN.fullmatch(f))
        if base.endswith(f"/{ending}"):
            yield Path(base)


def _glances(root: Path, cells: Iterable[Path]) -> Iterator[Glance]:
    """Attempts below the folders of cells, in order of run and attempt, up to a limit."""
    left = _READ
    for cell in cells:
        for run in _numbered(cell, "run"):
            for attempt in _numbered(run, "attempt"):
                seen = glance(attempt, root=root) if left > 0 else None
                left -= 1
                if seen is not None:
                    yield seen


def _numbered(folder: Path, word: str) -> list[Path]:
    found = [p for p in folder.glob(f"{word}*") if p.name[len(word) :].isdecimal()]
    return sorted(found, key=lambda p: int(p.name[len(word) :]))


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
