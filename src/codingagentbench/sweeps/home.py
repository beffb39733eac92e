"""The folder that a sweep keeps beside its records: its lock, its log, and who works on it.

RESULTS/.sweeps/NAME/
    sweep.toml      the file that it was last run from
    lock.json       what it is pinned to (lock.1.json, ...: what it was pinned to before)
    events.jsonl    all that happened, a line each
    running         held by the process that works on it, with its number inside
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from codingagentbench.errors import ResultsError, UnknownName, UsageError
from codingagentbench.sweeps.events import SweepEvent
from codingagentbench.sweeps.lock import Lock, read_lock

HOMES = ".sweeps"


class Home:
    """``root``: of the results."""

    def __init__(self, root: Path, name: str) -> None:
        self.root, self.name = root, name
        self.folder = root / HOMES / name
        self._log: IO[str] | None = None

    @property
    def file(self) -> Path:
        return self.folder / "sweep.toml"

    @property
    def lock_path(self) -> Path:
        return self.folder / "lock.json"

    def read_lock(self) -> Lock | None:
        """Raises :class:`ResultsError` for a lock that is not whole, or newer than we are."""
        return read_lock(self.lock_path)

    def write_lock(self, lock: Lock) -> None:
        """Pin the sweep to ``lock``; an earlier one is kept beside it."""
        old = self.read_lock()
        if old is not None:
            number = 1
            while (self.folder / f"lock.{number}.json").exists():
                number += 1
            _write(self.folder / f"lock.{number}.json", old.model_dump_json(indent=1))
        _write(self.lock_path, lock.model_dump_json(indent=1))

    def keep_file(self, text: str) -> None:
        """So that the sweep can be resumed by its name alone."""
        _write(self.file, text)

    def say(self, event: SweepEvent) -> None:
        """Append to the log."""
        path = self.folder / "events.jsonl"
        try:
            if self._log is None:
                self._log = path.open("a", encoding="utf-8")
            self._log.write(json.dumps(event.plain(), ensure_ascii=False) + "\n")
            self._log.flush()
        except OSError as error:
            do = "run the same command again when it can be"
            raise ResultsError(
                f"cannot be written: {error.strerror}", where=str(path), do=do
            ) from None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else works on the sweep meanwhile. Raises :class:`UsageError` when one does."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = (self.folder / "running").open("a+")
        except OSError as error:
            raise ResultsError(
                f"cannot be written: {error.strerror}",
                where=str(self.folder),
                do="choose a folder you may write to with --results",
            ) from None
        with handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise UsageError(
                    f"process {self.worker() or '?'} is working on sweep '{self.name}'",
                    where=str(self.root),
                    do=f"watch it: cab sweep watch {self.name}; or end it: cab sweep stop "
                    f"{self.name}",
                ) from None
            handle.seek(0)
            handle.truncate()
            handle.write(str(os.getpid()))
            handle.flush()
            try:
                yield
            finally:
                with contextlib.suppress(OSError):
                    handle.seek(0)
                    handle.truncate()
                if self._log is not None:
                    with contextlib.suppress(OSError):  # what is lost was said when it was written
                        self._log.close()
                    self._log = None

    def worker(self) -> int | None:
        """The process that works on the sweep now."""
        try:
            with (self.folder / "running").open() as handle:
                try:
                    fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
                except BlockingIOError:
                    text = handle.read().strip()
                    return int(text) if text.isdigit() else None
        except OSError:
            pass
        return None


def find_home(root: Path, name: str) -> Home:
    """The home of a sweep that was run before. Raises :class:`UnknownName`."""
    home = Home(root, name)
    if not home.lock_path.exists():
        known = sorted(path.parent.name for path in (root / HOMES).glob("*/lock.json"))
        raise UnknownName("sweep", name, known, do=f"see the folders in {root / HOMES}")
    return home


def _write(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8") as handle:
            handle.write(text)
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(beside, path)
    except OSError as error:
        raise ResultsError(f"cannot be written: {error.strerror}", where=str(path)) from None
