"""OpenAI Responses."""

from __future__ import annotations

import base64
from collections.abc import Iterator
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

_ROLES = {"system": "system", "developer": "system", "user": "user", "assistant": "assistant"}


def parse(body: Json) -> Request:
    """A Responses request; one that leans on a stored earlier answer is refused: none is kept."""
    if body.get("previous_response_id"):
        raise BadRequest("previous_response_id: no response is stored here; send all items")
    tools = objects(body, "tools")
    given = body.get("input")
    text = isinstance(given, str)
    entries = [{"role": "user", "content": given}] if text else objects(body, "input")
    if not entries:
        raise BadRequest("'input' must not be empty")
    instructions = body.get("instructions")
    items: list[Item] = [Said(role="system", text=instructions)] if instructions else []
    for entry in entries:
        items.extend(_items(entry))
    return Request(
        dialect=Dialect.RESPONSES,
        model=model_of(body),
        items=tuple(items),
        tools=tuple(_tool(tool) for tool in tools if tool.get("type") == "function"),
        stream=body.get("stream") is True,
        prompt=dense([tools, instructions, entries]),
        encrypted_reasoning="reasoning.encrypted_content" in (body.get("include") or ()),
    )


def _items(entry: Json) -> Iterator[Item]:
    match entry.get("type", "message"):
        case "message":
            role = entry.get("role")
            if role not in _ROLES:
                raise BadRequest(f"unknown role '{role}'")
            yield Said(role=_ROLES[role], text=text_of(entry.get("content")))  # type: ignore[arg-type]
        case "function_call":
            arguments = arguments_of(entry.get("arguments"))
            name = str(entry.get("name"))
            yield ToolCall(id=str(entry.get("call_id")), name=name, arguments=arguments)
        case "function_call_output":
            text = text_of(entry.get("output"))
            yield ToolAnswer(call_id=str(entry.get("call_id")), text=text)


def _tool(tool: Json) -> Tool:
    return Tool(
        name=str(tool.get("name")),
        description=str(tool.get("description") or ""),
        schema=arguments_of(tool.get("parameters")),
    )


def body(answer: Answer) -> Json:
    """The whole answer as one completed ``response`` object."""
    return _response(answer, "completed", _output(answer), _usage(answer))


def frames(answer: Answer) -> Iterator[bytes]:
    """The answer as server-sent events, numbered, from ``created`` to ``completed``."""
    for number, data in enumerate(_events(answer)):
        yield event(data["type"], {**data, "sequence_number": number})


def _events(answer: Answer) -> Iterator[dict[str, Any]]:
    opening = _response(answer, "in_progress", [], None)
    yield {"type": "response.created", "response": opening}
    yield {"type": "response.in_progress", "response": opening}
    for index, item in enumerate(_output(answer)):
        begun = _begun(item)
        yield {"type": "response.output_item.added", "output_index": index, "item": begun}
        at = {"item_id": item["id"], "output_index": index}
        yield from _INSIDE[item["type"]](item, at, answer.piece)
        yield {"type": "response.output_item.done", "output_index": index, "item": item}
    whole = _response(answer, "completed", _output(answer), _usage(answer))
    yield {"type": "response.completed", "response": whole}


def _inside_message(item: Json, at: Json, size: int) -> Iterator[dict[str, Any]]:
    part = item["content"][0]
    at = {**at, "content_index": 0}
    empty = {**part, "text": ""}
    yield {"type": "response.content_part.added", **at, "part": empty}
    for piece in pieces(part["text"], size):
        yield {"type": "response.output_text.delta", **at, "delta": piece, "logprobs": []}
    yield {"type": "response.output_text.done", **at, "text": part["text"], "logprobs": []}
    yield {"type": "response.content_part.done", **at, "part": part}


def _inside_call(item: Json, at: Json, size: int) -> Iterator[dict[str, Any]]:
    whole = item["arguments"]
    for piece in pieces(whole, size):
        yield {"type": "response.function_call_arguments.delta", **at, "delta": piece}
    done = "response.function_call_arguments.done"
    yield {"type": done, **at, "name": item["name"], "arguments": whole}


def _inside_reasoning(item: Json, at: Json, size: int) -> Iterator[dict[str, Any]]:
    part = item["summary"][0]
    at = {**at, "summary_index": 0}
    kind = "response.reasoning_summary"
    yield {"type": f"{kind}_part.added", **at, "part": {**part, "text": ""}}
    for piece in pieces(part["text"], size):
        yield {"type": f"{kind}_text.delta", **at, "delta": piece}
    yield {"type": f"{kind}_text.done", **at, "text": part["text"]}
    yield {"type": f"{kind}_part.done", **at, "part": part}


_INSIDE = {
    "message": _inside_message,
    "function_call": _inside_call,
    "reasoning": _inside_reasoning,
}


def _begun(item: Json) -> Json:
    empty: dict[str, Json] = {
        "message": {"content": [], "status": "in_progress"},
        "function_call": {"arguments": "", "status": "in_progress"},
        "reasoning": {"summary": []},
    }
    return {**item, **empty[item["type"]]}


def _output(answer: Answer) -> list[dict[str, Any]]:
    reply, out = answer.reply, []
    if reply.reasoning:
        summary = [{"type": "summary_text", "text": reply.reasoning}]
        item: dict[str, Any] = {"id": f"rs_{answer.id}", "type": "reasoning", "summary": summary}
        if answer.request.encrypted_reasoning:
            sealed = base64.b64encode(reply.reasoning.encode()).decode()
            item["encrypted_content"] = sealed
        out.append(item)
    if reply.text or not reply.call:
        part = {"type": "output_text", "text": reply.text, "annotations": [], "logprobs": []}
        common = {"status": "completed", "role": "assistant", "content": [part]}
        out.append({"id": f"msg_{answer.id}", "type": "message", **common})
    if call := reply.call:
        named = {"call_id": f"call_{call.id}", "name": call.name, "arguments": call.json}
        item_id = f"fc_{answer.id}"
        out.append({"id": item_id, "type": "function_call", "status": "completed", **named})
    return out


def error(status: int, message: str) -> Json:
    """OpenAI's error object."""
    kind = "authentication_error" if status == 401 else "invalid_request_error"
    return {"error": {"message": message, "type": kind, "param": None, "code": None}}


def _response(answer: Answer, status: str, output: list[Any], usage: Json | None) -> Json:
    return {
        "id": f"resp_{answer.id}",
        "object": "response",
        "created_at": answer.created,
        "status": status,
        "background": False,
        "error": None,
        "incomplete_details": None,
        "instructions": None,
        "max_output_tokens": None,
        "metadata": {},
        "model": answer.request.model,
        "output": output,
        "parallel_tool_calls": True,
        "previous_response_id": None,
        "reasoning": {"effort": None, "summary": None},
        "store": False,
        "temperature": 1.0,
        "text": {"format": {"type": "text"}},
        "tool_choice": "auto",
        "tools": [],
        "top_p": 1.0,
        "truncation": "disabled",
        "usage": usage,
        "user": None,
    }


def _usage(answer: Answer) -> Json:
    usage = answer.usage
    assert usage.input is not None
    assert usage.output is not None
    details = {
        "cached_tokens": usage.cached or 0,
        "cache_write_tokens": usage.cache_write or 0,
    }
    return {
        "input_tokens": usage.input,
        "input_tokens_details": details,
        "output_tokens": usage.output,
        "output_tokens_details": {"reasoning_tokens": usage.reasoning or 0},
        "total_tokens": usage.input + usage.output,
    }


RESPONSES = Wire(parse=parse, body=body, frames=frames, error=error)
