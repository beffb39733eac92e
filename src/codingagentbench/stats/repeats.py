"""What several runs of one task say: pass@k, pass^k, and whether they agree."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import comb

from codingagentbench.stats.verdicts import Verdicts


@dataclass(frozen=True, kw_only=True)
class PassK:
    """``at``: some of k runs solves it; ``hat``: all k do. ``tasks`` had k scored runs or more."""

    k: int
    at: float | None
    hat: float | None
    tasks: int


@dataclass(frozen=True, kw_only=True)
class Stability:
    """``agreeing``: share of the tasks with two scored runs or more whose verdicts all agree."""

    agreeing: float | None
    tasks: int
    always: float | None  # pass^R at the largest R that every such task has


def pass_at(scored: NDArray[np.int64], solved: NDArray[np.int64], k: int) -> NDArray[np.float64]:
    """``1 - C(n-c, k) / C(n, k)``: unbiased, for n >= k.

    M. Chen et al., "Evaluating large language models trained on code", arXiv 2107.03374, eq. (1).
    """
    return 1.0 - np.asarray(comb(scored - solved, k) / comb(scored, k), dtype=np.float64)


def pass_hat(scored: NDArray[np.int64], solved: NDArray[np.int64], k: int) -> NDArray[np.float64]:
    """``C(c, k) / C(n, k)``: unbiased for the chance that k runs all solve it, for n >= k.

    S. Yao et al., "tau-bench", arXiv 2406.12045, section 4.
    """
    return np.asarray(comb(solved, k) / comb(scored, k), dtype=np.float64)


def passk(verdicts: Verdicts, k: int) -> PassK:
    """Means over the tasks that have ``k`` scored runs. ``k`` is at least 1."""
    if k < 1:
        raise ValueError("k is at least 1")
    scored, solved = _counts(verdicts)
    enough = scored >= k
    if not enough.any():
        return PassK(k=k, at=None, hat=None, tasks=0)
    n, c = scored[enough], solved[enough]
    return PassK(
        k=k,
        at=float(pass_at(n, c, k).mean()),
        hat=float(pass_hat(n, c, k).mean()),
        tasks=int(enough.sum()),
    )


def stability(verdicts: Verdicts) -> Stability:
    """Of tasks with a single scored run nothing is said."""
    scored, solved = _counts(verdicts)
    twice = scored >= 2
    if not twice.any():
        return Stability(agreeing=None, tasks=0, always=None)
    n, c = scored[twice], solved[twice]
    agree = (c == 0) | (c == n)
    always = pass_hat(n, c, int(n.min())).mean()
    return Stability(agreeing=float(agree.mean()), tasks=int(twice.sum()), always=float(always))


def _counts(verdicts: Verdicts) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    scored = np.isfinite(verdicts)
    solved = np.where(scored, verdicts, 0.0).sum(axis=-1)
    return scored.sum(axis=-1), np.rint(solved).astype(np.int64)
