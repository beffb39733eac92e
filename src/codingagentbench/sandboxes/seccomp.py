"""A system call filter as classic BPF, made from tables; no library is needed for it.

It takes away what widens a sandbox (namespaces, mounts), reaches other processes or the kernel's
less trodden paths, or types into a terminal. Everything else is allowed: agents run compilers,
browsers and virtual machines of languages, and a list of what is allowed would break them.
"""

from __future__ import annotations

import errno
import platform
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_NAMESPACES: Final = 0x7E02_0000 | 0x80  # CLONE_NEW{NS,CGROUP,UTS,IPC,USER,PID,NET}, NEWTIME
_FAMILIES: Final = (1, 2, 10)  # AF_UNIX, AF_INET, AF_INET6
_NETLINK: Final = 16
_IOCTLS: Final = (0x5412, 0x541C, 0x5423, 0x541D)  # TIOCSTI, TIOCLINUX, TIOCSETD, TIOCCONS

#: architecture -> AUDIT_ARCH value, column of the table below
_ARCHITECTURES: Final = {"x86_64": (0xC000_003E, 0), "aarch64": (0xC000_00B7, 1)}

#: System calls denied outright: name -> (x86_64, aarch64, errno); None where there is none.
DENIED: Final[dict[str, tuple[int | None, int, int]]] = {
    # clone3 hides its flags behind a pointer; "no such call" makes every libc use clone
    "clone3": (435, 435, errno.ENOSYS),
    "setns": (308, 268, errno.EPERM),
    "mount": (165, 40, errno.EPERM),
    "umount2": (166, 39, errno.EPERM),
    "pivot_root": (155, 41, errno.EPERM),
    "chroot": (161, 51, errno.EPERM),
    "open_tree": (428, 428, errno.EPERM),
    "move_mount": (429, 429, errno.EPERM),
    "fsopen": (430, 430, errno.EPERM),
    "fsconfig": (431, 431, errno.EPERM),
    "fsmount": (432, 432, errno.EPERM),
    "fspick": (433, 433, errno.EPERM),
    "mount_setattr": (442, 442, errno.EPERM),
    "ptrace": (101, 117, errno.EPERM),
    "process_vm_readv": (310, 270, errno.EPERM),
    "process_vm_writev": (311, 271, errno.EPERM),
    "process_madvise": (440, 440, errno.EPERM),
    "pidfd_getfd": (438, 438, errno.EPERM),
    "kcmp": (312, 272, errno.EPERM),
    "io_uring_setup": (425, 425, errno.ENOSYS),
    "io_uring_enter": (426, 426, errno.ENOSYS),
    "io_uring_register": (427, 427, errno.ENOSYS),
    "add_key": (248, 217, errno.EPERM),
    "request_key": (249, 218, errno.EPERM),
    "keyctl": (250, 219, errno.EPERM),
    "bpf": (321, 280, errno.EPERM),
    "perf_event_open": (298, 241, errno.EPERM),
    "userfaultfd": (323, 282, errno.EPERM),
    "open_by_handle_at": (304, 265, errno.EPERM),
    "name_to_handle_at": (303, 264, errno.EPERM),
    "fanotify_init": (300, 262, errno.EPERM),
    "quotactl": (179, 60, errno.EPERM),
    "quotactl_fd": (443, 443, errno.EPERM),
    "acct": (163, 89, errno.EPERM),
    "swapon": (167, 224, errno.EPERM),
    "swapoff": (168, 225, errno.EPERM),
    "reboot": (169, 142, errno.EPERM),
    "kexec_load": (246, 104, errno.EPERM),
    "kexec_file_load": (320, 294, errno.EPERM),
    "init_module": (175, 105, errno.EPERM),
    "finit_module": (313, 273, errno.EPERM),
    "delete_module": (176, 106, errno.EPERM),
    "syslog": (103, 116, errno.EPERM),
    "settimeofday": (164, 170, errno.EPERM),
    "clock_settime": (227, 112, errno.EPERM),
    "sethostname": (170, 161, errno.EPERM),
    "setdomainname": (171, 162, errno.EPERM),
    "migrate_pages": (256, 238, errno.EPERM),
    "move_pages": (279, 239, errno.EPERM),
    "lookup_dcookie": (212, 18, errno.EPERM),
    "vhangup": (153, 58, errno.EPERM),
}
_NUMBERS: Final = {
    "clone": (56, 220),
    "unshare": (272, 97),
    "ioctl": (16, 29),
    "socket": (41, 198),
    "socketpair": (53, 199),
    "personality": (135, 92),
}

_LD, _JEQ, _JGE, _JSET, _RET = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _ERRNO = 0x7FFF_0000, 0x0005_0000
_AT_NUMBER, _AT_ARCH, _AT_ARGS = 0, 4, 16
_X32: Final = 0x4000_0000


@dataclass(frozen=True)
class _Op:
    code: int
    value: int
    yes: int = 0  # instructions to skip when a comparison holds
    no: int = 0


@lru_cache
def program(machine: str | None = None) -> bytes:
    """The filter for ``machine`` (default: this one), as an array of ``sock_filter``.

    Raises ``KeyError`` for an architecture that has no table.
    """
    arch, column = _ARCHITECTURES[machine or platform.machine()]
    ops = [
        _Op(_LD, _AT_ARCH),
        _Op(_JEQ, arch, yes=1),
        _deny(errno.ENOSYS),
        _Op(_LD, _AT_NUMBER),
    ]
    if column == 0:
        ops += [_Op(_JGE, _X32, no=1), _deny(errno.ENOSYS)]
    for row in DENIED.values():
        if row[column] is not None:
            ops += [_Op(_JEQ, row[column] or 0, no=1), _deny(row[2])]
    for name, checks in _BY_ARGUMENT:
        ops += [_Op(_JEQ, _NUMBERS[name][column], no=len(checks) + 1), *checks, _Op(_RET, _ALLOW)]
    ops.append(_Op(_RET, _ALLOW))
    return b"".join(struct.pack("=HBBI", op.code, op.yes, op.no, op.value) for op in ops)


def supported() -> bool:
    """Whether there is a table for this machine."""
    return platform.machine() in _ARCHITECTURES


def _deny(number: int) -> _Op:
    return _Op(_RET, _ERRNO | number)


def _argument(index: int) -> _Op:
    """Load the low 32 bits: all that the kernel looks at in what is checked here."""
    return _Op(_LD, _AT_ARGS + 8 * index)


def _none_of_bits(index: int, mask: int, number: int) -> list[_Op]:
    return [_argument(index), _Op(_JSET, mask, no=1), _deny(number)]


def _none_of(index: int, values: Iterable[int], number: int) -> list[_Op]:
    tests = [op for value in values for op in (_Op(_JEQ, value, no=1), _deny(number))]
    return [_argument(index), *tests]


def _one_of(index: int, values: Iterable[int], number: int) -> list[_Op]:
    tests = [op for value in values for op in (_Op(_JEQ, value, no=1), _Op(_RET, _ALLOW))]
    return [_argument(index), *tests, _deny(number)]


def _families() -> list[_Op]:
    """The plain families, and of netlink only the routing one that lists interfaces."""
    route = [_argument(2), _Op(_JEQ, 0, yes=1), _deny(errno.EAFNOSUPPORT)]
    rest = _one_of(0, _FAMILIES, errno.EAFNOSUPPORT)
    return [_argument(0), _Op(_JEQ, _NETLINK, no=len(route) + 1), *route, _Op(_RET, _ALLOW), *rest]


#: Calls allowed or not by an argument. Every list ends in a decision or falls to "allow".
_BY_ARGUMENT: Final = (
    ("clone", _none_of_bits(0, _NAMESPACES & ~0x80, errno.EPERM)),  # low bits: the exit signal
    ("unshare", _none_of_bits(0, _NAMESPACES, errno.EPERM)),
    ("ioctl", _none_of(1, _IOCTLS, errno.EPERM)),
    ("socket", _families()),
    ("socketpair", _one_of(0, (1,), errno.EAFNOSUPPORT)),
    ("personality", _one_of(0, (0, 0xFFFF_FFFF), errno.EPERM)),
)
