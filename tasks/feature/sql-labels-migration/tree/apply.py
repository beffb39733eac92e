"""Applies the migrations that a database has not seen yet, each in a transaction of its own."""

import sqlite3
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "migrations"


def apply(db, folder=FOLDER, upto=None):
    """Bring ``db`` up to migration number ``upto``, or to the last one; returns their names."""
    (seen,) = db.execute("pragma user_version").fetchone()
    applied = []
    for path in sorted(folder.glob("[0-9][0-9][0-9]_*.sql")):
        number = int(path.name[:3])
        if number <= seen or (upto is not None and number > upto):
            continue
        db.execute("pragma foreign_keys = off")
        db.executescript(f"begin;\n{path.read_text()}\npragma user_version = {number};\ncommit;")
        db.execute("pragma foreign_keys = on")
        applied.append(path.name)
    return applied


if __name__ == "__main__":
    for name in apply(sqlite3.connect(sys.argv[1])):
        print("applied", name)
