"""A Merkle tree over byte strings, as in RFC 6962, section 2.1: leaves and nodes are told apart by
a first byte, and a tree of any number of leaves has one shape."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def leaf(data: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


class Tree:
    """The tree over ``leaves``, which are hashes of leaves."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._levels: list[Sequence[bytes]] = [leaves]
        while len(self._levels[-1]) > 1:
            below = self._levels[-1]
            above = [_node(below[n], below[n + 1]) for n in range(0, len(below) - 1, 2)]
            # A node without a sibling goes up as it is.
            self._levels.append(above + list(below[len(below) - len(below) % 2 :]))

    @property
    def root(self) -> bytes:
        top = self._levels[-1]
        return top[0] if top else hashlib.sha256(b"").digest()

    def path(self, index: int) -> tuple[bytes, ...]:
        """What has to be known besides the leaf at ``index`` to compute the root, leaf's end first.

        Raises :class:`IndexError`.
        """
        if not 0 <= index < len(self._levels[0]):
            raise IndexError(index)
        found = []
        for level in self._levels[:-1]:
            beside = index ^ 1
            if beside < len(level):
                found.append(level[beside])
            index //= 2
        return tuple(found)


def root_by(leaf_hash: bytes, index: int, size: int, siblings: Sequence[bytes]) -> bytes | None:
    """The root that ``siblings`` lead to (RFC 6962, section 2.1.1); ``None`` where they do not fit
    a tree of ``size`` leaves."""
    if not 0 <= index < size:
        return None
    here, left = leaf_hash, list(siblings)
    while size > 1:
        if index ^ 1 < size:
            if not left:
                return None
            beside = left.pop(0)
            here = _node(beside, here) if index & 1 else _node(here, beside)
        index, size = index // 2, (size + 1) // 2
    return None if left else here


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
