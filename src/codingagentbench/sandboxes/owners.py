"""Whom a run belongs to: an unprivileged user that no other open attempt has.

As root a user id out of a range that belongs to nobody, held by a lock on one byte of one file:
the lock ends with its holders, so a killed harness leaves nothing to clean up. As an ordinary
user, that user.
"""

from __future__ import annotations

import errno
import fcntl
import os
import random
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from codingagentbench.errors import SandboxError
from codingagentbench.sandboxes.values import Owner

_FIRST: Final = 64_000_000  # far above people, services and the usual ranges of containers
_COUNT: Final = 65_536
_SMALL: Final = 1_000  # of the last ids, where a container gives us only a few
_FOLDERS: Final = ("/run", "/var/lock", "/tmp")  # noqa: S108


@dataclass(frozen=True, kw_only=True)
class Lease:
    """An owner and the descriptor that holds it; ``close`` gives it back."""

    owner: Owner
    fd: int | None

    def close(self) -> None:
        if self.fd is not None:
            os.close(self.fd)


def lease() -> Lease:
    """An owner for one attempt; raises ``SandboxError`` when none is free."""
    if os.geteuid() != 0:
        return Lease(owner=Owner(uid=os.geteuid(), gid=os.getegid()), fd=None)
    first, count = _range()
    fd = _open_lock_file()
    start = random.randrange(count)  # noqa: S311  (spread, not secret)
    for step in range(count):
        index = (start + step) % count
        if _lock_byte(fd, index):
            return Lease(owner=Owner(uid=first + index, gid=first + index), fd=fd)
    os.close(fd)
    raise SandboxError("every user id for attempts is in use", do="run fewer attempts at once")


def _range() -> tuple[int, int]:
    """First id and number of ids that this (perhaps mapped) user namespace has for us."""
    last = 0
    for line in Path("/proc/self/uid_map").read_text().splitlines():
        inside, _outside, length = map(int, line.split())
        if inside <= _FIRST and inside + length >= _FIRST + _COUNT:
            return _FIRST, _COUNT
        last = max(last, inside + length)
    if last <= _SMALL + 1:
        raise SandboxError(
            "this root has no further user ids to run attempts as",
            where="/proc/self/uid_map",
            do="run as an ordinary user, or give the container a range of ids",
        )
    return last - _SMALL, _SMALL - 536  # 65534 is nobody, whom others use too


def _open_lock_file() -> int:
    for folder in _FOLDERS:
        path = f"{folder}/codingagentbench.owners"
        try:
            fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        except OSError:
            continue
        if os.fstat(fd).st_uid == 0:
            return fd
        os.close(fd)
    raise SandboxError(
        "no folder for the lock file of user ids",
        where=", ".join(_FOLDERS),
        do="make one of them writable",
    )


def _lock_byte(fd: int, index: int) -> bool:
    lock = struct.pack("hhqqi", fcntl.F_WRLCK, os.SEEK_SET, index, 1, 0)
    try:
        fcntl.fcntl(fd, fcntl.F_OFD_SETLK, lock)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EACCES):
            return False
        raise
    return True
