"""Requests and replies of every dialect as turns that a person can read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from codingagentbench.site.text import as_json

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Turn:
    """One message. ``role`` as on the wire, or ``tool result``, ``reply``."""

    role: str
    text: str


#: Keys that hold the instructions and the messages of a request, by what dialects call them.
_INSTRUCTIONS: Final = ("instructions", "system", "systemInstruction")
_MESSAGES: Final = ("messages", "input", "contents")


def request_turns(body: bytes) -> tuple[Turn, ...]:
    """The messages of a request, first one first; a body that is not one of ours as it is."""
    value = _object(body)
    if value is None:
        return (Turn("request", body.decode("utf-8", "replace")),)
    turns = [Turn("system", text) for key in _INSTRUCTIONS if (text := _text(value.get(key)))]
    for key in _MESSAGES:
        given = value.get(key)
        if isinstance(given, str):
            turns.append(Turn("user", given))
        elif isinstance(given, list):
            turns += [_turn(item) for item in given if isinstance(item, dict)]
    return tuple(turns) or (Turn("request", as_json(value)),)


def reply_turns(body: bytes) -> tuple[Turn, ...]:
    """What was answered, put together from a stream where it was one."""
    value = _object(body)
    items = _streamed(body) if value is None else _answered(value)
    turns = tuple(turn for turn in map(_turn, items) if turn.text)
    return turns or (Turn("reply", body.decode("utf-8", "replace")),)


def _object(body: bytes) -> Json | None:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _turn(item: Json) -> Turn:
    """One message of a history, or one item of a reply."""
    kind = str(item.get("type") or "message")
    if kind in _CALLS:
        return Turn("tool call", _called(item))
    if kind in ("function_call_output", "custom_tool_call_output", "local_shell_call_output"):
        return Turn("tool result", _text(item.get("output")))
    if kind == "reasoning":
        return Turn("reasoning", _text(item.get("summary")) or _text(item.get("content")))
    role = str(item.get("role") or "reply")
    parts = [_text(item.get(key)) for key in ("reasoning_content", "content", "parts")]
    tools = item.get("tool_calls")
    parts += [_called(t) for t in tools if isinstance(t, dict)] if isinstance(tools, list) else []
    return Turn("tool result" if role == "tool" else role, "\n".join(p for p in parts if p))


#: Kinds of items that ask for a tool to be called.
_CALLS: Final = ("function_call", "custom_tool_call", "tool_use", "local_shell_call", "function")


def _called(item: Json) -> str:
    function = item.get("function")
    call = function if isinstance(function, dict) else item
    names = ("arguments", "input", "action", "args")
    given = next((call[name] for name in names if call.get(name) is not None), "")
    shown = given if isinstance(given, str) else as_json(given)
    return f"→ {call.get('name') or item.get('type') or 'tool'} {shown}"


def _text(content: Any) -> str:
    """The text of a message's content: a string, a block, or a list of blocks."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "\n".join(text for text in map(_text, content) if text)
    if not isinstance(content, dict):
        return ""
    if "type" not in content and (gemini := _gemini(content)) is not None:
        return gemini
    kind = content.get("type")
    if kind in _CALLS:
        return _called(content)
    if kind == "tool_result":
        return f"← {_text(content.get('content'))}"
    for key in ("text", "thinking", "refusal"):
        if isinstance(content.get(key), str):
            return str(content[key])
    return f"[{kind}]" if kind else as_json(content)


def _gemini(part: Json) -> str | None:
    """A part of a message as Gemini has it; ``None`` for what is none."""
    if isinstance(part.get("parts"), list):
        return _text(part["parts"])
    if isinstance(part.get("functionCall"), dict):
        return _called(part["functionCall"])
    if isinstance(part.get("functionResponse"), dict):
        given = part["functionResponse"].get("response")
        alone = given.get("output") if isinstance(given, dict) else None
        return f"← {alone if isinstance(alone, str) else as_json(given)}"
    return None


def _answered(value: Json) -> Iterable[Json]:
    """The items of a reply that came whole."""
    choices = value.get("choices")
    if isinstance(choices, list):
        said = [choice.get("message") for choice in choices if isinstance(choice, dict)]
        return [message for message in said if isinstance(message, dict)]
    if isinstance(value.get("candidates"), list):
        return _candidates(value)
    output = value.get("output")
    if isinstance(output, list):
        return [item for item in output if isinstance(item, dict)]
    if value.get("role") == "assistant":
        return [value]
    error = value.get("error")
    return (
        [{"role": "error", "content": error if isinstance(error, str) else as_json(error)}]
        if error
        else []
    )


def _candidates(value: Json) -> list[Json]:
    """Gemini's answers, or those of one event of its stream."""
    said = [one.get("content") for one in value["candidates"] if isinstance(one, dict)]
    return [content for content in said if isinstance(content, dict)]


def _streamed(body: bytes) -> Iterable[Json]:
    """The items of a reply that came as server-sent events, up to where it broke off."""
    assembly = _Assembly()
    for event in _events(body):
        assembly.take(event)
    return assembly.items()


def _events(body: bytes) -> Iterator[Json]:
    for line in body.decode("utf-8", "replace").splitlines():
        if line.startswith("data:"):
            event = _object(line[5:].strip().encode())
            if event is not None:
                yield event


class _Assembly:
    """Text and tool calls as they come in pieces, in the order in which they began."""

    def __init__(self) -> None:
        self._done: list[Json] = []
        self._pieces: dict[tuple[str, str], list[str]] = {}

    def take(self, event: Json) -> None:
        kind = str(event.get("type") or "")
        if kind == "response.output_item.done" and isinstance(event.get("item"), dict):
            self._done.append(event["item"])
            self._pieces.clear()
        elif kind == "response.output_text.delta":
            self._add("text", event.get("item_id"), event.get("delta"))
        elif kind == "response.function_call_arguments.delta":
            self._add("call", event.get("item_id"), event.get("delta"))
        elif kind == "content_block_start" and isinstance(event.get("content_block"), dict):
            self._block(event.get("index"), event["content_block"])
        elif kind == "content_block_delta" and isinstance(event.get("delta"), dict):
            delta = event["delta"]
            self._add("text", event.get("index"), delta.get("text") or delta.get("thinking"))
            self._add("call", event.get("index"), delta.get("partial_json"))
        elif event.get("error"):
            self._done.append({"role": "error", "content": as_json(event["error"])})
        if isinstance(event.get("candidates"), list):
            for content in _candidates(event):
                self._parts(content.get("parts"))
        choices = event.get("choices")
        for choice in choices if isinstance(choices, list) else ():
            if isinstance(choice, dict) and isinstance(choice.get("delta"), dict):
                self._chat(choice["delta"])

    def items(self) -> Iterable[Json]:
        """All that came, whole items first."""
        yield from self._done
        for (sort, _), pieces in self._pieces.items():
            text = "".join(pieces)
            yield {
                "role": "assistant" if sort == "text" else "tool call",
                "content": text if sort == "text" else f"→ {text}",
            }

    def _block(self, index: Any, block: Json) -> None:
        if block.get("type") == "tool_use":
            self._add("call", index, f"{block.get('name')} ")

    def _chat(self, delta: Json) -> None:
        self._add("text", "reasoning", delta.get("reasoning_content"))
        self._add("text", "content", delta.get("content"))
        tools = delta.get("tool_calls")
        for tool in tools if isinstance(tools, list) else ():
            function = tool.get("function") if isinstance(tool, dict) else None
            if isinstance(function, dict):
                name = function.get("name")
                self._add("call", tool.get("index"), f"{name} " if name else None)
                self._add("call", tool.get("index"), function.get("arguments"))

    def _parts(self, parts: Any) -> None:
        for part in parts if isinstance(parts, list) else ():
            if isinstance(part, dict) and isinstance(part.get("functionCall"), dict):
                call = part["functionCall"]  # whole, unlike everybody else's
                words = f"{call.get('name')} {as_json(call.get('args') or {})}"
                self._add("call", len(self._pieces), words)
            elif isinstance(part, dict):
                self._add("text", "thought" if part.get("thought") else "text", part.get("text"))

    def _add(self, sort: str, key: Any, piece: Any) -> None:
        if isinstance(piece, str) and piece:
            self._pieces.setdefault((sort, str(key)), []).append(piece)
