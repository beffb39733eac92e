"""The last screen of a terminal recording, as plain text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_READ: Final = 512 * 1024  # bytes at the recording's end that are looked at
_LINES: Final = 80  # lines that are shown
_CHARACTERS: Final = 5_000
_KEPT: Final = 1000  # lines of the sheet that are never forgotten
_ROWS: Final = 64  # how far down a screen may go
_WIDEST: Final = 400  # columns; a cursor sent further stays here

_TOKEN: Final = re.compile(
    r"\x1b\[(?P<given>[0-?]*)[ -/]*(?P<verb>[@-~])"
    r"|\x1b[\]PX^_](?:[^\x07\x1b]|\x1b[^\\])*(?:\x07|\x1b\\|$)"  # titles, links, strings
    r"|\x1b[ -/]*[0-~]"
    r"|(?P<control>[\x00-\x1f\x7f-\x9f])"
    r"|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
)


@dataclass(frozen=True, kw_only=True)
class Screen:
    """What stood on the terminal at the end."""

    text: str
    seconds: float  # when the last output came
    events: int
    cut: bool  # more had been printed before


def last_screen(cast: Path) -> Screen | None:
    """The end of an asciicast v2 file; ``None`` when there is no such file or nothing in it."""
    try:
        with cast.open("rb") as file:
            length = file.seek(0, 2)
            file.seek(max(length - _READ, 0))
            data = file.read(_READ)
    except OSError:
        return None
    events = list(_events(data, whole=length <= _READ))
    text = screen_text("".join(said for _, said in events))
    lines = text.split("\n")
    shown = "\n".join(lines[-_LINES:])[-_CHARACTERS:]
    return Screen(
        text=shown,
        seconds=events[-1][0] if events else 0.0,
        events=len(events),
        cut=length > _READ or len(shown) < len(text),
    )


def screen_text(printed: str) -> str:
    """``printed`` as it would stand on an endless sheet: colours gone, overwriting done."""
    sheet = _Sheet()
    for token in _TOKEN.finditer(printed):
        if token["text"]:
            sheet.write(token["text"])
        elif token["control"]:
            sheet.control(token["control"])
        elif token["verb"]:
            sheet.move(token["verb"], token["given"])
    return "\n".join("".join(line).rstrip() for line in sheet.lines).strip("\n")


class _Sheet:
    """Lines of characters and a cursor. The top of the screen is where it was last cleared."""

    def __init__(self) -> None:
        self.lines: list[list[str]] = [[]]
        self.row = self.column = self.top = 0

    def write(self, text: str) -> None:
        line = self.lines[self.row]
        line.extend(" " * (self.column - len(line)))
        line[self.column : self.column + len(text)] = text
        self.column += len(text)

    def control(self, character: str) -> None:
        if character in "\n\x0b\x0c\x85":
            self._go(self.row + 1, self.column)
        elif character == "\r":
            self.column = 0
        elif character == "\b":
            self.column = max(self.column - 1, 0)
        elif character == "\t":
            self.column = min((self.column // 8 + 1) * 8, _WIDEST)

    def move(self, verb: str, given: str) -> None:
        numbers = [int(n[:4]) if n.isdigit() else 0 for n in given.split(";")]
        first = numbers[0]
        steps = max(first, 1)
        if verb in "ABEF":
            down = steps if verb in "BE" else -steps
            self._go(self.row + min(down, _ROWS), 0 if verb in "EF" else self.column)
        elif verb in "CD":
            self.column = min(max(self.column + (steps if verb == "C" else -steps), 0), _WIDEST)
        elif verb == "G":
            self.column = min(steps - 1, _WIDEST)
        elif verb in "Hf":
            column = numbers[1] if len(numbers) > 1 else 1
            self._go(self.top + min(steps, _ROWS) - 1, min(max(column, 1) - 1, _WIDEST))
        elif verb == "J":
            self._clear(first)
        elif verb == "K":
            self._erase(first)

    def _go(self, row: int, column: int) -> None:
        self.row, self.column = max(row, self.top), column
        while self.row >= len(self.lines):
            self.lines.append([])
        spare = len(self.lines) - _KEPT
        if spare > _KEPT:
            del self.lines[:spare]
            self.row, self.top = max(self.row - spare, 0), max(self.top - spare, 0)

    def _clear(self, part: int) -> None:
        if part == 0:
            del self.lines[self.row][self.column :]
            del self.lines[self.row + 1 :]
        elif part >= 2 and any(self.lines[self.top :]):
            self.top = len(self.lines)
            self._go(self.top, 0)

    def _erase(self, part: int) -> None:
        line = self.lines[self.row]
        if part == 0:
            del line[self.column :]
        elif part == 1:
            line[: self.column] = " " * min(self.column, len(line))
        else:
            line.clear()


def _events(data: bytes, *, whole: bool) -> Iterator[tuple[float, str]]:
    """Output events; the first line is a header or, in a cut piece, half of an event."""
    for line in data.decode("utf-8", "replace").split("\n")[0 if whole else 1 :]:
        try:
            event = json.loads(line)
        except ValueError:
            continue
        match event:
            case [int() | float() as at, "o", str(text)]:
                yield float(at), text
