"""Pages of a site that are made of many records: boards, rows, tasks, agents, models, sweeps."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from codingagentbench import agents, boards, stats, tasks
from codingagentbench.boards import WORDS, Board, BoardRow, Columns, columns_of, verdict
from codingagentbench.errors import TaskError, UnknownName
from codingagentbench.results import Row
from codingagentbench.results.rows import FIELDS
from codingagentbench.scoring import AXES, METHODOLOGIES, POLICY
from codingagentbench.site import drawings, places
from codingagentbench.site.drawings import Point
from codingagentbench.site.environment import SITE_POLICY, environment
from codingagentbench.site.shelf import Shelf
from codingagentbench.tasks import Task
from codingagentbench.version import VERSION

_MENU = (
    ("Board", places.HOME),
    ("Tasks", "tasks/index.html"),
    ("Agents", "agents/index.html"),
    ("Models", "models/index.html"),
    ("Sweeps", "sweeps/index.html"),
    ("Recordings", "recordings/index.html"),
    ("Search", "search/index.html"),
    ("Methodology", "methodology/index.html"),
    ("Provenance", "provenance/index.html"),
    ("Data", "data/index.html"),
    ("About", "about/index.html"),
)


@dataclass(frozen=True)
class Page:
    """One file of a site: where, and what is in it."""

    path: str
    text: str


@dataclass
class Library:
    """All that the pages are made of."""

    shelf: Shelf

    @cached_property
    def columns(self) -> Columns:
        return columns_of(self.shelf.attempts)

    @cached_property
    def board(self) -> Board:
        return boards.board_of(self.columns)

    @cached_property
    def shares(self) -> Mapping[tuple[str, str, str], float | None]:
        """Share of the scored runs that solved it, by agent, model and task."""
        means = stats.task_means(self.board.verdicts)
        return {
            (row.agent, row.model, task): None if np.isnan(means[n, t]) else float(means[n, t])
            for n, row in enumerate(self.board.rows)
            for t, task in enumerate(self.board.tasks)
        }

    @cached_property
    def known(self) -> Mapping[str, Task]:
        """The tasks of this installation that are, byte for byte, those of the records."""
        digests = {row.task: row.task_digest for row in self.shelf.attempts}
        found = {}
        for name, digest in digests.items():
            try:
                task = tasks.find_task(name)
            except (TaskError, UnknownName):
                continue
            if task.digest == digest:
                found[name] = task
        return found

    @cached_property
    def languages(self) -> Mapping[str, str]:
        return {row.task: row.language for row in self.shelf.attempts}


def site_pages(library: Library) -> Iterator[Page]:
    """Every page but those of cells."""
    yield from _boards(library)
    yield from _rows(library)
    yield from _tasks(library)
    yield from _groups(library)
    yield from _lists(library)
    yield from _texts(library)
    yield from _moved(library)
    yield _search(library)
    yield _csv(library)


def _render(library: Library, template: str, page: str, title: str, **values: Any) -> Page:
    def to(there: str) -> str:
        return places.href(page, there)

    shelf = library.shelf
    given = {
        "page": page,
        "title": title,
        "to": to,
        "home": places.HOME,
        "menu": _MENU,
        "policy": SITE_POLICY,
        "version": VERSION,
        "attempts": len(shelf.attempts),
        "cells": len(shelf.cells),
        "broken": len(shelf.broken),
        "words": WORDS,
        "interval_bar": drawings.interval_bar,
        "cell_page": places.cell_page,
        "row_page": places.row_page,
        "task_page": places.task_page,
        "agent_page": places.agent_page,
        "model_page": places.model_page,
        "sweep_page": places.sweep_page,
    }
    text = environment().get_template(f"site/{template}.html.j2").render(**given, **values)
    return Page(page, text)


def _boards(library: Library) -> Iterator[Page]:
    """The whole board, and one of each category and language."""
    categories = sorted({task.partition("/")[0] for task in library.shelf.tasks})
    languages = sorted(set(library.languages.values()))
    everything = [("all", places.HOME)]
    everything += [(name, places.board_page("category", name)) for name in categories]
    if len(languages) > 1:
        everything += [(name, places.board_page("language", name)) for name in languages]
    yield _board_page(
        library, library.board, places.HOME, "Which agent, with which model?", everything
    )
    for kind, names, of in (
        ("category", categories, lambda task: task.partition("/")[0]),
        ("language", languages, lambda task: library.languages[task]),
    ):
        for name in names:
            some = _only_tasks(library, of, name)
            page = places.board_page(kind, name)
            yield _board_page(library, boards.board_of(some), page, f"{kind}: {name}", everything)


def _only_tasks(library: Library, of: Callable[[str], str], name: str) -> Columns:
    globs = [task for task in library.shelf.tasks if of(task) == name]
    return boards.where(library.columns, tasks=globs)


def _board_page(
    library: Library, board: Board, page: str, heading: str, filters: list[tuple[str, str]]
) -> Page:
    return _render(
        library,
        "home",
        page,
        heading,
        heading=heading,
        board=board,
        shares=library.shares,
        filters=[(name, there, there == page) for name, there in filters],
        agents=library.shelf.agents,
        models=library.shelf.models,
        by_tokens=drawings.pareto(
            list(_points(board, page, lambda row: row.tokens.value)), unit="tokens per solved task"
        ),
        by_seconds=drawings.pareto(
            list(_points(board, page, lambda row: row.seconds.median)), unit="seconds, median"
        ),
    )


def _points(board: Board, page: str, cost: Callable[[BoardRow], float | None]) -> Iterator[Point]:
    for row in board.rows:
        x, y = cost(row), row.ships.solved
        if x is not None and y is not None:
            low, high = row.ships.interval or (y, y)
            there = places.href(page, places.row_page(row.agent, row.model))
            yield Point(label=row.label, href=there, x=x, y=y, low=low, high=high)


@dataclass(frozen=True)
class _Other:
    agent: str
    model: str

    @property
    def label(self) -> str:
        return f"{self.agent} × {self.model}"

    @property
    def anchor(self) -> str:
        return f"vs-{places.safe(self.agent)}-{places.safe(self.model)}"


def _rows(library: Library) -> Iterator[Page]:
    board = library.board
    for n, row in enumerate(board.rows):
        verdicts = [
            (
                _Other(other.agent, other.model),
                verdict(
                    stats.compare(board.verdicts[n], board.verdicts[m]), a=row.label, b=other.label
                ),
            )
            for m, other in enumerate(board.rows)
            if m != n and (other.agent == row.agent or other.model == row.model)
        ]
        yield _render(
            library,
            "row",
            places.row_page(row.agent, row.model),
            row.label,
            row=row,
            verdicts=verdicts,
            given=library.shelf.of_row(row.agent, row.model),
        )


def _tasks(library: Library) -> Iterator[Page]:
    for task in library.shelf.tasks:
        given = library.shelf.of_task(task)
        scored = [run for cell in given for run in cell.scored]
        yield _render(
            library,
            "task",
            places.task_page(task),
            task,
            task=task,
            known=library.known.get(task),
            given=given,
            scored=len(scored),
            solved=sum(bool(run.solved) for run in scored) / len(scored) if scored else None,
        )


def _groups(library: Library) -> Iterator[Page]:
    """Agents, models and sweeps: a board of their own each."""
    shelf, columns = library.shelf, library.columns
    for name in shelf.agents:
        some = boards.board_of(boards.where(columns, agents=[name]))
        versions = sorted({r.agent_version for r in shelf.attempts if r.agent == name})
        yield _group(
            library,
            some,
            places.agent_page(name),
            name,
            facts=[("versions", ", ".join(versions)), *_declared(name)],
            wiring=_wiring(name),
        )
    for name in shelf.models:
        some = boards.board_of(boards.where(columns, models=[name]))
        yield _group(library, some, places.model_page(name), name)
    for name in shelf.sweeps:
        rows = [row for row in shelf.attempts if row.sweep == name]
        some = boards.board_of(boards.where(columns, sweep=name))
        facts = [
            ("attempts", f"{len(rows):,}"),
            ("from", min(row.started_at for row in rows)),
            ("to", max(row.started_at for row in rows)),
            ("sandbox", ", ".join(sorted({row.sandbox for row in rows}))),
            ("faults", ", ".join(sorted({row.faults or "none on purpose" for row in rows}))),
            ("methodology", ", ".join(sorted({row.methodology for row in rows}))),
        ]
        yield _group(library, some, places.sweep_page(name), f"sweep {name}", facts=facts)


def _group(
    library: Library,
    board: Board,
    page: str,
    heading: str,
    *,
    facts: list[tuple[str, str]] | None = None,
    wiring: str | None = None,
) -> Page:
    return _render(
        library,
        "group",
        page,
        heading,
        heading=heading,
        said=None,
        facts=facts or [],
        wiring=wiring,
        board=board,
        shares=library.shares,
    )


def _declared(name: str) -> list[tuple[str, str]]:
    agent = agents.AGENTS.get(name.partition("+")[0])
    if agent is None:
        return []
    return [
        ("homepage", agent.homepage),
        ("speaks", ", ".join(agent.dialects)),
        ("streams", "yes" if agent.streams else "no"),
        ("edits by", "its own tools" if agent.edits == "tools" else "text in the reply"),
        ("memory it is given", f"{agent.memory_mb:,} MB"),
    ]


def _wiring(name: str) -> str | None:
    agent = agents.AGENTS.get(name.partition("+")[0])
    return None if agent is None else agents.wiring(agent)


def _lists(library: Library) -> Iterator[Page]:
    shelf = library.shelf
    titles = {name: task.title for name, task in library.known.items()}
    recorded = [cell for cell in shelf.cells if cell.runs]
    lists = (
        ("tasks", "Tasks", [(t, places.task_page(t), titles.get(t, "")) for t in shelf.tasks]),
        ("agents", "Agents", [(a, places.agent_page(a), "") for a in shelf.agents]),
        ("models", "Models", [(m, places.model_page(m), "") for m in shelf.models]),
        ("sweeps", "Sweeps", [(n, places.sweep_page(n), "") for n in shelf.sweeps]),
        (
            "recordings",
            "Recordings",
            [
                (
                    f"{cell.agent} × {cell.model}, {cell.task}",
                    f"{places.cell_page(cell.runs[-1])}#terminal",
                    cell.runs[-1].outcome,
                )
                for cell in recorded[:2000]
            ],
        ),
    )
    for folder, heading, entries in lists:
        page = f"{folder}/index.html"
        yield _render(library, "list", page, heading, heading=heading, said=None, entries=entries)


def _texts(library: Library) -> Iterator[Page]:
    yield _render(
        library,
        "methodology",
        "methodology/index.html",
        "Methodology",
        methodologies=list(METHODOLOGIES.values()),
        axes=AXES,
        policy_rows=list(POLICY.values()),
    )
    yield _render(
        library,
        "provenance",
        "provenance/index.html",
        "Provenance",
        left_out=library.shelf.broken,
    )
    yield _render(library, "data", "data/index.html", "Data", fields=FIELDS)
    yield _render(library, "about", "about/index.html", "About")
    yield _render(library, "search", "search/index.html", "Search")


def _moved(library: Library) -> Iterator[Page]:
    """Addresses without sweep and run: to the latest attempt."""
    latest: dict[tuple[str, str, str], Row] = {}
    for row in library.shelf.attempts:
        key = (row.agent, row.model, row.task)
        if key not in latest or row.started_at > latest[key].started_at:
            latest[key] = row
    template = environment().get_template("site/moved.html.j2")
    for (agent, model, task), row in latest.items():
        page = places.latest_page(agent, model, task)
        there = places.href(page, places.cell_page(row))
        yield Page(page, template.render(there=there, title=f"{agent} × {model}, {task}"))


def _search(library: Library) -> Page:
    shelf = library.shelf
    entries = [[name, places.task_page(name), "task"] for name in shelf.tasks]
    entries += [[name, places.agent_page(name), "agent"] for name in shelf.agents]
    entries += [[name, places.model_page(name), "model"] for name in shelf.models]
    entries += [[name, places.sweep_page(name), "sweep"] for name in shelf.sweeps]
    entries += [
        [f"{c.agent} × {c.model} {c.task}", places.cell_page(c.runs[-1]), c.runs[-1].outcome]
        for c in shelf.cells
    ]
    text = json.dumps(entries, ensure_ascii=True, separators=(",", ":"))
    return Page("assets/search-index.js", f"globalThis.cabIndex = {text};\n")


def _csv(library: Library) -> Page:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    for row in library.shelf.attempts:
        writer.writerow([getattr(row, name) for name in FIELDS])
    return Page("data/attempts.csv", out.getvalue())
