"""One sha256 over every file of an installed tree: the same files, the same digest."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

_BYTECODE = "__pycache__"


@dataclass(frozen=True, kw_only=True)
class TreeDigest:
    """What a tree holds.

    ``files`` leaves out Python's bytecode caches, which differ between two builds of the same
    sources, and so is equal for two installs of the same packages; ``bytecode`` covers just those.
    """

    files: str  # "sha256:..."
    bytecode: str  # "sha256:..."; of nothing when there is none
    count: int
    size_bytes: int  # hard links counted once


def digest_tree(root: Path) -> TreeDigest:
    """Hash ``root``: sorted relative path, mode (only whether it is executable), content or target.

    Times, owners and empty folders do not count. Hashes on all cores; a gigabyte takes seconds.
    """
    entries = sorted(_walk(os.fsencode(root), b""))
    with ThreadPoolExecutor(max_workers=min(os.cpu_count() or 1, 8)) as pool:
        lines = list(pool.map(lambda path: _line(os.fsencode(root), path), entries))
    whole, bytecode = hashlib.sha256(), hashlib.sha256()
    for path, line in zip(entries, lines, strict=True):
        (bytecode if _BYTECODE.encode() in path.split(b"/") else whole).update(line)
    sizes = {(s.st_dev, s.st_ino): s.st_size for s in _stats(root, entries)}
    return TreeDigest(
        files=f"sha256:{whole.hexdigest()}",
        bytecode=f"sha256:{bytecode.hexdigest()}",
        count=len(entries),
        size_bytes=sum(sizes.values()),
    )


def _walk(root: bytes, below: bytes) -> Iterator[bytes]:
    with os.scandir(os.path.join(root, below)) as found:
        for entry in found:
            path = os.path.join(below, entry.name)
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(root, path)
            else:
                yield path


def _line(root: bytes, path: bytes) -> bytes:
    full = os.path.join(root, path)
    mode = os.lstat(full).st_mode
    if stat.S_ISLNK(mode):
        kind, what = b"link", os.readlink(full)
    elif stat.S_ISREG(mode):
        kind = b"exec" if mode & 0o111 else b"file"
        with open(full, "rb") as file:
            what = hashlib.file_digest(file, "sha256").hexdigest().encode()
    else:
        kind, what = b"other", b""
    return b"\0".join((path, kind, what)) + b"\n"


def _stats(root: Path, entries: list[bytes]) -> Iterator[os.stat_result]:
    base = os.fsencode(root)
    return (os.lstat(os.path.join(base, path)) for path in entries)
