"""Places as ranges: who is told apart from whom, and what difference could have been seen."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

from codingagentbench.stats.paired import LIKELIEST_LEAST, as_far, holm, sign_flip, signs
from codingagentbench.stats.rates import LEVEL, critical

_POWER = 0.8
_FEW = 16  # rows


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """Arrays by row. A row's place is somewhere from ``best`` to ``worst``, 1 the first."""

    best: NDArray[np.int64]
    worst: NDArray[np.int64]
    p_values: NDArray[np.float64]  # (rows, rows), adjusted over all pairs; NaN: no common task
    detectable: float | None  # see :func:`detectable`


def rank(means: NDArray[np.float64]) -> Ranking:
    """``means`` of shape (rows, tasks): share of each task's runs that solved it, NaN for none.

    Every pair is compared on the tasks it has in common, by the sign-flip test, or, where there
    are so many pairs that its draws could not tell any of them apart after adjustment, by
    Student's paired t. All pairs are adjusted together (Holm), and a row's first possible place is
    one after all that are told apart from it and ahead: so with a chance of 95 % no range on the
    board is wrong, in the sense of M. Mogstad et al., "Inference for ranks", Rev. Econ. Stud. 91
    (2024), section 3.
    """
    rows = means.shape[0]
    pairs = rows * (rows - 1) // 2
    resolved = pairs * LIKELIEST_LEAST <= (1 - LEVEL) / 2
    raw = _flipped(means) if resolved else _student(means)
    upper = np.triu_indices(rows, 1)
    known = np.isfinite(raw[upper])
    adjusted = np.full(len(upper[0]), np.nan)
    adjusted[known] = holm(list(raw[upper][known]))
    p_values = np.full((rows, rows), np.nan)
    p_values[upper] = adjusted
    p_values.T[upper] = adjusted
    apart = np.nan_to_num(p_values, nan=1.0) <= 1 - LEVEL
    ahead = _differences(means) > 0
    return Ranking(
        best=1 + (apart & ~ahead).sum(axis=1),
        worst=rows - (apart & ahead).sum(axis=1),
        p_values=p_values,
        detectable=detectable(means),
    )


def _differences(means: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean difference of each pair on its common tasks: row less column; 0 without one."""
    there = np.isfinite(means)
    filled, mask = np.where(there, means, 0.0), there.astype(np.float64)
    common = mask @ mask.T
    mine = filled @ mask.T
    return np.divide(mine - mine.T, common, out=np.zeros_like(common), where=common > 0)


def _student(means: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of every pair, unadjusted, by the paired t test; 2^-n where all n differences agree."""
    there = np.isfinite(means)
    filled, mask = np.where(there, means, 0.0), there.astype(np.float64)
    common = mask @ mask.T
    squares = (filled**2) @ mask.T
    total = common * _differences(means)
    sum_of_squares = squares + squares.T - 2 * filled @ filled.T
    with np.errstate(invalid="ignore", divide="ignore"):
        variance = (sum_of_squares - total**2 / common) / (common - 1)
        size = np.abs(total) / np.sqrt(np.maximum(variance, 0.0) * common)
        p_values = 2 * student.sf(size, common - 1)
        same = variance < 1e-12
        p_values = np.where(same, np.where(np.abs(total) > 1e-9, 2.0**-common, 1.0), p_values)
    return np.where(common > 0, np.minimum(np.nan_to_num(p_values, nan=1.0), 1.0), np.nan)


def _flipped(means: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of every pair, unadjusted.

    Sums over flipped differences are linear in the rows, so that rows with the same tasks share
    one product of signs and means: what would be pairs x draws x tasks is rows x draws x tasks.
    """
    rows = means.shape[0]
    there = np.isfinite(means)
    p_values = np.full((rows, rows), np.nan)
    groups: dict[bytes, list[int]] = {}
    for row in range(rows):
        groups.setdefault(there[row].tobytes(), []).append(row)
    for members in groups.values():
        (_within if len(members) > _FEW else _one_by_one)(means, members, p_values)
    group_of = {row: key for key, members in groups.items() for row in members}
    for i in range(rows):
        for j in range(i + 1, rows):
            common = there[i] & there[j]
            if group_of[i] != group_of[j] and common.any():
                p_values[i, j] = sign_flip(means[i, common] - means[j, common])
    return p_values


def _one_by_one(
    means: NDArray[np.float64], members: list[int], p_values: NDArray[np.float64]
) -> None:
    """The same, exactly: few pairs are faster counted than drawn."""
    tasks = np.isfinite(means[members[0]])
    for at, i in enumerate(members if tasks.any() else ()):
        for j in members[at + 1 :]:
            p_values[i, j] = sign_flip(means[i, tasks] - means[j, tasks])


def _within(means: NDArray[np.float64], members: list[int], p_values: NDArray[np.float64]) -> None:
    """Pairs of rows that have the same tasks."""
    tasks = np.isfinite(means[members[0]])
    if not tasks.any():
        return
    block = means[members][:, tasks]
    flips = signs(block.shape[1]) @ block.T  # (draws, rows)
    seen = block.sum(axis=1)
    for at, i in enumerate(members[:-1]):
        later = members[at + 1 :]
        sums = flips[:, at, None] - flips[:, at + 1 :]
        far = as_far(sums, np.abs(seen[at] - seen[at + 1 :]))
        p_values[i, later] = (1 + far) / (1 + flips.shape[0])


def detectable(means: NDArray[np.float64]) -> float | None:
    """The smallest true difference that this design would find in four cases of five.

    ``(t_.975 + t_.80) * s / sqrt(T)``, with s the median over pairs of the standard deviation of
    their differences by task, and T the median of their common tasks (the usual sample-size
    formula for a paired t test, solved for the difference). ``None`` below two rows or tasks, and
    where most pairs differ by the same on every task, which says nothing of others.
    """
    counts, deviations = [], []
    for i in range(means.shape[0]):
        differences = means[i] - means[i + 1 :]
        common = np.isfinite(differences).sum(axis=1)
        enough = common >= 2
        if enough.any():
            counts.append(common[enough])
            deviations.append(np.nanstd(differences[enough], axis=1, ddof=1))
    if not counts:
        return None
    tasks = int(np.median(np.concatenate(counts)))
    deviation = float(np.median(np.concatenate(deviations)))
    if deviation < 1e-12:
        return None
    power = float(student.ppf(_POWER, tasks - 1))
    return min(1.0, (critical(tasks - 1) + power) * deviation / math.sqrt(tasks))
