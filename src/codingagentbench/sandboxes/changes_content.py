"""Contents as labels that can be compared, with bounds on what one tree may cost to read."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import Final

from codingagentbench.sandboxes.treewalk import Node, shown

#: Bytes. A file up to TEXT is kept for the patch; up to HASHED it is hashed whole, as long as
#: no more than HASHED_IN_ALL was hashed before; what is beyond is told by size and head.
TEXT: Final = 1 << 20
HASHED: Final = 64 << 20
HASHED_IN_ALL: Final = 1 << 30
_HEAD: Final = 1 << 20
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Content:
    """``label``: as in ``FileChange.before``; ``data``: a file's content when it is small.

    ``large:SIZE:SHA256`` labels a file by its size and the hash of its first MiB.
    """

    label: str
    data: bytes | None = None


class Reader:
    """Reads the contents of one scan and keeps count of what that costs."""

    def __init__(self) -> None:
        self._left = HASHED_IN_ALL

    def read(self, node: Node, *, at_least: int = 0) -> Content:
        """What ``node`` is. A file of up to ``at_least`` bytes is hashed whole in any case.

        Nothing but regular files is opened. Sparse files cost what their size says, up to the
        bounds.
        """
        if node.kind == "link":
            target = node.target()
            return Content(f"link:{shown(target)}", target)
        if node.kind != "file":
            return Content(node.kind)
        size = node.stat.st_size
        if size > at_least:
            self._left -= size
            if size > HASHED or self._left < 0:
                self._left += size
                return Content(f"large:{size}:{_hash(node, _HEAD)}")
        if size > TEXT:
            return Content(f"file:{_hash(node, size)}")
        data = _bytes(node, size)
        return Content(f"file:{hashlib.sha256(data).hexdigest()}", data)


def head(node: Node, limit: int) -> bytes | None:
    """The first ``limit`` bytes of a regular file; None for anything else."""
    return _bytes(node, limit) if node.kind == "file" else None


def _hash(node: Node, limit: int) -> str:
    """SHA-256 of the first ``limit`` bytes."""
    total = hashlib.sha256()
    fd = node.open()
    try:
        while limit > 0 and (block := os.read(fd, min(_BLOCK, limit))):
            total.update(block)
            limit -= len(block)
    finally:
        os.close(fd)
    return total.hexdigest()


def _bytes(node: Node, size: int) -> bytes:
    fd = node.open()
    try:
        pieces = []
        while size > 0 and (block := os.read(fd, size)):
            pieces.append(block)
            size -= len(block)
        return b"".join(pieces)
    finally:
        os.close(fd)
