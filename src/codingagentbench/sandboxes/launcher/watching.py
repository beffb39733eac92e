"""How much a tree has grown, measured rarely enough to cost little."""

from __future__ import annotations

import errno
import os
import time

from codingagentbench.sandboxes.launcher.request import Watch

_ENTRY_BYTES = 4096  # what an empty file or folder is taken for
_INTERVAL_S = 0.5
_SHARE = 25  # a look may cost one part in so many of the time between looks


class Growth:
    """Looks at one tree; :meth:`due_in` says when the next look is worth its cost."""

    def __init__(self, watch: Watch) -> None:
        self._path = watch["path"]
        started = time.monotonic()
        self._limit = size(self._path, None) + watch["limit"]
        self._plan(time.monotonic() - started)

    def due_in(self) -> float:
        """Seconds until the next look; 0 when it is due."""
        return max(0.0, self._next - time.monotonic())

    def too_large(self) -> bool:
        """Look now."""
        started = time.monotonic()
        result = size(self._path, self._limit) > self._limit
        self._plan(time.monotonic() - started)
        return result

    def _plan(self, cost: float) -> None:
        self._next = time.monotonic() + max(_INTERVAL_S, cost * _SHARE)


def size(path: str, enough: int | None) -> int:
    """Bytes on disk below ``path``; stops when ``enough`` is passed.

    A path too long to look at counts as more than any limit: only someone hiding makes one.
    What vanishes while one looks counts nothing.
    """
    total = 0
    folders = [path]
    while folders:
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    found = entry.stat(follow_symlinks=False)
                    total += found.st_blocks * 512 + _ENTRY_BYTES
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    if enough is not None and total > enough:
                        return total
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                return 1 << 62
    return total
