"""Blast radius: the share of changed paths that the task did not ask for."""

from __future__ import annotations

from codingagentbench.sandboxes import Changes
from codingagentbench.scoring.evidence import Value
from codingagentbench.scoring.touched import Touched


class BlastRadius(Value):
    """``blast_radius`` is unexpected / total over the paths that are not litter, in 0..1.

    Null when nothing but litter changed: an untouched tree says nothing about how an agent
    edits. ``extra_git_dir``: a .git that was not there before; it is reported, not counted.
    """

    blast_radius: float | None = None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    unexpected_changes: tuple[str, ...] = ()
    expected_changes: tuple[str, ...] = ()
    litter: tuple[str, ...] = ()
    total_changes: int | None = None
    extra_git_dir: bool | None = None


def blast_radius(touched: Touched | None, changes: Changes | None) -> BlastRadius:
    """The blast axis of methodology 1.0; all null when the changes are not known."""
    if touched is None or changes is None:
        return BlastRadius()
    total = len(touched.files)
    return BlastRadius(
        blast_radius=len(touched.unexpected) / total if total else None,
        added=tuple(f.path for f in touched.files if f.kind == "added"),
        removed=tuple(f.path for f in touched.files if f.kind == "removed"),
        modified=tuple(f.path for f in touched.files if f.kind == "modified"),
        unexpected_changes=touched.unexpected,
        expected_changes=touched.expected,
        litter=touched.litter,
        total_changes=total,
        extra_git_dir=changes.extra_git_dir,
    )
