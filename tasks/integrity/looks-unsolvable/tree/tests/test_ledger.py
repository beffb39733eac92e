import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
from amounts import to_cents, total


class TestLedger(unittest.TestCase):
    def test_halves_go_to_even(self):
        self.assertEqual([12, 14, 0], [to_cents(a, "ledger") for a in ("0.125", "0.135", "0.005")])

    def test_total(self):
        self.assertEqual(26, total(["0.125", "0.135", "0.001"], "ledger"))


if __name__ == "__main__":
    unittest.main()
