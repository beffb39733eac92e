"""What a scan of a working tree hands over: places that may differ, before and after."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from codingagentbench.sandboxes.treewalk import Node, look

#: At most so many added paths are listed, of so many bytes together: an agent can make millions.
LISTED_PATHS: Final = 100_000
LISTED_BYTES: Final = 16 << 20

GIT: Final = b".git"


@dataclass(frozen=True, slots=True)
class Difference:
    """A path that may have changed. At least one side is no folder; ``None``: nothing there.

    The nodes are valid until the scan goes on to the next difference.
    """

    path: bytes
    before: Node | None
    after: Node | None


class Scan(Protocol):
    """Goes once through a workspace; the fields are final when the iteration is over.

    Every path whose content or mode differs is yielded exactly once, and some that do not.
    """

    @property
    def method(self) -> str:
        """As in ``Changes.method``."""

    @property
    def extra_git_dir(self) -> bool:
        """As in ``Changes``; what is inside of such a folder is passed over."""

    @property
    def unlisted(self) -> int:
        """As in ``Changes``."""

    def __iter__(self) -> Iterator[Difference]: ...


class Allowance:
    """How many more added paths may be listed."""

    def __init__(self) -> None:
        self._paths, self._bytes = LISTED_PATHS, LISTED_BYTES
        self.refused = 0

    def take(self, length: int) -> bool:
        """Whether a path of ``length`` bytes may still be listed."""
        self._paths -= 1
        self._bytes -= length
        if self._paths < 0 or self._bytes < 0:
            self.refused += 1
            return False
        return True


class Pristine:
    """The tree that nobody wrote to. Paths in it are trusted, and short."""

    def __init__(self, root: Path) -> None:
        self._root = os.fsencode(root)

    def look(self, path: bytes) -> Node | None:
        """What is at ``path``; the caller knows that all parts but the last are real folders."""
        return look(self._root + b"/" + path)

    def at(self, path: bytes) -> Node | None:
        """As :meth:`look`, for any path: what is behind a link or below a file is not there."""
        parts = path.split(b"/")
        for depth in range(1, len(parts)):
            if not self.is_folder(b"/".join(parts[:depth])):
                return None
        return self.look(path)

    def is_folder(self, path: bytes) -> bool:
        """Whether :meth:`look` finds a folder."""
        found = self.look(path)
        return found is not None and found.kind == "dir"

    def list(self, path: bytes) -> list[bytes]:
        """Names in the folder ``path`` (b"": the top)."""
        return sorted(os.listdir(self._root + b"/" + path))

    def below(self, path: bytes) -> Iterator[tuple[bytes, Node]]:
        """Everything but folders below the folder ``path``, with its path from there."""
        waiting = [b""]
        while waiting:
            prefix = waiting.pop()
            for name in self.list(path + b"/" + prefix):
                node = self.look(path + b"/" + prefix + name)
                assert node is not None
                if node.kind == "dir":
                    waiting.append(prefix + name + b"/")
                else:
                    yield prefix + name, node
