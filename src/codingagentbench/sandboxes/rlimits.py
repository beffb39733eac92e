"""The limits that every process has of its own, whether or not there are control groups."""

from __future__ import annotations

import resource

from codingagentbench.sandboxes.cgroups import OWN_PIDS, Cgroups
from codingagentbench.sandboxes.values import Limits


def rlimits(limits: Limits, cgroups: Cgroups | None) -> list[tuple[int, int]]:
    """RLIMIT_* and values of one run.

    The number of processes is counted for this run alone, because it has a user id or a user
    namespace of its own. Memory by process is the poor stand-in for a control group.
    """
    rows = [(resource.RLIMIT_CORE, 0)]
    if limits.pids is not None:
        rows.append((resource.RLIMIT_NPROC, limits.pids + OWN_PIDS))
    if limits.disk_mb is not None:
        rows.append((resource.RLIMIT_FSIZE, limits.disk_mb << 20))
    if limits.memory_mb is not None and cgroups is None:
        rows.append((resource.RLIMIT_DATA, limits.memory_mb << 20))
    return rows
