"""Folders for what is needed while attempts run, cleared away even when nobody is left to do it.

Each program has one folder, held by a lock as long as it lives. Whoever comes next removes those
that nobody holds: what a ``kill -9`` left.
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

_PREFIX = "cab-"
_LOCK = ".held"


@contextmanager
def held_scratch(base: Path) -> Iterator[Path]:
    """A folder of this program's own below ``base``, removed at the end."""
    base.mkdir(parents=True, exist_ok=True)
    _sweep(base)
    with tempfile.TemporaryDirectory(
        prefix=_PREFIX, dir=base, ignore_cleanup_errors=True
    ) as folder:
        # Whoever runs in a sandbox as another user has to get through to its own part.
        os.chmod(folder, 0o711)  # noqa: S103
        new = Path(folder) / f"{_LOCK}.new"  # there for others only once it is held
        with new.open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            new.rename(Path(folder) / _LOCK)
            yield Path(folder)


def _sweep(base: Path) -> None:
    """Remove what died with its program. Only folders of this user that hold a lock's file."""
    for folder in base.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
                continue
            with (folder / _LOCK).open() as handle:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
