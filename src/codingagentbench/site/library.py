"""Everything that pages of many records are made of: computed once, when it is asked for."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from codingagentbench import boards, stats, tasks
from codingagentbench.boards import Board, Columns, columns_of
from codingagentbench.conformance import Conformance
from codingagentbench.errors import ResultsError, TaskError, UnknownName
from codingagentbench.results import Prover, Row, read_seal, seal_path
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
    published: str = "YOUR_SITE"  # where it will be, for other people's pages
    checked: Mapping[str, Conformance] = field(default_factory=dict)  # by agent
    #: Lines of tables of neighbours, by cell and by what they call it.
    lines: dict[tuple[str, str, str, str, str], Line] = field(default_factory=dict)
    _paired: dict[tuple[Pair, Pair], Paired] = field(default_factory=dict)
    _words: dict[tuple[Pair, Pair], tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def seals(self) -> Mapping[str, Prover]:
        """Of the sweeps that are sealed."""
        found = {}
        for sweep in self.shelf.sweeps:
            with contextlib.suppress(ResultsError):  # not sealed, or not in a way that we know
                found[sweep] = Prover(read_seal(seal_path(self.root, sweep)))
        return found

    def sealed(self, row: Row) -> Prover | None:
        """The seal that has the attempt."""
        prover = self.seals.get(row.sweep)
        return prover if prover is not None and row.path in prover else None

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
    def row_of(self) -> Mapping[Pair, int]:
        """Where the row of an agent and a model is on the board."""
        return {(row.agent, row.model): n for n, row in enumerate(self.board.rows)}

    def paired(self, a: Pair, b: Pair) -> Paired:
        """``a`` less ``b``, over all tasks."""
        if (a, b) not in self._paired:
            cube, at = self.board.verdicts, self.row_of
            self._paired[a, b] = found = stats.compare(cube[at[a]], cube[at[b]])
            self._paired[b, a] = found.turned()
        return self._paired[a, b]

    def verdicts(self, row: Row, around: Around) -> dict[Pair, tuple[str, str]]:
        """Of each other agent and model on the page of ``row``: whether it solves more, in words,
        and the address of the whole verdict."""
        mine = (row.agent, row.model)
        others = dict.fromkeys((c.agent, c.model) for c in (*around.agents, *around.models))
        return {theirs: self._word(mine, theirs) for theirs in others}

    def _word(self, mine: Pair, theirs: Pair) -> tuple[str, str]:
        told = self._words.get((mine, theirs))
        if told is None:
            page = f"{places.row_page(*mine)}#{places.against(*theirs)}"
            told = self._words[mine, theirs] = (_word(self.paired(mine, theirs)), page)
        return told

    def neighbours_of(self, pair: Pair) -> list[Pair]:
        """Rows that share the agent or the model, in the board's order."""
        return [
            (other.agent, other.model)
            for other in self.board.rows
            if (other.agent == pair[0]) != (other.model == pair[1])
        ]

    def stamp(self, row: Row) -> str:
        """Changes with anything that the page of ``row`` shows of others, and now and then with
        what it could show but does not."""
        groups = self._groups
        pair = (row.agent, row.model)
        return " ".join(
            (
                groups["", row.model, row.task],
                groups[row.agent, "", row.task],
                groups[row.agent, row.model, row.category],
                self._said_of[pair],
            )
        )

    @cached_property
    def _groups(self) -> Mapping[tuple[str, str, str], str]:
        """Digests of the cells that share two of agent, model and task (or its category)."""
        found: dict[tuple[str, str, str], hashlib._Hash] = {}
        for cell in self.shelf.cells:
            told = self.shelf.told(cell).encode("utf-8", "replace")
            category = cell.task.partition("/")[0]
            for key in (
                ("", cell.model, cell.task),
                (cell.agent, "", cell.task),
                (cell.agent, cell.model, category),
            ):
                found.setdefault(key, hashlib.sha256()).update(told)
        return {key: digest.hexdigest()[:16] for key, digest in found.items()}

    @cached_property
    def _said_of(self) -> Mapping[Pair, str]:
        """Of each row the words of its verdicts against its neighbours."""
        return {
            pair: _digest("".join(self._word(pair, b)[0] for b in self.neighbours_of(pair)))
            for pair in self.row_of
        }

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
