"""Removing a tree that an agent has written: any depth, any mode, any name, no link followed."""

from __future__ import annotations

import fcntl
import os
import stat
import struct
from pathlib import Path
from typing import Final

from codingagentbench.sandboxes.treewalk import Descent

_FS_IOC_SETFLAGS: Final = 0x4008_6602
_HANDLE: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def remove_tree(top: Path | str) -> None:
    """Remove the folder ``top`` and all in it; raises ``OSError`` for what will not go."""
    place = os.fsencode(top)
    try:
        here = Descent(place)
    except FileNotFoundError:
        return
    with here:
        folders = [_clear(here.fd)]
        while folders:
            if folders[-1]:
                here.down(folders[-1][-1])
                folders.append(_clear(here.fd))
            else:
                folders.pop()
                if folders:
                    here.up()
                    _remove(folders[-1].pop(), here.fd, folder=True)
    os.rmdir(place)


def _clear(fd: int) -> list[bytes]:
    """Unlink all but the folders in ``fd``; returns the names of those."""
    folders = []
    with os.scandir(fd) as listing:
        entries = [(os.fsencode(e.name), e.is_dir(follow_symlinks=False)) for e in listing]
    for name, is_folder in entries:
        if is_folder:
            folders.append(name)
        else:
            _remove(name, fd, folder=False)
    return folders


def _remove(name: bytes, at: int, *, folder: bool) -> None:
    remove = os.rmdir if folder else os.unlink
    try:
        remove(name, dir_fd=at)
    except PermissionError:
        if os.geteuid() != 0:
            raise
        _make_mutable(name, at)
        remove(name, dir_fd=at)


def _make_mutable(name: bytes, at: int) -> None:
    """Clear "immutable" and "append only" of an entry and of the folder it is in."""
    none = struct.pack("l", 0)
    fcntl.ioctl(at, _FS_IOC_SETFLAGS, none)
    mode = os.stat(name, dir_fd=at, follow_symlinks=False).st_mode
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        fd = os.open(name, _HANDLE, dir_fd=at)
        try:
            fcntl.ioctl(fd, _FS_IOC_SETFLAGS, none)
        finally:
            os.close(fd)
