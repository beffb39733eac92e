"""Changes of files as values: what a persona wants done, whatever tool will do it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, kw_only=True)
class Edit:
    """One file as it is (``None``: not there) and as it shall be."""

    path: str  # relative to the tree, "/"-separated
    before: bytes | None
    after: bytes

    @property
    def old_text(self) -> str | None:
        """The file as it is; ``None`` when absent or not UTF-8."""
        return None if self.before is None else _text(self.before)

    @property
    def new_text(self) -> str | None:
        """The file as it shall be; ``None`` when not UTF-8."""
        return _text(self.after)

    def span(self) -> Span | None:
        """The one replacement that does it; ``None`` where text cannot be replaced in place."""
        old, new = self.old_text, self.new_text
        if not old or not old.strip() or new is None or old == new:
            return None
        return _span(old, new)


@dataclass(frozen=True, kw_only=True)
class Span:
    """``old`` occurs exactly once in the file; ``new``, which is never empty, takes its place.

    ``end`` is the last newline where both had one: some tools trim it, some do not.
    """

    old: str
    new: str
    end: str = ""

    def lines(self) -> tuple[str, str]:
        """Both sides as whole lines, each with a newline at its end."""
        return whole_lines(self.old + self.end), whole_lines(self.new + self.end)


class Manner(StrEnum):
    """How a model behaves around its edits."""

    WORK = "work"  # makes the edits, looks once, says so
    SILENT = "silent"  # says nothing at all
    ENDLESS = "endless"  # never comes to an end


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All that a persona wants of one task. ``looks`` are files that it may read for no reason."""

    edits: tuple[Edit, ...] = ()
    closing: str = "Done."
    manner: Manner = Manner.WORK
    looks: tuple[str, ...] = ()


def _text(data: bytes) -> str | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _span(old: str, new: str) -> Span | None:
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    shorter = min(len(before), len(after))
    top = _same(before, after, shorter)
    bottom = _same(before[::-1], after[::-1], shorter - top)
    while True:
        cut_old = "".join(before[top : len(before) - bottom])
        cut_new = "".join(after[top : len(after) - bottom])
        if cut_old.strip() and cut_new.strip() and _once(old, cut_old):
            return _trimmed(old, cut_old, cut_new)
        if not top and not bottom:
            return None
        top, bottom = max(top - 1, 0), max(bottom - 1, 0)


def _same(one: list[str], other: list[str], most: int) -> int:
    return next((n for n in range(most) if one[n] != other[n]), most)


def _once(whole: str, part: str) -> bool:
    """Whether ``part`` occurs in one place only; places that overlap are two."""
    return whole.find(part) == whole.rfind(part)


def _trimmed(whole: str, old: str, new: str) -> Span:
    if old.endswith("\n") and new.endswith("\n") and _once(whole, old[:-1]):
        return Span(old=old[:-1], new=new[:-1], end="\n")
    return Span(old=old, new=new)


def whole_lines(text: str) -> str:
    """``text`` with a newline at its end, unless there is nothing to end."""
    return text if not text or text.endswith("\n") else text + "\n"
