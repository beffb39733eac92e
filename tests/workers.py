"""Telling what this run of tests has started from what another worker beside it has."""

from __future__ import annotations

import os
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


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0
