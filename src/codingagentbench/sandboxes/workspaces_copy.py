"""A copy of a pristine tree, and the table of what every file in it looked like at that moment."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import stat
import time
from pathlib import Path
from typing import Final

from codingagentbench.errors import SandboxError
from codingagentbench.sandboxes.values import Owner

#: Row of a baseline: mode, size, mtime_ns, ctime_ns, inode; folders have their mode alone.
Row = tuple[int, ...]
#: In place of a ctime that a later change could share: the file is looked into whatever it says.
UNCERTAIN: Final = -1

_FICLONE: Final = 0x4004_9409
_SMALL: Final = 128 * 1024  # bytes; below this one read and one write are the fastest copy
_SETTLE_S: Final = 0.05  # no clock of a local file system is coarser than a few milliseconds
_SECOND_NS: Final = 1_000_000_000


def copy_tree(source: Path, target: Path, *, owner: Owner) -> dict[bytes, Row]:
    """Copy ``source`` to the new folder ``target`` and return its baseline.

    Modes, times of modification, links and contents are kept; hard links become files of their
    own; extended attributes are not copied. All of it belongs to ``owner`` when the harness is
    root. Returns only when the file system's clock has moved on, so that every later change
    shows in a ctime. Raises ``OSError``, and ``SandboxError`` for a device, fifo or socket.
    """
    copy = _Copy(owner if os.geteuid() == 0 else None)
    root = os.fsencode(target)
    os.mkdir(root, 0o700)
    copy.folder(os.fsencode(source), root, b"")
    _finish(root, os.stat(source), copy.owner)
    return _settled(copy.baseline, root)


class _Copy:
    def __init__(self, owner: Owner | None) -> None:
        self.owner = owner
        self.baseline: dict[bytes, Row] = {}
        self._can_clone = True

    def folder(self, source: bytes, target: bytes, prefix: bytes) -> None:
        with os.scandir(source) as listing:
            entries = list(listing)
        for entry in entries:
            path, place = prefix + entry.name, target + b"/" + entry.name
            found = entry.stat(follow_symlinks=False)
            if stat.S_ISREG(found.st_mode):
                self.baseline[path] = self._file(entry.path, place, found)
            elif stat.S_ISDIR(found.st_mode):
                os.mkdir(place, 0o700)
                self.folder(entry.path, place, path + b"/")
                _finish(place, found, self.owner)
                self.baseline[path] = (found.st_mode,)
            elif stat.S_ISLNK(found.st_mode):
                self.baseline[path] = self._link(entry.path, place, found)
            else:
                raise SandboxError(
                    "a pristine tree has only files, folders and links", where=repr(entry.path)
                )

    def _file(self, source: bytes, target: bytes, found: os.stat_result) -> Row:
        reading = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
            writing = os.open(target, flags, 0o600)
            try:
                if found.st_size <= _SMALL:
                    _copy_small(reading, writing)
                else:
                    self._copy_large(reading, writing, found.st_size)
                if self.owner is not None:
                    os.fchown(writing, self.owner.uid, self.owner.gid)
                os.fchmod(writing, stat.S_IMODE(found.st_mode))
                os.utime(writing, ns=(found.st_atime_ns, found.st_mtime_ns))
                return row(os.fstat(writing))
            finally:
                os.close(writing)
        finally:
            os.close(reading)

    def _copy_large(self, reading: int, writing: int, size: int) -> None:
        if self._can_clone:
            try:
                fcntl.ioctl(writing, _FICLONE, reading)
            except OSError:
                self._can_clone = False
            else:
                return
        left = size
        while left > 0:
            try:
                done = os.copy_file_range(reading, writing, left)
            except OSError as error:
                if error.errno not in (errno.EXDEV, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL):
                    raise
                done = 0
            if done == 0:
                break
            left -= done
        _copy_small(reading, writing)

    def _link(self, source: bytes, target: bytes, found: os.stat_result) -> Row:
        os.symlink(os.readlink(source), target)
        if self.owner is not None:
            os.chown(target, self.owner.uid, self.owner.gid, follow_symlinks=False)
        times = (found.st_atime_ns, found.st_mtime_ns)
        os.utime(target, ns=times, follow_symlinks=False)
        return row(os.lstat(target))


def row(found: os.stat_result) -> Row:
    """A file's row in a baseline."""
    return (
        found.st_mode,
        found.st_size,
        found.st_mtime_ns,
        found.st_ctime_ns,
        found.st_ino,
    )


def _copy_small(reading: int, writing: int) -> None:
    """Whatever is left to read, by read and write."""
    while block := os.read(reading, _SMALL):
        rest = memoryview(block)
        while rest:
            rest = rest[os.write(writing, rest) :]


def _finish(folder: bytes, found: os.stat_result, owner: Owner | None) -> None:
    """Owner, mode and times of a folder, after everything in it is there."""
    if owner is not None:
        os.chown(folder, owner.uid, owner.gid)
    os.chmod(folder, stat.S_IMODE(found.st_mode))
    os.utime(folder, ns=(found.st_atime_ns, found.st_mtime_ns))


def _settled(baseline: dict[bytes, Row], root: bytes) -> dict[bytes, Row]:
    """Wait until a change made now gets a later ctime than any in ``baseline``.

    The kernel stamps with a clock that ticks every 1-10 ms. A probe on the same file system shows
    when it has ticked. Where it does not (a file system with whole seconds), the files that a
    change could hide in are marked: they will be looked into, whatever their ctime says.
    """
    newest = max((entry[3] for entry in baseline.values() if len(entry) > 1), default=0)
    now = 0
    deadline = time.monotonic() + _SETTLE_S
    probe = root + b".clock"
    fd = os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        while time.monotonic() < deadline:
            os.utime(fd)
            now = os.fstat(fd).st_ctime_ns
            if now > newest:
                return baseline
            time.sleep(0.0005)
    finally:
        os.close(fd)
        with contextlib.suppress(FileNotFoundError):
            os.unlink(probe)
    return {
        path: entry if len(entry) == 1 or entry[3] < now else (*entry[:3], UNCERTAIN, *entry[4:])
        for path, entry in baseline.items()
    }
