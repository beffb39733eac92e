"""How many mutants each seed gives, and in which order: languages take turns, in them seeds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Place(NamedTuple):
    """The ``rank``-th kept mutant (from 0) of a seed."""

    seed: str
    rank: int


def shares(
    count: int, seeds: Mapping[str, Sequence[str]], available: Mapping[str, int]
) -> tuple[Place, ...]:
    """The places of ``count`` mutants, fewer when there are no more.

    ``seeds`` maps each language to its seeds, both in the order of the draw. ``available`` says
    how many mutants a seed has in all, where that is known; else it may have any number.
    """
    taken: dict[str, int] = {seed: 0 for row in seeds.values() for seed in row}
    turns = dict.fromkeys(seeds, 0)
    places: list[Place] = []
    while len(places) < count:
        before = len(places)
        for language, row in seeds.items():
            seed = _next(row, turns[language], taken, available)
            if seed is None or len(places) == count:
                continue
            turns[language] = row.index(seed) + 1
            places.append(Place(seed, taken[seed]))
            taken[seed] += 1
        if len(places) == before:
            break
    return tuple(places)


def _next(
    row: Sequence[str], turn: int, taken: Mapping[str, int], available: Mapping[str, int]
) -> str | None:
    """The next seed of this language that has one left."""
    for step in range(len(row)):
        seed = row[(turn + step) % len(row)]
        if seed not in available or taken[seed] < available[seed]:
            return seed
    return None
