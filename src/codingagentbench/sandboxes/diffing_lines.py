"""Which lines of one text are which lines of another, in time that stays bounded.

Patience diff (lines that occur once on both sides are anchors), Myers' O(ND) algorithm between
the anchors. https://bramcohen.livejournal.com/73318.html, https://doi.org/10.1007/BF01840446.
Where either would take too long, a stretch counts as replaced as a whole: longer, never wrong.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

#: Steps that one pair of texts may cost; about a third of a second.
STEPS: Final = 400_000
_EDITS: Final = 400  # of one stretch without anchors


class Stretch(NamedTuple):
    """Lines ``a[a_from:a_to]`` are replaced by ``b[b_from:b_to]``; one of them may be empty."""

    a_from: int
    a_to: int
    b_from: int
    b_to: int


class Effort:
    """What may still be spent."""

    def __init__(self, steps: int = STEPS) -> None:
        self.left = steps

    def spend(self, steps: int) -> bool:
        """Whether ``steps`` were still there."""
        self.left -= steps
        return self.left >= 0


def differences(a: Sequence[bytes], b: Sequence[bytes], effort: Effort) -> list[Stretch]:
    """The stretches in which ``a`` and ``b`` differ, in order, never touching each other."""
    numbers: dict[bytes, int] = {}
    x = [numbers.setdefault(line, len(numbers)) for line in a]
    y = [numbers.setdefault(line, len(numbers)) for line in b]
    found: list[Stretch] = []
    waiting = [Stretch(0, len(x), 0, len(y))]
    while waiting:
        part = _trimmed(x, y, waiting.pop())
        if part.a_from == part.a_to or part.b_from == part.b_to:
            if part.a_from != part.a_to or part.b_from != part.b_to:
                found.append(part)
            continue
        anchors = _anchors(x, y, part) if effort.spend(_size(part)) else []
        if anchors:
            waiting.extend(reversed(_between(part, anchors)))
        else:
            found.extend(_myers(x, y, part, effort))
    return _joined(found)


def _size(part: Stretch) -> int:
    return part.a_to - part.a_from + part.b_to - part.b_from


def _trimmed(x: list[int], y: list[int], part: Stretch) -> Stretch:
    """``part`` without the lines that both sides have at its ends."""
    a_from, a_to, b_from, b_to = part
    while a_from < a_to and b_from < b_to and x[a_from] == y[b_from]:
        a_from += 1
        b_from += 1
    while a_from < a_to and b_from < b_to and x[a_to - 1] == y[b_to - 1]:
        a_to -= 1
        b_to -= 1
    return Stretch(a_from, a_to, b_from, b_to)


def _anchors(x: list[int], y: list[int], part: Stretch) -> list[tuple[int, int]]:
    """Lines that occur once on each side, as many as are in the same order on both."""
    ours, theirs = _once(x, part.a_from, part.a_to), _once(y, part.b_from, part.b_to)
    pairs = sorted((at, theirs[line]) for line, at in ours.items() if line in theirs)
    tops: list[int] = []  # the smallest end of an increasing run of each length
    ends: list[int] = []  # its index in pairs
    before: list[int] = []
    for index, (_, at) in enumerate(pairs):
        place = bisect_left(tops, at)
        before.append(ends[place - 1] if place else -1)
        tops[place : place + 1] = [at]
        ends[place : place + 1] = [index]
    chain = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _once(lines: list[int], start: int, stop: int) -> dict[int, int]:
    places: dict[int, int] = {}
    for at in range(start, stop):
        places[lines[at]] = -1 if lines[at] in places else at
    return {line: at for line, at in places.items() if at >= 0}


def _between(part: Stretch, anchors: list[tuple[int, int]]) -> list[Stretch]:
    parts = []
    a_at, b_at = part.a_from, part.b_from
    for a_to, b_to in anchors:
        parts.append(Stretch(a_at, a_to, b_at, b_to))
        a_at, b_at = a_to + 1, b_to + 1
    parts.append(Stretch(a_at, part.a_to, b_at, part.b_to))
    return parts


def _myers(x: list[int], y: list[int], part: Stretch, effort: Effort) -> list[Stretch]:
    """The shortest edit of ``part``, or all of it when that is too far away."""
    n, m = part.a_to - part.a_from, part.b_to - part.b_from
    reach = {1: 0}  # diagonal -> how far along a
    trail = []
    for edits in range(min(n + m, _EDITS) + 1):
        trail.append(dict(reach))
        if not effort.spend(2 * edits + 1):
            break
        for k in range(-edits, edits + 1, 2):
            down = k == -edits or (k != edits and reach[k - 1] < reach[k + 1])
            i = reach[k + 1] if down else reach[k - 1] + 1
            j = i - k
            start = i
            while i < n and j < m and x[part.a_from + i] == y[part.b_from + j]:
                i += 1
                j += 1
            effort.spend(i - start)
            reach[k] = i
            if i >= n and j >= m:
                return _backtrack(trail, part, n, m)
    return [part]


def _backtrack(trail: list[dict[int, int]], part: Stretch, i: int, j: int) -> list[Stretch]:
    steps = []
    for edits in range(len(trail) - 1, 0, -1):
        reach, k = trail[edits], i - j
        down = k == -edits or (k != edits and reach[k - 1] < reach[k + 1])
        back = k + 1 if down else k - 1
        i = reach[back]
        j = i - back
        a_at, b_at = part.a_from + i, part.b_from + j
        steps.append(Stretch(a_at, a_at + (not down), b_at, b_at + down))
    return steps[::-1]


def _joined(parts: list[Stretch]) -> list[Stretch]:
    """In order, with those that touch made one."""
    joined: list[Stretch] = []
    for part in sorted(parts):
        if joined and joined[-1].a_to == part.a_from and joined[-1].b_to == part.b_from:
            last = joined.pop()
            part = Stretch(last.a_from, part.a_to, last.b_from, part.b_to)
        joined.append(part)
    return joined
