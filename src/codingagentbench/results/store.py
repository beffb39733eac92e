"""A results folder: attempts are drafted aside and published whole, or not at all."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from codingagentbench.cells import Record
from codingagentbench.errors import ResultsError
from codingagentbench.results import layout


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A record and the folder it lies in."""

    record: Record
    folder: Path


class Draft:
    """One attempt being made: a locked folder that no reader sees until it is published.

    A draft whose process died has a lock that anyone can take; it is then cleared away.
    """

    def __init__(self, *, folder: Path, lock: int, target: Path, run: int) -> None:
        self.folder = folder  # where the attempt's evidence is collected
        self.run = run
        self._lock, self._target = lock, target

    def publish(self, record: Record) -> Stored:
        """Write ``record`` and put the attempt in its place, under the next free number.

        Raises :class:`ResultsError` when the disk is full or read-only; the draft is kept then.
        """
        with _said(self._target):
            self._target.mkdir(parents=True, exist_ok=True)
            number = len(list(self._target.glob("attempt*"))) + 1
            while True:
                numbered = record.model_copy(
                    update={"attempt": number, "files": _digests(self.folder)}
                )
                _write_record(self.folder, numbered)
                place = self._target / f"attempt{number}"
                try:
                    os.rename(self.folder, place)
                except OSError as error:
                    if error.errno not in (errno.EEXIST, errno.ENOTEMPTY):
                        raise
                    number += 1
                    continue
                _sync_folder(self._target)
                return Stored(record=numbered, folder=place)

    def close(self) -> None:
        """Give the draft up, published or not."""
        shutil.rmtree(self.folder.parent, ignore_errors=True)
        os.close(self._lock)

    def __enter__(self) -> Draft:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Store:
    """A folder of results. Several harnesses may write to one at the same time."""

    def __init__(self, root: Path) -> None:
        self.root = root.expanduser().absolute()

    def open(self) -> Store:
        """Make sure that the folder is there and can be written; clear what dead runs left.

        Raises :class:`ResultsError`.
        """
        drafts = self.root / layout.DRAFTS
        with _said(self.root):
            drafts.mkdir(parents=True, exist_ok=True)
            for draft in drafts.iterdir():
                lock = _try_lock(draft)
                if lock is not None:
                    shutil.rmtree(draft, ignore_errors=True)
                    os.close(lock)
        return self

    def draft(
        self, *, sweep: str, agent: str, model: str, task: str, run: int | None = None
    ) -> Draft:
        """A draft of the next attempt: of run ``run``, or of the first run that has none yet.

        A run that another live harness works on is passed over, or refused when asked for.
        """
        number = run or 1
        while True:
            path = layout.run_path(sweep, agent, model, task, number)
            wanted = run is not None or not layout.attempts_in(self.root / path)
            draft = self._locked(path, number) if wanted else None
            if draft is not None:
                return draft
            if run is not None:
                raise ResultsError(
                    "another run is working on this cell", where=str(path), do="wait, or omit --run"
                )
            number += 1

    def all(self) -> Iterator[Path]:
        """Folders of every finished attempt, in order of path."""
        for base, folders, names in os.walk(self.root):
            folders[:] = sorted(f for f in folders if not f.startswith("."))
            if layout.RECORD in names:
                folders.clear()
                yield Path(base)

    def _locked(self, path: PurePosixPath, run: int) -> Draft | None:
        name = hashlib.sha256(str(path).encode()).hexdigest()[:24]
        aside = self.root / layout.DRAFTS / name
        with _said(self.root):
            aside.mkdir(parents=True, exist_ok=True)
            lock = _try_lock(aside)
            if lock is None:
                return None
            folder = aside / "attempt"
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        return Draft(folder=folder, lock=lock, target=self.root / path, run=run)


def load_record(folder: Path) -> Record:
    """The record of an attempt's folder (or the file itself).

    Raises :class:`ResultsError` when it is missing, half written, or of an unknown schema.
    """
    path = folder if folder.is_file() else folder / layout.RECORD
    try:
        return Record.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ResultsError(
            f"cannot be read: {error.strerror}", where=str(path), do="'cab results list' shows all"
        ) from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(map(str, first["loc"])) or "the document"
        raise ResultsError(
            f"not a whole record: {key}: {first['msg']}", where=str(path), do="run the cell again"
        ) from None


def replace_record(folder: Path, record: Record) -> None:
    """Put a rescored record in the place of the old one, atomically."""
    with _said(folder):
        _write_record(folder, record)


def _write_record(folder: Path, record: Record) -> None:
    text = record.model_dump_json(indent=1).encode() + b"\n"
    write_atomic(folder / layout.RECORD, text)
    lines = [f"{digest}  {name}\n" for name, digest in sorted(record.files.items())]
    lines.append(f"{hashlib.sha256(text).hexdigest()}  {layout.RECORD}\n")
    write_atomic(folder / layout.SUMS, "".join(lines).encode())


def write_atomic(path: Path, data: bytes) -> None:
    """The file as it was, or with ``data`` in it, whatever happens meanwhile."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
    os.replace(beside, path)


def _digests(folder: Path) -> dict[str, str]:
    ours = {layout.RECORD, layout.SUMS, layout.PAGE}
    files = (p for p in sorted(folder.rglob("*")) if p.is_file() and not p.name.startswith("."))
    names = ((str(p.relative_to(folder)), p) for p in files)
    return {name: _sha256(path) for name, path in names if name not in ours}


def _sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _try_lock(folder: Path) -> int | None:
    """The lock of a draft's folder, or None when a live process holds it."""
    try:
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Somebody may have cleared the folder between open and lock.
        if os.fstat(lock).st_ino == os.stat(folder).st_ino:
            return lock
    except (BlockingIOError, FileNotFoundError):
        pass
    os.close(lock)
    return None


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


_ADVICE = {
    errno.ENOSPC: "free some space and run the same command again",
    errno.EDQUOT: "free some space and run the same command again",
    errno.EROFS: "choose another folder with --results",
    errno.EACCES: "choose a folder you may write to with --results",
    errno.EPERM: "choose a folder you may write to with --results",
    errno.ENOTDIR: "choose a folder, not a file, with --results",
    errno.EEXIST: "choose a folder, not a file, with --results",
}


@contextlib.contextmanager
def full_disk_said(where: Path) -> Iterator[None]:
    """A full or read-only disk as :class:`ResultsError`, from wherever it is noticed first."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
            raise
        raise ResultsError(
            f"cannot be written: {error.strerror}", where=str(where), do=_ADVICE[error.errno]
        ) from None


@contextlib.contextmanager
def _said(where: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        advice = _ADVICE.get(error.errno or 0, "check the folder given with --results")
        raise ResultsError(
            f"cannot be written: {error.strerror}", where=str(where), do=advice
        ) from None
