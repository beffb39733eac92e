"""Listens to a reply while it is passed on; takes out only what the agent did not ask for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import Enum
from itertools import islice
from typing import Any, Final, Protocol

from codingagentbench.gateway.replies import Grammar, Reading
from codingagentbench.gateway.sse import Cutter, Span, data_of, spans, spans_with
from codingagentbench.gateway.values import ErrorClass

_SSE_STARTS: Final = (b"data:", b"event:", b"id:", b"retry:", b":")


class Strip(Enum):
    """What usage is taken out of a chat stream because the gateway, not the agent, asked for it."""

    NOTHING = 0
    LAST = 1  # the extra event at the end that holds nothing but usage
    EVERY = 2  # that, and the usage in every chunk (continuous usage)


class Tap(Protocol):
    """Gets every piece of a reply's body, in order."""

    #: Whether what is passed on may differ from what came; if not, a piece may be sent first.
    strips: bool

    def feed(self, piece: bytes) -> bytes:
        """What of the reply can be passed on now."""
        ...

    def end(self) -> bytes:
        """The body came to its proper end; what is still to be passed on."""
        ...


class StreamTap:
    """Reads server-sent events. Only those that carry usage, a finish or an error are parsed."""

    def __init__(self, reading: Reading, grammar: Grammar, *, strip: Strip) -> None:
        self.strips = strip is not Strip.NOTHING
        self._strip = strip
        self._reading, self._grammar, self._cutter = reading, grammar, Cutter()
        self._first = True

    def feed(self, piece: bytes) -> bytes:
        return self._take(self._cutter.feed(piece))

    def end(self) -> bytes:
        out = self._take(self._cutter.rest())
        if self._first:
            _nonsense(self._reading, "a stream without a single event")
        elif not self._reading.complete and self._reading.error is None:
            self._reading.error = ErrorClass.RESET
            self._reading.error_detail = "the stream ended without its last event"
        return out

    def _take(self, block: bytes) -> bytes:
        """Reads what is worth reading in a block of whole events; what of it is passed on."""
        if not block:
            return block
        found = self._worth_reading(block)
        if not self.strips:
            for begin, end in found:
                self._event(block[begin:end])
            return block
        out: list[bytes] = []
        reached = 0
        for begin, end in found:
            out += (block[reached:begin], self._event(block[begin:end]))
            reached = end
        return b"".join((*out, block[reached:]))

    def _worth_reading(self, block: bytes) -> list[Span]:
        """Where the events with a needle in them lie, and the stream's first one with data."""
        needles = (*self._grammar.needles, b"[DONE]")
        if b"\r" in block:
            every = spans(block)
            read = {s for s in every if any(needle in block[s.begin : s.end] for needle in needles)}
        else:
            read = {span for needle in needles for span in spans_with(block, needle)}
        if self._first:
            opening = (s for s in spans(block) if data_of(block[s.begin : s.end]))
            read.update(islice(opening, 1))
        return sorted(read)

    def _event(self, event: bytes) -> bytes:
        data = data_of(event)
        if not data:
            return event  # a comment, a ping without data
        if data.strip() == b"[DONE]":
            self._reading.complete, self._first = True, False
            return event
        value = _parsed(data)
        if not isinstance(value, Mapping):
            if self._first:
                _nonsense(self._reading, "an event that is not a JSON object")
            self._first = False
            return event
        self._first = False
        self._grammar.event(self._reading, value)
        return _without_usage(event, value, self._strip) if self.strips else event


class BodyTap:
    """Reads a reply that is one JSON object, once it is whole."""

    strips = False

    def __init__(self, reading: Reading, grammar: Grammar) -> None:
        self._reading, self._grammar = reading, grammar
        self._pieces: list[bytes] = []

    def feed(self, piece: bytes) -> bytes:
        self._pieces.append(piece)
        return piece

    def end(self) -> bytes:
        value = _parsed(b"".join(self._pieces))
        if not isinstance(value, Mapping):
            _nonsense(self._reading, "the reply is not a JSON object")
        elif not self._grammar.body(self._reading, value):
            _nonsense(self._reading, "the reply is not what the dialect says a reply is")
        return b""


class PlainTap:
    """Passes on what says nothing of itself: model lists, token counts."""

    strips = False

    def feed(self, piece: bytes) -> bytes:
        return piece

    def end(self) -> bytes:
        return b""


def is_stream(content_type: str, first: bytes) -> bool:
    """Whether a reply is a stream of events: as it says, else as it begins."""
    if content_type.lower().startswith("text/event-stream"):
        return True
    return first.lstrip().startswith(_SSE_STARTS)


def _without_usage(event: bytes, chunk: Mapping[str, Any], strip: Strip) -> bytes:
    """The event for a client that did not ask for usage: nothing, if it holds nothing else."""
    if not isinstance(chunk.get("usage"), Mapping):
        return event
    if not chunk.get("choices") and not chunk.get("error"):
        return b""
    if strip is Strip.LAST:
        return event  # some providers put usage beside the finish whether asked or not
    left = {key: value for key, value in chunk.items() if key != "usage"}
    return b"data: " + json.dumps(left, separators=(",", ":")).encode() + b"\n\n"


def _parsed(data: bytes) -> object:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _nonsense(reading: Reading, detail: str) -> None:
    if reading.error is None:
        reading.error, reading.error_detail = ErrorClass.BAD_REPLY, detail
