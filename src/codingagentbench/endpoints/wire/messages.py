"""Anthropic Messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from codingagentbench.endpoints.conversation import Item, Request, Said, Tool, ToolAnswer, ToolCall
from codingagentbench.endpoints.wire.common import (
    Answer,
    BadRequest,
    Json,
    Wire,
    arguments_of,
    dense,
    event,
    model_of,
    objects,
    pieces,
    text_of,
)
from codingagentbench.gateway.dialects import Dialect

_MARK = "cache_control"


def parse(body: Json) -> Request:
    """A Messages request; refuses one without messages.

    Marks of what to cache wander from one request to the next, so they are no part of the prompt.
    """
    messages, tools = objects(body, "messages"), objects(body, "tools")
    if not messages:
        raise BadRequest("messages: at least one message is required")
    read = [tools, body.get("system"), messages]
    prompt = dense(_unmarked(read))
    system = text_of(body.get("system"))
    items: list[Item] = [Said(role="system", text=system)] if system else []
    for message in messages:
        items.extend(_items(message))
    return Request(
        dialect=Dialect.MESSAGES,
        model=model_of(body),
        items=tuple(items),
        tools=tuple(_tool(tool) for tool in tools),
        stream=body.get("stream") is True,
        prompt=prompt,
        cache_writes=dense(read) != prompt,
    )


def _unmarked(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _unmarked(inner) for key, inner in value.items() if key != _MARK}
    return [_unmarked(inner) for inner in value] if isinstance(value, list) else value


def _items(message: Json) -> Iterator[Item]:
    role = message.get("role")
    if role not in ("user", "assistant", "system"):
        raise BadRequest(f"messages: unknown role '{role}'")
    content = message.get("content")
    if isinstance(content, str):
        yield Said(role=role, text=content)
        return
    for block in objects(message, "content"):
        match block.get("type"):
            case "text":
                yield Said(role=role, text=str(block.get("text")))
            case "tool_use":
                arguments = arguments_of(block.get("input"))
                name = str(block.get("name"))
                yield ToolCall(id=str(block.get("id")), name=name, arguments=arguments)
            case "tool_result":
                yield ToolAnswer(
                    call_id=str(block.get("tool_use_id")),
                    text=text_of(block.get("content")),
                    error=block.get("is_error") is True,
                )


def _tool(tool: Json) -> Tool:
    return Tool(
        name=str(tool.get("name")),
        description=str(tool.get("description") or ""),
        schema=arguments_of(tool.get("input_schema")),
    )


def body(answer: Answer) -> Json:
    """The whole answer as one ``message`` object."""
    content: list[Json] = []
    if answer.reply.text:
        content.append({"type": "text", "text": answer.reply.text})
    if call := answer.reply.call:
        content.append({**_tool_use(call), "input": call.arguments})
    return {
        **_head(answer),
        "content": content,
        "stop_reason": _stop(answer),
        "usage": {**_input_usage(answer), "output_tokens": answer.usage.output},
    }


def frames(answer: Answer) -> Iterator[bytes]:
    """The answer as server-sent events, from ``message_start`` to ``message_stop``."""
    usage = _input_usage(answer)
    started = {**_head(answer), "content": [], "usage": {**usage, "output_tokens": 1}}
    yield event("message_start", {"type": "message_start", "message": started})
    yield event("ping", {"type": "ping"})
    index = 0
    if answer.reply.text:
        texts = pieces(answer.reply.text, answer.piece)
        deltas = ({"type": "text_delta", "text": piece} for piece in texts)
        yield from _block(index, {"type": "text", "text": ""}, deltas)
        index += 1
    if call := answer.reply.call:
        parts = pieces(call.json, answer.piece)
        inputs = ({"type": "input_json_delta", "partial_json": piece} for piece in parts)
        yield from _block(index, {**_tool_use(call), "input": {}}, inputs)
    yield event(
        "message_delta",
        {
            "type": "message_delta",
            "delta": {"stop_reason": _stop(answer), "stop_sequence": None},
            "usage": {**usage, "output_tokens": answer.usage.output},
        },
    )
    yield event("message_stop", {"type": "message_stop"})


def _block(index: int, opened: Json, deltas: Iterator[Json]) -> Iterator[bytes]:
    start = {"type": "content_block_start", "index": index, "content_block": opened}
    yield event("content_block_start", start)
    for delta in deltas:
        part = {"type": "content_block_delta", "index": index, "delta": delta}
        yield event("content_block_delta", part)
    yield event("content_block_stop", {"type": "content_block_stop", "index": index})


def error(status: int, message: str) -> Json:
    """Anthropic's error object."""
    kinds = {401: "authentication_error", 404: "not_found_error"}
    kind = kinds.get(status, "invalid_request_error")
    return {"type": "error", "error": {"type": kind, "message": message}}


def _head(answer: Answer) -> dict[str, Any]:
    return {
        "id": f"msg_{answer.id}",
        "type": "message",
        "role": "assistant",
        "model": answer.request.model,
        "stop_reason": None,
        "stop_sequence": None,
    }


def _tool_use(call: ToolCall) -> dict[str, Any]:
    return {"type": "tool_use", "id": f"toolu_{call.id}", "name": call.name}


def _stop(answer: Answer) -> str:
    return "tool_use" if answer.reply.call else "end_turn"


def _input_usage(answer: Answer) -> dict[str, Any]:
    """Anthropic's ``input_tokens`` leaves out what was read from or written to the cache."""
    usage = answer.usage
    assert usage.input is not None
    cached, written = usage.cached or 0, usage.cache_write or 0
    return {
        "input_tokens": usage.input - cached - written,
        "cache_creation_input_tokens": written,
        "cache_read_input_tokens": cached,
    }


MESSAGES = Wire(parse=parse, body=body, frames=frames, error=error)
