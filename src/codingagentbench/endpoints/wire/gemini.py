"""Gemini's ``generateContent``. The model, and whether to stream, stand in the path: whoever reads
the path puts them into the body as ``model`` and ``stream``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

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
)
from codingagentbench.gateway.dialects import Dialect

_STATUSES: Final = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}


def parse(body: Json) -> Request:
    """A request; refuses one without contents."""
    contents, tools = objects(body, "contents"), objects(body, "tools")
    if not contents:
        raise BadRequest("contents is not specified")
    instruction = body.get("systemInstruction") or body.get("system_instruction")
    system = _text(instruction)
    items: list[Item] = [Said(role="system", text=system)] if system else []
    items.extend(_items(contents))
    declared = [one for tool in tools for one in objects(tool, "functionDeclarations")]
    return Request(
        dialect=Dialect.GEMINI,
        model=model_of(body),
        items=tuple(items),
        tools=tuple(_tool(one) for one in declared),
        stream=body.get("stream") is True,
        prompt=dense([tools, instruction, contents]),
    )


def _items(contents: list[Json]) -> Iterator[Item]:
    """Calls and their answers are told by their ids, or by their name and number."""
    asked, answered = Counter[str](), Counter[str]()
    for content in contents:
        role = content.get("role", "user")
        if role not in ("user", "model", "function"):
            raise BadRequest("please use a valid role: user, model")
        for part in objects(content, "parts"):
            if isinstance(text := part.get("text"), str) and not part.get("thought"):
                yield Said(role="assistant" if role == "model" else "user", text=text)
            if isinstance(call := part.get("functionCall"), Mapping):
                name = str(call.get("name"))
                asked[name] += 1
                arguments = arguments_of(call.get("args"))
                yield ToolCall(id=_id(call, asked[name]), name=name, arguments=arguments)
            if isinstance(reply := part.get("functionResponse"), Mapping):
                answered[str(reply.get("name"))] += 1
                yield _answer(reply, answered[str(reply.get("name"))])


def _answer(reply: Json, number: int) -> ToolAnswer:
    said = arguments_of(reply.get("response"))
    error = "error" in said
    value = said.get("error" if error else "output", said)
    text = value if isinstance(value, str) else dense(value).decode("utf-8", "replace")
    return ToolAnswer(call_id=_id(reply, number), text=text, error=error)


def _id(call: Json, number: int) -> str:
    return str(call.get("id") or f"{call.get('name')}-{number}")


def _text(instruction: object) -> str:
    if isinstance(instruction, str):
        return instruction
    parts = objects(instruction, "parts") if isinstance(instruction, Mapping) else []
    return "\n".join(text for part in parts if isinstance(text := part.get("text"), str))


def _tool(declared: Json) -> Tool:
    schema = declared.get("parametersJsonSchema") or declared.get("parameters")
    return Tool(
        name=str(declared.get("name")),
        description=str(declared.get("description") or ""),
        schema=arguments_of(_lowered(schema)),
    )


def _lowered(schema: object) -> object:
    """Gemini's own schemas write types in capitals."""
    if isinstance(schema, Mapping):
        return {
            key: value.lower() if key == "type" and isinstance(value, str) else _lowered(value)
            for key, value in schema.items()
        }
    return [_lowered(one) for one in schema] if isinstance(schema, list) else schema


def body(answer: Answer) -> Json:
    """The whole answer as one ``GenerateContentResponse``."""
    text = [{"text": answer.reply.text}] if answer.reply.text else []
    return _chunk(answer, [*text, *_calls(answer)], last=True)


def frames(answer: Answer) -> Iterator[bytes]:
    """The answer as server-sent events, each a response of its own."""
    for piece in pieces(answer.reply.text, answer.piece):
        yield _data(_chunk(answer, [{"text": piece}]))
    if calls := _calls(answer):
        yield _data(_chunk(answer, calls))
    yield _data(_chunk(answer, [{"text": ""}], last=True))


def error(status: int, message: str) -> Json:
    """Google's error object."""
    named = _STATUSES.get(status, "INTERNAL" if status >= 500 else "INVALID_ARGUMENT")
    return {"error": {"code": status, "message": message, "status": named}}


def _calls(answer: Answer) -> list[Json]:
    call = answer.reply.call
    if call is None:
        return []
    return [{"functionCall": {"id": f"call_{call.id}", "name": call.name, "args": call.arguments}}]


def _chunk(answer: Answer, parts: list[Json], *, last: bool = False) -> Json:
    candidate: dict[str, Any] = {"content": {"role": "model", "parts": parts}, "index": 0}
    if last:
        candidate["finishReason"] = "STOP"
    return {
        "candidates": [candidate],
        "usageMetadata": _usage(answer, whole=last),
        "modelVersion": answer.request.model,
        "responseId": answer.id,
    }


def _usage(answer: Answer, *, whole: bool) -> Json:
    usage = answer.usage
    assert usage.input is not None
    assert usage.output is not None
    thoughts = usage.reasoning or 0
    made = {
        "candidatesTokenCount": usage.output - thoughts,
        "thoughtsTokenCount": thoughts,
        "totalTokenCount": usage.input + usage.output,
    }
    return {
        "promptTokenCount": usage.input,
        "cachedContentTokenCount": usage.cached or 0,
        **(made if whole else {"totalTokenCount": usage.input}),
    }


def _data(value: Json) -> bytes:
    return b"data: " + dense(value) + b"\n\n"


GEMINI = Wire(parse=parse, body=body, frames=frames, error=error)
