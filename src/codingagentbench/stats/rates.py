"""How often: the share of tasks solved, with an interval that knows what was drawn at random.

The unit is the task: R runs of T tasks are T clusters, not T x R independent trials.
E. Miller, "Adding error bars to evals", arXiv 2411.00640.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.stats import t as student

from codingagentbench.stats.verdicts import Bounds, Interval, Verdicts, bounds, task_means

#: Two-sided, everywhere in this room.
LEVEL = 0.95


@dataclass(frozen=True, kw_only=True)
class Rate:
    """A headline figure and all that qualifies it."""

    solved: float | None  # mean over tasks of (solved / scored runs); None: nothing was scored
    interval: Interval | None  # None below two tasks: one says nothing about others
    rerun_noise: float | None  # standard deviation of ``solved`` if the same tasks ran again
    effective_n: float | None
    tasks: int  # with a scored run
    runs: int  # scored
    unscored: int  # runs without a scored outcome
    bounds: Bounds


def rate(verdicts: Verdicts, *, expected: int | None = None) -> Rate:
    """The headline of one row of a board.

    ``expected``: how many runs there should have been; those that are not in the array count as
    unscored. Without it every NaN is one.
    """
    means = task_means(verdicts)
    means = means[np.isfinite(means)]
    runs = int(np.isfinite(verdicts).sum())
    return Rate(
        solved=float(means.mean()) if means.size else None,
        interval=interval(verdicts),
        rerun_noise=rerun_noise(verdicts),
        effective_n=effective_n(verdicts),
        tasks=int(means.size),
        runs=runs,
        unscored=(verdicts.size if expected is None else expected) - runs,
        bounds=bounds(verdicts),
    )


def effective_n(verdicts: Verdicts) -> float | None:
    """How many independent trials the clustered runs are worth; ``None`` below two tasks.

    ``p(1-p) / Var``, where ``Var`` is that of the mean over tasks; at most the number of scored
    runs, and the number of tasks where the variance is zero. E. Korn and B. Graubard, "Confidence
    intervals for proportions with small expected number of positive counts estimated from survey
    data", Survey Methodology 24 (1998).
    """
    means = task_means(verdicts)
    means = means[np.isfinite(means)]
    if means.size < 2:
        return None
    p, variance = means.mean(), means.var(ddof=1) / means.size
    if variance <= 1e-18:
        return float(means.size)
    return float(min(p * (1 - p) / variance, np.isfinite(verdicts).sum()))


def interval(verdicts: Verdicts) -> Interval | None:
    """Wilson's interval at :func:`effective_n`, with the critical value of t with T-1 degrees.

    What it covers: the rate over the tasks that these were drawn from. ``None`` below two tasks.
    Its coverage was simulated: docs/statistics.md.
    """
    n = effective_n(verdicts)
    if n is None:
        return None
    means = task_means(verdicts)
    means = means[np.isfinite(means)]
    return wilson(float(means.mean()), n, critical(means.size - 1))


@lru_cache(maxsize=4096)
def critical(freedom: int) -> float:
    """The two-sided critical value of Student's t."""
    return float(student.ppf((1 + LEVEL) / 2, freedom))


def wilson(p: float, n: float, z: float) -> Interval:
    """E. B. Wilson, "Probable inference", JASA 22 (1927), equation (5)."""
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def rerun_noise(verdicts: Verdicts) -> float | None:
    """Standard deviation of the headline over reruns of the very same tasks.

    ``sqrt(sum_t p_t(1-p_t)/(R_t-1)) / T``: an unbiased estimate of each task's variance over its
    runs, divided by R_t. Tasks with a single scored run say nothing of it; the others stand for
    them. ``None`` where no task has two.
    """
    scored = np.isfinite(verdicts).sum(axis=-1)
    means = task_means(verdicts)
    twice = scored >= 2
    if not twice.any():
        return None
    each = means[twice] * (1 - means[twice]) / (scored[twice] - 1)
    return float(math.sqrt(each.mean() / (scored > 0).sum()))
