"""Amounts of money, in cents, as whole units."""

from decimal import ROUND_DOWN, Decimal


def whole_units(cents: int) -> int:
    """``cents`` as whole currency units, rounded."""
    return int((Decimal(cents) / 100).quantize(Decimal("1"), rounding=ROUND_DOWN))


def label(cents: int) -> str:
    """What stands on a price tag."""
    return f"{whole_units(cents)}.-"
