"""Telling what this run of tests has started from what another worker beside it has."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path


def of_another_worker(pid: int | str) -> bool:
    """Whether ``pid`` comes of a process that runs tests beside this one (pytest-xdist)."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return False
    own, controller = os.getpid(), os.getppid()
    here = int(pid)
    while here > 1 and here != own:
        above = _parent(here)
        if above == controller:
            return True
        here = above
    return False


def left(look: Callable[[], set[str]], before: set[str], seconds: float = 20.0) -> set[str]:
    """What ``look`` finds that was not there ``before`` and does not go away by itself.

    Processes of another worker are told from ours by their parents, but not while they end: a
    parent may be gone first. They are gone a moment later; what was left behind stays.
    """
    deadline = time.monotonic() + seconds
    found = look() - before
    while found and time.monotonic() < deadline:
        time.sleep(0.1)
        found &= look()
    return found


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0
