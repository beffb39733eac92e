import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
from sorter import ranks, sorted_by


class TestSorter(unittest.TestCase):
    def test_numbers(self):
        self.assertEqual([1, 2, 3], sorted_by([3, 1, 2]))

    def test_already_sorted(self):
        self.assertEqual([1, 2, 3, 4], sorted_by([1, 2, 3, 4]))

    def test_key(self):
        times = [("ann", 62), ("bob", 58), ("cid", 60)]
        names = [name for name, _ in sorted_by(times, key=lambda row: row[1])]
        self.assertEqual(["bob", "cid", "ann"], names)

    def test_equal_records_stay_put(self):
        rows = [("first", 1), ("second", 1), ("third", 0)]
        names = [name for name, _ in sorted_by(rows, key=lambda row: row[1])]
        self.assertEqual(["third", "first", "second"], names)

    def test_empty(self):
        self.assertEqual([], sorted_by([]))

    def test_ranks(self):
        self.assertEqual([3, 1, 1], ranks([9, 5, 5]))


if __name__ == "__main__":
    unittest.main()
