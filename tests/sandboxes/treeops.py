"""What an agent may do to a tree, as a script that runs inside; then what it looks like there.

Standard library only, any Python 3.9. Paths are hexadecimal. What the kernel refuses is passed
over: the tree is dumped as it is at the end, and that is what a scan from outside must find.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import mmap
import os
import shutil
import socket
import stat
import sys

RENAME_EXCHANGE = 2


def write(path: bytes, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_NONBLOCK
    fd = os.open(path, flags, 0o644)
    os.write(fd, content)
    os.close(fd)


def append(path: bytes, content: bytes) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK)
    os.write(fd, content)
    os.close(fd)


def same(path: bytes) -> None:
    """Write what is there already."""
    content = _read(path)
    write(path, content)


def sneak(path: bytes) -> None:
    """Another byte, the same size, and the times put back."""
    before = os.lstat(path)
    fd = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
    first = os.pread(fd, 1, 0)
    os.pwrite(fd, bytes([first[0] ^ 1]) if first else b"", 0)
    os.close(fd)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def mapped(path: bytes) -> None:
    """Another byte, through a mapping, and the times put back."""
    before = os.lstat(path)
    fd = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
    with contextlib.suppress(ValueError), mmap.mmap(fd, 0) as view:  # an empty file has none
        view[0] ^= 1
    os.close(fd)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def over(path: bytes) -> None:
    """A new file with the same content and times, renamed over the old one."""
    before = os.lstat(path)
    content = _read(path)
    write(path + b".new", content)
    os.chmod(path + b".new", stat.S_IMODE(before.st_mode))
    os.utime(path + b".new", ns=(before.st_atime_ns, before.st_mtime_ns))
    os.rename(path + b".new", path)


def remove(path: bytes) -> None:
    if stat.S_ISDIR(os.lstat(path).st_mode):
        shutil.rmtree(path)
    else:
        os.unlink(path)


def renew(path: bytes) -> None:
    """Another folder in the place of a folder: it hides what the lower has."""
    if not stat.S_ISDIR(os.lstat(path).st_mode):
        raise OSError("rmtree would wait for a writer of a fifo")
    shutil.rmtree(path)
    os.mkdir(path)
    write(path + b"/x", b"renewed\n")


def round(path: bytes) -> None:
    """A folder away, a new one in its place, and what was in it back where it was."""
    os.rename(path, path + b".away")
    os.mkdir(path)
    for name in os.listdir(path + b".away"):
        os.rename(path + b".away/" + name, path + b"/" + name)
    os.rmdir(path + b".away")


def hard(source: bytes, path: bytes) -> None:
    os.link(source, path, follow_symlinks=False)


def swap(one: bytes, other: bytes) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.renameat2(-100, one, -100, other, RENAME_EXCHANGE):
        raise OSError(ctypes.get_errno(), "renameat2")


def sock(path: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)


def mode(path: bytes, bits: bytes) -> None:
    os.chmod(path, int(bits, 8), follow_symlinks=True)


def deep(path: bytes, levels: bytes) -> None:
    """Folder in folder, far beyond what a path can say, and a file at the bottom."""
    here = os.getcwd()
    os.mkdir(path)
    os.chdir(path)
    for _ in range(int(levels)):
        os.mkdir(b"d" * 200)
        os.chdir(b"d" * 200)
    write(b"bottom", b"here\n")
    os.chdir(here)


def sparse(path: bytes, size: bytes) -> None:
    write(path, b"")
    os.truncate(path, int(size))


OPERATIONS = {
    "write": write, "append": append, "same": same, "sneak": sneak, "mapped": mapped,
    "over": over, "remove": remove, "hard": hard, "swap": swap, "sock": sock, "mode": mode,
    "mkdir": os.mkdir, "rename": os.rename, "symlink": os.symlink, "fifo": os.mkfifo,
    "renew": renew, "round": round, "touch": os.utime, "deep": deep, "sparse": sparse,
    "whiteout": lambda path: os.mknod(path, stat.S_IFCHR, os.makedev(0, 0)),
    "forge": lambda path: os.setxattr(path, "user.overlay.opaque", b"y"),
}  # fmt: skip


def play(operations: list[list[str]]) -> None:
    for name, *arguments in operations:
        with contextlib.suppress(OSError):
            OPERATIONS[name](*map(bytes.fromhex, arguments))


def dump(top: bytes = b".") -> dict[str, list[object]]:
    """Everything but folders: path -> label as in FileChange, and mode."""
    found: dict[str, list[object]] = {}
    waiting = [b""]
    while waiting:
        prefix = waiting.pop()
        folder = os.path.join(top, prefix) if prefix else top
        if stat.S_IMODE(os.lstat(folder).st_mode) & 0o700 != 0o700:
            os.chmod(folder, 0o700)
        for name in os.listdir(folder):
            path = os.path.join(top, prefix, name)
            status = os.lstat(path)
            if stat.S_ISDIR(status.st_mode):
                waiting.append(prefix + name + b"/")
            else:
                bits = None if stat.S_ISLNK(status.st_mode) else stat.S_IMODE(status.st_mode)
                found[(prefix + name).hex()] = [_label(path, status), bits]
    return found


def _label(path: bytes, status: os.stat_result) -> str:
    if stat.S_ISLNK(status.st_mode):
        return "link:" + os.readlink(path).hex()
    if stat.S_ISREG(status.st_mode):
        return "file:" + hashlib.sha256(_read(path)).hexdigest()
    kinds = {stat.S_IFIFO: "fifo", stat.S_IFSOCK: "socket", stat.S_IFCHR: "device"}
    return kinds[stat.S_IFMT(status.st_mode)]


def _read(path: bytes) -> bytes:
    status = os.lstat(path)
    if not stat.S_ISREG(status.st_mode):
        raise OSError("not a file")
    if os.access(path, os.R_OK):
        with open(path, "rb") as file:
            return file.read()
    os.chmod(path, 0o600)
    try:
        with open(path, "rb") as file:
            return file.read()
    finally:
        os.chmod(path, stat.S_IMODE(status.st_mode))


if __name__ == "__main__":
    # argv: where the answer goes (a descriptor), the operations, whether to dump.
    play(json.loads(sys.argv[2]))
    answer = dump() if sys.argv[3] == "dump" else {}
    with os.fdopen(int(sys.argv[1]), "w") as out:
        json.dump(answer, out)
