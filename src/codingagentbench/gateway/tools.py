"""Which tool an agent used last, read from the request that carries the tool's result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

_LOOK_BACK: Final = 12  # turns from the end; a request is read on the way, so it must be cheap


def last_tool(request: Mapping[str, Any]) -> str | None:
    """The name of the last tool call in the conversation's end, in any dialect."""
    turns = request.get("messages", request.get("input", request.get("contents")))
    if not isinstance(turns, list):
        return None
    for turn in reversed(turns[-_LOOK_BACK:]):
        if isinstance(turn, Mapping) and (name := _named(turn)):
            return name[:80]
    return None


def _named(turn: Mapping[str, Any]) -> str | None:
    if turn.get("type") in ("function_call", "custom_tool_call"):
        return _text(turn.get("name"))
    for call in reversed(_items(turn.get("tool_calls"))):
        function = call.get("function")
        if isinstance(function, Mapping):
            return _text(function.get("name"))
    for part in reversed(_items(turn.get("parts"))):
        call = part.get("functionCall")
        if isinstance(call, Mapping):
            return _text(call.get("name"))
    for block in reversed(_items(turn.get("content"))):
        if block.get("type") == "tool_use":
            return _text(block.get("name"))
    return None


def _items(value: object) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
