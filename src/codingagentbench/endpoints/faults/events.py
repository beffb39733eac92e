"""What a fault does to an answer: functions from events to events, and on whole bodies."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from codingagentbench.gateway.dialects import Dialect

Json = dict[str, Any]
_GARBAGE: Final = b'{"choices": [{"delta": {"content": "\\ud8'


class Change:
    """Changes one answer's events in their order. ``take`` returns what to send for each."""

    def __init__(self, kind: str, dialect: Dialect, *, after: int) -> None:
        self._dialect, self._after, self._seen = dialect, after, 0
        self._change = _CHANGES.get(kind, _as_it_is)
        self._arguments = 0

    def take(self, event: bytes) -> bytes:
        """``event`` is one server-sent event with its blank line."""
        self._seen += 1
        return self._change(self, event)

    def body(self, body: bytes) -> bytes:
        """The same for an answer that is one JSON object."""
        value = _parsed(body)
        if self._change is _malformed or value is None:
            return body[: max(len(body) // 2, 1)] if self._change is _malformed else body
        if self._change is _no_usage:
            return json.dumps(_without_usage(value)).encode()
        if self._change is _truncated:
            return json.dumps(_bare_calls(_halved(value))).encode()
        if self._change is _empty:
            return json.dumps(_BODIES[self._dialect](value)).encode()
        return body


def _as_it_is(_: Change, event: bytes) -> bytes:
    return event


def _malformed(change: Change, event: bytes) -> bytes:
    if change._seen != change._after + 1:
        return event
    head = b"".join(line + b"\n" for line in event.split(b"\n") if line.startswith(b"event:"))
    return head + b"data: " + _GARBAGE + b"\n\n"


def _duplicate(_: Change, event: bytes) -> bytes:
    return event + event


def _no_usage(_: Change, event: bytes) -> bytes:
    value = _data(event)
    if value is None or b"usage" not in event:
        return event
    if "choices" in value and not value["choices"]:
        return b""
    return _with(event, _without_usage(value))


def _truncated(change: Change, event: bytes) -> bytes:
    """Half of the first piece of a tool call's arguments comes through, and nothing more."""
    value = _data(event)
    if value is None:
        return event
    if b'"functionCall"' in event:  # an object, which cannot break off: nothing of it comes
        return _with(event, _bare_calls(value))
    if any(_argument_pieces(value)):
        change._arguments += 1
        return _with(event, _halved(value, *_PIECES)) if change._arguments <= 1 else b""
    return _with(event, _halved(value)) if b'"arguments"' in event else event


def _empty(change: Change, event: bytes) -> bytes:
    """Only the frame of an answer is left, and it says that it came to its end."""
    value = _data(event)
    if value is None:
        return event
    left = _FRAMES[change._dialect](value)
    return b"" if left is None else _with(event, left)


def _argument_pieces(value: Json) -> Iterator[str]:
    for choice in value.get("choices") or ():
        for call in (choice.get("delta") or {}).get("tool_calls") or ():
            if piece := (call.get("function") or {}).get("arguments"):
                yield piece
    if value.get("type") == "response.function_call_arguments.delta":
        yield str(value.get("delta"))
    delta = value.get("delta")
    if isinstance(delta, dict) and (piece := delta.get("partial_json")):
        yield piece


#: Where usage stands in an answer.
_USAGE: Final = ("usage", "usageMetadata")


def _without_usage(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_usage(v) for k, v in value.items() if k not in _USAGE}
    if isinstance(value, list):
        return [_without_usage(one) for one in value]
    return value


#: Where a piece of a tool call's arguments stands in an event of a stream.
_PIECES: Final = ("arguments", "partial_json", "delta")


def _halved(value: Any, *names: str) -> Any:
    """Every text below one of these names (``arguments``) is cut in half."""
    if isinstance(value, dict):
        keys = names or _PIECES[:1]
        return {
            k: v[: len(v) // 2] if k in keys and isinstance(v, str) else _halved(v, *names)
            for k, v in value.items()
        }
    if isinstance(value, list):
        return [_halved(one, *names) for one in value]
    return value


def _bare_calls(value: Any) -> Any:
    """Gemini's calls without their arguments."""
    if isinstance(value, dict):
        return {
            k: {**v, "args": {}} if k == "functionCall" and isinstance(v, dict) else _bare_calls(v)
            for k, v in value.items()
        }
    return [_bare_calls(one) for one in value] if isinstance(value, list) else value


def _chat_frame(value: Json) -> Json | None:
    choices = value.get("choices")
    if not choices:
        return value
    if choices[0].get("finish_reason"):
        return {**value, "choices": [{**choices[0], "delta": {}, "finish_reason": "stop"}]}
    delta = choices[0].get("delta") or {}
    return None if delta.get("content") or delta.get("tool_calls") else value


def _responses_frame(value: Json) -> Json | None:
    kind = str(value.get("type"))
    if kind == "response.completed":
        return {**value, "response": {**value["response"], "output": []}}
    return value if kind in ("response.created", "response.in_progress") else None


def _messages_frame(value: Json) -> Json | None:
    kind = str(value.get("type"))
    if kind == "message_delta":
        return {**value, "delta": {**value["delta"], "stop_reason": "end_turn"}}
    return None if kind.startswith("content_block") else value


def _gemini_frame(value: Json) -> Json | None:
    candidates = value.get("candidates")
    if not candidates or not candidates[0].get("finishReason"):
        return None if candidates else value
    return _gemini_body(value)


def _gemini_body(value: Json) -> Json:
    nothing = {"role": "model", "parts": [{"text": ""}]}
    return {**value, "candidates": [{"content": nothing, "finishReason": "STOP", "index": 0}]}


def _chat_body(value: Json) -> Json:
    message = {"role": "assistant", "content": ""}
    return {**value, "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}


_FRAMES: Final[Mapping[Dialect, Callable[[Json], Json | None]]] = {
    Dialect.CHAT: _chat_frame,
    Dialect.RESPONSES: _responses_frame,
    Dialect.MESSAGES: _messages_frame,
    Dialect.GEMINI: _gemini_frame,
}
_BODIES: Final[Mapping[Dialect, Callable[[Json], Json]]] = {
    Dialect.CHAT: _chat_body,
    Dialect.RESPONSES: lambda value: {**value, "output": []},
    Dialect.MESSAGES: lambda value: {**value, "content": [], "stop_reason": "end_turn"},
    Dialect.GEMINI: _gemini_body,
}
#: Kinds of faults that change what is said; the others change when, or whether.
_CHANGES: Final[Mapping[str, Callable[[Change, bytes], bytes]]] = {
    "malformed": _malformed,
    "duplicate": _duplicate,
    "no-usage": _no_usage,
    "truncated-arguments": _truncated,
    "empty": _empty,
}


def _data(event: bytes) -> Json | None:
    lines = [line[5:] for line in event.splitlines() if line.startswith(b"data:")]
    return _parsed(b"\n".join(lines))


def _parsed(data: bytes) -> Json | None:
    try:
        value = json.loads(data)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _with(event: bytes, value: Json) -> bytes:
    """The event with other data, its other lines as they were."""
    head = [line for line in event.splitlines() if line and not line.startswith(b"data:")]
    data = b"data: " + json.dumps(value, separators=(",", ":")).encode()
    return b"\n".join([*head, data]) + b"\n\n"
