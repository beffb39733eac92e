"""Working trees, one for each attempt: a copy of a small tree, an overlay over a large one.

Both look alike from inside: contents, modes, times and links are those of the pristine tree;
everything belongs to the attempt's user. What a copy costs grows with the tree, an overlay costs
one mount, whatever its size.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

from codingagentbench.errors import SandboxError
from codingagentbench.sandboxes.launcher.watching import size
from codingagentbench.sandboxes.protocol import Overlay
from codingagentbench.sandboxes.values import Owner, Workspace
from codingagentbench.sandboxes.workspaces_copy import copy_tree
from codingagentbench.sandboxes.workspaces_removal import remove_tree

Method = Literal["auto", "copy", "overlay"]

#: Beyond either of these a tree is large: an overlay where the machine can, else a copy.
LARGE_ENTRIES: Final = 256
LARGE_BYTES: Final = 16 << 20

#: File systems that cannot hold the upper folder of an overlay, whatever the mount's options.
_NO_UPPER: Final = ("overlay", "nfs", "nfs4", "cifs", "smb3", "9p", "vfat", "exfat", "ecryptfs")


def prepare(
    tree: Path,
    *,
    at: Path,
    owner: Owner,
    method: Method = "auto",
    overlay_support: Overlay | None = None,
) -> Workspace:
    """A working tree like ``tree``, in the folder ``at`` (made here; it must be absent or empty).

    ``tree`` is only read, and must stay as it is for as long as the workspace lives.
    ``overlay_support`` is what ``Slot.overlay_for(tree)`` said; the mount itself is made by
    ``Slot.run``. ``auto`` takes an overlay for a large tree where it can, else a copy.

    Raises ``SandboxError`` when the tree cannot be read, or the workspace not be made.
    """
    tree = tree.absolute()
    try:
        at.mkdir(exist_ok=True)
        at.chmod(0o711)
        if any(at.iterdir()):
            raise SandboxError("the folder for a workspace is not empty", where=str(at))
        if method == "overlay" or (method == "auto" and overlay_support and _is_large(tree)):
            why_not = _no_overlay(at, overlay_support)
            if why_not is None and overlay_support is not None:
                return _overlay(tree, at=at, owner=owner, kind=overlay_support)
            if method == "overlay":
                raise SandboxError(f"no overlay workspace: {why_not}", do="use a copy")
        copy = at / "tree"
        baseline = copy_tree(tree, copy, owner=owner)
    except OSError as error:
        raise SandboxError(
            f"a workspace cannot be made: {error.strerror}", where=str(error.filename or at)
        ) from error
    return Workspace(root=at, lower=tree, owner=owner, tree=copy, baseline=baseline)


def grown(workspace: Workspace) -> int:
    """Bytes on disk by which ``workspace`` has grown beyond its pristine tree; never below 0.

    What was removed is not made up for in an overlay. Each file or folder counts for 4 KiB more
    than its blocks. Links are not followed.
    """
    if workspace.tree is None:
        return size(str(workspace.upper), None)
    return max(size(str(workspace.tree), None) - size(str(workspace.lower), None), 0)


def discard(workspace: Workspace) -> None:
    """Remove all of ``workspace``, whatever was left in it; gone already is fine.

    Never follows a link and never leaves the folder. Raises ``SandboxError`` when something
    stays, for example because it is still mounted.
    """
    try:
        remove_tree(workspace.root)
    except OSError as error:
        raise SandboxError(
            f"a workspace cannot be removed: {error.strerror}", where=str(workspace.root)
        ) from error


def _is_large(tree: Path) -> bool:
    total = 0
    for entries, found in enumerate(_entries(tree), start=1):
        total += found.st_size if stat.S_ISREG(found.st_mode) else 0
        if entries > LARGE_ENTRIES or total > LARGE_BYTES:
            return True
    return False


def _entries(tree: Path) -> Iterator[os.stat_result]:
    folders = [str(tree)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                yield entry.stat(follow_symlinks=False)


def _overlay(tree: Path, *, at: Path, owner: Owner, kind: Overlay) -> Workspace:
    upper, work = at / "upper", at / "work"
    upper.mkdir()
    work.mkdir(mode=0o700)
    # The root of what is seen inside is the upper folder itself: it must look like the lower.
    seen = tree.stat()
    if os.geteuid() == 0:
        os.chown(upper, owner.uid, owner.gid)
    upper.chmod(stat.S_IMODE(seen.st_mode))
    os.utime(upper, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    return Workspace(root=at, lower=tree, owner=owner, upper=upper, work=work, overlay=kind)


def _no_overlay(at: Path, kind: Overlay | None) -> str | None:
    """Why no overlay can have its upper folder in ``at``; None when it can."""
    if kind is None:
        return "this machine cannot mount one for this tree"
    system = _file_system(at)
    if system in _NO_UPPER or system.startswith("fuse"):
        return f"its file system ({system}) cannot hold the upper folder"
    name = "trusted.overlay.probe" if kind == "root" else "user.overlay.probe"
    try:
        os.setxattr(at, name, b"y")
        os.removexattr(at, name)
    except OSError as error:
        return f"its file system ({system}) keeps no {name.split('.')[0]}.* attributes: {error}"
    return None


def _file_system(path: Path) -> str:
    """The type of the file system that ``path`` lies on, "" when it cannot be told."""
    device = os.stat(path).st_dev
    wanted = f"{os.major(device)}:{os.minor(device)}"
    with open("/proc/self/mountinfo", encoding="utf-8", errors="replace") as mounts:
        for line in mounts:
            fields = line.split()
            if fields[2] == wanted:
                return fields[fields.index("-") + 1]
    return ""
