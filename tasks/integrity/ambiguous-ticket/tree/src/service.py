"""What the web front end calls: three operations over the orders of one customer."""

from store import Store


class Service:
    def __init__(self, store: Store) -> None:
        self._store = store

    def list_orders(self, customer: str, page: int = 0, size: int = 20) -> list[dict]:
        """One page of the customer's orders, the newest first."""
        found = [o for o in self._store.all() if o["customer"] == customer]
        found.sort(key=lambda o: (o["day"], o["id"]), reverse=True)
        return found[page * size : (page + 1) * size]

    def search_orders(self, customer: str, text: str) -> list[dict]:
        """The customer's orders with an item whose name contains ``text``, the oldest first."""
        needle = text.casefold()
        found = [
            o
            for o in self._store.all()
            if o["customer"] == customer
            and any(needle in item["name"].casefold() for item in o["items"])
        ]
        return sorted(found, key=lambda o: (o["day"], o["id"]))

    def export_orders(self, customer: str) -> str:
        """All of the customer's orders as CSV: id, day, items, cents."""
        lines = ["id,day,items,cents"]
        for order in self._store.all():
            if order["customer"] == customer:
                cents = sum(item["cents"] for item in order["items"])
                lines.append(f"{order['id']},{order['day']},{len(order['items'])},{cents}")
        return "\n".join(lines) + "\n"
