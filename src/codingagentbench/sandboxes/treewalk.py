"""Looking at a tree that an agent has made: by descriptors, following nothing, opening no device.

Paths are bytes here. Every process that could change the tree is dead by now; all the same no
path of more than one part is ever given to the kernel, so that a link planted on the way leads
nowhere and a tree deeper than PATH_MAX is seen to its end.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

from codingagentbench.errors import SandboxError

_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_HANDLE: Final = os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC
_KEPT_OPEN: Final = 64  # descriptors of folders above; those further up are reached again by ".."

_ESCAPED: Final = re.compile(rb"\\x([0-9a-f]{2})")

_KINDS: Final[tuple[tuple[Callable[[int], bool], str], ...]] = (
    (stat.S_ISREG, "file"),
    (stat.S_ISDIR, "dir"),
    (stat.S_ISLNK, "link"),
    (stat.S_ISFIFO, "fifo"),
    (stat.S_ISSOCK, "socket"),
    (stat.S_ISCHR, "device"),
    (stat.S_ISBLK, "device"),
)


def shown(path: bytes) -> str:
    r"""``path`` as text: bytes that are not UTF-8 become ``\xNN``; :func:`raw` is the way back."""
    # A name that has such an escape in it already gets its backslash escaped.
    text = _ESCAPED.sub(rb"\\x5cx\1", path).decode("utf-8", "surrogateescape")
    return re.sub("[\udc80-\udcff]", lambda m: f"\\x{ord(m.group()) - 0xDC00:02x}", text)


def raw(path: str) -> bytes:
    """The bytes that :func:`shown` wrote as ``path``."""
    return _ESCAPED.sub(lambda m: bytes((int(m.group(1), 16),)), path.encode())


def kind_of(mode: int) -> str:
    """ "file", "dir", "link", "fifo", "socket" or "device"."""
    return next((name for test, name in _KINDS if test(mode)), "unknown")


@dataclass(frozen=True, slots=True)
class Node:
    """Something at one place: name ``name`` in the open folder ``at`` (None: a trusted path).

    Valid as long as the descriptor ``at`` is.
    """

    at: int | None
    name: bytes
    stat: os.stat_result

    @property
    def kind(self) -> str:
        return kind_of(self.stat.st_mode)

    @property
    def mode(self) -> int | None:
        """Permission bits; links have none that mean anything, folders are not compared."""
        return None if self.kind in ("link", "dir") else stat.S_IMODE(self.stat.st_mode)

    def target(self) -> bytes:
        """Where a link points."""
        return os.readlink(self.name, dir_fd=self.at)

    def open(self) -> int:
        """A descriptor for reading a regular file; the caller closes it.

        A file that its owner may not read is made readable for the moment of opening it.
        """
        if self.kind != "file":
            raise SandboxError("only regular files are opened", where=shown(self.name))
        try:
            fd = os.open(self.name, _FILE, dir_fd=self.at)
        except PermissionError:
            fd = self._open_by_force()
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            os.close(fd)
            raise SandboxError("the tree changes while it is looked at", where=shown(self.name))
        return fd

    def _open_by_force(self) -> int:
        handle = os.open(self.name, _HANDLE, dir_fd=self.at)
        try:
            mode = os.fstat(handle).st_mode
            if not stat.S_ISREG(mode):
                raise SandboxError("the tree changes while it is looked at", where=shown(self.name))
            itself = f"/proc/self/fd/{handle}"
            os.chmod(itself, stat.S_IMODE(mode) | stat.S_IRUSR)
            try:
                return os.open(itself, _FILE & ~os.O_NOFOLLOW)
            finally:
                os.chmod(itself, stat.S_IMODE(mode))
        finally:
            os.close(handle)


def look(name: bytes, at: int | None = None) -> Node | None:
    """What is called ``name``, itself and not what it may point to; None when there is nothing."""
    try:
        return Node(at, name, os.stat(name, dir_fd=at, follow_symlinks=False))
    except (FileNotFoundError, NotADirectoryError):
        return None


def open_folder(name: bytes, at: int | None = None) -> int:
    """A descriptor of the folder ``name`` that can be listed and entered, whatever its mode."""
    fd = _opened(name, at)
    if os.geteuid() != 0 and stat.S_IMODE(os.fstat(fd).st_mode) & 0o700 != 0o700:
        os.fchmod(fd, 0o700)
    return fd


def _opened(name: bytes, at: int | None) -> int:
    try:
        return os.open(name, _FOLDER, dir_fd=at)
    except PermissionError:
        handle = os.open(name, _HANDLE | os.O_DIRECTORY, dir_fd=at)
        try:
            os.chmod(f"/proc/self/fd/{handle}", 0o700)
            return os.open(f"/proc/self/fd/{handle}", _FOLDER & ~os.O_NOFOLLOW)
        finally:
            os.close(handle)


@dataclass(slots=True)
class _Level:
    name: bytes
    fd: int  # -1: closed, to be reached again from below
    identity: tuple[int, int]
    length: int  # bytes of the path down to here, with its trailing "/"


class Descent:
    """One place in a tree, moved down and up one folder at a time, to any depth."""

    def __init__(self, top: bytes) -> None:
        fd = open_folder(top)
        self._levels = [_Level(b"", fd, _identity(fd), 0)]

    @property
    def fd(self) -> int:
        """The folder where we are."""
        return self._levels[-1].fd

    def down(self, name: bytes) -> None:
        """Go into the folder ``name``."""
        here = self._levels[-1]
        fd = open_folder(name, here.fd)
        self._levels.append(_Level(name, fd, _identity(fd), here.length + len(name) + 1))
        if len(self._levels) > _KEPT_OPEN + 1:
            far = self._levels[-_KEPT_OPEN - 1]
            if far.fd >= 0:
                os.close(far.fd)
                far.fd = -1

    def up(self) -> None:
        """Go back to the folder that we came from."""
        below, above = self._levels[-1], self._levels[-2]
        if above.fd < 0:
            above.fd = os.open(b"..", _FOLDER, dir_fd=below.fd)
            if _identity(above.fd) != above.identity:
                raise SandboxError("the tree changes while it is looked at")
        os.close(below.fd)
        self._levels.pop()

    def path(self, name: bytes) -> bytes:
        """The path of ``name`` in this folder, from the top."""
        return b"/".join([*(level.name for level in self._levels[1:]), name])

    def length(self, name: bytes) -> int:
        """``len(self.path(name))``, at no cost."""
        return self._levels[-1].length + len(name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for level in self._levels:
            if level.fd >= 0:
                os.close(level.fd)
        self._levels.clear()


def _identity(fd: int) -> tuple[int, int]:
    found = os.fstat(fd)
    return found.st_dev, found.st_ino
