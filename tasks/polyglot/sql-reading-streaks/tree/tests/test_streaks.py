import sqlite3
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class TestStreaks(unittest.TestCase):
    def wall(self, **readers):
        db = sqlite3.connect(":memory:")
        self.addCleanup(db.close)
        db.executescript((ROOT / "schema.sql").read_text())
        for number, (name, days) in enumerate(readers.items(), start=1):
            db.execute("insert into readers values (?, ?)", (number, name))
            db.executemany(
                "insert into sessions (reader_id, day, minutes) values (?, ?, 20)",
                [(number, day) for day in days],
            )
        return db.execute((ROOT / "queries" / "streaks.sql").read_text()).fetchall()

    def test_three_days(self):
        rows = self.wall(ida=["2024-05-01", "2024-05-02", "2024-05-03"])
        self.assertEqual([("ida", 3, "2024-05-01")], rows)

    def test_a_gap(self):
        rows = self.wall(ida=["2024-05-01", "2024-05-03", "2024-05-04"])
        self.assertEqual([("ida", 2, "2024-05-03")], rows)

    def test_many_books_a_day(self):
        rows = self.wall(ida=["2024-05-01", "2024-05-02", "2024-05-03"] * 2)
        self.assertEqual([("ida", 3, "2024-05-01")], rows)

    def test_two_readers(self):
        rows = self.wall(ida=["2024-05-01"], ole=["2024-05-01", "2024-05-02"])
        self.assertEqual([("ole", 2, "2024-05-01"), ("ida", 1, "2024-05-01")], rows)


if __name__ == "__main__":
    unittest.main()
