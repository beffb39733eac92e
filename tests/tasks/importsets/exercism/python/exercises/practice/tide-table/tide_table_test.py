# ruff: noqa: PT009, PT027
import unittest

from tide_table import (
    highest,
    open_hours,
)


class TideTableTest(unittest.TestCase):
    def test_one_height(self):
        self.assertEqual(highest([120]), 0)

    def test_the_first_of_two_highest(self):
        self.assertEqual(highest([90, 310, 200, 310]), 1)

    def test_below_zero(self):
        self.assertEqual(highest([-40, -10, -25]), 1)

    def test_no_heights(self):
        with self.assertRaises(ValueError) as caught:
            highest([])
        self.assertEqual(caught.exception.args[0], "no heights")

    def test_open_hours(self):
        for depth, hours in ((100, [0, 2]), (250, [2]), (400, [])):
            with self.subTest(depth=depth):
                self.assertEqual(open_hours([100, 99, 300], depth), hours)

    def test_the_list_stays(self):
        heights = [3, 1, 2]
        open_hours(heights, 2)
        self.assertEqual(heights, [3, 1, 2])
        self.assertEqual(open_hours(heights, 3), [0])
