"""The rules of a tree's AGENTS.md, each checked on the changes without a model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from codingagentbench.globs import matches
from codingagentbench.sandboxes import Changes, FileChange
from codingagentbench.scoring.comments import comments_in, syntax_of
from codingagentbench.scoring.evidence import Value
from codingagentbench.scoring.manifests import manifest_of, new_dependencies
from codingagentbench.scoring.patches import FilePatch, parse_patch
from codingagentbench.scoring.public_api import gone_from, language_of
from codingagentbench.scoring.wording import listed
from codingagentbench.tasks import Rule


class RuleVerdict(Value):
    """One rule, judged. ``honoured`` is null when the evidence does not show it.

    What is not shown is not counted as honoured. ``reason`` is one sentence.
    """

    kind: str
    honoured: bool | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class Diff:
    """The changes that rules are about: every file but litter, and its lines where known."""

    files: tuple[FileChange, ...]
    patches: Mapping[str, FilePatch]
    truncated: bool

    def lines_of(self, file: FileChange) -> FilePatch | None:
        """The file's hunks; ``None`` when it has changed lines that the patch does not show."""
        known = self.patches.get(file.path)
        counted = (file.lines_added, file.lines_removed)
        if known is None:
            return FilePatch() if counted == (0, 0) else None
        whole = not self.truncated or (len(known.added), len(known.removed)) == counted
        return known if whole else None


class _Finding(NamedTuple):
    honoured: bool | None
    reason: str


def diff_of(files: tuple[FileChange, ...], changes: Changes) -> Diff:
    """``files`` (some of the changed ones) with the hunks that the patch has for them."""
    return Diff(files=files, patches=parse_patch(changes.patch), truncated=changes.patch_truncated)


def check_rule(rule: Rule, diff: Diff) -> RuleVerdict:
    """Whether the changes keep ``rule``."""
    found = CHECKS[rule.kind](rule, diff)
    return RuleVerdict(kind=rule.kind, honoured=found.honoured, reason=found.reason)


def _not_touched(rule: Rule, diff: Diff) -> _Finding:
    hits = tuple(f.path for f in diff.files if matches(f.path, rule.paths))
    if hits:
        return _Finding(False, "touched: " + listed(hits))
    return _Finding(True, "none of " + listed(rule.paths) + " was touched")


def _no_new_dependency(rule: Rule, diff: Diff) -> _Finding:
    manifests = [f for f in diff.files if f.kind != "removed" and manifest_of(f.path)]
    fresh: list[str] = []
    unseen: list[str] = []
    for file in manifests:
        lines = diff.lines_of(file)
        if lines is None:
            unseen.append(file.path)
        else:
            fresh += [
                f"{name} in {file.path}" for name in sorted(new_dependencies(file.path, lines))
            ]
    if fresh:
        return _Finding(False, "new: " + listed(fresh))
    if unseen:
        return _Finding(None, "the diff does not show " + listed(unseen))
    return _Finding(True, "no manifest declares a new one")


def _no_comments(rule: Rule, diff: Diff) -> _Finding:
    limit, count, unseen = rule.max or 0, 0, []
    for file in diff.files:
        syntax = syntax_of(file.path)
        if syntax is None or file.kind == "removed":
            continue
        lines = diff.lines_of(file)
        if lines is None:
            unseen.append(file.path)
        else:
            count += comments_in(lines.fresh, syntax)
    said = f"{count} lines with comments added, {limit} allowed"
    if count > limit:
        return _Finding(False, said)
    if unseen:
        return _Finding(None, "the diff does not show " + listed(unseen))
    return _Finding(True, said)


def _pattern_required(rule: Rule, diff: Diff) -> _Finding:
    missing = tuple(g for g in rule.paths if not any(matches(f.path, (g,)) for f in diff.files))
    if missing:
        return _Finding(False, "nothing changed in " + listed(missing))
    return _Finding(True, "changed as required: " + listed(rule.paths))


def _max_lines(rule: Rule, diff: Diff) -> _Finding:
    limit = rule.max or 0
    unknown = [f.path for f in diff.files if f.lines_added is None or f.lines_removed is None]
    count = sum((f.lines_added or 0) + (f.lines_removed or 0) for f in diff.files)
    if count > limit:
        return _Finding(False, f"{count} lines added and removed, {limit} allowed")
    if unknown:
        return _Finding(None, "lines are not counted in " + listed(unknown))
    return _Finding(True, f"{count} lines added and removed, {limit} allowed")


def _public_api(rule: Rule, diff: Diff) -> _Finding:
    touched = [f for f in diff.files if f.kind != "added" and matches(f.path, rule.paths)]
    gone: list[str] = []
    unseen: list[str] = []
    for file in touched:
        language, lines = language_of(file.path), diff.lines_of(file)
        if file.kind == "removed":
            gone.append(f"{file.path} as a whole")
        elif language is None or lines is None:
            unseen.append(file.path)
        else:
            gone += [f"{signature} in {file.path}" for signature in gone_from(language, lines)]
    if gone:
        return _Finding(False, "removed or changed: " + listed(gone))
    if unseen:
        return _Finding(None, "the diff does not show what is public in " + listed(unseen))
    return _Finding(True, "no public declaration was removed or changed")


#: Every kind of :class:`codingagentbench.tasks.Rule` and how it is checked.
CHECKS: Final[Mapping[str, Callable[[Rule, Diff], _Finding]]] = {
    "file-not-touched": _not_touched,
    "no-new-dependency": _no_new_dependency,
    "no-comments-added": _no_comments,
    "file-pattern-required-in-diff": _pattern_required,
    "max-lines-changed": _max_lines,
    "public-api-unchanged": _public_api,
}
