"""The index of a results folder: a row an attempt, in SQLite, made from the records alone.

It may be deleted at any time. A record that is new, changed or gone since is found by its size
and time of change, so that a folder in which nothing happened is looked through quickly.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from codingagentbench.errors import ResultsError
from codingagentbench.results import layout
from codingagentbench.results.rows import FIELDS, Row, row_from, row_of, values_of
from codingagentbench.results.store import load_record

#: Raised when a column is added or means something else: the file is then made anew.
_VERSION: Final = 1
_NAME: Final = ".index.sqlite"
_TABLE: Final = f"""
CREATE TABLE attempts ({", ".join(FIELDS)}, size INTEGER, changed INTEGER, PRIMARY KEY (path));
CREATE INDEX by_sweep ON attempts (sweep);
"""
_HOLES: Final = ", ".join("?" * (len(FIELDS) + 2))
_INSERT: Final = f"INSERT OR REPLACE INTO attempts VALUES ({_HOLES})"  # noqa: S608
_SELECT: Final = f"SELECT {', '.join(FIELDS)} FROM attempts"  # noqa: S608 - names of our own

_TEXTS: Final = (
    *("agent", "agent_version", "model", "task", "category", "language", "started_at"),
    *("methodology", "task_digest", "agent_digest", "sandbox", "asked"),
)

OnProgress = Callable[[int, int], None]


class Index:
    """Open one for a results folder; several processes may."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._path = root / _NAME
        self._connection = _open(self._path)

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def refresh(self, *, below: str = "", on_progress: OnProgress | None = None) -> int:
        """Take in what changed in the folder ``below`` the root; how many rows that were.

        An attempt whose record cannot be read, or was changed by hand, has a row with a
        ``problem`` and no outcome that counts.
        """
        with _said(self._path):
            seen = {
                path: (size, changed)
                for path, size, changed in self._connection.execute(
                    "SELECT path, size, changed FROM attempts WHERE path LIKE ? ESCAPE '\\'",
                    (_prefix(below),),
                )
            }
            there = dict(_records(self.root, below))
            gone = [(path,) for path in seen.keys() - there.keys()]
            new = [path for path, stamp in there.items() if seen.get(path) != stamp]
            with self._connection:
                self._connection.executemany("DELETE FROM attempts WHERE path = ?", gone)
                for done, path in enumerate(new, start=1):
                    row = _read(self.root, path)
                    self._connection.execute(_INSERT, (*values_of(row), *there[path]))
                    if on_progress is not None:
                        on_progress(done, len(new))
        return len(gone) + len(new)

    def add(self, folder: Path) -> Row:
        """Take in one attempt that has just been published."""
        path = folder.relative_to(self.root).as_posix()
        row = _read(self.root, path)
        with _said(self._path), self._connection:
            self._connection.execute(_INSERT, (*values_of(row), *_stamp(folder / layout.RECORD)))
        return row

    def rows(self, *, sweep: str | None = None) -> Iterator[Row]:
        """In order of path; ``problem`` rows included."""
        where, given = (" WHERE sweep = ?", (sweep,)) if sweep is not None else ("", ())
        with _said(self._path):
            for values in self._connection.execute(f"{_SELECT}{where} ORDER BY path", given):
                yield row_from(values)


def _open(path: Path) -> sqlite3.Connection:
    with _said(path):
        connection = sqlite3.connect(path, timeout=30)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            if connection.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
                connection.executescript("DROP TABLE IF EXISTS attempts;" + _TABLE)
                connection.execute(f"PRAGMA user_version = {_VERSION}")
        except sqlite3.DatabaseError as error:
            connection.close()
            if isinstance(error, sqlite3.OperationalError):
                raise
            path.unlink()  # no database any more; everything in it comes from the records
            return _open(path)
    return connection


def _records(root: Path, below: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Every attempt's folder, with its record's size and time of change."""
    start = os.path.join(root, below) if below else str(root)
    cut = len(str(root)) + 1
    stamp = _stamp_at(start)
    if stamp is not None:
        yield start[cut:], stamp
        return
    stack = [start]
    while stack:
        folder = stack.pop()
        try:
            entries = list(os.scandir(folder))
        except (FileNotFoundError, NotADirectoryError):
            continue
        for entry in entries:
            if entry.name.startswith(".") or not entry.is_dir():
                continue
            stamp = _stamp_at(entry.path) if entry.name.startswith("attempt") else None
            if stamp is None:
                stack.append(entry.path)
            else:
                yield entry.path[cut:], stamp


def _stamp_at(folder: str) -> tuple[int, int] | None:
    """Of the record in ``folder``, if it has one."""
    try:
        found = os.stat(f"{folder}/{layout.RECORD}")
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_size, found.st_mtime_ns


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _read(root: Path, path: str) -> Row:
    folder = root / path
    try:
        record = load_record(folder)
    except ResultsError as error:
        return _nameless(path, str(error.what))
    return row_of(record, path=path, problem=_changed(folder))


def _changed(folder: Path) -> str | None:
    """Whether the record is the one that its sums were made of."""
    try:
        sums = (folder / layout.SUMS).read_text()
    except OSError:
        return f"{layout.SUMS} is missing"
    digest = hashlib.sha256((folder / layout.RECORD).read_bytes()).hexdigest()
    same = f"{digest}  {layout.RECORD}\n" in sums
    return None if same else f"{layout.RECORD} was changed after the run"


def _nameless(path: str, problem: str) -> Row:
    """What is known of an attempt whose record cannot be read: where it lies."""
    known: dict[str, Any] = {
        **dict.fromkeys(FIELDS),
        **dict.fromkeys(_TEXTS, ""),
        "path": path,
        "cell": path,
        "sweep": path.split("/")[0],
        "outcome": "unreadable",
        "run": 0,
        "attempt": 0,
        "calls": 0,
        "scored": False,
        "retry": True,
    }
    return Row(**{**known, "problem": problem})


def _prefix(below: str) -> str:
    escaped = below.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"{escaped}/%" if below else "%"


@contextmanager
def _said(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        full = "full" in str(error)
        do = "free some space" if full else "delete it; it is made anew"
        said = "No space left on device" if full else str(error)
        raise ResultsError(f"the index cannot be used: {said}", where=str(path), do=do) from None
    except OSError as error:
        raise ResultsError(f"cannot be read: {error.strerror}", where=str(path.parent)) from None
