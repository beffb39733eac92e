"""Two rows on the same tasks: is one better, and by how much?

Paired, because tasks differ far more than agents do: that two intervals overlap says next to
nothing (docs/statistics.md has the power of both).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom, binomtest

from codingagentbench.stats.rates import LEVEL, critical
from codingagentbench.stats.verdicts import Interval, Verdicts, task_means

_STEPS = np.arange(1, 65)[:, None]  # one over these is how finely differences may lie
_DRAWS = 20_000
#: The smallest p-value that draws can give.
LIKELIEST_LEAST = 1 / (_DRAWS + 1)
_SEED = 20250101


@dataclass(frozen=True, kw_only=True)
class Paired:
    """``a`` less ``b``, on the tasks that both have a scored run of."""

    tasks: int
    difference: float | None  # mean over tasks; None without a task in common
    interval: Interval | None  # None below two tasks
    p_value: float | None
    test: Literal["mcnemar", "sign-flip", "none"]
    better: int  # tasks where a is ahead
    worse: int  # tasks where b is

    @property
    def decided(self) -> bool:
        """Whether the test tells them apart at 5 %."""
        return self.p_value is not None and self.p_value <= 1 - LEVEL

    def turned(self) -> Paired:
        """``b`` less ``a``."""
        return replace(
            self,
            difference=None if self.difference is None else -self.difference,
            interval=None
            if self.interval is None
            else Interval(*(-b for b in self.interval[::-1])),
            better=self.worse,
            worse=self.better,
        )


def compare(a: Verdicts, b: Verdicts) -> Paired:
    """Both of shape (tasks, runs), the same task in the same row; runs need not be as many."""
    means = task_means(a), task_means(b)
    both = np.isfinite(means[0]) & np.isfinite(means[1])
    differences = means[0][both] - means[1][both]
    better, worse = int((differences > 0).sum()), int((differences < 0).sum())
    once = max(_most_runs(a), _most_runs(b)) == 1
    return Paired(
        tasks=int(both.sum()),
        difference=float(differences.mean()) if differences.size else None,
        interval=difference_interval(differences),
        p_value=_p_value(differences, better, worse, once=once),
        test="none" if not differences.size else "mcnemar" if once else "sign-flip",
        better=better,
        worse=worse,
    )


def _p_value(
    differences: NDArray[np.float64], better: int, worse: int, *, once: bool
) -> float | None:
    if not differences.size:
        return None
    return mcnemar(better, worse) if once else sign_flip(differences)


def _most_runs(verdicts: Verdicts) -> int:
    return int(np.isfinite(verdicts).sum(axis=-1).max(initial=0))


def difference_interval(differences: NDArray[np.float64]) -> Interval | None:
    """Student's t over the differences by task; ``None`` below two.

    Where they are all the same, t would say that nothing is uncertain. Then the bound is on the
    share of tasks that could be otherwise and none of which was drawn: ``1 - 0.025^(1/T)``
    (Clopper and Pearson, Biometrika 26, 1934).
    """
    tasks = differences.size
    if tasks < 2:
        return None
    mean, deviation = float(differences.mean()), float(differences.std(ddof=1))
    if deviation >= 1e-12:
        half = critical(tasks - 1) * deviation / math.sqrt(tasks)
        return Interval(max(-1.0, mean - half), min(1.0, mean + half))
    half = 1 - ((1 - LEVEL) / 2) ** (1 / tasks)
    low, high = max(-1.0, mean - half), min(1.0, mean + half)
    if 2.0**-tasks > 1 - LEVEL:  # so few that no sign is certain
        low, high = min(low, 0.0), max(high, 0.0)
    return Interval(low, high)


@lru_cache(maxsize=4096)
def mcnemar(better: int, worse: int, *, mid: bool = True) -> float:
    """Two-sided, of the tasks that only one of the two solved; 1 where none differ.

    Q. McNemar, Psychometrika 12 (1947). The exact form is the binomial test; it finds far less
    than it may (1 to 3 % false positives at 5 %). The mid-p form counts what is just as far as
    what was seen by half: M. Fagerland et al., BMC Med. Res. Methodol. 13:91 (2013).
    """
    if better == worse:
        return 1.0
    fewer, both = min(better, worse), better + worse
    exact = float(binomtest(fewer, both, 0.5).pvalue)
    return exact - float(binom.pmf(fewer, both, 0.5)) if mid else exact


def sign_flip(differences: NDArray[np.float64], *, mid: bool = True) -> float:
    """How often a mean this far from 0 comes up when each difference may as well have the other
    sign: two-sided, over all patterns. 1 where none differ.

    R. A. Fisher, "The design of experiments" (1935), section 21; ``mid`` as in :func:`mcnemar`,
    which this is where every task was run once. Shares of runs lie on a grid, so that sums over
    all 2^n patterns are counted one difference after the other (M. Pagano and D. Tritchler,
    JASA 78, 1983); where differences lie on no grid, by 20,000 draws with a fixed seed. The draws
    count the one that was seen, so that it is never 0 (B. Phipson and G. Smyth, 2010).
    """
    other = np.abs(differences[differences != 0])
    if not other.size:
        return 1.0
    seen = abs(float(differences.sum()))
    if seen < 1e-9:
        return 1.0
    steps = _on_grid(other)
    if steps is not None:
        return _over_all(steps, round(seen * float(steps.sum()) / float(other.sum())), mid=mid)
    far = as_far(signs(other.size) @ other, seen, mid=mid)
    return float((1 + far) / (1 + _DRAWS))


def _on_grid(values: NDArray[np.float64]) -> NDArray[np.int64] | None:
    """``values`` in steps of the coarsest grid that has all of them; ``None``: there is none."""
    scaled = _STEPS * values
    whole = np.rint(scaled)
    fits = (np.abs(scaled - whole) < 1e-7).all(axis=1)
    if not fits.any():
        return None
    return np.asarray(whole[int(fits.argmax())], dtype=np.int64)


def _over_all(steps: NDArray[np.int64], seen: int, *, mid: bool) -> float:
    """The two-sided share of sign patterns whose sum is as far from 0 as ``seen``."""
    total = int(steps.sum())
    chance = np.zeros(total + 1)  # of the sum of those with a minus
    chance[0] = 1.0
    for step in steps:
        chance[step:] += chance[:-step].copy()
        chance /= 2
    far = np.abs(total - 2 * np.arange(total + 1))
    least = float(chance[far >= seen].sum())
    return (least + float(chance[far > seen].sum())) / 2 if mid else least


def as_far(
    sums: NDArray[np.float64], seen: NDArray[np.float64] | float, *, mid: bool = True
) -> NDArray[np.float64]:
    """How many of ``sums`` (by their first axis) are as far from 0 as what was seen; by ``mid``
    those that are just as far count by half."""
    far = np.abs(sums)
    least = (far >= seen - 1e-9).sum(axis=0)
    if not mid:
        return np.asarray(least, dtype=np.float64)
    return np.asarray((least + (far > seen + 1e-9).sum(axis=0)) / 2, dtype=np.float64)


def signs(size: int) -> NDArray[np.float64]:
    """Random signs of shape (draws, size), always the same ones."""
    generator = np.random.default_rng(_SEED)
    bits = generator.integers(0, 2, size=(_DRAWS, size), dtype=np.int8)
    return (2.0 * bits - 1.0).astype(np.float64)


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Adjusted for having been looked at together, in the order given.

    S. Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Stat. 6 (1979).
    """
    given = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(given)
    steps = given[order] * (given.size - np.arange(given.size))
    adjusted = np.empty_like(given)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return tuple(float(p) for p in adjusted)
