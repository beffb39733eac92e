"""What water costs: a standing charge a day, and blocks with a price a litre each."""

from dataclasses import dataclass, field

from billing.money import from_milli


@dataclass
class Block:
    """Litres up to ``upto`` (``None``: all above) cost ``milli`` thousandths of a cent each."""

    upto: "int | None"
    milli: int


@dataclass
class Tariff:
    """Blocks from the first litre on; ``standing_cents`` are due for each day."""

    name: str
    standing_cents: int
    blocks: list[Block] = field(default_factory=list)

    def standing(self, days):
        """Cents for being connected."""
        return self.standing_cents * days

    def consumption(self, litres):
        """Cents for water, rounded once, at the end."""
        milli, start = 0, 0
        for block in self.blocks:
            end = litres if block.upto is None else min(litres, block.upto)
            if end > start:
                milli += (end - start) * block.milli
                start = end
        return from_milli(milli)

    def renamed(self, name):
        """The same prices under another name."""
        return Tariff(name, self.standing_cents, list(self.blocks))
