"""What a run did to its working tree: the paths that differ from the pristine tree, and how.

Found by the kernel's own notes (ctimes, or the overlay's upper folder), decided by content:
a file that was only touched, or written with what it had, did not change. Modes count. Folders
do not: an empty one is nothing, and so is the mode of one. No program is run.
"""

from __future__ import annotations

from typing import Final

from codingagentbench.errors import SandboxError
from codingagentbench.sandboxes.changes_content import Content, Reader, head
from codingagentbench.sandboxes.changes_copy import CopyScan
from codingagentbench.sandboxes.changes_found import Difference, Pristine, Scan
from codingagentbench.sandboxes.changes_overlay import OverlayScan
from codingagentbench.sandboxes.diffing import Patch, Side
from codingagentbench.sandboxes.treewalk import Node, raw, shown
from codingagentbench.sandboxes.values import Changes, FileChange, Workspace

#: Bytes of a patch, in UTF-8.
MAX_PATCH_BYTES: Final = 1 << 20


def changes(workspace: Workspace, *, max_patch_bytes: int = MAX_PATCH_BYTES) -> Changes:
    """What differs from the pristine tree, in order of path; everything inside must be dead.

    Files whose section would not fit in ``max_patch_bytes`` are left out of the patch.
    Raises ``SandboxError`` when the tree cannot be read.
    """
    scan = scan_of(workspace)
    reader = Reader()
    patch = Patch(max_bytes=max_patch_bytes)
    found = []
    try:
        for difference in scan:
            change = _change(difference, reader, patch)
            if change is not None:
                found.append(change)
    except OSError as error:
        raise SandboxError(
            f"the working tree cannot be read: {error.strerror}", where=_where(error)
        ) from error
    return Changes(
        files=tuple(sorted(found, key=lambda change: change.path)),
        extra_git_dir=scan.extra_git_dir,
        method=scan.method,
        patch=patch.text(),
        patch_truncated=patch.truncated,
        unlisted=scan.unlisted,
    )


def read_file(workspace: Workspace, path: str, *, limit: int) -> bytes | None:
    """The first ``limit`` bytes of the regular file at ``path`` (spelled as in ``FileChange``),
    as it is after the run; None when there is no regular file.

    Raises ``SandboxError`` when the tree cannot be read.
    """
    wanted = raw(path)
    try:
        for difference in scan_of(workspace):
            if difference.path == wanted:
                return None if difference.after is None else head(difference.after, limit)
        pristine = Pristine(workspace.lower).at(wanted)
        return None if pristine is None else head(pristine, limit)
    except OSError as error:
        raise SandboxError(
            f"the working tree cannot be read: {error.strerror}", where=path
        ) from error


def scan_of(workspace: Workspace) -> Scan:
    """The scan that fits the kind of workspace."""
    return CopyScan(workspace) if workspace.tree is not None else OverlayScan(workspace)


def _change(difference: Difference, reader: Reader, patch: Patch) -> FileChange | None:
    before, after = difference.before, difference.after
    old = None if before is None else reader.read(before, at_least=before.stat.st_size)
    size = 0 if before is None or before.kind != "file" else before.stat.st_size
    new = None if after is None else reader.read(after, at_least=size)
    mode_before = None if before is None else before.mode
    mode_after = None if after is None else after.mode
    if _label(old) == _label(new) and mode_before == mode_after:
        return None
    counts = patch.add(difference.path, _side(before, old), _side(after, new))
    return FileChange(
        path=shown(difference.path),
        kind=_kind(before, after),
        before=_label(old),
        after=_label(new),
        mode_before=mode_before,
        mode_after=mode_after,
        binary=counts.binary,
        lines_added=counts.added,
        lines_removed=counts.removed,
    )


def _kind(before: Node | None, after: Node | None) -> str:
    if before is None or before.kind == "dir":
        return "added"
    return "removed" if after is None or after.kind == "dir" else "modified"


def _label(content: Content | None) -> str | None:
    return None if content is None else content.label


def _side(node: Node | None, content: Content | None) -> Side | None:
    if node is None or content is None or node.kind == "dir":
        return None
    return Side(kind=node.kind, mode=node.stat.st_mode, data=content.data)


def _where(error: OSError) -> str | None:
    name = error.filename
    return shown(name) if isinstance(name, bytes) else name if isinstance(name, str) else None
