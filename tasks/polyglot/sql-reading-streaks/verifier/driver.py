"""Runs the streaks query over the library that each case names, and prints its rows."""

import sqlite3
import sys
from datetime import date, timedelta
from pathlib import Path


def days(first, count, times=1, minutes=30):
    """``times`` sessions on each of ``count`` days in a row."""
    start = date.fromisoformat(first)
    return [((start + timedelta(n)).isoformat(), minutes) for n in range(count) for _ in range(times)]


#: case -> reader -> sessions: (day, minutes)
LIBRARIES = {
    "one_day": {"ann": days("2024-01-05", 1)},
    "twice_a_day_every_day": {"ann": days("2024-01-01", 21, times=2)},
    "many_sessions_then_a_gap": {"ann": days("2024-01-01", 3, times=4) + days("2024-01-05", 2, times=5)},
    "longest_not_latest": {"ann": days("2024-01-01", 4) + days("2024-01-10", 3, times=3)},
    "over_the_end_of_february": {
        "ann": days("2024-02-28", 3, times=2),
        "bob": [("2023-02-28", 9), ("2023-03-02", 9)],
    },
    "over_new_year": {"ann": days("2023-12-30", 3, times=2)},
    "readers_do_not_mix": {
        "ann": days("2024-01-01", 2, times=2),
        "bob": days("2024-01-03", 2, times=2),
    },
    "short_sessions_do_not_count": {
        "ann": days("2024-01-01", 1, minutes=60)
        + days("2024-01-02", 2, times=3, minutes=4)
        + days("2024-01-04", 2, times=2, minutes=5),
    },
    "order_of_rows_does_not_matter": {"ann": list(reversed(days("2024-01-01", 4, times=2)))},
    "ties_are_by_name": {
        "bob": days("2024-01-01", 1, times=3),
        "ann": days("2024-01-01", 1),
        "cid": days("2024-01-01", 2, times=2),
    },
    "reader_without_sessions": {
        "cid": days("2024-01-01", 2, minutes=1),
        "bob": [],
        "ann": days("2024-01-01", 1, times=2),
    },
    "first_of_equal_streaks": {
        "ann": days("2024-01-05", 2, times=2) + days("2024-01-02", 2, times=2),
    },
}


def main(root, names):
    for name in names:
        print("==", name)
        db = sqlite3.connect(":memory:")
        db.executescript((root / "schema.sql").read_text())
        for number, (reader, sessions) in enumerate(LIBRARIES[name].items(), start=1):
            db.execute("insert into readers values (?, ?)", (number, reader))
            db.executemany(
                "insert into sessions (reader_id, day, minutes) values (?, ?, ?)",
                [(number, *session) for session in sessions],
            )
        for row in db.execute((root / "queries" / "streaks.sql").read_text()):
            print("|".join(str(value) for value in row))
        print("== .", flush=True)


main(Path(sys.argv[1]), sys.argv[2:])
