"""What the page that compares rows and cells reads: scripts, since a page opened from a folder may
load a script beside it, but no other file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, Final

import numpy as np

from codingagentbench.cells import Record
from codingagentbench.results import Row
from codingagentbench.site import places
from codingagentbench.site.diff import ChangedFile
from codingagentbench.site.figures import figures
from codingagentbench.site.library import Library
from codingagentbench.site.outcomes import look
from codingagentbench.site.sheets import Sheet, sheet
from codingagentbench.site.text import count, seconds, visible
from codingagentbench.site.timeline import length_of, since
from codingagentbench.stats.rates import critical

CELL: Final = "cell.js"
_BARS: Final = 200  # calls and spans that one timeline has


def compare_sheets(library: Library) -> Iterator[Sheet]:
    """The board's figures, row by row and task by task."""
    yield sheet("assets/rows.js", library.mark(), partial(_rows, library))


def _rows(library: Library) -> str:
    board = library.board
    sweeps = {name: n for n, name in enumerate(library.shelf.sweeps)}
    latest = library.latest
    told = {
        "tasks": board.tasks,
        "pages": [places.task_page(task) for task in board.tasks],
        #: Student's two-sided critical value for two tasks, three, ...
        "critical": [round(critical(n - 1), 12) for n in range(2, len(board.tasks) + 1)],
        "sweeps": [places.safe(name) for name in sweeps],
        "rows": [
            {
                "name": row.label,
                "shown": f"{row.agent} × {row.model}",
                "page": places.row_page(row.agent, row.model),
                "place": row.place,
                "tokens": row.tokens.value,
                "seconds": row.seconds.median,
                "solved": np.nansum(verdicts, axis=1).astype(int).tolist(),
                "scored": np.isfinite(verdicts).sum(axis=1).tolist(),
                #: Of each task the sweep's number, run and attempt of the latest cell, or 0.
                "latest": [
                    (sweeps[last.sweep], last.run, last.attempt) if last else 0
                    for last in (latest.get((row.agent, row.model, task)) for task in board.tasks)
                ],
            }
            for row, verdicts in zip(board.rows, board.verdicts, strict=True)
        ],
    }
    return f"globalThis.cabRows = {_json(told)};\n"


def cell_script(row: Row, record: Record, files: Iterable[ChangedFile]) -> str:
    """One attempt as the page shows it beside others."""
    it, totals = look(row.outcome), record.ledger.totals
    origin = record.timing.started_at
    told = {
        "row": f"{row.agent} x {row.model}",
        "name": f"{row.agent} × {row.model}, run {row.run}, attempt {row.attempt}",
        "task": row.task,
        "sweep": row.sweep,
        "outcome": [it.glyph, it.word, it.colour],
        "solved": row.solved,
        "figures": [
            *([one.title, visible(one.value)] for one in figures(record)),
            ["model calls", count(totals.calls)],
            ["tokens in", count(totals.input)],
            ["tokens out", count(totals.output)],
            ["agent active", seconds(row.active_s)],
            ["waiting for the provider", seconds(row.waiting_s)],
        ],
        "spans": [
            [span.kind.value, visible(span.name), span.start_offset_ms, span.duration_ms]
            for span in record.spans
            if span.kind.value != "model_call"
        ][:_BARS],
        "calls": [
            [since(call.started_at, origin), length_of(call), call.error is not None]
            for call in record.ledger.calls[:_BARS]
        ],
        "files": [
            [file.mark, visible(file.change.path), [[x.kind, visible(x.text)] for x in stretches]]
            for file in files
            if file.mark != "litter"
            for stretches in [file.stretches]
        ],
    }
    name = json.dumps(row.path)
    return f"(globalThis.cabCells ??= {{}})[{name}] = {_json(told)};\n"


def _json(value: Any) -> str:
    """In a script of its own nothing but the end of a string can end it; JSON escapes that."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
