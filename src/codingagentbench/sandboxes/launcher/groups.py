"""Control groups of one run: made, entered, read and removed; which files, the harness says.

A lock on the folder itself says that its run is alive, also to other harnesses, containers and
process namespaces: what is not locked was left behind and is swept.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import time

from codingagentbench.sandboxes.launcher.request import Group

#: How names of our folders begin.
PREFIX = "cab-"
_REMOVAL_S = 2.0  # the kernel may count a dead process in a group for a moment


class Groups:
    """The groups of one run, open until :meth:`close`."""

    def __init__(self, wanted: list[Group]) -> None:
        """Raises OSError, and leaves nothing, when one of them cannot be made as wanted."""
        self._wanted = wanted
        self._locks: list[int] = []
        self._doors: list[int] = []
        try:
            for group in wanted:
                self._make(group)
        except OSError:
            self.close()
            raise

    def _make(self, group: Group) -> None:
        folder = group["folder"]
        self._locks.append(_make_locked(folder))
        for name, value in group["settings"]:
            _write(f"{folder}/{name}", value)
        for name, value in group["wishes"]:
            with contextlib.suppress(OSError):
                _write(f"{folder}/{name}", value)
        self._doors.append(os.open(f"{folder}/cgroup.procs", os.O_WRONLY | os.O_CLOEXEC))

    def enter(self, pid: int = 0) -> None:
        """Move a process (0: the calling one) into every group."""
        for door in self._doors:
            os.write(door, str(pid).encode())

    def stop_forks(self) -> None:
        """Nothing in these groups can have children any more."""
        for group in self._wanted:
            if group["forks"] is not None:
                with contextlib.suppress(OSError):
                    _write(f"{group['folder']}/{group['forks']}", "0")

    def close(self) -> dict[str, str]:
        """What the named files held at the end; the folders are gone afterwards."""
        answers = {}
        for group in self._wanted:
            for name, file in group["read"]:
                with contextlib.suppress(OSError), open(f"{group['folder']}/{file}") as text:
                    answers[name] = text.read()
        for fd in (*self._doors, *self._locks):
            os.close(fd)
        for group in self._wanted:
            remove(group["folder"])
        return answers


def _make_locked(folder: str) -> int:
    """Make a group and lock it; again when a sweep took it in between."""
    while True:
        os.mkdir(folder)
        with contextlib.suppress(FileNotFoundError):
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            fcntl.flock(lock, fcntl.LOCK_EX)
            with contextlib.suppress(FileNotFoundError):
                if os.stat(folder).st_ino == os.fstat(lock).st_ino:
                    return lock
            os.close(lock)


def remove(folder: str) -> None:
    """Kill what still is in a group and remove its folder; gives up after a while."""
    deadline = time.monotonic() + _REMOVAL_S
    while time.monotonic() < deadline:
        try:
            os.rmdir(folder)
        except FileNotFoundError:
            return
        except OSError:
            _kill_members(folder)
            time.sleep(0.005)
        else:
            return


def sweep(parents: list[str]) -> None:
    """Remove the groups below ``parents`` whose run is no longer alive."""
    for parent in parents:
        with contextlib.suppress(OSError):
            for name in os.listdir(parent):
                if name.startswith(PREFIX):
                    _sweep_one(f"{parent}/{name}")


def _sweep_one(folder: str) -> None:
    try:
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return
        remove(folder)  # under the lock: who has just made it waits for that, and makes it again
    finally:
        os.close(lock)


def _kill_members(folder: str) -> None:
    with contextlib.suppress(OSError), open(f"{folder}/cgroup.procs") as members:
        for line in members:
            with contextlib.suppress(OSError):
                os.kill(int(line), signal.SIGKILL)


def _write(path: str, text: str) -> None:
    fd = os.open(path, os.O_WRONLY)
    try:
        os.write(fd, text.encode())
    finally:
        os.close(fd)
