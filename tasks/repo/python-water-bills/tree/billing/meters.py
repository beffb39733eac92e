"""Meters count litres and start again at zero when their digits are used up."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """What a meter showed on a day; days are plain numbers."""

    day: int
    litres: int


@dataclass(frozen=True)
class Meter:
    number: str
    digits: int = 6

    def between(self, before, after):
        """Litres between two readings; raises ValueError for readings in the wrong order."""
        if after.day <= before.day:
            raise ValueError(f"meter {self.number}: readings of day {before.day} and {after.day}")
        if max(before.litres, after.litres) >= 10**self.digits:
            raise ValueError(f"meter {self.number} has only {self.digits} digits")
        return (after.litres - before.litres) % 10**self.digits
