"""The shape that all of this works on: what became of every run of every task."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

#: Shape (tasks, runs): 1 solved, 0 not solved, NaN without a scored outcome (or never run).
Verdicts = NDArray[np.float64]


class Interval(NamedTuple):
    low: float
    high: float


class Bounds(NamedTuple):
    """The headline if every run without a scored outcome had failed, and if it had passed."""

    worst: float
    best: float


def task_means(verdicts: Verdicts) -> NDArray[np.float64]:
    """Share of the scored runs of each task that solved it; NaN where none was scored."""
    scored = np.isfinite(verdicts)
    count = scored.sum(axis=-1)
    solved = np.where(scored, verdicts, 0.0).sum(axis=-1)
    means = np.full(count.shape, np.nan)
    np.divide(solved, count, out=means, where=count > 0)
    return means


def bounds(verdicts: Verdicts) -> Bounds:
    """Over all tasks, those without any scored run included. NaN for an empty array."""
    if not verdicts.size:
        return Bounds(float("nan"), float("nan"))
    worst = np.nan_to_num(verdicts, nan=0.0).mean(axis=-1).mean()
    best = np.nan_to_num(verdicts, nan=1.0).mean(axis=-1).mean()
    return Bounds(float(worst), float(best))
