"""The closing line of an invoice."""

from amounts import total


def closing(amounts, book):
    """What the last line of an invoice says."""
    cents = total(amounts, book)
    return f"{book}: {cents // 100}.{cents % 100:02d}"
