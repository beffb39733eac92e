import unittest

from billing.meters import Meter, Reading
from billing.usage import Usage, usage_of


class TestUsage(unittest.TestCase):
    def test_between(self):
        used = usage_of(Meter("m"), [Reading(30, 5000), Reading(0, 1000)])
        self.assertEqual(Usage(4000, 30), used)

    def test_the_meter_starts_again(self):
        used = usage_of(Meter("m", digits=4), [Reading(0, 9990), Reading(10, 20)])
        self.assertEqual(Usage(30, 10), used)

    def test_one_reading_is_not_enough(self):
        with self.assertRaises(ValueError):
            usage_of(Meter("m"), [Reading(0, 1)])
