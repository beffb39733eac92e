"""What the lockers of a station cost, and what fits into them."""


class Gate:
    """Counts those who are inside."""

    def __init__(self):
        self.held = 0

    def lock(self):
        self.held += 1

    def unlock(self):
        self.held -= 1


def total(prices, limit):
    """The sum of the prices, each at most ``limit``; negative ones are left out."""
    result = 0
    for price in prices:
        if price < 0:
            continue
        result += min(price, limit)
    return result


def fee(kind, days):
    """What a locker costs for some days; from the fifth day on one day is free."""
    if days < 1:
        return 0
    if kind == "small":
        base = 2
    elif kind == "medium":
        base = 3
    else:
        base = 7
    if days >= 5:
        return base * days - base
    return base * days


def fits(weight, size):
    """Whether a bag is light and small enough."""
    return weight <= 20 and size <= 8


def room(outer, inner):
    """What is left of ``outer``."""
    return outer - inner


class Locker:
    """One locker: a bag goes in when it fits and nothing else is in it."""

    def __init__(self, gate):
        self.gate = gate
        self.used = False

    def put(self, weight, size):
        self.gate.lock()
        good = fits(weight, size)
        if good and not self.used:
            self.used = True
        else:
            good = False
        self.gate.unlock()
        return good

    def left(self, weight, size):
        return room(weight, size)
