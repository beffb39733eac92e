"""A cell's page within a site: rendered from its record, with its files beside it."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from codingagentbench.cells import Record
from codingagentbench.errors import ResultsError
from codingagentbench.results import (
    PAGE,
    PATCH,
    RECORD,
    TERMINAL,
    VERIFIER_OUTPUT,
    Row,
    load_record,
)
from codingagentbench.site import places
from codingagentbench.site.commands import embed
from codingagentbench.site.conversation import exchanges
from codingagentbench.site.neighbours import Glance, Neighbours
from codingagentbench.site.neighbours import Row as Line
from codingagentbench.site.render import SitePlace, render_page, text_of
from codingagentbench.site.shelf import Around, Cell
from codingagentbench.site.terminal import last_screen
from codingagentbench.site.timeline import timeline
from codingagentbench.site.writing import write

RECORDING = "recording.js"
_LARGEST = 8 << 20  # bytes of a recording that is played on the page
_KEPT = (RECORD, "SHA256SUMS", PATCH, TERMINAL, VERIFIER_OUTPUT)


@dataclass(frozen=True, kw_only=True)
class Job:
    """One page to be made. Small, since it goes to another process."""

    root: Path  # of the results
    out: Path  # of the site
    row: Row
    around: Around


def make_cell(job: Job) -> str | None:
    """Write the page and its files; what is wrong with the record, if anything is."""
    source, page = job.root / job.row.path, places.cell_page(job.row)
    target = (job.out / page).parent
    target.mkdir(parents=True, exist_ok=True)
    try:
        record = load_record(source)
    except ResultsError as error:
        return str(error)
    _files(source, target)
    has_recording = _recording(source / TERMINAL, target / RECORDING)
    calls = (row.call for row in timeline(record).calls)
    text = render_page(
        record,
        patch=text_of(source / PATCH),
        screen=last_screen(source / TERMINAL),
        talks=exchanges(calls, folder=source),
        around=_neighbours(job.around, job.out),
        start=target,
        place=SitePlace(
            page=page,
            home=places.href(page, places.HOME),
            assets=places.href(page, "assets/x").removesuffix("/x"),
            row=places.href(page, places.row_page(job.row.agent, job.row.model)),
            task=places.href(page, places.task_page(job.row.task)),
            recording=RECORDING if has_recording else None,
        ),
    )
    write(target / PAGE, text)
    _badge(record, page, target)
    return None


def _badge(record: Record, page: str, target: Path) -> None:
    """The badge as files, for other people's pages."""
    made = embed(record, address=page)
    write(target / "badge.svg", made.svg)
    write(target / "badge.json", made.shields)


def _files(source: Path, target: Path) -> None:
    for name in _KEPT:
        there, here = source / name, target / name
        here.unlink(missing_ok=True)
        try:
            os.link(there, here)
        except FileNotFoundError:
            continue
        except OSError:  # another file system
            shutil.copyfile(there, here)


def _recording(cast: Path, target: Path) -> bool:
    """The recording as a script, which a page may load from a folder; a file it may not."""
    try:
        if not 0 < cast.stat().st_size <= _LARGEST:
            return False
        data = cast.read_bytes().decode("utf-8", "replace")
    except OSError:
        return False
    # In a script of its own nothing but the string's end can end it; JSON escapes that.
    write(target, f"globalThis.cabRecording = {json.dumps(data)};\n")
    return True


def _neighbours(around: Around, out: Path) -> Neighbours:
    return Neighbours(
        root=out,
        here=tuple(_glance(row, out) for row in around.here),
        agents=tuple(_line(cell, cell.agent, out) for cell in around.agents),
        models=tuple(_line(cell, cell.model, out) for cell in around.models),
        tasks=tuple(_line(cell, cell.task, out) for cell in around.tasks),
    )


def _line(cell: Cell, name: str, out: Path) -> Line:
    return Line(name=name, sweep=cell.sweep, runs=tuple(_glance(row, out) for row in cell.runs))


def _glance(row: Row, out: Path) -> Glance:
    return Glance(
        sweep=row.sweep,
        agent=row.agent,
        model=row.model,
        task=row.task,
        run=row.run,
        attempt=row.attempt,
        outcome=row.outcome,
        scored=row.scored,
        methodology=row.methodology,
        composite=row.composite,
        tokens=row.tokens,
        active_s=row.active_s,
        folder=out / places.CELLS / row.path,
    )
