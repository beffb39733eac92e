"""Discounts: a household may get one, on top of its tariff."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Discount:
    """``percent`` off the price of every litre of the first block, and of the standing charge."""

    name: str
    percent: int

    def applied(self, tariff):
        """The tariff as a household with this discount pays it."""
        reduced = tariff.renamed(f"{tariff.name}, {self.name}")
        reduced.standing_cents = self._less(tariff.standing_cents)
        first = reduced.blocks[0]
        reduced.blocks[0] = replace(first, milli=self._less(first.milli))
        return reduced

    def _less(self, amount):
        return amount * (100 - self.percent) // 100


NONE = Discount("none", 0)
SOCIAL = Discount("social", 40)
WELL = Discount("own well", 15)
BY_NAME = {one.name: one for one in (NONE, SOCIAL, WELL)}
