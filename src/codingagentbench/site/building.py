"""Pages written beside records: of one attempt, of a whole results folder."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codingagentbench.errors import ResultsError
from codingagentbench.results import PAGE, PATCH, TERMINAL, Store, load_record
from codingagentbench.site.conversation import exchanges
from codingagentbench.site.environment import environment, policy
from codingagentbench.site.neighbours import Glance, Row, by_cell, glance, neighbours
from codingagentbench.site.render import render_page, text_of
from codingagentbench.site.terminal import last_screen
from codingagentbench.site.timeline import timeline
from codingagentbench.site.writing import write


@dataclass(frozen=True, kw_only=True)
class _Line:
    """A row of the index: one agent with one model, and its cell for each task."""

    agent: str
    model: str
    cells: tuple[Row | None, ...]


@dataclass(frozen=True, kw_only=True)
class _Sweep:
    name: str
    tasks: tuple[str, ...]
    rows: tuple[_Line, ...]


def build_page(folder: Path) -> Path:
    """Write ``index.html`` beside the record in ``folder``, whole or not at all; its path.

    Raises :class:`ResultsError` when the record cannot be read or the folder not written.
    """
    record = load_record(folder)
    line, patch = timeline(record), text_of(folder / PATCH)
    around = neighbours(record, folder=folder)
    index = around.root / PAGE if around.root else None
    page = render_page(
        record,
        line=line,
        patch=patch,
        screen=last_screen(folder / TERMINAL),
        talks=exchanges((row.call for row in line.calls), folder=folder),
        around=around,
        index=os.path.relpath(index, folder) if index and index.is_file() else None,
    )
    write(folder / PAGE, page)
    return folder / PAGE


def build_index(root: Path) -> Path:
    """Write ``index.html`` of all cells below ``root``: agents x tasks, by sweep; its path.

    Links go to the page beside each record, whether it is there yet or not.
    Raises :class:`ResultsError` when the folder cannot be read or written.
    """
    folders = list(_attempts(root))
    glances = (glance(folder, root=root) for folder in folders)
    found = [seen for seen in glances if seen is not None]
    cells = by_cell(found)
    tally = Counter(runs[-1].outcome for runs in cells.values())
    values: dict[str, Any] = {
        "cells": len(cells),
        "attempts": len(found),
        "broken": len(folders) - len(found),
        "tally": tally.most_common(),
        "sweeps": tuple(_sweeps(cells)),
        "policy": policy(script=None),
    }
    write(root / PAGE, environment().get_template("index.html.j2").render(values))
    return root / PAGE


def build_site(root: Path) -> Path:
    """The index and every page below ``root``, so that all of them know of each other."""
    index = build_index(root)
    for folder in _attempts(root):
        if glance(folder, root=root) is not None:
            build_page(folder)
    return index


def _attempts(root: Path) -> Iterable[Path]:
    if not root.is_dir():
        raise ResultsError("no such folder", where=str(root), do="run a cell first")
    return Store(root).all()


def _sweeps(cells: Mapping[tuple[str, str, str, str], tuple[Glance, ...]]) -> Iterable[_Sweep]:
    for sweep in sorted({name for name, *_ in cells}):
        tasks = tuple(sorted({task for name, _, _, task in cells if name == sweep}))
        pairs = sorted({(agent, model) for name, agent, model, _ in cells if name == sweep})
        lines = []
        for agent, model in pairs:
            runs = (cells.get((sweep, agent, model, task)) for task in tasks)
            row = tuple(Row(name=agent, sweep=sweep, runs=r) if r else None for r in runs)
            lines.append(_Line(agent=agent, model=model, cells=row))
        yield _Sweep(name=sweep, tasks=tasks, rows=tuple(lines))
