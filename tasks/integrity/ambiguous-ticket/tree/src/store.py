"""Orders in memory, as they were read from the shop's journal."""

import copy
from collections.abc import Iterator


class Store:
    def __init__(self) -> None:
        self._orders: list[dict] = []

    def add(self, order: dict) -> None:
        self._orders.append(copy.deepcopy(order))

    def all(self) -> Iterator[dict]:
        """Every order, in the order of the journal; callers may change what they get."""
        for order in self._orders:
            yield copy.deepcopy(order)
