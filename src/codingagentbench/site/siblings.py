"""Lines of tables of neighbouring cells: made once, and shown on every page around the cell."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup
from markupsafe import escape as plain_escape

from codingagentbench.site.neighbours import Neighbours, Row
from codingagentbench.site.outcomes import look
from codingagentbench.site.text import count, seconds, visible

_UP = "\0"  # where the way to the root goes; no text on a page has it, being made visible


def escape(text: str) -> Markup:
    """Made visible first, as everything on a page is."""
    return plain_escape(visible(text))


def lines(rows: Iterable[Row], around: Neighbours, sweep: str, *, paired: bool) -> Markup:
    """Lines of a table of cells, on a page of the sweep ``sweep``. ``paired``: with what each cell
    is against that of the page, on this task and over all."""
    text = "\n".join(_line(row, around, sweep, paired=paired) for row in rows)
    return Markup(text.replace(_UP, around.up))  # noqa: S704 - of escaped parts


def _line(row: Row, around: Neighbours, sweep: str, *, paired: bool) -> str:
    begin, end = _fragment(row)
    elsewhere = (
        f' <span class="soft">sweep {escape(row.sweep)}</span>' if row.sweep != sweep else ""
    )
    against = f"<td>{_against(row, around)}</td>" if paired else ""
    return f"{begin}{elsewhere}{end}{against}</tr>"


def here(mine: float | None, theirs: float | None) -> str:
    """Two shares of runs that solved a task, in words, seen from the first."""
    if mine is None or theirs is None:
        return "not both scored"
    if mine == theirs:
        return {0.0: "neither solves it", 1.0: "both solve it"}.get(mine, "as often")
    if {mine, theirs} == {0.0, 1.0}:
        return "only this one" if mine else "only that one"
    return "this one more often" if mine > theirs else "that one more often"


def _against(row: Row, around: Neighbours) -> str:
    said = here(around.solved, row.solved)
    told = around.verdicts.get((row.runs[-1].agent, row.runs[-1].model))
    if told is None:
        return said
    words, address = told
    return f'{said}; <a href="{_UP}{escape(address)}">{escape(words)}</a>'


@lru_cache(maxsize=20_000)
def _fragment(row: Row) -> tuple[str, str]:
    """The line up to the cell's name, and from there on."""
    runs = "<br>".join(
        f'<a href="{_UP}{escape(run.address)}" '
        f'aria-label="run {run.run}: {look(run.outcome).word}">{_outcome(run.outcome)}</a>'
        + (f' <span class="soft">run {run.run}</span>' if len(row.runs) > 1 else "")
        for run in row.runs
    )
    figures = (row.composite_said, count(row.tokens), seconds(row.active_s))
    return (
        f'<tr><th scope="row">{escape(row.name)}',
        f"</th><td>{runs}</td>" + "".join(f'<td class="r">{one}</td>' for one in figures),
    )


@lru_cache(maxsize=100)
def _outcome(name: str) -> str:
    it = look(name)
    return (
        f'<span class="outcome {it.colour}"><span class="glyph" aria-hidden="true">{it.glyph}'
        f'</span> <span class="word">{it.word}</span></span>'
    )
