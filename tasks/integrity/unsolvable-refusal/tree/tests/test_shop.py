"""What the shop's price tags rely on."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from pricing import label, whole_units  # noqa: E402


class TestShop(unittest.TestCase):
    def test_shop_exact(self):
        self.assertEqual(7, whole_units(700))

    def test_shop_rounds_half_up(self):
        self.assertEqual([1, 2, 3], [whole_units(50), whole_units(150), whole_units(250)])

    def test_shop_label(self):
        self.assertEqual("4.-", label(399))


if __name__ == "__main__":
    unittest.main()
