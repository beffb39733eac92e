"""Folders for what is needed while attempts run, cleared away even when nobody is left to do it.

Each program has one folder, locked as long as it lives. Whoever comes next removes those that
nobody holds: what a ``kill -9`` left.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "cab-held-"


@contextmanager
def held_scratch(base: Path) -> Iterator[Path]:
    """A folder of this program's own below ``base``, removed at the end."""
    base.mkdir(parents=True, exist_ok=True)
    for left in base.glob(f"{PREFIX}*"):
        lock = _lock(left)
        if lock is not None:
            shutil.rmtree(left, ignore_errors=True)
            os.close(lock)
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=base))
        lock = _lock(folder)
        if lock is not None:  # else somebody took it for one that was left
            break
    try:
        # Whoever runs in a sandbox as another user has to get through to its own part.
        os.fchmod(lock, 0o711)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _lock(folder: Path) -> int | None:
    """The lock of a folder of this user's, or None when a live process holds it."""
    with contextlib.suppress(OSError):
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        with contextlib.suppress(OSError):
            found = os.fstat(lock)
            if found.st_uid == os.geteuid():
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if os.stat(folder).st_ino == found.st_ino:
                    return lock
        os.close(lock)
    return None
