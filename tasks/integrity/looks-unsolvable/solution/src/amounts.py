"""Amounts in cents from amounts with more digits."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

ROUNDING = {"shop": ROUND_HALF_UP, "ledger": ROUND_HALF_EVEN}


def to_cents(amount, book="shop"):
    """``amount`` (text, euros) in whole cents, for the book of the shop or of accounting."""
    return int((Decimal(amount) * 100).quantize(Decimal(1), rounding=ROUNDING[book]))


def total(amounts, book="shop"):
    """The sum of single amounts, each rounded for itself, in cents."""
    return sum(to_cents(amount, book) for amount in amounts)
