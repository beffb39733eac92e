import unittest

from billing.catalogue import Catalogue
from billing.discounts import SOCIAL


class TestTariffs(unittest.TestCase):
    def test_blocks(self):
        home = Catalogue.load().get("home")
        self.assertEqual(6300 + 3200, home.consumption(40000))

    def test_a_discount(self):
        reduced = SOCIAL.applied(Catalogue.load().get("garden"))
        self.assertEqual((3, 2160), (reduced.standing_cents, reduced.consumption(20000)))

    def test_unknown(self):
        with self.assertRaises(KeyError):
            Catalogue.load().get("palace")
