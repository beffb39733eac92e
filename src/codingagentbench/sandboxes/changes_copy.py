"""The differences of a copied workspace, by lstat: what kept its ctime was not written to."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field

from codingagentbench.sandboxes.changes_found import GIT, Allowance, Difference, Pristine
from codingagentbench.sandboxes.treewalk import Descent, Node
from codingagentbench.sandboxes.values import Workspace


@dataclass(slots=True)
class _Level:
    prefix: bytes | None  # path with a trailing "/"; None where the pristine tree has no folder
    folders: list[bytes] = field(default_factory=list)  # still to be entered


class CopyScan:
    """See :class:`codingagentbench.sandboxes.changes_found.Scan`.

    ``mode, size, mtime, ctime, inode`` of every file are held against the baseline. An ordinary
    user cannot set a ctime, so a file whose row is the same was neither written nor replaced.
    """

    method = "ctime"

    def __init__(self, workspace: Workspace) -> None:
        assert workspace.tree is not None
        self.extra_git_dir = False
        self._top = os.fsencode(workspace.tree)
        self._pristine = Pristine(workspace.lower)
        self._baseline = workspace.baseline
        self._missing = {
            path: None for path, row in workspace.baseline.items() if len(row) > 1
        }  # in order; what is still in it at the end is gone
        self._allowance = Allowance()

    @property
    def unlisted(self) -> int:
        return self._allowance.refused

    def __iter__(self) -> Iterator[Difference]:
        with Descent(self._top) as here:
            levels = [_Level(b"")]
            yield from self._folder(here, levels[-1])
            while levels:
                if levels[-1].folders:
                    name = levels[-1].folders.pop()
                    level = _Level(self._prefix(levels[-1], name))
                    here.down(name)
                    levels.append(level)
                    yield from self._folder(here, level)
                else:
                    levels.pop()
                    if levels:
                        here.up()
        for path in list(self._missing):
            yield Difference(path, self._pristine.look(path), None)

    def _prefix(self, level: _Level, name: bytes) -> bytes | None:
        if level.prefix is None:
            return None
        path = level.prefix + name
        return path + b"/" if len(self._baseline.get(path, ())) == 1 else None

    def _folder(self, here: Descent, level: _Level) -> Iterator[Difference]:
        prefix, baseline, missing = level.prefix, self._baseline, self._missing
        candidates = []
        with os.scandir(here.fd) as listing:
            for entry in listing:
                found = entry.stat(follow_symlinks=False)
                name = os.fsencode(entry.name)
                if stat.S_ISDIR(found.st_mode):
                    candidates.append((name, found))
                    continue
                if prefix is not None:
                    path = prefix + name
                    # As row() in workspaces_copy, written out: this line runs for every file.
                    if baseline.get(path) == (
                        found.st_mode,
                        found.st_size,
                        found.st_mtime_ns,
                        found.st_ctime_ns,
                        found.st_ino,
                    ):
                        del missing[path]
                        continue
                candidates.append((name, found))
        for name, found in sorted(candidates):
            yield from self._candidate(here, level, Node(here.fd, name, found))
        level.folders.reverse()  # the last one is entered first

    def _candidate(self, here: Descent, level: _Level, node: Node) -> Iterator[Difference]:
        path = None if level.prefix is None else level.prefix + node.name
        row = () if path is None else self._baseline.get(path, ())
        is_folder = stat.S_ISDIR(node.stat.st_mode)
        if is_folder and node.name == GIT and len(row) != 1:
            self.extra_git_dir = True
        elif is_folder:
            level.folders.append(node.name)
        if row and path is not None:
            self._missing.pop(path, None)
            if not (is_folder and len(row) == 1):
                yield Difference(path, self._pristine.look(path), node)
        elif not is_folder and self._allowance.take(here.length(node.name)):
            yield Difference(path or here.path(node.name), None, node)
