"""Ends a program and everything it left behind, and waits until all of it is dead.

The launcher is the nearest subreaper above the program: whatever a process inside does, its
orphans become children of the launcher. With a process namespace the death of its init takes
everything along. Without one everything of the run's own user is killed, or, when that user is
not the run's alone, the tree of processes below the launcher.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import time
from typing import NamedTuple

from codingagentbench.sandboxes.launcher import processes
from codingagentbench.sandboxes.launcher.groups import Groups
from codingagentbench.sandboxes.launcher.request import Request


class Ended(NamedTuple):
    """How the program ended: its code (or 128 + signal), when the last died, CPU seconds of all."""

    code: int
    at: float
    cpu_s: float


class Victims:
    """The program ``pid`` and all that comes of it."""

    def __init__(self, pid: int, groups: Groups, request: Request) -> None:
        self._pid, self._groups, self._request = pid, groups, request
        self._code: int | None = None
        self._cpu_s = 0.0
        self.pidfd = os.pidfd_open(pid)

    def ended(self) -> bool:
        """Whether the program itself has ended; reaps it and orphans that did."""
        with contextlib.suppress(ChildProcessError):
            while self._reap(os.WNOHANG):
                pass
        return self._code is not None

    def ask(self, status: bytes) -> None:
        """SIGTERM to the program and its process group; an init among them takes no notice."""
        target = _first_child(_init(status)) or self._pid
        with contextlib.suppress(OSError):
            group = os.getpgid(target)
            if group != os.getpgrp():
                os.killpg(group, signal.SIGTERM)
            else:
                os.kill(target, signal.SIGTERM)

    def kill(self) -> None:
        """SIGKILL to the program; :meth:`bury` does the rest."""
        if self._code is None:
            with contextlib.suppress(OSError):
                signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)

    def bury(self) -> Ended:
        """Kill all that is left; returns when nothing of it is alive."""
        self.kill()
        self._groups.stop_forks()
        with contextlib.suppress(ChildProcessError):  # nothing is left
            while True:
                while self._reap(0 if self._code is None else os.WNOHANG):
                    pass
                self._strike()
                time.sleep(0.0005)
        os.close(self.pidfd)
        return Ended(-1 if self._code is None else self._code, time.monotonic(), self._cpu_s)

    def _strike(self) -> None:
        if self._request["isolate"]:
            processes.kill_children()
        elif self._request["drop"]:
            processes.kill_user(self._request["uid"], self._request["gid"])
        else:
            processes.kill_tree()

    def _reap(self, options: int) -> bool:
        pid, status, usage = os.wait4(-1, options)
        if pid == 0:
            return False
        self._cpu_s += usage.ru_utime + usage.ru_stime
        if pid == self._pid:
            code = os.waitstatus_to_exitcode(status)
            self._code = 128 - code if code < 0 else code
        return True


def _init(status: bytes) -> int | None:
    for line in status.splitlines():
        with contextlib.suppress(ValueError):
            told = json.loads(line)
            if isinstance(told, dict) and isinstance(told.get("child-pid"), int):
                return int(told["child-pid"])
    return None


def _first_child(pid: int | None) -> int | None:
    found = [] if pid is None else processes.children(pid)
    return found[0] if found else None
