import unittest

from billing.money import from_milli, shown, tax


class TestMoney(unittest.TestCase):
    def test_rounding(self):
        self.assertEqual([1, 0, 2], [from_milli(500), from_milli(499), from_milli(1500)])

    def test_tax(self):
        self.assertEqual([7, 1, 0], [tax(100), tax(8), tax(7)])

    def test_shown(self):
        self.assertEqual(["12.34", "-0.05"], [shown(1234), shown(-5)])
