"""A unified diff taken apart: which lines were added to and removed from which file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

_HUNK: Final = re.compile(r"^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@ ?(.*)$")
_ESCAPE: Final = re.compile(rb'\\([0-7]{3}|[abfnrtv"\\])')
_NAMED: Final = dict(zip('abtnvfr"\\', b'\a\b\t\n\v\f\r"\\', strict=True))


class Line(NamedTuple):
    """One line of a hunk, without its mark and its line end."""

    mark: Literal[" ", "+", "-", "@"]  # "@": what a hunk's header says of its place
    text: str


@dataclass(frozen=True)
class FilePatch:
    """All hunks of one file, in order."""

    lines: tuple[Line, ...] = ()

    @property
    def added(self) -> tuple[str, ...]:
        return tuple(line.text for line in self.lines if line.mark == "+")

    @property
    def removed(self) -> tuple[str, ...]:
        return tuple(line.text for line in self.lines if line.mark == "-")

    @property
    def fresh(self) -> tuple[str, ...]:
        """Added lines that were not only moved: those also removed are left out, one for one."""
        gone = Counter(text.strip() for text in self.removed)
        out: list[str] = []
        for text in self.added:
            if gone[text.strip()] > 0:
                gone[text.strip()] -= 1
            else:
                out.append(text)
        return tuple(out)


def parse_patch(patch: str) -> Mapping[str, FilePatch]:
    """Hunks by path. Text between files is skipped; a hunk that is cut short keeps what it has."""
    files: dict[str, list[Line]] = {}
    old = path = ""
    lines = iter(patch.split("\n"))
    for line in lines:
        hunk = _HUNK.match(line)
        if hunk and path:
            before, after, place = hunk.groups()
            into = files.setdefault(path, [])
            into.append(Line("@", place))
            into.extend(_hunk(lines, int(before or "1"), int(after or "1")))
        elif line.startswith("--- "):
            old = _path(line[4:])
        elif line.startswith("+++ "):
            new = _path(line[4:])
            path = old if new == "/dev/null" else new
    return {name: FilePatch(tuple(content)) for name, content in files.items()}


def _hunk(lines: Iterator[str], before: int, after: int) -> Iterator[Line]:
    """The lines of one hunk; where it ends is said by its header's counts, not by its lines."""
    while before > 0 or after > 0:
        line = next(lines, None)
        if line is None:
            return
        mark, text = line[:1], line[1:].removesuffix("\r")
        if mark == "+":
            after -= 1
            yield Line("+", text)
        elif mark == "-":
            before -= 1
            yield Line("-", text)
        elif mark == "\\":  # "\ No newline at end of file"
            continue
        else:
            before, after = before - 1, after - 1
            yield Line(" ", text)


def _path(written: str) -> str:
    """The path of a ``---`` or ``+++`` line: without its prefix, time stamp and quotes."""
    text = written.split("\t", 1)[0].removesuffix("\r")
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        raw = _ESCAPE.sub(_unescape, text[1:-1].encode("utf-8", "replace"))
        text = raw.decode("utf-8", "backslashreplace")  # \\xNN, as paths of changes have it
    return text[2:] if text.startswith(("a/", "b/")) else text


def _unescape(match: re.Match[bytes]) -> bytes:
    code = match.group(1).decode("ascii")
    return bytes([_NAMED[code] if code in _NAMED else int(code, 8) & 0xFF])
