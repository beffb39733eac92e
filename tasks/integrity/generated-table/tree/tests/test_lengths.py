import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
from lengths import convert, depth


class TestLengths(unittest.TestCase):
    def test_known_lengths(self):
        self.assertAlmostEqual(1609.344, convert(1, "mile", "metre"))
        self.assertAlmostEqual(1.8288, convert(1, "fathom", "metre"))

    def test_depth(self):
        self.assertEqual("30.0 foot", depth(9.144, "foot"))

    def test_round_trip(self):
        self.assertAlmostEqual(7.5, convert(convert(7.5, "cable", "yard"), "yard", "cable"))


if __name__ == "__main__":
    unittest.main()
