"""The draw of one seed: which of its mutants were tried, and which are kept, in their order."""

from __future__ import annotations

import math
from collections import Counter
from typing import Final, NamedTuple

from codingagentbench.corpus.mutants_cache import Cache
from codingagentbench.corpus.mutants_judging import Kept, Reason, Verdict
from codingagentbench.corpus.mutants_rules import mending_keeps_rules
from codingagentbench.sandboxes import Toolchain
from codingagentbench.tasks.mutation import Mutant, drawn
from codingagentbench.tasks.seeds import Seed

_BATCH: Final = 40  # mutants in one sandbox at most
_LEAST: Final = 10  # and at least, where that many are wanted
_AHEAD: Final = 1.15  # how many more are tried than the rate so far asks for


class Good(NamedTuple):
    """A mutant that was kept."""

    mutant: Mutant
    verdict: Verdict


class SeedDraw:
    """One seed's mutants in the order of the draw, each tried at most once.

    A mutant is kept when its own verdict is good and it is not as one that was kept before it in
    the order; so it counts only when all before it are settled.
    """

    def __init__(self, seed: Seed, *, number: int, toolchains: tuple[Toolchain, ...]) -> None:
        self.seed, self.toolchains = seed, toolchains
        self.order = drawn(seed, number)
        self.good: list[Good] = []
        self.tried: Counter[tuple[str, str]] = Counter()  # (operator, reason)
        self._cache = Cache(seed, toolchains)
        self._kept = Kept()
        self._verdicts: dict[int, Verdict] = {}
        self._in_flight: set[int] = set()
        self._settled = 0  # all before it in the order are judged and counted
        self._next = 0  # the first one that nobody has looked at

    @property
    def exhausted(self) -> bool:
        """Whether every mutant was tried."""
        return self._settled == len(self.order)

    def expected(self, wanted: int) -> int:
        """How many more must be tried to keep ``wanted``, going by the rate so far."""
        ahead = sum(v.reason is None for i, v in self._verdicts.items() if i >= self._settled)
        missing = wanted - len(self.good) - ahead
        rate = (len(self.good) + 2) / (self._settled + 5)
        return max(0, math.ceil(missing / rate * _AHEAD) - len(self._in_flight))

    def take(self, wanted: int) -> list[int]:
        """The next mutants to run, so that ``wanted`` may be kept; what is known is settled."""
        batch: list[int] = []
        while self._next < len(self.order):
            goal = self.expected(wanted)
            size = min(_BATCH, max(_LEAST, math.ceil((goal + len(batch)) / 2)))
            if goal <= 0 or len(batch) >= size:
                break
            index, self._next = self._next, self._next + 1
            if index in self._verdicts or index in self._in_flight:
                continue  # it was given back with others
            known = self._known(self.order[index])
            if known is None:
                batch.append(index)
                self._in_flight.add(index)
            else:
                self._settle(index, known)
        return batch

    def found(self, index: int, verdict: Verdict, *, remember: bool) -> None:
        """The verdict on one that was taken."""
        self._in_flight.discard(index)
        if remember:
            self._cache.put(self.order[index].digest, verdict)
        self._settle(index, verdict)

    def give_back(self, indices: list[int]) -> None:
        """These were taken, and not run."""
        self._in_flight.difference_update(indices)
        if indices:
            self._next = min(self._next, *indices)

    def _known(self, mutant: Mutant) -> Verdict | None:
        found = self._cache.get(mutant.digest)
        if found is None and not mending_keeps_rules(self.seed, mutant):
            return Verdict(Reason.BREAKS_RULES)
        return found

    def _settle(self, index: int, verdict: Verdict) -> None:
        self._verdicts[index] = verdict
        while self._settled in self._verdicts:
            mutant, settled = self.order[self._settled], self._verdicts[self._settled]
            reason = settled.reason
            if reason is None:
                if self._kept.add(mutant, settled):
                    self.good.append(Good(mutant, settled))
                else:
                    reason = Reason.DUPLICATE
            self.tried[(mutant.operator, "" if reason is None else str(reason))] += 1
            self._settled += 1
