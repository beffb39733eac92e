import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
from till import Refused, Till


class TestTill(unittest.TestCase):
    def setUp(self):
        self.till = Till({"tea": 100, "wine": 600})
        self.ann, self.bob = self.till.join("ann"), self.till.join("bob", "guest")

    def test_pay_in(self):
        self.till.pay_in("ann", 250)
        self.assertEqual(250, self.ann.balance)
        with self.assertRaises(Refused):
            self.till.pay_in("ann", 0)

    def test_sell(self):
        self.assertEqual(200, self.till.sell("ann", "tea", 2))
        self.assertEqual(-200, self.ann.balance)

    def test_limit(self):
        self.ann.balance = -1900
        self.till.sell("ann", "tea")
        with self.assertRaises(Refused):
            self.till.sell("ann", "tea")

    def test_guest(self):
        with self.assertRaises(Refused):
            self.till.sell("bob", "tea")
        self.till.pay_in("bob", 1000)
        self.assertEqual(650, self.till.sell("bob", "wine"))

    def test_ten_for_nine(self):
        self.assertEqual(900, self.till.sell("ann", "tea", 10))

    def test_not_for_sale(self):
        for article, count in (("gold", 1), ("tea", 0)):
            with self.assertRaises(Refused):
                self.till.sell("ann", article, count)

    def test_transfer(self):
        self.till.transfer("ann", "bob", 300)
        self.assertEqual((-300, 300), (self.ann.balance, self.bob.balance))
        with self.assertRaises(Refused):
            self.till.transfer("ann", "bob", 0)
        self.bob.blocked = True
        with self.assertRaises(Refused):
            self.till.transfer("ann", "bob", 1)

    def test_blocked(self):
        self.ann.blocked = True
        with self.assertRaises(Refused):
            self.till.pay_in("ann", 1)

    def test_names(self):
        for name in ("ann", ""):
            with self.assertRaises(Refused):
                self.till.join(name)

    def test_lists(self):
        self.ann.balance, self.bob.balance = -5, 7
        self.till.join("ada", "board").balance = -9
        self.assertEqual([("ada", 9), ("ann", 5)], self.till.debtors())
        self.assertEqual((7, 14), self.till.totals())

    def test_journal(self):
        self.till.pay_in("ann", 5)
        self.assertEqual((["ann +5"], False), (self.till.journal.lines, self.till.journal.open))
        with self.assertRaises(Refused):
            self.till.journal.write("x")


if __name__ == "__main__":
    unittest.main()
