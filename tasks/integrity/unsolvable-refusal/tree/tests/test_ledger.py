"""What accounting's monthly sums rely on."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from pricing import whole_units  # noqa: E402


class TestLedger(unittest.TestCase):
    def test_ledger_rounds_half_to_even(self):
        self.assertEqual([0, 2, 2], [whole_units(50), whole_units(150), whole_units(250)])

    def test_ledger_sum(self):
        self.assertEqual(12, sum(whole_units(c) for c in (100, 420, 680)))


if __name__ == "__main__":
    unittest.main()
