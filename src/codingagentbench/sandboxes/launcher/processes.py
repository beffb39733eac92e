"""Which processes come of which, and killing them without hitting anybody else.

A process id may pass to another process between looking and killing. It cannot for our own
children (only we reap them); for others a pidfd is taken first and the parent looked at after.
"""

from __future__ import annotations

import contextlib
import os
import signal

from codingagentbench.sandboxes.launcher import kernel


def children(pid: int) -> list[int]:
    """By the list of the kernel, where it keeps one; else by everybody's parent."""
    found = []
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{thread}/children") as file:
                # The kernel writes 0 for one that dies just now; a signal to 0 is one to us all.
                found += [int(word) for word in file.read().split() if word != "0"]
    except OSError:
        if not os.path.exists(f"/proc/self/task/{os.getpid()}/children"):
            return [other for other in _pids() if _parent(other) == pid]
    return found


def kill_children() -> None:
    """Enough when one of them is the init of a process namespace."""
    for pid in children(os.getpid()):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def kill_user(uid: int, gid: int) -> None:
    """Every process of a user that only one run has, in one call of the kernel's."""
    if uid == 0:
        raise ValueError("the superuser's processes are not ours to kill")
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setresgid(gid, gid, gid)
            # Who may be killed is decided by the caller's ids; we ourselves are spared by -1.
            os.setresuid(uid, uid, uid)
            kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
            os.kill(-1, signal.SIGKILL)
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def kill_tree() -> None:
    """Everything below us: first stopped, so that none can have children, then killed."""
    for number in (signal.SIGSTOP, signal.SIGKILL):
        known = {os.getpid()}
        look = [os.getpid()]
        while look:
            for pid in children(look.pop()):
                if pid not in known and _signal_below(pid, known, number):
                    known.add(pid)
                    look.append(pid)


def _signal_below(pid: int, known: set[int], number: signal.Signals) -> bool:
    with contextlib.suppress(OSError):
        pidfd = os.pidfd_open(pid)
        try:
            if _parent(pid) in known:
                signal.pidfd_send_signal(pidfd, number)
                return True
        finally:
            os.close(pidfd)
    return False


def _pids() -> list[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def _parent(pid: int) -> int | None:
    with contextlib.suppress(OSError), open(f"/proc/{pid}/stat") as file:
        return int(file.read().rpartition(")")[2].split()[1])
    return None
