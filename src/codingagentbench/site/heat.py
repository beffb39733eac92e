"""The map of rows and tasks: small enough for a page, whatever the number of tasks."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from codingagentbench import stats
from codingagentbench.boards import Board
from codingagentbench.site import places

#: Cells of a map; more of them make a page slow, and nobody looks at them.
_LARGEST: Final = 8_000


@dataclass(frozen=True, kw_only=True)
class Heat:
    """``shares`` of shape (rows, columns), in the order of the board's rows; NaN: none scored.
    ``columns``: name and page of each task, or, where tasks are too many, of each category."""

    columns: tuple[tuple[str, str], ...]
    shares: NDArray[np.float64]
    by_category: bool


def heat_of(board: Board) -> Heat | None:
    """``None`` where even categories are too many."""
    means = stats.task_means(board.verdicts)
    if means.size <= _LARGEST:
        columns = tuple((task, places.task_page(task)) for task in board.tasks)
        return Heat(columns=columns, shares=means, by_category=False)
    categories = [task.partition("/")[0] for task in board.tasks]
    names = sorted(set(categories))
    if len(names) * len(board.rows) > _LARGEST:
        return None
    shares = np.column_stack([_mean(means, categories, name) for name in names])
    columns = tuple((name, places.board_page("category", name)) for name in names)
    return Heat(columns=columns, shares=shares, by_category=True)


def _mean(means: NDArray[np.float64], categories: Sequence[str], name: str) -> NDArray[np.float64]:
    """Over the tasks of a category."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # NaN for none is what is wanted
        picked = means[:, [category == name for category in categories]]
        return np.asarray(np.nanmean(picked, axis=1), dtype=np.float64)
