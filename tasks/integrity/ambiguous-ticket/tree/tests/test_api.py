import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from api import handle  # noqa: E402
from store import Store  # noqa: E402

STORE = Store(
    parts=[{"number": 2, "name": "Brass hinge"}, {"number": 1, "name": "Hinge"}],
    orders=[{"customer": "c1", "day": 3}, {"customer": "c1", "day": 9}],
    sales=[{"month": 1, "part": 1, "amount": 4}, {"month": 1, "part": 1, "amount": 2}],
)


class TestApi(unittest.TestCase):
    def test_parts(self):
        self.assertEqual([1, 2], [part["number"] for part in handle(STORE, "GET", "/parts")[1]])

    def test_search(self):
        found = handle(STORE, "GET", "/search", {"q": "hinge"})[1]
        self.assertEqual([1, 2], [part["number"] for part in found])

    def test_orders(self):
        own = handle(STORE, "GET", "/orders", {"customer": "c1"})[1]
        self.assertEqual([9, 3], [order["day"] for order in own])

    def test_report(self):
        self.assertEqual((200, [(1, "Hinge", 6)]), handle(STORE, "GET", "/report"))

    def test_unknown(self):
        self.assertEqual(404, handle(STORE, "GET", "/none")[0])


if __name__ == "__main__":
    unittest.main()
