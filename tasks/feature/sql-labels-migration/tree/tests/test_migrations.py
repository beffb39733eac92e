import sqlite3
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from apply import apply


class TestMigrations(unittest.TestCase):
    def migrated(self, *notes):
        """A database with these notes (id, text, labels), brought up to date."""
        db = sqlite3.connect(":memory:")
        self.addCleanup(db.close)
        apply(db, upto=2)
        db.execute("insert into owners (id, name) values (1, 'ann')")
        db.executemany("insert into notes (id, text, labels, owner_id) values (?, ?, ?, 1)", notes)
        db.commit()
        apply(db)
        return db

    def test_notes_survive(self):
        db = self.migrated((4, "buy milk", "home"), (9, "call", None))
        rows = db.execute("select id, text from notes order by id").fetchall()
        self.assertEqual([(4, "buy milk"), (9, "call")], rows)

    def test_owners_survive(self):
        db = self.migrated((4, "buy milk", "home"))
        rows = db.execute("select o.name from notes n join owners o on o.id = n.owner_id")
        self.assertEqual([("ann",)], rows.fetchall())

    def test_labels_are_split(self):
        db = self.migrated((4, "buy milk", "home,shop"))
        rows = db.execute(
            "select l.name from note_labels nl join labels l on l.id = nl.label_id"
            " where nl.note_id = 4 order by l.name"
        )
        self.assertEqual([("home",), ("shop",)], rows.fetchall())


if __name__ == "__main__":
    unittest.main()
