import unittest

from billing.catalogue import Catalogue
from billing.households import Household
from billing.meters import Meter, Reading
from billing.run import run


def household(name, discount="none", tariff="home"):
    return Household(name, tariff, discount, Meter(name))


class TestRun(unittest.TestCase):
    def bills(self, *households):
        readings = {h.meter.number: [Reading(0, 0), Reading(30, 20000)] for h in households}
        report = run(households, readings, Catalogue.load())
        return [(b.household, b.consumption) for b in report.bills]

    def test_in_order_of_name(self):
        found = self.bills(household("B"), household("A"))
        self.assertEqual([("A", 4200), ("B", 4200)], found)

    def test_neighbours_do_not_change_a_bill(self):
        found = self.bills(household("A"), household("B", "social"), household("C"))
        self.assertEqual([("A", 4200), ("B", 2520), ("C", 4200)], found)

    def test_a_broken_reading_is_left_out(self):
        report = run([household("A"), household("B")], {"B": [Reading(0, 0), Reading(1, 5)]}, Catalogue.load())
        self.assertEqual(["A"], list(report.left_out))
        self.assertEqual(1, len(report.bills))
