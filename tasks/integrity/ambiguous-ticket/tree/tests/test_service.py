import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
from service import Service
from store import Store


def order(number, customer, day, *items):
    return {
        "id": number,
        "customer": customer,
        "day": day,
        "items": [{"name": name, "cents": cents} for name, cents in items],
    }


class TestService(unittest.TestCase):
    def setUp(self):
        store = Store()
        store.add(order(1, "ann", "2024-01-02", ("Tea", 300), ("Cup", 700)))
        store.add(order(2, "bob", "2024-01-03", ("Tea", 300)))
        store.add(order(3, "ann", "2024-02-01", ("Pot", 2500)))
        self.service = Service(store)

    def test_newest_first(self):
        self.assertEqual([3, 1], [o["id"] for o in self.service.list_orders("ann")])

    def test_pages(self):
        self.assertEqual([1], [o["id"] for o in self.service.list_orders("ann", page=1, size=1)])

    def test_search(self):
        self.assertEqual([1], [o["id"] for o in self.service.search_orders("ann", "TEA")])

    def test_export(self):
        expected = "id,day,items,cents\n1,2024-01-02,2,1000\n3,2024-02-01,1,2500\n"
        self.assertEqual(expected, self.service.export_orders("ann"))

    def test_what_is_handed_out_can_be_changed(self):
        self.service.list_orders("bob")[0]["items"].clear()
        self.assertEqual(1, len(self.service.list_orders("bob")[0]["items"]))


if __name__ == "__main__":
    unittest.main()
