import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
from amounts import to_cents


class TestShop(unittest.TestCase):
    def test_halves_go_up(self):
        self.assertEqual([13, 14, 1], [to_cents(a, "shop") for a in ("0.125", "0.135", "0.005")])

    def test_negative_halves(self):
        self.assertEqual(-13, to_cents("-0.125", "shop"))


if __name__ == "__main__":
    unittest.main()
