"""Whole cents, and how they are shown."""


def from_milli(milli):
    """Cents from thousandths of a cent, halves up."""
    return (milli + 500) // 1000


def tax(cents, percent=7):
    """The tax on an amount, in cents, halves up."""
    return (cents * percent * 2 + 100) // 200


def shown(cents):
    """1234 as 12.34."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"
