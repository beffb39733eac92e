"""System calls that Python has no name for, each raising OSError with what was tried."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
from collections.abc import Iterator

CLONE_NEWNS = 0x0002_0000
CLONE_NEWUSER = 0x1000_0000
CLONE_NEWNET = 0x4000_0000

MS_RDONLY, MS_NOSUID, MS_NODEV = 1, 2, 4
MS_REC, MS_PRIVATE = 1 << 14, 1 << 18

PR_SET_PDEATHSIG = 1
_PR_GET_DUMPABLE = 3
PR_SET_DUMPABLE = 4
_PR_CAPBSET_DROP = 24
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 22, 2
_INSTRUCTION_BYTES = 8

_NR_OPEN_TREE, _NR_MOVE_MOUNT, _NR_MOUNT_SETATTR = 428, 429, 442  # the same everywhere
_AT_FDCWD, _AT_EMPTY_PATH, _AT_RECURSIVE = -100, 0x1000, 0x8000
_OPEN_TREE_CLONE = 1
_MOVE_MOUNT_F_EMPTY_PATH = 4
_MOUNT_ATTR_IDMAP = 0x0010_0000

_libc = ctypes.CDLL(None, use_errno=True)


class _MountAttr(ctypes.Structure):
    _fields_ = (
        ("attr_set", ctypes.c_uint64),
        ("attr_clr", ctypes.c_uint64),
        ("propagation", ctypes.c_uint64),
        ("userns_fd", ctypes.c_uint64),
    )


def _check(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def unshare(flags: int) -> None:
    """Leave the namespaces that ``flags`` name."""
    _check(_libc.unshare(ctypes.c_int(flags)), "unshare")


@contextlib.contextmanager
def dumpable() -> Iterator[None]:
    """This process's files in /proc are its user's for a while, and then as they were before."""
    before = _check(_libc.prctl(_PR_GET_DUMPABLE, *(ctypes.c_ulong(0),) * 4), "prctl")
    prctl(PR_SET_DUMPABLE, 1)
    try:
        yield
    finally:
        prctl(PR_SET_DUMPABLE, 1 if before == 1 else 0)


def drop_bounding_set() -> None:
    """No capability can be had any more by executing something."""
    for capability in range(64):
        try:
            prctl(_PR_CAPBSET_DROP, capability)
        except OSError as error:
            if error.errno == errno.EINVAL:  # one more than the kernel knows
                return
            raise


def prctl(option: int, value: int) -> None:
    """``prctl(option, value)``."""
    none = ctypes.c_ulong(0)
    _check(_libc.prctl(option, ctypes.c_ulong(value), none, none, none), f"prctl {option}")


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def set_filter(program: bytes) -> None:
    """Hold this thread and all that comes of it to a seccomp program (after no_new_privs)."""
    code = ctypes.create_string_buffer(program, len(program))
    told = _Program(len(program) // _INSTRUCTION_BYTES, ctypes.addressof(code))
    none = ctypes.c_ulong(0)
    mode = ctypes.c_ulong(_SECCOMP_MODE_FILTER)
    _check(_libc.prctl(_PR_SET_SECCOMP, mode, ctypes.byref(told), none, none), "seccomp")


def mount(source: str, target: str, kind: str | None, flags: int, options: str | None) -> None:
    """``mount(2)``; ``kind`` and ``options`` may be None."""
    encoded = [None if text is None else os.fsencode(text) for text in (kind, options)]
    result = _libc.mount(
        os.fsencode(source), os.fsencode(target), encoded[0], ctypes.c_ulong(flags), encoded[1]
    )
    _check(result, f"mount {kind or source} on {target}")


def clone_tree(path: str) -> int:
    """A detached copy of the mount tree at ``path``, as a descriptor."""
    flags = _OPEN_TREE_CLONE | os.O_CLOEXEC | _AT_RECURSIVE
    return _check(
        _libc.syscall(_NR_OPEN_TREE, _AT_FDCWD, os.fsencode(path), ctypes.c_uint(flags)),
        f"open_tree {path}",
    )


def attach_tree(fd: int, target: str) -> None:
    """Attach what :func:`clone_tree` gave at ``target``."""
    result = _libc.syscall(
        _NR_MOVE_MOUNT,
        fd,
        b"",
        _AT_FDCWD,
        os.fsencode(target),
        ctypes.c_uint(_MOVE_MOUNT_F_EMPTY_PATH),
    )
    _check(result, f"move_mount to {target}")


def map_owners(fd: int, userns: int) -> None:
    """Let a detached mount show owners as the user namespace ``userns`` maps them."""
    attr = _MountAttr(_MOUNT_ATTR_IDMAP, 0, 0, userns)
    result = _libc.syscall(
        _NR_MOUNT_SETATTR,
        fd,
        b"",
        ctypes.c_uint(_AT_EMPTY_PATH),
        ctypes.byref(attr),
        ctypes.c_size_t(ctypes.sizeof(attr)),
    )
    _check(result, "mount_setattr idmap")
