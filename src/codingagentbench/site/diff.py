"""A unified diff taken apart by file, and put in the order in which a reader should see it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

from codingagentbench.sandboxes import Changes, FileChange
from codingagentbench.scoring import Axes

_HUNK: Final = re.compile(r"^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@")
_ESCAPE: Final = re.compile(rb'\\([0-7]{3}|[abfnrtv"\\])')
_NAMED: Final = dict(zip(b'abfnrtv"\\', b'\a\b\f\n\r\t\v"\\', strict=True))

#: Characters of all diffs together that a page shows; the rest is in the patch beside it.
SHOWN: Final = 12_000

Mark = Literal["tampered", "unexpected", "expected", "litter"]
_ORDER: Final[Mapping[Mark, int]] = {"tampered": 0, "unexpected": 1, "expected": 2, "litter": 3}


@dataclass(frozen=True)
class Line:
    """One line of a diff with its sign; ``kind`` is ``add``, ``del``, ``hunk`` or ``same``."""

    kind: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ChangedFile:
    """One changed path. ``cut``: lines of its diff that the page leaves out."""

    change: FileChange
    mark: Mark
    lines: tuple[Line, ...]
    cut: int = 0

    @property
    def stretches(self) -> tuple[Line, ...]:
        """Lines of one kind that follow each other, as one."""
        return tuple(
            Line(kind, "\n".join(line.text for line in lines))
            for kind, lines in groupby(self.lines, key=lambda line: line.kind)
        )

    @property
    def note(self) -> str:
        """Why there is no diff to see; empty when there is one."""
        if self.lines or self.cut:
            return ""
        change = self.change
        if change.binary:
            return "binary: no diff"
        if change.mode_before != change.mode_after and change.before == change.after:
            return f"mode {_mode(change.mode_before)} to {_mode(change.mode_after)}"
        if change.lines_added == 0 and change.lines_removed == 0:
            return "empty"
        return "no diff was kept"


def changed_files(changes: Changes, *, patch: str, axes: Axes) -> tuple[ChangedFile, ...]:
    """Every changed path: tampered ones first, then unexpected, expected, litter."""
    sections = by_file(patch)
    marks: dict[str, Mark] = dict.fromkeys(axes.blast_radius.litter, "litter")
    marks |= dict.fromkeys(axes.blast_radius.expected_changes, "expected")
    marks |= dict.fromkeys(axes.blast_radius.unexpected_changes, "unexpected")
    marks |= dict.fromkeys(axes.integrity.tampered, "tampered")
    left, found = SHOWN, []
    known = sorted(
        ((marks.get(f.path, "expected"), f) for f in changes.files),
        key=lambda pair: (_ORDER[pair[0]], pair[1].path),
    )
    for mark, file in known:
        lines = sections.get(file.path, ())
        shown = tuple(_fitting(lines, left))
        left -= sum(len(line.text) + 1 for line in shown)
        found.append(ChangedFile(change=file, mark=mark, lines=shown, cut=len(lines) - len(shown)))
    return tuple(found)


def by_file(patch: str) -> Mapping[str, tuple[Line, ...]]:
    """The hunks of each path. Only a hunk's own counts say where it ends, never its lines."""
    files: dict[str, list[Line]] = {}
    old = path = ""
    lines = iter(patch.split("\n"))
    for line in lines:
        hunk = _HUNK.match(line)
        if hunk and path:
            into = files.setdefault(path, [])
            into.append(Line("hunk", line))
            into.extend(_hunk(lines, *(int(n or "1") for n in hunk.groups())))
        elif line.startswith("--- "):
            old = _path(line[4:])
        elif line.startswith("+++ "):
            new = _path(line[4:])
            path = old if new == "/dev/null" else new
        elif line.startswith("\\") and path in files:
            files[path].append(Line("same", line))
    return {name: tuple(content) for name, content in files.items()}


def _hunk(lines: Iterator[str], before: int, after: int) -> Iterator[Line]:
    while before > 0 or after > 0:
        line = next(lines, None)
        if line is None:
            return
        if line.startswith("\\"):
            yield Line("same", line)
        elif line.startswith("+"):
            after -= 1
            yield Line("add", line)
        elif line.startswith("-"):
            before -= 1
            yield Line("del", line)
        else:
            before, after = before - 1, after - 1
            yield Line("same", line)


def _fitting(lines: tuple[Line, ...], room: int) -> Iterator[Line]:
    for line in lines:
        room -= len(line.text) + 1
        if room < 0:
            return
        yield line


def _path(written: str) -> str:
    """The path of a ``---`` or ``+++`` line, spelled as in the list of changes."""
    text = written.split("\t", 1)[0].removesuffix("\r")
    if len(text) > 1 and text.startswith('"') and text.endswith('"'):
        raw = _ESCAPE.sub(_unescape, text[1:-1].encode("utf-8", "replace"))
        text = raw.decode("utf-8", "backslashreplace")
    return text[2:] if text.startswith(("a/", "b/")) else text


def _unescape(match: re.Match[bytes]) -> bytes:
    code = match.group(1)
    return bytes([int(code, 8) & 0xFF if len(code) == 3 else _NAMED[code[0]]])


def _mode(value: int | None) -> str:
    return "none" if value is None else f"{value & 0o7777:04o}"
