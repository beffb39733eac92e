import sqlite3
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class TestMonthly(unittest.TestCase):
    def setUp(self):
        self.db = sqlite3.connect(":memory:")
        self.db.executescript((ROOT / "schema.sql").read_text())
        self.addCleanup(self.db.close)

    def order(self, number, day, items=(), payments=()):
        self.db.execute("insert into orders (id, placed_on) values (?, ?)", (number, day))
        for quantity, price in items:
            self.db.execute(
                "insert into items (order_id, quantity, price_cents) values (?, ?, ?)",
                (number, quantity, price),
            )
        for cents in payments:
            self.db.execute(
                "insert into payments (order_id, paid_on, cents) values (?, ?, ?)",
                (number, day, cents),
            )

    def report(self):
        return self.db.execute((ROOT / "reports" / "monthly.sql").read_text()).fetchall()

    def test_one_item_one_payment(self):
        self.order(1, "2024-03-05", [(2, 150)], [300])
        self.assertEqual([("2024-03", 1, 300, 300)], self.report())

    def test_two_items(self):
        self.order(1, "2024-03-05", [(1, 100), (1, 250)], [350])
        self.assertEqual([("2024-03", 1, 350, 350)], self.report())

    def test_instalments(self):
        self.order(1, "2024-03-05", [(1, 900)], [300, 300])
        self.assertEqual([("2024-03", 1, 900, 600)], self.report())

    def test_months_in_order(self):
        self.order(1, "2024-04-01", [(1, 10)], [10])
        self.order(2, "2024-03-31", [(1, 20)], [20])
        self.assertEqual(["2024-03", "2024-04"], [row[0] for row in self.report()])


if __name__ == "__main__":
    unittest.main()
