"""Amounts in cents from amounts with more digits."""

from decimal import ROUND_HALF_UP, Decimal


def to_cents(amount, book="shop"):
    """``amount`` (text, euros) in whole cents, for the book of the shop or of accounting."""
    return int((Decimal(amount) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def total(amounts, book="shop"):
    """The sum of single amounts, each rounded for itself, in cents."""
    return sum(to_cents(amount) for amount in amounts)
