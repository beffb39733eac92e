"""A cell's page within a site: rendered from its record, with its files beside it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlencode

from codingagentbench.cells import Record
from codingagentbench.errors import ResultsError
from codingagentbench.results import (
    PAGE,
    PATCH,
    RECORD,
    TERMINAL,
    VERIFIER_OUTPUT,
    Proof,
    Row,
    load_record,
)
from codingagentbench.site import places
from codingagentbench.site.commands import embed
from codingagentbench.site.comparepage import CELL, cell_script
from codingagentbench.site.conversation import exchanges
from codingagentbench.site.library import Library, code
from codingagentbench.site.neighbours import Glance, Neighbours
from codingagentbench.site.neighbours import Row as Line
from codingagentbench.site.render import SitePlace, changed, render_page, text_of
from codingagentbench.site.sheets import Sheet
from codingagentbench.site.shelf import Cell
from codingagentbench.site.terminal import last_screen
from codingagentbench.site.timeline import timeline
from codingagentbench.site.writing import write

RECORDING = "recording.js"
PROOF = "proof.json"
_LARGEST = 8 << 20  # bytes of a recording that is played on the page
_KEPT = (RECORD, "SHA256SUMS", PATCH, TERMINAL, VERIFIER_OUTPUT)


def cell_sheets(library: Library) -> Iterator[Sheet]:
    """A page an attempt; made anew when its record, or what it shows of others, has changed."""
    for row in library.shelf.attempts:
        stamp = os.stat(f"{library.root}/{row.path}/{RECORD}")
        made_of = (
            f"{code()} {library.published} {library.stamp(row)} {stamp.st_mtime_ns} {stamp.st_size}"
        )
        page = places.cell_page(row)
        yield Sheet(page, made_of, partial(_make, library, row), is_cell=True)


def _make(library: Library, row: Row, out: Path) -> str | None:
    """Write the page and its files; what is wrong with the record, if anything is."""
    source, page = library.root / row.path, places.cell_page(row)
    target = (out / page).parent
    target.mkdir(parents=True, exist_ok=True)
    try:
        record = load_record(source)
    except ResultsError as error:
        return str(error)
    _files(source, target)
    line, patch = timeline(record), text_of(source / PATCH)
    files = changed(record, patch)
    has_recording = _recording(source / TERMINAL, target / RECORDING)
    text = render_page(
        record,
        line=line,
        files=files,
        patch=patch,
        screen=last_screen(source / TERMINAL),
        talks=exchanges((call.call for call in line.calls), folder=source),
        around=_neighbours(library, row),
        place=SitePlace(
            page=page,
            home=places.href(page, places.HOME),
            assets=places.href(page, "assets"),
            row=places.href(page, places.row_page(row.agent, row.model)),
            task=places.href(page, places.task_page(row.task)),
            compare=f"{places.href(page, places.COMPARE)}?{urlencode({'cell': row.path})}",
            published=library.published,
            seal=_proof(library, row, target),
            recording=RECORDING if has_recording else None,
        ),
    )
    write(target / PAGE, text)
    write(target / CELL, cell_script(row, record, files))
    _badge(record, page, target)
    return None


def _proof(library: Library, row: Row, target: Path) -> Proof | None:
    """That the attempt is in its sweep's seal, as a file for whoever wants to check."""
    sealed = library.sealed(row)
    if sealed is None:
        (target / PROOF).unlink(missing_ok=True)
        return None
    proof = sealed.proof(row.path)
    write(target / PROOF, proof.model_dump_json(indent=1) + "\n")
    return proof


def _badge(record: Record, page: str, target: Path) -> None:
    """The badge as files, for other people's pages."""
    made = embed(record, address=quote(page))
    write(target / "badge.svg", made.svg)
    write(target / "badge.json", made.shields)


def _files(source: Path, target: Path) -> None:
    """Copies: whatever is done to a site on its way to a server is not done to the results."""
    for name in _KEPT:
        there, here = f"{source}/{name}", f"{target}/{name}"
        try:
            shutil.copyfile(there, here)
        except FileNotFoundError:
            Path(here).unlink(missing_ok=True)
        except OSError as error:
            raise ResultsError(
                f"cannot be copied: {error.strerror}",
                where=there,
                do=f"see that {here} can be written",
            ) from None


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


def _neighbours(library: Library, row: Row) -> Neighbours:
    around = library.shelf.around(row)
    return Neighbours(
        root=library.root,
        up="../" * (row.path.count("/") + 1),
        here=tuple(map(_glance, around.here)),
        agents=tuple(_line(library, cell, cell.agent) for cell in around.agents),
        models=tuple(_line(library, cell, cell.model) for cell in around.models),
        tasks=tuple(_line(library, cell, cell.task) for cell in around.tasks),
        verdicts={
            pair: (words, f"../{there}")
            for pair, (words, there) in library.verdicts(row, around).items()
        },
    )


def _line(library: Library, cell: Cell, name: str) -> Line:
    """Kept, since a cell is on the pages of all around it."""
    key = (cell.sweep, cell.agent, cell.model, cell.task, name)
    if key not in library.lines:
        runs = tuple(map(_glance, cell.runs))
        library.lines[key] = Line(name=name, sweep=cell.sweep, runs=runs)
    return library.lines[key]


def _glance(row: Row) -> Glance:
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
        path=row.path,
    )
