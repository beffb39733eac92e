"""What it costs: tokens or money per solved task, and how seconds are spread."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from codingagentbench.stats.rates import LEVEL
from codingagentbench.stats.verdicts import Interval, Verdicts

_RESAMPLES = 2000
_SEED = 20250101


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """``value`` is ``None`` where nothing was solved: neither infinity nor zero.

    ``interval`` is ``None`` below two tasks, or where too many resamples solved nothing.
    """

    value: float | None
    interval: Interval | None
    total: float  # what was spent, on all scored runs
    solved: float
    unknown: int  # scored runs whose amount is not known; they are in no sum


@dataclass(frozen=True, kw_only=True)
class Spread:
    median: float | None
    p90: float | None
    count: int


def ratio(amounts: NDArray[np.float64], verdicts: Verdicts) -> Ratio:
    """Sum of ``amounts`` over scored runs, per solved run: both of shape (tasks, runs).

    A ratio estimator: its interval is the percentile bootstrap over tasks, with a fixed seed.
    A run whose amount is unknown (NaN) counts neither above nor below.
    """
    scored = np.isfinite(verdicts)
    known = scored & np.isfinite(amounts)
    spent = np.where(known, amounts, 0.0).sum(axis=-1)
    solved = np.where(known, verdicts, 0.0).sum(axis=-1)
    total, passes = float(spent.sum()), float(solved.sum())
    some = known.any(axis=-1)
    return Ratio(
        value=total / passes if passes else None,
        interval=_bootstrap(spent[some], solved[some]) if passes else None,
        total=total,
        solved=passes,
        unknown=int((scored & ~known).sum()),
    )


def _bootstrap(spent: NDArray[np.float64], solved: NDArray[np.float64]) -> Interval | None:
    tasks = spent.size
    if tasks < 2:
        return None
    counts = _draws(tasks)
    above, below = counts @ spent, counts @ solved
    ratios = np.divide(above, below, out=np.full(above.shape, np.inf), where=below > 0)
    low, high = np.quantile(ratios, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], method="higher")
    return Interval(float(low), float(high)) if np.isfinite(high) else None


@lru_cache(maxsize=4)
def _draws(tasks: int) -> NDArray[np.float64]:
    """How often each task is drawn, in every resample: the same for all that have as many."""
    generator = np.random.default_rng(_SEED)
    counts = generator.multinomial(tasks, np.full(tasks, 1 / tasks), size=_RESAMPLES)
    return counts.astype(np.float64)


def spread(values: NDArray[np.float64]) -> Spread:
    """Median and 90th percentile (linear interpolation) of what is known."""
    known = values[np.isfinite(values)]
    if not known.size:
        return Spread(median=None, p90=None, count=0)
    median, p90 = np.quantile(known, [0.5, 0.9])
    return Spread(median=float(median), p90=float(p90), count=int(known.size))
