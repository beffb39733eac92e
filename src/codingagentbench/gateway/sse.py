"""Server-sent events cut out of bytes that arrive in pieces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

_ENDS = (b"\n\n", b"\r\n\r\n", b"\r\r")


class Cutter:
    """Collects pieces; hands out all whole events as one block, still in their own bytes."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._edge = b""  # the last bytes held, in which a boundary may have begun

    def feed(self, piece: bytes) -> bytes:
        """All events that ``piece`` completes, one after the other; empty when there is none."""
        if not self._held and piece.endswith(b"\n\n"):
            return piece  # what providers send: whole events
        cut = _last_end(self._edge + piece) - len(self._edge)
        if cut <= 0:
            self._hold(piece)
            return b""
        block = b"".join((*self._held, piece[:cut]))
        self._held, self._edge = [], b""
        if cut < len(piece):
            self._hold(piece[cut:])
        return block

    def rest(self) -> bytes:
        """What is left at the stream's end: an event without its blank line, or nothing."""
        left = b"".join(self._held)
        self._held, self._edge = [], b""
        return left

    def _hold(self, piece: bytes) -> None:
        self._held.append(piece)
        self._edge = (self._edge + piece)[-3:]


def _last_end(data: bytes) -> int:
    """Just after the last blank line in ``data``; -1 when there is none."""
    ends = _ENDS if b"\r" in data else _ENDS[:1]
    return max(at + len(end) if (at := data.rfind(end)) >= 0 else -1 for end in ends)


class Span(NamedTuple):
    """Where one event lies in a block, its closing blank line included."""

    begin: int
    end: int


def spans(block: bytes) -> Iterator[Span]:
    """Every event of a block, in order, without gaps."""
    begin = 0
    while begin < len(block):
        end = _first_end(block, begin)
        yield Span(begin, end)
        begin = end


def spans_with(block: bytes, needle: bytes) -> Iterator[Span]:
    """The events that hold ``needle``, in a block whose lines end in a plain newline."""
    at = block.find(needle)
    while at >= 0:
        begin, end = block.rfind(b"\n\n", 0, at), block.find(b"\n\n", at)
        span = Span(begin + 2 if begin >= 0 else 0, end + 2 if end >= 0 else len(block))
        yield span
        at = block.find(needle, span.end)


def _first_end(block: bytes, begin: int) -> int:
    """Just after the first blank line from ``begin`` on; the block's end when there is none."""
    ends = _ENDS if b"\r" in block else _ENDS[:1]
    found = [at + len(end) for end in ends if (at := block.find(end, begin)) >= 0]
    return min(found, default=len(block))


def data_of(event: bytes) -> bytes:
    """The event's data: its ``data:`` lines, joined by newlines; empty for a comment."""
    if event.startswith(b"data: ") and b"\n" not in event.rstrip(b"\r\n"):
        return event[6:].strip(b"\r\n")
    lines = (line for line in event.splitlines() if line.startswith(b"data:"))
    return b"\n".join(line[5:].removeprefix(b" ") for line in lines)
