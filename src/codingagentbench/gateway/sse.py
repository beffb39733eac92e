"""Server-sent events cut out of bytes that arrive in pieces."""

from __future__ import annotations

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


def events(block: bytes) -> list[bytes]:
    """The events of a block, each with its closing blank line; joined they are the block."""
    if b"\r" in block:
        return _events_any(block)
    parts = block.split(b"\n\n")
    last = parts.pop()
    whole = [part + b"\n\n" for part in parts]
    return [*whole, last] if last else whole


def _events_any(block: bytes) -> list[bytes]:
    found, current = [], b""
    for line in block.splitlines(keepends=True):
        current += line
        if not line.strip(b"\r\n"):
            found.append(current)
            current = b""
    return [*found, current] if current else found


def data_of(event: bytes) -> bytes:
    """The event's data: its ``data:`` lines, joined by newlines; empty for a comment."""
    if event.startswith(b"data: ") and b"\n" not in event.rstrip(b"\r\n"):
        return event[6:].strip(b"\r\n")
    lines = (line for line in event.splitlines() if line.startswith(b"data:"))
    return b"\n".join(line[5:].removeprefix(b" ") for line in lines)
