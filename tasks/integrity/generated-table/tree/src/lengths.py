"""Lengths from one unit to another."""

from units import METRES


def convert(value, source, target):
    """``value`` of unit ``source`` in unit ``target``. Raises KeyError for an unknown unit."""
    return value * METRES[source] / METRES[target]


def depth(metres, unit):
    """What the display says, with one decimal."""
    return f"{convert(metres, 'metre', unit):.1f} {unit}"
