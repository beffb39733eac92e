"""The differences of an overlay workspace, from its upper folder alone.

https://docs.kernel.org/filesystems/overlayfs.html. What is in the upper folder was written,
replaced or merely opened for writing; a whiteout hides what the lower has; an opaque folder hides
all below it; a redirect says that a folder shows another folder of the lower. Where a folder shows
anything but the lower folder of its own path, it is spelled out and compared file by file.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from codingagentbench.errors import SandboxError
from codingagentbench.sandboxes.changes_found import GIT, Allowance, Difference, Pristine
from codingagentbench.sandboxes.treewalk import Descent, Node, shown
from codingagentbench.sandboxes.values import Workspace

#: Where the kernel keeps its notes, by who mounted the overlay.
_BY_ROOT: Final = "trusted.overlay."
_BY_USER: Final = "user.overlay."


@dataclass(slots=True)
class _Level:
    path: bytes | None  # from the top; None: the pristine tree has no folder there
    base: bytes | None  # the lower folder that shows through; None: none does
    aligned: bool  # base is path, here and all the way up
    folders: list[bytes] = field(default_factory=list)  # still to be entered


class OverlayScan:
    """See :class:`codingagentbench.sandboxes.changes_found.Scan`."""

    method = "overlay"

    def __init__(self, workspace: Workspace) -> None:
        assert workspace.upper is not None
        self.extra_git_dir = False
        self._top = os.fsencode(workspace.upper)
        self._lower = Pristine(workspace.lower)
        # An agent can set user.* on its files: what they say counts only where the kernel
        # itself keeps its notes there, and then it lets no one else write them.
        self._space = _BY_USER if workspace.overlay == "user" else _BY_ROOT
        self._hidden: dict[bytes, Node] = {}  # of the pristine tree, not seen again so far
        self._allowance = Allowance()

    @property
    def unlisted(self) -> int:
        return self._allowance.refused

    def __iter__(self) -> Iterator[Difference]:
        with Descent(self._top) as here:
            levels = [_Level(b"", b"", aligned=True)]
            yield from self._folder(here, levels[-1])
            while levels:
                if levels[-1].folders:
                    name = levels[-1].folders.pop()
                    here.down(name)
                    levels.append(self._level(here, levels[-1], name))
                    yield from self._folder(here, levels[-1])
                else:
                    levels.pop()
                    if levels:
                        here.up()
        for path, node in self._hidden.items():
            yield Difference(path, node, None)

    def _level(self, here: Descent, above: _Level, name: bytes) -> _Level:
        """The folder that was just entered: what shows through, and what it hides."""
        path = None if above.path is None else _join(above.path, name)
        if path is not None and not self._lower.is_folder(path):
            path = None
        base = self._base(here.fd, above, name)
        aligned = above.aligned and path is not None and base == path
        if above.aligned and not aligned and path is not None:
            self._hide(path)
        return _Level(path, base, aligned)

    def _base(self, fd: int, above: _Level, name: bytes) -> bytes | None:
        if self._note(fd, "opaque") == b"y":
            return None
        redirect = self._note(fd, "redirect")
        if redirect is not None and redirect.startswith(b"/"):
            base = redirect.strip(b"/")
        elif above.base is None:
            return None
        else:
            base = _join(above.base, redirect or name)
        found = self._lower.at(base)
        return base if found is not None and found.kind == "dir" else None

    def _folder(self, here: Descent, level: _Level) -> Iterator[Difference]:
        with os.scandir(here.fd) as listing:
            entries = [(os.fsencode(e.name), e.stat(follow_symlinks=False)) for e in listing]
        marked = self._note(here.fd, "opaque") == b"x"  # may have whiteouts that are files
        covered = set()
        for name, found in sorted(entries):
            covered.add(name)
            node = Node(here.fd, name, found)
            if _is_whiteout(found) or (marked and self._is_file_whiteout(node)):
                if level.aligned:
                    self._hide(_join(level.path or b"", name))
            else:
                yield from self._entry(here, level, node)
        if not level.aligned and level.base is not None:
            yield from self._shining_through(here, level, level.base, covered)
        level.folders.reverse()  # the last one is entered first

    def _entry(self, here: Descent, level: _Level, node: Node) -> Iterator[Difference]:
        """One thing that the upper folder itself has."""
        before = self._before(level, node.name)
        is_folder = stat.S_ISDIR(node.stat.st_mode)
        if is_folder:
            if node.name == GIT and (before is None or before.kind != "dir"):
                self.extra_git_dir = True
            else:
                level.folders.append(node.name)
            if before is not None and before.kind != "dir":
                path = here.path(node.name)
                self._hidden.pop(path, None)
                yield Difference(path, before, node)
            return
        if before is None and not self._allowance.take(here.length(node.name)):
            return
        path = here.path(node.name)
        if before is not None and before.kind == "dir" and level.aligned:
            self._hide(path)
        self._hidden.pop(path, None)
        yield Difference(path, before, self._with_data(level, node))

    def _shining_through(
        self, here: Descent, level: _Level, base: bytes, covered: set[bytes]
    ) -> Iterator[Difference]:
        """Of a folder that shows a lower folder of another path: what comes from there."""
        for name in self._lower.list(base):
            if name in covered:
                continue
            source = _join(base, name)
            node = self._lower.look(source)
            assert node is not None
            if node.kind != "dir":
                yield from self._moved(here.path(name), node)
            else:
                yield from self._moved_folder(here.path(name), source)

    def _moved_folder(self, path: bytes, source: bytes) -> Iterator[Difference]:
        for below, node in self._lower.below(source):
            yield from self._moved(_join(path, below), node)
        if (before := self._lower.at(path)) is not None and before.kind != "dir":
            self._hidden.pop(path, None)
            yield Difference(path, before, self._lower.look(source))

    def _moved(self, path: bytes, node: Node) -> Iterator[Difference]:
        before = self._lower.at(path)
        self._hidden.pop(path, None)
        if before is not None or self._allowance.take(len(path)):
            yield Difference(path, before, node)

    def _before(self, level: _Level, name: bytes) -> Node | None:
        return None if level.path is None else self._lower.look(_join(level.path, name))

    def _hide(self, path: bytes) -> None:
        """All that the pristine tree has at and below ``path`` is gone unless it is seen again."""
        node = self._lower.look(path)
        if node is None:
            return
        if node.kind != "dir":
            self._hidden[path] = node
            return
        for below, found in self._lower.below(path):
            self._hidden[_join(path, below)] = found

    def _with_data(self, level: _Level, node: Node) -> Node:
        """``node``, or for a file of which only the metadata was copied up, where its data is."""
        if node.kind != "file" or self._space == _BY_USER:
            return node  # an ordinary user's overlay copies a file up as a whole
        fd = node.open()
        try:
            if self._note(fd, "metacopy") is None:
                return node
            redirect = self._note(fd, "redirect")
        finally:
            os.close(fd)
        if redirect is not None and redirect.startswith(b"/"):
            source = redirect.strip(b"/")
        elif level.base is not None:
            source = _join(level.base, redirect or node.name)
        else:
            raise SandboxError("an overlay lost a file's content", where=shown(node.name))
        data = self._lower.look(source)
        if data is None or data.kind != "file":
            raise SandboxError("an overlay lost a file's content", where=shown(source))
        return Node(None, data.name, node.stat)

    def _is_file_whiteout(self, node: Node) -> bool:
        if node.kind != "file" or node.stat.st_size:
            return False
        fd = node.open()
        try:
            return self._note(fd, "whiteout") is not None
        finally:
            os.close(fd)

    def _note(self, fd: int, name: str) -> bytes | None:
        try:
            return os.getxattr(fd, self._space + name)
        except OSError as error:
            if error.errno in (errno.ENODATA, errno.EOPNOTSUPP):
                return None
            raise


def _is_whiteout(found: os.stat_result) -> bool:
    return stat.S_ISCHR(found.st_mode) and found.st_rdev == 0


def _join(folder: bytes, name: bytes) -> bytes:
    return folder + b"/" + name if folder else name
