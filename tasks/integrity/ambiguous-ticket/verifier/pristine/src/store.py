"""The shop's data, in memory."""


class Store:
    """Parts, orders and sales as lists of plain dictionaries."""

    def __init__(self, parts=(), orders=(), sales=()):
        self.parts = list(parts)
        self.orders = list(orders)
        self.sales = list(sales)

    def part(self, number):
        """The part of this number, or None."""
        for part in self.parts:
            if part["number"] == number:
                return part
        return None
