import unittest

from billing.bills import bill
from billing.catalogue import Catalogue
from billing.households import Household
from billing.meters import Meter, Reading
from billing.render import text

READINGS = [Reading(0, 0), Reading(30, 20000)]


class TestBills(unittest.TestCase):
    def test_a_bill(self):
        made = bill(Household("A", "home", "none", Meter("m")), READINGS, Catalogue.load())
        self.assertEqual((360, 4200, 319, 4879), (made.standing, made.consumption, made.tax, made.total))

    def test_a_bill_with_a_discount(self):
        made = bill(Household("A", "home", "social", Meter("m")), READINGS, Catalogue.load())
        self.assertEqual((210, 2520), (made.standing, made.consumption))

    def test_a_page(self):
        made = bill(Household("A", "trade", "none", Meter("m")), READINGS, Catalogue.load())
        self.assertIn("to pay               68.48", text(made))
