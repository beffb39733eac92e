import datetime
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
import tasklist
from tasklist import dump, finish, load, open_items

TEXT = "(B) paint\nx sweep +yard\n(A) call +home\nstamps\n"


class TestTasklist(unittest.TestCase):
    def test_round_trip(self):
        self.assertEqual(TEXT, dump(load(TEXT)))

    def test_order(self):
        self.assertEqual(["call +home", "paint", "stamps"], [i.text for i in open_items(load(TEXT))])

    def test_finish(self):
        self.assertEqual("x (B) paint\n", dump(finish(load(TEXT), 1)[:1]))

    def test_due(self):
        (item,) = load("pay due:2024-05-31 +home\n")
        self.assertEqual(datetime.date(2024, 5, 31), item.due)

    def test_overdue(self):
        items = load("a due:2024-05-31\nb due:2024-06-02\n")
        late = tasklist.overdue(items, datetime.date(2024, 6, 1))
        self.assertEqual(["a due:2024-05-31"], [item.text for item in late])

    def test_coming_back(self):
        items = finish(load("water due:2024-05-01 every:3d\n"), 1)
        self.assertEqual("x water due:2024-05-01 every:3d\nwater due:2024-05-04 every:3d\n", dump(items))


if __name__ == "__main__":
    unittest.main()
