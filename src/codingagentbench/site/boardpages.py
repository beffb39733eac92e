"""Boards, and the pages of rows, tasks, agents, models and sweeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from codingagentbench import boards
from codingagentbench.boards import Board, BoardRow
from codingagentbench.results import Row
from codingagentbench.site import drawings, places
from codingagentbench.site.drawings import Point
from codingagentbench.site.heat import heat_of
from codingagentbench.site.library import Library, mark_of
from codingagentbench.site.sheets import Sheet, rendered, sheet


def board_sheets(library: Library) -> Iterator[Sheet]:
    """The whole board, and one of each category and language, and of each methodology if records
    of several are here."""
    kinds = [
        (kind, sorted({of(row) for row in library.shelf.attempts}), of)
        for kind, of in _KINDS.items()
    ]
    everything = [("all", places.HOME)]
    for kind, names, _ in kinds:
        if len(names) > 1 or kind == "category":
            everything += [(name, places.board_page(kind, name)) for name in names]

    def of_some(kind: str, name: str, rows: list[Row]) -> Sheet:
        page = places.board_page(kind, name)

        def text() -> str:
            some = boards.board_of(boards.columns_of(rows))
            return _board_page(library, some, page, f"{kind}: {name}", everything)

        return sheet(page, mark_of(rows), text)

    def whole() -> str:
        heading = "Which agent, with which model?"
        return _board_page(library, library.board, places.HOME, heading, everything)

    yield sheet(places.HOME, f"{library.mark()} {len(library.shelf.broken)}", whole)
    for kind, names, of in kinds:
        for name in names:
            yield of_some(kind, name, [r for r in library.shelf.attempts if of(r) == name])


_KINDS: Final[Mapping[str, Callable[[Row], str]]] = {
    "category": lambda row: row.category,
    "language": lambda row: row.language,
    "methodology": lambda row: row.methodology,
}


def _board_page(
    library: Library, board: Board, page: str, heading: str, filters: list[tuple[str, str]]
) -> str:
    shelf = library.shelf
    return rendered(
        "home",
        page,
        heading,
        heading=heading,
        board=board,
        heat=heat_of(board),
        filters=[(name, there, there == page) for name, there in filters],
        agents=shelf.agents,
        models=shelf.models,
        attempts=len(shelf.attempts),
        cells=len(shelf.cells),
        broken=len(shelf.broken),
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
