"""Everything that pages of many records are made of: computed once, when it is asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from codingagentbench import boards, stats, tasks
from codingagentbench.boards import Board, Columns, columns_of
from codingagentbench.conformance import Conformance
from codingagentbench.errors import TaskError, UnknownName
from codingagentbench.results import Row
from codingagentbench.results.rows import values_of
from codingagentbench.site import places
from codingagentbench.site.neighbours import Row as Line
from codingagentbench.site.shelf import Around, Shelf
from codingagentbench.stats import Paired
from codingagentbench.tasks import Task
from codingagentbench.version import VERSION

Pair = tuple[str, str]  # an agent and a model: a row of the board


@dataclass
class Library:
    """All that the pages are made of."""

    shelf: Shelf
    root: Path  # of the results
    checked: Mapping[str, Conformance] = field(default_factory=dict)  # by agent
    #: Lines of tables of neighbours, by cell and by what they call it.
    lines: dict[tuple[str, str, str, str, str], Line] = field(default_factory=dict)
    _paired: dict[tuple[Pair, Pair], Paired] = field(default_factory=dict)

    @cached_property
    def columns(self) -> Columns:
        return columns_of(self.shelf.attempts)

    @cached_property
    def board(self) -> Board:
        return boards.board_of(self.columns)

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
    def latest(self) -> Mapping[tuple[str, str, str], Row]:
        """Of each agent, model and task the attempt that began last, of any sweep and run."""
        found: dict[tuple[str, str, str], Row] = {}
        for row in self.shelf.attempts:
            key = (row.agent, row.model, row.task)
            if key not in found or found[key].started_at <= row.started_at:
                found[key] = row
        return found

    @cached_property
    def languages(self) -> Mapping[str, str]:
        return {row.task: row.language for row in self.shelf.attempts}

    @cached_property
    def row_of(self) -> Mapping[Pair, int]:
        """Where the row of an agent and a model is on the board."""
        return {(row.agent, row.model): n for n, row in enumerate(self.board.rows)}

    def paired(self, a: Pair, b: Pair) -> Paired:
        """``a`` less ``b``, over all tasks."""
        if (a, b) not in self._paired:
            cube, at = self.board.verdicts, self.row_of
            self._paired[a, b] = stats.compare(cube[at[a]], cube[at[b]])
        return self._paired[a, b]

    def verdicts(self, row: Row, around: Around) -> dict[Pair, tuple[str, str]]:
        """Of each other agent and model on the page of ``row``: whether it solves more, in words,
        and the address of the whole verdict."""
        mine = (row.agent, row.model)
        page = places.row_page(*mine)
        found = {}
        for cell in (*around.agents, *around.models):
            theirs = (cell.agent, cell.model)
            if theirs not in found:
                anchor = places.against(*theirs)
                found[theirs] = (_word(self.paired(mine, theirs)), f"{page}#{anchor}")
        return found

    @cached_property
    def marks(self) -> Mapping[Pair, str]:
        """Of each agent and model a digest that changes with any of its attempts."""
        digests: dict[Pair, hashlib._Hash] = {}
        for row in self.shelf.attempts:
            digest = digests.setdefault((row.agent, row.model), hashlib.sha256())
            digest.update(repr(values_of(row)).encode())
        return {pair: digest.hexdigest() for pair, digest in digests.items()}

    def mark(self, pairs: Iterable[Pair] | None = None) -> str:
        """The same of several, or of all."""
        text = "".join(self.marks[pair] for pair in sorted(self.marks if pairs is None else pairs))
        return _digest(code() + text)


def mark_of(rows: Iterable[Row]) -> str:
    """Changes with any of these attempts."""
    return _digest(code() + "".join(repr(values_of(row)) for row in rows))


@cache
def code() -> str:
    """Changes with the code and the templates that make pages."""
    package = Path(__file__).parent
    parts = (*package.glob("*.py"), *package.glob("templates/*"), *package.glob("templates/site/*"))
    digest = hashlib.sha256(VERSION.encode())
    for path in sorted(parts):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:20]


def _word(paired: Paired) -> str:
    """What ``a`` is against ``b``, seen from a page of ``a``."""
    if paired.p_value is None or paired.interval is None:
        return "too few tasks in common"
    if not paired.decided:
        return "over all tasks not told apart"
    return f"over all tasks {'this' if (paired.difference or 0) > 0 else 'that'} row solves more"
