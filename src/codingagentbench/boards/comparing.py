"""Two rows side by side: a verdict in a sentence, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from codingagentbench import stats
from codingagentbench.boards.board import Board, BoardRow
from codingagentbench.errors import UnknownName
from codingagentbench.stats import Paired


@dataclass(frozen=True, kw_only=True)
class TaskPair:
    """One task: the share of scored runs that solved it; ``None``: no scored run."""

    task: str
    a: float | None
    b: float | None

    @property
    def flipped(self) -> int:
        """1: only a solves it (more often); -1: only b; 0: no difference, or not known."""
        if self.a is None or self.b is None:
            return 0
        return (self.a > self.b) - (self.a < self.b)


@dataclass(frozen=True, kw_only=True)
class Comparison:
    a: BoardRow
    b: BoardRow
    paired: Paired
    tasks: tuple[TaskPair, ...]

    @property
    def sentence(self) -> str:
        """The verdict in plain words."""
        return verdict(self.paired, a=self.a.label, b=self.b.label)


def compare(board: Board, a: str, b: str) -> Comparison:
    """Rows by their label, ``AGENT x MODEL``, or by the agent's name where that is enough.

    Raises :class:`UnknownName`.
    """
    first, second = _find(board, a), _find(board, b)
    means = stats.task_means(board.verdicts)
    pairs = tuple(
        TaskPair(task=task, a=_known(means[first, n]), b=_known(means[second, n]))
        for n, task in enumerate(board.tasks)
    )
    return Comparison(
        a=board.rows[first],
        b=board.rows[second],
        paired=stats.compare(board.verdicts[first], board.verdicts[second]),
        tasks=pairs,
    )


def verdict(paired: Paired, *, a: str, b: str) -> str:
    """``a solves 4 more of 40 tasks than b (95 %: 1 to 7; p = 0.01)``."""
    if paired.difference is None:
        return f"{a} and {b} have no scored task in common: nothing can be said"
    tasks, difference = paired.tasks, paired.difference
    if paired.interval is None:
        return f"{a} and {b} have one scored task in common: that says nothing of others"
    low, high = (round(bound * tasks, 1) for bound in paired.interval)
    p_value = f"p = {paired.p_value:.3f}" if (paired.p_value or 0) >= 0.001 else "p < 0.001"
    if not paired.decided:
        return (
            f"{a} and {b} are not told apart on {tasks} tasks: {_amount(difference * tasks)} "
            f"(95 %: {low:g} to {high:g}; {p_value})"
        )
    if difference < 0:
        a, b, low, high = b, a, -high, -low
    return (
        f"{a} solves {abs(difference) * tasks:.3g} more of {tasks} tasks than {b} "
        f"(95 %: {low:g} to {high:g}; {p_value})"
    )


def _amount(tasks: float) -> str:
    if abs(tasks) < 1e-9:
        return "they solve as many"
    return f"{abs(tasks):.3g} {'more' if tasks > 0 else 'fewer'}"


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _find(board: Board, name: str) -> int:
    exact = board.row(name)
    if exact is not None:
        return exact
    alone = [n for n, row in enumerate(board.rows) if row.agent == name]
    if len(alone) == 1:
        return alone[0]
    do = "several models: write 'AGENT x MODEL'" if alone else "see: cab board"
    raise UnknownName("row", name, [row.label for row in board.rows], do=do)
