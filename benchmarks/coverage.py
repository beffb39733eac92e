"""How often the interval holds the truth, and how often a paired test finds what is not there.

    python benchmarks/coverage.py [--draws 4000] [--out docs/images/coverage.svg] [--table FILE]

Tasks are drawn from a population whose mean is known, agents run them, and the interval around
what they solved holds that mean or does not. Beside ours: the interval of someone who takes every
run for an independent trial, and Student's over the means of tasks. Takes about two minutes.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import stats as theirs

from codingagentbench import stats
from codingagentbench.stats.paired import difference_interval
from codingagentbench.stats.rates import wilson

Array = NDArray[np.float64]
SEED = 7


@dataclass(frozen=True)
class Population:
    """``draw(generator, tasks)``: how likely each task is to be solved; ``mean`` over all."""

    name: str
    mean: float
    draw: Callable[[np.random.Generator, int], Array]


def beta(name: str, a: float, b: float) -> Population:
    return Population(name, a / (a + b), lambda generator, tasks: generator.beta(a, b, tasks))


POPULATIONS = (
    beta("U-shaped, half are solved", 0.3, 0.3),
    beta("U-shaped, most are solved", 0.8, 0.2),
    beta("U-shaped, few are solved", 0.2, 0.8),
    beta("any difficulty alike", 1.0, 1.0),
    beta("much alike, half are solved", 10.0, 10.0),
    beta("near the ceiling", 9.5, 0.5),
)
DESIGNS = tuple(itertools.product((10, 30, 60, 120), (1, 3, 5)))


@dataclass(frozen=True)
class Covered:
    population: Population
    tasks: int
    runs: int
    ours: float
    pooled: float  # Wilson on tasks x runs
    student: float  # t over the means of tasks


def verdicts(generator: np.random.Generator, chances: Array, runs: int) -> Array:
    return (generator.random((chances.size, runs)) < chances[:, None]).astype(np.float64)


def coverage(population: Population, tasks: int, runs: int, draws: int) -> Covered:
    generator = np.random.default_rng([SEED, tasks, runs])
    hits = np.zeros(3)
    for _ in range(draws):
        seen = verdicts(generator, population.draw(generator, tasks), runs)
        means = seen.mean(axis=1)
        ours = stats.interval(seen)
        pooled = wilson(float(means.mean()), seen.size, theirs.norm.ppf(0.975))
        half = theirs.t.ppf(0.975, tasks - 1) * means.std(ddof=1) / np.sqrt(tasks)
        student = (means.mean() - half, means.mean() + half)
        for at, (low, high) in enumerate((ours or (0.0, 1.0), pooled, student)):
            hits[at] += low <= population.mean <= high
    return Covered(population, tasks, runs, *(hits / draws))


@dataclass(frozen=True)
class Found:
    population: Population
    tasks: int
    runs: int
    false: float  # share of pairs of equal agents that the paired test tells apart
    power: float  # share of pairs 15 points apart that it does
    overlap: float  # share of those whose two intervals do not overlap
    covered: float  # share of paired intervals that hold the true difference


def pair(
    generator: np.random.Generator, population: Population, tasks: int, gain: float
) -> tuple[Array, Array]:
    """Chances of two agents on the same tasks: alike in the mean, or ``gain`` apart; each has
    strengths of its own on top of what makes tasks hard for all."""
    common = population.draw(generator, tasks)
    own = generator.normal(0.0, 0.08, size=(2, tasks))
    a, b = np.clip(common + gain / 2 + own[0], 0, 1), np.clip(common - gain / 2 + own[1], 0, 1)
    return a, b


def comparison(population: Population, tasks: int, runs: int, draws: int) -> Found:
    generator = np.random.default_rng([SEED, 1, tasks, runs])
    false = power = overlap = covered = 0
    wide = pair(np.random.default_rng(SEED), population, 200_000, 0.15)
    truth = float((wide[0] - wide[1]).mean())
    for _ in range(draws):
        a, b = (verdicts(generator, c, runs) for c in pair(generator, population, tasks, 0.0))
        false += stats.compare(a, b).decided
        a, b = (verdicts(generator, c, runs) for c in pair(generator, population, tasks, 0.15))
        told = stats.compare(a, b)
        power += told.decided
        first, second = stats.interval(a), stats.interval(b)
        assert first is not None
        assert second is not None
        overlap += first.low > second.high or second.low > first.high
        span = difference_interval(a.mean(axis=1) - b.mean(axis=1))
        assert span is not None
        covered += span.low <= truth <= span.high
    return Found(population, tasks, runs, *(n / draws for n in (false, power, overlap, covered)))


def table(rows: list[Covered], found: list[Found]) -> str:
    lines = [
        "| tasks drawn from | tasks x runs | ours | pooled Wilson | t on task means |",
        "|---|---|---|---|---|",
        *(
            f"| {r.population.name} | {r.tasks} x {r.runs} | {r.ours:.3f} | {r.pooled:.3f} "
            f"| {r.student:.3f} |"
            for r in rows
        ),
        "",
        "| tasks drawn from | tasks x runs | false positives | 15 points apart: found | "
        "their intervals do not overlap | paired interval covers |",
        "|---|---|---|---|---|---|",
        *(
            f"| {f.population.name} | {f.tasks} x {f.runs} | {f.false:.3f} | {f.power:.2f} "
            f"| {f.overlap:.2f} | {f.covered:.3f} |"
            for f in found
        ),
    ]
    return "\n".join(lines) + "\n"


COLOURS = {"ours": "#0072b2", "pooled": "#d55e00", "student": "#999999"}
NAMES = {"ours": "ours", "pooled": "every run an independent trial", "student": "t on task means"}


def figure(rows: list[Covered]) -> str:
    """One line a design, one dot a method, the goal as a band: an SVG."""
    left, top, step, width = 300, 60, 15, 560
    low = 0.4

    def x(value: float) -> float:
        return left + (max(value, low) - low) / (1 - low) * width

    height = top + step * len(rows) + 22 * len(POPULATIONS) + 40
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + width + 40} {height}" '
        'font-family="system-ui,sans-serif" font-size="11" role="img" '
        'aria-label="Simulated coverage of three intervals">',
        '<rect width="100%" height="100%" fill="#fff"/>',
        f'<rect x="{x(0.93)}" y="{top - 8}" width="{x(0.97) - x(0.93)}" '
        f'height="{height - top - 24}" fill="#e3f1e6"/>',
    ]
    for at, key in enumerate(NAMES):
        place = left + 190 * at
        out.append(f'<circle cx="{place}" cy="20" r="4" fill="{COLOURS[key]}"/>')
        out.append(f'<text x="{place + 9}" y="24">{NAMES[key]}</text>')
    for tick in (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0):
        out.append(f'<text x="{x(tick)}" y="{top - 14}" text-anchor="middle">{tick:g}</text>')
        out.append(
            f'<path d="M{x(tick)} {top - 8}V{height - 32}" stroke="#ccc" stroke-width=".5"/>'
        )
    y = top
    for name, group in itertools.groupby(rows, key=lambda r: r.population.name):
        y += 16
        out.append(f'<text x="10" y="{y}" font-weight="600">{name}</text>')
        for row in group:
            out.append(
                f'<text x="{left - 20}" y="{y}" text-anchor="end">{row.tasks} x {row.runs}</text>'
            )
            for key, colour in reversed(COLOURS.items()):
                value = getattr(row, key)
                out.append(f'<circle cx="{x(value):.1f}" cy="{y - 4}" r="3.5" fill="{colour}"/>')
            y += step
        y += 6
    out.append(
        f'<text x="{left}" y="{height - 10}">share of 95 % intervals that hold the true rate; '
        "the band is 0.93 to 0.97</text></svg>"
    )
    return "\n".join(out) + "\n"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--draws", type=int, default=4000)
    asked.add_argument("--out", type=Path)
    asked.add_argument("--table", type=Path)
    given = asked.parse_args()
    rows = [coverage(p, *design, given.draws) for p in POPULATIONS for design in DESIGNS]
    found = [
        comparison(p, *design, given.draws // 4)
        for p in POPULATIONS
        for design in ((30, 1), (30, 3), (60, 1), (60, 5))
    ]
    text = table(rows, found)
    print(text)
    if given.table:
        given.table.write_text(text)
    if given.out:
        given.out.write_text(figure(rows))


if __name__ == "__main__":
    main()
