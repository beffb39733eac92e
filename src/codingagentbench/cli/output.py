"""How verbs print: a table for people, JSON for machines; colours never carry meaning alone."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print only what went wrong.")]


def console(*, to_stderr: bool = False) -> Console:
    """The terminal (NO_COLOR is honoured; plain text when it is none)."""
    from rich.console import Console

    return Console(stderr=to_stderr, highlight=False, soft_wrap=True)


def print_json(value: Any) -> None:
    """``value`` (plain data) as indented JSON on standard output."""
    json.dump(value, sys.stdout, indent=2, ensure_ascii=False, default=str)
    sys.stdout.write("\n")


def print_table(
    headers: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[str] = ()
) -> None:
    """A plain table; columns named in ``right`` are aligned right."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for header in headers:
        table.add_column(header, justify="right" if header in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    console().print(table)


def seconds(value: float | None) -> str:
    """A duration a person can read: 3 ms, 3.4 s, 2 min 05 s; a dash when it was not measured."""
    if value is None:
        return "-"
    if value < 0.0995:
        return f"{value * 1000:.1f} ms" if value < 0.001 else f"{value * 1000:.0f} ms"
    if value < 100:
        return f"{value:.1f} s"
    return f"{int(value) // 60} min {int(value) % 60:02d} s"


def count(value: int | None) -> str:
    """A number with thousands set apart; a dash when it was not measured."""
    return "-" if value is None else f"{value:,}"


def figure(value: float | None, digits: int = 2) -> str:
    """A score; a dash when it was not measured."""
    return "-" if value is None else f"{value:.{digits}f}"
