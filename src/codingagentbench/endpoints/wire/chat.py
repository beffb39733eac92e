"""OpenAI chat completions."""

from __future__ import annotations

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
    model_of,
    objects,
    pieces,
    text_of,
)
from codingagentbench.gateway.dialects import Dialect

_ROLES = {"system": "system", "developer": "system", "user": "user", "assistant": "assistant"}


def parse(body: Json) -> Request:
    """A chat request; refuses one without messages."""
    messages, tools = objects(body, "messages"), objects(body, "tools")
    if not messages:
        raise BadRequest("'messages' must not be empty")
    options = body.get("stream_options")
    return Request(
        dialect=Dialect.CHAT,
        model=model_of(body),
        items=tuple(item for message in messages for item in _items(message)),
        tools=tuple(_tool(tool["function"]) for tool in tools if "function" in tool),
        stream=body.get("stream") is True,
        include_usage=isinstance(options, dict) and options.get("include_usage") is True,
        prompt=dense([tools, messages]),
    )


def _items(message: Json) -> Iterator[Item]:
    role = message.get("role")
    if role == "tool":
        text = text_of(message.get("content"))
        yield ToolAnswer(call_id=str(message.get("tool_call_id")), text=text)
    elif role in _ROLES:
        if text := text_of(message.get("content")):
            yield Said(role=_ROLES[role], text=text)  # type: ignore[arg-type]
        for call in objects(message, "tool_calls"):
            named = call.get("function") or {}
            yield ToolCall(
                id=str(call.get("id")),
                name=str(named.get("name")),
                arguments=arguments_of(named.get("arguments")),
            )
    else:
        raise BadRequest(f"unknown role '{role}'")


def _tool(function: Json) -> Tool:
    return Tool(
        name=str(function.get("name")),
        description=str(function.get("description") or ""),
        schema=arguments_of(function.get("parameters")),
    )


def body(answer: Answer) -> Json:
    """The whole answer as one ``chat.completion`` object."""
    reply = answer.reply
    message: dict[str, Any] = {"role": "assistant", "content": reply.text, "refusal": None}
    if reply.call:
        message["content"] = reply.text or None
        message["tool_calls"] = [_call(reply.call)]
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": _finish(answer)}
    head = _head(answer, "chat.completion")
    return {**head, "choices": [choice], "usage": _usage(answer)}


def frames(answer: Answer) -> Iterator[bytes]:
    """The answer as ``chat.completion.chunk`` frames, closed by ``[DONE]``."""
    head = _head(answer, "chat.completion.chunk")
    asked = answer.request.include_usage

    def chunk(delta: Json, finish: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        extra = {"usage": None} if asked else {}
        return _data({**head, "choices": [choice], **extra})

    yield chunk({"role": "assistant", "content": "", "refusal": None})
    for piece in pieces(answer.reply.text, answer.piece):
        yield chunk({"content": piece})
    if call := answer.reply.call:
        opened = {**_call(call), "function": {"name": call.name, "arguments": ""}}
        yield chunk({"tool_calls": [{"index": 0, **opened}]})
        for piece in pieces(call.json, answer.piece):
            yield chunk({"tool_calls": [{"index": 0, "function": {"arguments": piece}}]})
    yield chunk({}, _finish(answer))
    if asked:
        yield _data({**head, "choices": [], "usage": _usage(answer)})
    yield b"data: [DONE]\n\n"


def error(status: int, message: str) -> Json:
    """OpenAI's error object."""
    kind = "authentication_error" if status == 401 else "invalid_request_error"
    return {"error": {"message": message, "type": kind, "param": None, "code": None}}


def _head(answer: Answer, kind: str) -> Json:
    return {
        "id": f"chatcmpl-{answer.id}",
        "object": kind,
        "created": answer.created,
        "model": answer.request.model,
        "system_fingerprint": "fp_builtin",
    }


def _call(call: ToolCall) -> dict[str, Any]:
    function = {"name": call.name, "arguments": call.json}
    return {"id": f"call_{call.id}", "type": "function", "function": function}


def _finish(answer: Answer) -> str:
    return "tool_calls" if answer.reply.call else "stop"


def _usage(answer: Answer) -> Json:
    usage = answer.usage
    assert usage.input is not None
    assert usage.output is not None
    return {
        "prompt_tokens": usage.input,
        "completion_tokens": usage.output,
        "total_tokens": usage.input + usage.output,
        "prompt_tokens_details": {"cached_tokens": usage.cached or 0},
        "completion_tokens_details": {"reasoning_tokens": usage.reasoning or 0},
    }


def _data(value: Json) -> bytes:
    return b"data: " + dense(value) + b"\n\n"


CHAT = Wire(parse=parse, body=body, frames=frames, error=error)
