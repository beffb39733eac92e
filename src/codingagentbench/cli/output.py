"""How verbs print: a table for people, JSON for machines; colours never carry meaning alone."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead.")]
#: Rows from which a table is printed without folding.
_LONG = 500
_MOMENT = 0.5

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print only what went wrong.")]


def console(*, to_stderr: bool = False) -> Console:
    """The terminal (NO_COLOR is honoured; plain text when it is none)."""
    from rich.console import Console

    return Console(stderr=to_stderr, highlight=False, soft_wrap=True)


def print_json(value: Any) -> None:
    """``value`` (plain data) as indented JSON on standard output."""
    text = json.dumps(value, indent=2, ensure_ascii=False, default=str)
    # A name that is no UTF-8 has lone surrogates; escaped like this they are valid JSON.
    sys.stdout.write(text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n")


def print_table(
    headers: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[str] = ()
) -> None:
    """A plain table; columns named in ``right`` are aligned right.

    Where nobody's terminal is to be filled, and for thousands of rows, whose folding would take
    seconds, it is as wide as its cells.
    """
    rows = [[shown(cell) for cell in row] for row in rows]
    if len(rows) > _LONG or not sys.stdout.isatty():
        _print_long(headers, rows)
        return
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for header in headers:
        table.add_column(header, justify="right" if header in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    console().print(table)


def shown(text: str) -> str:
    """Text of unknown origin as one line that cannot move a terminal's cursor."""
    plain = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in plain)


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """Yields ``progress(done, total)``: a line on a terminal once it takes longer than a moment."""
    shown = sys.stderr.isatty()
    started = last = time.monotonic()

    def progress(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if shown and now - started > _MOMENT and now - last > _MOMENT / 5:
            last = now
            sys.stderr.write(f"\r{what}: {done:,} of {total:,} ")
            sys.stderr.flush()

    yield progress
    if last > started:
        sys.stderr.write("\r\x1b[K")


def _print_long(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.markup import render

    plain = [
        headers,
        *([render(c).plain if "[" in c or "\\" in c else c for c in row] for row in rows),
    ]
    widths = [max(map(len, column)) for column in zip(*plain, strict=True)]
    for row in plain:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        sys.stdout.write(line.rstrip() + "\n")


def seconds(value: float | None) -> str:
    """A duration a person can read: 3 ms, 3.4 s, 2 min 05 s; a dash when it was not measured."""
    if value is None:
        return "-"
    if value < 0.0995:
        return f"{value * 1000:.1f} ms" if value < 0.001 else f"{value * 1000:.0f} ms"
    if value < 100:
        return f"{value:.1f} s"
    if value < 6000:
        return f"{int(value) // 60} min {int(value) % 60:02d} s"
    return f"{int(value) // 3600} h {int(value) % 3600 // 60:02d} min"


def count(value: int | None) -> str:
    """A number with thousands set apart; a dash when it was not measured."""
    return "-" if value is None else f"{value:,}"


def figure(value: float | None, digits: int = 2) -> str:
    """A score; a dash when it was not measured."""
    return "-" if value is None else f"{value:.{digits}f}"
