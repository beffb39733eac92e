"""Lists, texts, search, the table of all attempts, and addresses that lead to the latest."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from codingagentbench.results import Row
from codingagentbench.results.rows import FIELDS, values_of
from codingagentbench.scoring import AXES, METHODOLOGIES, POLICY
from codingagentbench.site import places
from codingagentbench.site.environment import environment
from codingagentbench.site.library import Library, code
from codingagentbench.site.sheets import Sheet, rendered, sheet

_RECORDINGS: Final = 2_000  # that the list of them names
_MOVED: Final = "moved 1"  # raised when the template of these many small pages changes


def list_sheets(library: Library) -> Iterator[Sheet]:
    """Tasks, agents, models, sweeps, recordings."""
    shelf = library.shelf
    titles = {name: task.title for name, task in library.known.items()}
    recorded = [cell.runs[-1] for cell in shelf.cells if cell.runs][:_RECORDINGS]
    lists = (
        ("tasks", "Tasks", [(t, places.task_page(t), titles.get(t, "")) for t in shelf.tasks]),
        ("agents", "Agents", [(a, places.agent_page(a), "") for a in shelf.agents]),
        ("models", "Models", [(m, places.model_page(m), "") for m in shelf.models]),
        ("sweeps", "Sweeps", [(n, places.sweep_page(n), "") for n in shelf.sweeps]),
        ("recordings", "Recordings", [_recording(run) for run in recorded]),
    )
    for folder, heading, entries in lists:
        page = f"{folder}/index.html"
        yield _page("list", page, heading, entries=entries, heading=heading)


def _recording(run: Row) -> tuple[str, str, str]:
    name = f"{run.agent} × {run.model}, {run.task}"
    return name, f"{places.cell_page(run)}#terminal", run.outcome


def text_sheets(library: Library) -> Iterator[Sheet]:
    """What anybody should know who reads the figures."""
    yield _page(
        "methodology",
        "methodology/index.html",
        "Methodology",
        methodologies=list(METHODOLOGIES.values()),
        axes=AXES,
        policy_rows=list(POLICY.values()),
    )
    broken = library.shelf.broken
    yield _page("provenance", "provenance/index.html", "Provenance", left_out=broken)
    yield _page("data", "data/index.html", "Data", fields=FIELDS)
    yield _page("about", "about/index.html", "About")
    yield _page("search", "search/index.html", "Search")
    yield _page("compare", places.COMPARE, "Compare")


def _page(template: str, page: str, title: str, **values: Any) -> Sheet:
    made_of = f"{code()} {values!r}" if values else code()
    return sheet(page, made_of, partial(rendered, template, page, title, **values))


def moved_sheets(library: Library) -> Iterator[Sheet]:
    """Addresses without sweep and run: to the latest attempt."""
    for row in library.latest.values():
        page = places.latest_page(row.agent, row.model, row.task)
        there = places.href(page, places.cell_page(row))
        title = f"{row.agent} × {row.model}, {row.task}"
        yield sheet(page, f"{_MOVED} {there} {title}", partial(_moved, there, title))


def _moved(there: str, title: str) -> str:
    return environment().get_template("site/moved.html.j2").render(there=there, title=title)


def data_sheets(library: Library) -> Iterator[Sheet]:
    """For the search in the browser, and for other people's programs."""
    made_of = library.mark()
    yield sheet("assets/search-index.js", made_of, partial(_search, library))
    yield sheet("data/attempts.csv", made_of, partial(_csv, library))


def _search(library: Library) -> str:
    """Pages by name; cells as numbers of their row, task, sweep and outcome, run and attempt."""
    shelf = library.shelf
    pages = [[name, places.task_page(name), "task"] for name in shelf.tasks]
    pages += [[name, places.agent_page(name), "agent"] for name in shelf.agents]
    pages += [[name, places.model_page(name), "model"] for name in shelf.models]
    pages += [[name, places.sweep_page(name), "sweep"] for name in shelf.sweeps]
    rows, tasks, sweeps, outcomes = _Numbers(), _Numbers(), _Numbers(), _Numbers()
    cells: list[int] = []
    for cell in shelf.cells:
        run = cell.runs[-1]
        cells += (
            rows.of(f"{cell.agent} × {cell.model}", _slashed(cell.agent, *cell.model.split("/"))),
            tasks.of(cell.task, _slashed(*cell.task.split("/"))),
            sweeps.of(cell.sweep, places.safe(cell.sweep)),
            outcomes.of(run.outcome, ""),
            run.run,
            run.attempt,
        )
    told = {
        "pages": pages,
        "rows": rows.known,
        "tasks": tasks.known,
        "sweeps": sweeps.known,
        "outcomes": outcomes.known,
        "cells": cells,
    }
    text = json.dumps(told, ensure_ascii=True, separators=(",", ":"))
    return f"globalThis.cabIndex = {text};\n"


class _Numbers:
    """Names numbered as they come, each with its part of a path."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self.known: list[tuple[str, str]] = []

    def of(self, name: str, path: str) -> int:
        if name not in self._number:
            self._number[name] = len(self.known)
            self.known.append((name, path))
        return self._number[name]


def _slashed(*parts: str) -> str:
    return "/".join(places.safe(part) for part in parts)


def _csv(library: Library) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    writer.writerows(values_of(row) for row in library.shelf.attempts)
    return out.getvalue()
