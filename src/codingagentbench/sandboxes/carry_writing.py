"""Changing a workspace that no program has run in yet, whichever kind it is."""

from __future__ import annotations

import os
import stat

from codingagentbench.errors import SandboxError
from codingagentbench.sandboxes.changes_found import Pristine
from codingagentbench.sandboxes.treewalk import Node, shown
from codingagentbench.sandboxes.values import Workspace
from codingagentbench.sandboxes.workspaces_removal import remove_tree

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_BLOCK = 1 << 20


class Writer:
    """Puts files into a workspace and takes files out.

    In an overlay that happens in the upper folder before it is mounted: a removal is a whiteout
    there. Removals come first, and what is put in a place was there removed before, so that
    nothing is ever written through a link: carry_plan sees to both.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._overlay = workspace.tree is None
        top = workspace.upper if workspace.tree is None else workspace.tree
        assert top is not None
        self._top = os.fsencode(top)
        self._pristine = Pristine(workspace.lower)
        self._owner = workspace.owner if os.geteuid() == 0 else None

    def remove(self, path: bytes) -> None:
        """Take the file or link at ``path`` out of the tree."""
        place = self._place(path)
        if self._overlay:
            os.mknod(place, stat.S_IFCHR, os.makedev(0, 0))
        else:
            os.unlink(place)

    def put(self, path: bytes, node: Node) -> None:
        """Make ``path`` the file or link ``node``; set-id bits are not taken along."""
        place = self._place(path)
        self._clear(place)
        if node.kind == "link":
            os.symlink(node.target(), place)
        elif node.kind == "file":
            self._copy(node, place)
        else:
            raise SandboxError("only files and links are carried", where=shown(path))
        if self._owner is not None:
            os.chown(place, self._owner.uid, self._owner.gid, follow_symlinks=False)

    def _copy(self, node: Node, place: bytes) -> None:
        reading = node.open()
        try:
            writing = os.open(place, _NEW, 0o600)
            try:
                left = node.stat.st_size
                while left > 0 and (block := os.read(reading, min(_BLOCK, left))):
                    left -= len(block)
                    while block:
                        block = block[os.write(writing, block) :]
                os.fchmod(writing, node.stat.st_mode & 0o777)
            finally:
                os.close(writing)
        finally:
            os.close(reading)

    def _place(self, path: bytes) -> bytes:
        """The real place of ``path``, with every folder above it there."""
        parts = path.split(b"/")
        for depth in range(1, len(parts)):
            self._folder(b"/".join(parts[:depth]))
        return self._top + b"/" + path

    def _folder(self, path: bytes) -> None:
        place = self._top + b"/" + path
        try:
            found = os.lstat(place)
        except FileNotFoundError:
            pass
        else:
            if stat.S_ISDIR(found.st_mode):
                return
            os.unlink(place)  # a whiteout; a copy has nothing there but folders
        os.mkdir(place)
        lower = self._pristine.look(path) if self._overlay else None
        like = lower.stat.st_mode if lower is not None and lower.kind == "dir" else 0o755
        os.chmod(place, stat.S_IMODE(like))
        if self._owner is not None:
            os.chown(place, self._owner.uid, self._owner.gid)

    def _clear(self, place: bytes) -> None:
        try:
            found = os.lstat(place)
        except FileNotFoundError:
            return
        if stat.S_ISDIR(found.st_mode):
            remove_tree(os.fsdecode(place))
        else:
            os.unlink(place)
