"""Unified diffs of trees: our own text, in the form that ``git apply`` and ``patch -p1`` take."""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from codingagentbench.sandboxes.diffing_lines import STEPS, Effort, Stretch, differences

_CONTEXT: Final = 3  # lines around a change
_ALL_STEPS: Final = 20 * STEPS  # of all the files of one patch
_NO_NEWLINE: Final = b"\\ No newline at end of file\n"
_QUOTED: Final = re.compile(rb'[\x00-\x1f\x7f"\\]')
_NAMED: Final = {7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 34: '"', 92: "\\"}


@dataclass(frozen=True, slots=True)
class Side:
    """A path as it was or is. ``data``: content or link target; None: too large, or no file."""

    kind: str  # "file", "link", or another that has no content
    mode: int
    data: bytes | None

    @property
    def is_text(self) -> bool:
        """Text is UTF-8 without NUL bytes."""
        return self.data is not None and b"\0" not in self.data and _is_utf8(self.data)

    @property
    def git_mode(self) -> str:
        if self.kind == "link":
            return "120000"
        return "100755" if self.mode & stat.S_IXUSR else "100644"


class Counts(NamedTuple):
    """Lines of one path; ``None`` for what is binary, too large, or no file."""

    added: int | None
    removed: int | None
    binary: bool


class Patch:
    """One patch over many paths. Removals come first, so that it applies from top to bottom."""

    def __init__(self, *, max_bytes: int) -> None:
        self._left = max_bytes
        self._effort = _ALL_STEPS
        self._sections: list[tuple[bool, bytes, bytes]] = []
        self.truncated = False

    def add(self, path: bytes, before: Side | None, after: Side | None) -> Counts:
        """Take in what happened to ``path``; ``None``: nothing there, or a folder."""
        before, after = _with_content(before), _with_content(after)
        sides = [side for side in (before, after) if side is not None]
        if not sides:
            return Counts(None, None, binary=False)
        if not all(side.is_text for side in sides):
            binary = any(side.data is not None and not side.is_text for side in sides)
            return self._opaque(path, before, after, binary=binary)
        if before is not None and after is not None and before.kind != after.kind:
            removed = self.add(path, before, None)
            added = self.add(path, None, after)
            return Counts(added.added, removed.removed, binary=False)
        old, new = _lines(before), _lines(after)
        effort = Effort(min(STEPS, self._effort))
        parts = differences(old, new, effort)
        self._effort = max(0, self._effort - (min(STEPS, self._effort) - max(effort.left, 0)))
        text = b"".join(
            (_header(path, before, after), *_body(path, before, after, parts, old, new))
        )
        self._take(path, text, is_removal=after is None)
        return Counts(
            sum(part.b_to - part.b_from for part in parts),
            sum(part.a_to - part.a_from for part in parts),
            binary=False,
        )

    def text(self) -> str:
        """The patch; bytes of names that are not UTF-8 are quoted."""
        ordered = sorted(self._sections, key=lambda s: (not s[0], s[1]))
        return b"".join(section for _, _, section in ordered).decode()

    def _opaque(
        self, path: bytes, before: Side | None, after: Side | None, *, binary: bool
    ) -> Counts:
        """A line that says so, without a header: tools that apply a patch pass over it."""
        what = b"Binary" if binary else b"Large"
        ours = b"/dev/null" if before is None else _name(b"a/", path)
        theirs = b"/dev/null" if after is None else _name(b"b/", path)
        text = b"%s files %s and %s differ\n" % (what, ours, theirs)
        self._take(path, text, is_removal=after is None)
        return Counts(None, None, binary=binary)

    def _take(self, path: bytes, text: bytes, *, is_removal: bool) -> None:
        if len(text) > self._left:
            self.truncated = True
            return
        self._left -= len(text)
        self._sections.append((is_removal, path, text))


def _with_content(side: Side | None) -> Side | None:
    """Fifos, sockets and devices are not in a patch."""
    return side if side is not None and side.kind in ("file", "link") else None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _lines(side: Side | None) -> list[bytes]:
    """Lines with their ends; only a line feed ends a line."""
    if side is None or not side.data:
        return []
    lines = [line + b"\n" for line in side.data.split(b"\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _name(prefix: bytes, path: bytes) -> bytes:
    """``prefix + path``, quoted as git does where a name needs it."""
    name = prefix + path
    plain = _is_utf8(name)
    if plain and not _QUOTED.search(name):
        return name
    return b'"' + b"".join(_character(byte, plain=plain) for byte in name) + b'"'


def _character(byte: int, *, plain: bool) -> bytes:
    if byte in _NAMED:
        return f"\\{_NAMED[byte]}".encode()
    if byte < 32 or byte == 127 or (byte > 127 and not plain):
        return f"\\{byte:03o}".encode()
    return bytes((byte,))


def _header(path: bytes, before: Side | None, after: Side | None) -> bytes:
    lines = []
    if before is None and after is not None:
        lines.append(f"new file mode {after.git_mode}")
    elif after is None and before is not None:
        lines.append(f"deleted file mode {before.git_mode}")
    elif before is not None and after is not None and before.git_mode != after.git_mode:
        lines += [f"old mode {before.git_mode}", f"new mode {after.git_mode}"]
    sides = [side for side in (before, after) if side is not None]
    if any(side.kind == "link" or not side.data for side in sides):
        # From this line alone patch knows a link, and an empty file that comes or goes.
        mode = f" {sides[0].git_mode}" if len(sides) == 2 and len(lines) == 0 else ""
        lines.append(f"index {_blob(before)}..{_blob(after)}{mode}")
    first = b"diff --git " + _name(b"a/", path) + b" " + _name(b"b/", path) + b"\n"
    return first + "".join(f"{line}\n" for line in lines).encode()


def _blob(side: Side | None) -> str:
    """What git calls such a content."""
    if side is None:
        return "0" * 40
    data = side.data or b""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _body(
    path: bytes,
    before: Side | None,
    after: Side | None,
    parts: list[Stretch],
    old: list[bytes],
    new: list[bytes],
) -> Iterator[bytes]:
    if not parts:
        return
    for mark, prefix, side in ((b"---", b"a/", before), (b"+++", b"b/", after)):
        name = b"/dev/null" if side is None else _name(prefix, path)
        # A tab ends a name with spaces, as diff and git have it.
        yield mark + b" " + name + (b"\t" if b" " in name and name[:1] != b'"' else b"") + b"\n"
    for group in _groups(parts):
        yield from _hunk(group, old, new)


def _groups(parts: list[Stretch]) -> Iterator[list[Stretch]]:
    """Parts so near each other that their context would overlap share a hunk."""
    group: list[Stretch] = []
    for part in parts:
        if group and part.a_from - group[-1].a_to > 2 * _CONTEXT:
            yield group
            group = []
        group.append(part)
    yield group


def _hunk(group: list[Stretch], old: list[bytes], new: list[bytes]) -> Iterator[bytes]:
    lead = min(_CONTEXT, group[0].a_from)
    tail = min(_CONTEXT, len(old) - group[-1].a_to)
    a_from, a_to = group[0].a_from - lead, group[-1].a_to + tail
    b_from, b_to = group[0].b_from - lead, group[-1].b_to + tail
    yield f"@@ -{_span(a_from, a_to)} +{_span(b_from, b_to)} @@\n".encode()
    at = a_from
    for part in group:
        yield from _marked(b" ", old[at : part.a_from])
        yield from _marked(b"-", old[part.a_from : part.a_to])
        yield from _marked(b"+", new[part.b_from : part.b_to])
        at = part.a_to
    yield from _marked(b" ", old[at:a_to])


def _span(start: int, stop: int) -> str:
    length = stop - start
    return f"{start + (length > 0)}" if length == 1 else f"{start + (length > 0)},{length}"


def _marked(mark: bytes, lines: list[bytes]) -> Iterator[bytes]:
    for line in lines:
        yield mark + line if line.endswith(b"\n") else mark + line + b"\n" + _NO_NEWLINE
