"""What a household used: litres and days, from its readings."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Usage:
    litres: int
    days: int

    def __add__(self, other):
        return Usage(self.litres + other.litres, self.days + other.days)


def usage_of(meter, readings):
    """The usage over all readings, which may come in any order."""
    ordered = sorted(readings, key=lambda reading: reading.day)
    if len(ordered) < 2:
        raise ValueError(f"meter {meter.number}: two readings are needed")
    total = Usage(0, 0)
    for before, after in zip(ordered, ordered[1:]):
        total = total + Usage(meter.between(before, after), after.day - before.day)
    return total
