"""Pictures in SVG, drawn when the site is built: intervals to one scale, and a frontier."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from codingagentbench.site.siblings import escape
from codingagentbench.stats import Interval

_WIDTH, _HEIGHT = 720, 400
_LEFT, _BOTTOM, _TOP, _RIGHT = 56, 44, 16, 150


def interval_bar(value: float | None, interval: Interval | None) -> Markup:
    """0 to 100 % from left to right: the interval as a line, the value as a dot."""
    if value is None:
        return Markup('<span class="soft">–</span>')
    low, high = interval or (value, value)
    said = f"{value:.0%}" + (f", 95 % interval {low:.0%} to {high:.0%}" if interval else "")
    return Markup(  # noqa: S704 - numbers, and text that is escaped
        f'<svg class="interval" viewBox="-3 0 106 12" role="img" aria-label="{escape(said)}">'
        f'<path class="axis" d="M0 6H100"/>'
        f'<path class="span" d="M{low * 100:.1f} 6H{high * 100:.1f}"/>'
        f'<circle cx="{value * 100:.1f}" cy="6" r="3"/></svg>'
    )


@dataclass(frozen=True, kw_only=True)
class Point:
    """One row of a board: ``x`` is what it costs, ``y`` the share of tasks it solves."""

    label: str
    href: str
    x: float
    y: float
    low: float
    high: float


def frontier(points: Iterable[Point]) -> tuple[Point, ...]:
    """Those that nothing beats in both, from the cheapest on."""
    best, found = -1.0, []
    for point in sorted(points, key=lambda p: (p.x, -p.y)):
        if point.y > best:
            best = point.y
            found.append(point)
    return tuple(found)


def pareto(points: Sequence[Point], *, unit: str) -> Markup:
    """What is solved against what it costs, on a logarithmic axis, with the frontier drawn."""
    known = [point for point in points if point.x > 0]
    if not known:
        return Markup("")
    low = math.floor(math.log10(min(p.x for p in known)) * 2) / 2
    high = math.ceil(math.log10(max(p.x for p in known)) * 2 + 0.01) / 2

    def x(value: float) -> float:
        share = (math.log10(value) - low) / max(high - low, 1e-9)
        return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)

    def y(value: float) -> float:
        return _TOP + (1 - value) * (_HEIGHT - _TOP - _BOTTOM)

    out = [
        f'<svg class="pareto" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="group" '
        f'aria-label="Share of tasks solved against {escape(unit)}">'
    ]
    for share in (0, 0.25, 0.5, 0.75, 1):
        out.append(f'<path class="grid" d="M{_LEFT} {y(share):.1f}H{_WIDTH - _RIGHT}"/>')
        out.append(
            f'<text x="{_LEFT - 8}" y="{y(share) + 4:.1f}" text-anchor="end">{share:.0%}</text>'
        )
    for tick in _ticks(low, high):
        out.append(f'<path class="grid" d="M{x(tick):.1f} {_TOP}V{_HEIGHT - _BOTTOM}"/>')
        out.append(
            f'<text x="{x(tick):.1f}" y="{_HEIGHT - _BOTTOM + 16}" text-anchor="middle">'
            f"{_short(tick)}</text>"
        )
    edge = frontier(known)
    path = "M" + " L".join(f"{x(p.x):.1f} {y(p.y):.1f}" for p in edge)
    out.append(f'<path class="edge" d="{path}"/>')
    for point in known:
        on = " on" if point in edge else ""
        out.append(
            f'<a href="{escape(point.href)}"><path class="whisker" d="M{x(point.x):.1f} '
            f'{y(point.low):.1f}V{y(point.high):.1f}"/><circle class="dot{on}" '
            f'cx="{x(point.x):.1f}" cy="{y(point.y):.1f}" r="4"><title>{escape(point.label)}: '
            f"{point.y:.0%}, {_short(point.x)} {escape(unit)}</title></circle></a>"
        )
    for point, height in _spread([(p, y(p.y)) for p in edge]):
        out.append(
            f'<text class="name" x="{x(point.x) + 8:.1f}" y="{height:.1f}">'
            f"{escape(point.label)}</text>"
        )
    out.append(
        f'<text x="{(_LEFT + _WIDTH - _RIGHT) / 2}" y="{_HEIGHT - 8}" text-anchor="middle">'
        f"{escape(unit)} (logarithmic)</text></svg>"
    )
    return Markup("".join(out))  # noqa: S704 - numbers, and text that is escaped


def _spread(labels: list[tuple[Point, float]]) -> list[tuple[Point, float]]:
    """Labels moved apart by a line's height at least."""
    placed: list[tuple[Point, float]] = []
    last = -math.inf
    for point, height in sorted(labels, key=lambda one: one[1]):
        last = max(height + 4, last + 13)
        placed.append((point, last))
    return placed


def _ticks(low: float, high: float) -> list[float]:
    """1, 3, 10, 30, ... within the axis."""
    found = []
    for power in range(math.floor(low), math.ceil(high) + 1):
        for lead in (1, 3):
            value = lead * 10.0**power
            if low - 1e-9 <= math.log10(value) <= high + 1e-9:
                found.append(value)
    return found


def _short(value: float) -> str:
    """``1.2k``, ``3M``."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:.3g}{letter}"
    return f"{value:.3g}"


def heat_cells(shares: Sequence[float]) -> Markup:
    """The cells of one row of a heat map: shares of runs that solved it, NaN for none scored."""
    return Markup(  # noqa: S704 - numbers
        "".join(
            "<td>·</td>"
            if math.isnan(share)
            else f'<td class="h{round(share * 4)}">{share * 100:.0f}</td>'
            for share in shares
        )
    )
