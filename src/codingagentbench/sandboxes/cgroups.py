"""Finds the control groups that this process may use, and says how a run is held by them.

Both kinds are met: version 2 with controllers (delegated to the user, or root), and version 1
folders a controller on hybrid machines. What is found is tried: a group is made, limited, entered
and removed.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from codingagentbench.sandboxes.launcher.groups import PREFIX, Groups, sweep
from codingagentbench.sandboxes.launcher.request import Group
from codingagentbench.sandboxes.values import Limits

_ROOT: Final = Path("/sys/fs/cgroup")
_PERIOD_US: Final = 100_000
#: Processes of the sandbox itself, on top of what the program may have.
OWN_PIDS: Final = 3
_numbers = itertools.count()


@dataclass(frozen=True, kw_only=True)
class Usage:
    """What a run used; ``None`` is not measured."""

    cpu_s: float | None = None
    memory_peak_bytes: int | None = None
    oom_kills: int = 0


@dataclass(frozen=True, kw_only=True)
class Cgroups:
    """``version`` 2 with one parent, or 1 with a parent for each controller."""

    version: int
    parents: dict[str, Path]  # controller -> folder in which groups are made

    @property
    def name(self) -> str:
        return f"cgroup v{self.version}"

    def groups(self, limits: Limits) -> list[Group]:
        """The groups of one run, with names of their own."""
        name = f"{PREFIX}{os.getpid()}-{next(_numbers)}"
        folders = {str(parent / name) for parent in self.parents.values()}
        table = _V2 if self.version == 2 else _V1
        return [self._group(folder, table, limits) for folder in sorted(folders)]

    def _group(self, folder: str, table: tuple[_Row, ...], limits: Limits) -> Group:
        here = {c for c, parent in self.parents.items() if str(parent) == os.path.dirname(folder)}
        values = _values(limits)
        rows = [row for row in table if row.controller in here]
        set_rows = [(row, values[row.value]) for row in rows if row.value and values[row.value]]
        return Group(
            folder=folder,
            settings=[(row.file, str(value)) for row, value in set_rows if not row.wish],
            wishes=[(row.file, str(value)) for row, value in set_rows if row.wish],
            read=[(row.file, row.file) for row in rows if not row.value],
            forks="pids.max" if "pids" in here else None,
        )

    def sweep(self) -> None:
        """Kill and remove the groups of runs that are no longer alive, whoever's they were."""
        sweep([str(parent) for parent in self.parents.values()])


@dataclass(frozen=True)
class _Row:
    """One file of a group: what is written there (``value``), or that it is read at the end."""

    controller: str
    file: str
    value: str = ""
    wish: bool = False


_V2: Final = (
    _Row("memory", "memory.max", "memory"),
    _Row("memory", "memory.swap.max", "no swap", wish=True),
    _Row("pids", "pids.max", "pids"),
    _Row("cpu", "cpu.max", "cpu.max", wish=True),
    _Row("memory", "memory.peak"),
    _Row("memory", "memory.events"),
    _Row("cpu", "cpu.stat"),
)
_V1: Final = (
    _Row("memory", "memory.limit_in_bytes", "memory"),
    _Row("memory", "memory.memsw.limit_in_bytes", "memory", wish=True),
    _Row("pids", "pids.max", "pids"),
    _Row("cpu", "cpu.cfs_period_us", "period", wish=True),
    _Row("cpu", "cpu.cfs_quota_us", "quota", wish=True),
    _Row("memory", "memory.max_usage_in_bytes"),
    _Row("memory", "memory.oom_control"),
    _Row("cpuacct", "cpuacct.usage"),
)


def _values(limits: Limits) -> dict[str, str | None]:
    memory = None if limits.memory_mb is None else str(limits.memory_mb << 20)
    quota = None if limits.cpus is None else str(int(limits.cpus * _PERIOD_US))
    return {
        "memory": memory,
        "no swap": None if memory is None else "0",
        "pids": None if limits.pids is None else str(limits.pids + OWN_PIDS),
        "cpu.max": None if quota is None else f"{quota} {_PERIOD_US}",
        "period": None if quota is None else str(_PERIOD_US),
        "quota": quota,
    }


def _cpu_seconds(files: Mapping[str, str]) -> float | None:
    if "cpuacct.usage" in files:
        return int(files["cpuacct.usage"]) / 1e9
    for line in files.get("cpu.stat", "").splitlines():
        if line.startswith("usage_usec "):
            return int(line.split()[1]) / 1e6
    return None


def _first_number(files: Mapping[str, str], *names: str) -> int | None:
    return next((int(files[name]) for name in names if name in files), None)


def usage(files: Mapping[str, str]) -> Usage:
    """What the files that a group was read from say."""
    return Usage(
        cpu_s=_cpu_seconds(files),
        memory_peak_bytes=_first_number(files, "memory.peak", "memory.max_usage_in_bytes"),
        oom_kills=sum(
            int(words[1])
            for name in ("memory.events", "memory.oom_control")
            for words in map(str.split, files.get(name, "").splitlines())
            if words[0] == "oom_kill"
        ),
    )


@dataclass(frozen=True)
class Accounts:
    """The files in which the kernel counts what a group uses that somebody else has made."""

    files: Mapping[str, Path] = field(default_factory=dict)

    def read(self) -> Usage | None:
        """What they say; ``None`` once the group is gone."""
        said = {}
        for name, path in self.files.items():
            with contextlib.suppress(OSError):
                said[name] = path.read_text()
        return usage(said) if said else None


def accounts_of(own: str, root: Path = _ROOT) -> Accounts:
    """The accounts of a process, by the text of its ``/proc/<pid>/cgroup``.

    Version 1's where both are mounted, since it has the controllers then.
    """
    found: dict[int, dict[str, Path]] = {1: {}, 2: {}}
    for line in own.splitlines():
        _number, controllers, path = line.split(":", 2)
        version, table = (1, _V1) if controllers else (2, _V2)
        for row in table:
            if row.value or (controllers and row.controller not in controllers.split(",")):
                continue
            for mount in (controllers, row.controller) if controllers else ("", "unified"):
                file = root / mount / path.lstrip("/") / row.file
                if file.is_file():
                    found[version].setdefault(row.file, file)
    return Accounts(found[1] or found[2])


@functools.cache
def find_cgroups() -> Cgroups | None:
    """What this process may use, tried once; sweeps what earlier harnesses left behind."""
    for candidate in candidates(Path("/proc/self/cgroup").read_text(), _ROOT):
        if _works(candidate):
            candidate.sweep()
            return candidate
    return None


def candidates(own: str, root: Path) -> list[Cgroups]:
    """What might be used, best first, by the text of ``/proc/self/cgroup``."""
    found = []
    rows = [line.split(":", 2) for line in own.splitlines() if line.count(":") >= 2]
    for number, _controllers, path in rows:
        if number == "0":
            mounts = [m for m in (root, root / "unified") if (m / "cgroup.controllers").exists()]
            found += [c for mount in mounts for c in _version_2(mount, path)]
    parents: dict[str, Path] = {}
    for _number, controllers, path in rows:
        for controller in set(controllers.split(",")) & {"memory", "pids", "cpu", "cpuacct"}:
            for folder in (root / controllers / path.lstrip("/"), root / controller):
                if os.access(folder, os.W_OK):
                    parents.setdefault(controller, folder)
    if {"memory", "pids"} <= parents.keys():
        found.append(Cgroups(version=1, parents=parents))
    return found


def _version_2(mount: Path, path: str) -> list[Cgroups]:
    """Writable ancestors of our own group, the highest first, that hand on what is needed."""
    own = mount / path.lstrip("/")
    ancestors = [own, *own.parents]
    chain = [a for a in reversed(ancestors) if a == mount or mount in a.parents]
    found = []
    for folder in chain:
        if not os.access(folder / "cgroup.procs", os.W_OK):
            continue
        with contextlib.suppress(OSError):
            have = set((folder / "cgroup.controllers").read_text().split())
            on = set((folder / "cgroup.subtree_control").read_text().split())
            for controller in sorted((have - on) & {"memory", "pids", "cpu"}):
                with contextlib.suppress(OSError):
                    (folder / "cgroup.subtree_control").write_text(f"+{controller}")
            on = set((folder / "cgroup.subtree_control").read_text().split())
            if {"memory", "pids"} <= on:
                parents = dict.fromkeys(on & {"memory", "pids", "cpu"}, folder)
                found.append(Cgroups(version=2, parents=parents))
    return found


def _works(cgroups: Cgroups) -> bool:
    """Make the groups, write the limits, move a process in, and take all away again."""
    try:
        made = Groups(cgroups.groups(Limits(memory_mb=64, pids=16)))
    except OSError:
        return False
    try:
        with subprocess.Popen(["sleep", "10"]) as guest:
            try:
                made.enter(guest.pid)
            finally:
                guest.kill()
    except OSError:
        return False
    finally:
        made.close()
    return True
