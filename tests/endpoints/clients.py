"""Strict clients of the dialects: they read every frame, and refuse what is out of order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from codingagentbench.endpoints import Conversation
from codingagentbench.gateway.dialects import Dialect


@dataclass
class Got:
    """What a client understood of one answer."""

    text: str = ""
    calls: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)  # id, name, input
    finish: str | None = None
    usage: dict[str, Any] | None = None
    frames: list[str] = field(default_factory=list)  # event names, in order
    output: list[dict[str, Any]] = field(default_factory=list)  # Responses: items to send back


async def post(
    session: aiohttp.ClientSession,
    conversation: Conversation,
    dialect: Dialect,
    body: Mapping[str, Any],
) -> Got:
    """One request, its whole answer read strictly."""
    url = conversation.base_url(dialect) + path_of(dialect, stream=bool(body.get("stream")))
    async with session.post(url, json=body, headers=headers(conversation)) as reply:
        raw = await reply.text()
        assert reply.status == 200, raw
        if body.get("stream"):
            assert reply.content_type == "text/event-stream"
            return _STREAMED[dialect](raw, body)
        assert reply.content_type == "application/json"
        return _WHOLE[dialect](json.loads(raw))


PATHS = {
    Dialect.CHAT: "/chat/completions",
    Dialect.RESPONSES: "/responses",
    Dialect.MESSAGES: "/messages",
    Dialect.GEMINI: "/models/m:generateContent",
}


def path_of(dialect: Dialect, *, stream: bool) -> str:
    """Gemini says in the path whether an answer is to be streamed."""
    if dialect is Dialect.GEMINI and stream:
        return "/models/m:streamGenerateContent?alt=sse"
    return PATHS[dialect]


def headers(conversation: Conversation) -> dict[str, str]:
    return {"Authorization": f"Bearer {conversation.key}"}


def _chat_whole(body: dict[str, Any]) -> Got:
    assert body["object"] == "chat.completion"
    (choice,) = body["choices"]
    message = choice["message"]
    assert message["role"] == "assistant"
    calls = [
        (c["id"], c["function"]["name"], json.loads(c["function"]["arguments"]))
        for c in message.get("tool_calls", ())
    ]
    return Got(
        text=message["content"] or "",
        calls=calls,
        finish=choice["finish_reason"],
        usage=body["usage"],
    )


def _chat_streamed(raw: str, body: Mapping[str, Any]) -> Got:
    got, arguments, finished = Got(), {}, False
    *frames, end = _frames(raw)
    assert end == "[DONE]"
    first = json.loads(frames[0])["choices"][0]["delta"]
    assert first == {"role": "assistant", "content": "", "refusal": None}
    wants_usage = (body.get("stream_options") or {}).get("include_usage", False)
    chunks = [json.loads(frame) for frame in frames]
    assert len({(c["id"], c["created"], c["model"]) for c in chunks}) == 1
    for chunk in chunks:
        assert chunk["object"] == "chat.completion.chunk"
        assert wants_usage == ("usage" in chunk)
        if not chunk["choices"]:
            assert finished, "usage comes after the finish"
            got.usage = chunk["usage"]
            continue
        assert not finished
        (choice,) = chunk["choices"]
        got.text += choice["delta"].get("content") or ""
        for part in choice["delta"].get("tool_calls", ()):
            if "id" in part:
                assert part["index"] not in arguments
                assert part["type"] == "function"
                arguments[part["index"]] = [part["id"], part["function"]["name"], ""]
            arguments[part["index"]][2] += part["function"]["arguments"]
        if choice["finish_reason"]:
            finished, got.finish = True, choice["finish_reason"]
    got.calls = [(i, name, json.loads(text)) for i, name, text in arguments.values()]
    assert finished
    return got


def _responses_whole(body: dict[str, Any]) -> Got:
    assert (body["object"], body["status"]) == ("response", "completed")
    got = Got(finish=body["status"], usage=body["usage"], output=body["output"])
    for item in body["output"]:
        if item["type"] == "message":
            got.text += "".join(part["text"] for part in item["content"])
        elif item["type"] == "function_call":
            got.calls.append((item["call_id"], item["name"], json.loads(item["arguments"])))
    return got


def _responses_streamed(raw: str, body: Mapping[str, Any]) -> Got:
    events = _events(raw)
    assert list(range(len(events))) == [data["sequence_number"] for _, data in events]
    names = [name for name, _ in events]
    assert names[:2] == ["response.created", "response.in_progress"]
    assert names[-1] == "response.completed"
    done: list[dict[str, Any]] = []
    pieces: dict[tuple[str, str], str] = {}
    open_item: dict[str, Any] | None = None
    for name, data in events[2:-1]:
        kind = name.removeprefix("response.")
        if kind == "output_item.added":
            assert open_item is None
            assert len(done) == data["output_index"]
            open_item = data["item"]
        elif kind == "output_item.done":
            assert open_item is not None
            assert open_item["id"] == data["item"]["id"]
            done.append(data["item"])
            open_item = None
        else:
            assert open_item is not None
            assert open_item["id"] == data["item_id"]
            what, _, step = kind.rpartition(".")
            key = (data["item_id"], what)
            if step == "delta":
                pieces[key] = pieces.get(key, "") + data["delta"]
            elif step == "done" and not what.endswith("part"):
                whole = data["arguments"] if "arguments" in data else data["text"]
                assert pieces.get(key, "") == whole
    final = events[-1][1]["response"]
    assert done == final["output"]
    got = _responses_whole(final)
    got.frames = names
    return got


def _messages_whole(body: dict[str, Any]) -> Got:
    assert (body["type"], body["role"]) == ("message", "assistant")
    got = Got(finish=body["stop_reason"], usage=body["usage"])
    for block in body["content"]:
        if block["type"] == "text":
            got.text += block["text"]
        else:
            assert block["type"] == "tool_use"
            got.calls.append((block["id"], block["name"], block["input"]))
    return got


def _messages_streamed(raw: str, body: Mapping[str, Any]) -> Got:
    events = _events(raw)
    names = [name for name, _ in events]
    assert names[0] == "message_start"
    assert names[-2:] == ["message_delta", "message_stop"]
    message = events[0][1]["message"]
    assert (message["content"], message["stop_reason"]) == ([], None)
    blocks: list[dict[str, Any]] = []
    is_open = False
    for name, data in events[1:-2]:
        if name == "ping":
            continue
        if name == "content_block_start":
            assert (False, len(blocks)) == (is_open, data["index"])
            is_open = True
            blocks.append({**data["content_block"], "json": ""})
            continue
        assert (True, len(blocks) - 1) == (is_open, data["index"])
        if name == "content_block_stop":
            is_open = False
        elif data["delta"]["type"] == "text_delta":
            blocks[-1]["text"] += data["delta"]["text"]
        else:
            assert data["delta"]["type"] == "input_json_delta"
            blocks[-1]["json"] += data["delta"]["partial_json"]
    assert not is_open
    for block in blocks:
        if block["type"] == "tool_use":
            block["input"] = json.loads(block["json"] or "{}")
    last = events[-2][1]
    got = _messages_whole(
        {
            **message,
            "content": blocks,
            "stop_reason": last["delta"]["stop_reason"],
            "usage": {**message["usage"], **last["usage"]},
        }
    )
    got.frames = names
    return got


def _gemini_whole(body: dict[str, Any]) -> Got:
    got = Got(usage=body["usageMetadata"])
    (candidate,) = body["candidates"]
    got.finish = candidate.get("finishReason")
    assert candidate["content"]["role"] == "model"
    for part in candidate["content"]["parts"]:
        got.text += part.get("text", "")
        if call := part.get("functionCall"):
            got.calls.append((call["id"], call["name"], call["args"]))
    return got


def _gemini_streamed(raw: str, body: Mapping[str, Any]) -> Got:
    chunks = [json.loads(frame) for frame in _frames(raw)]
    assert len({(c["responseId"], c["modelVersion"]) for c in chunks}) == 1
    seen = [_gemini_whole(chunk) for chunk in chunks]
    assert [None] * (len(seen) - 1) == [got.finish for got in seen[:-1]]
    return Got(
        text="".join(got.text for got in seen),
        calls=[call for got in seen for call in got.calls],
        finish=seen[-1].finish,
        usage=seen[-1].usage,
    )


def _frames(raw: str) -> list[str]:
    assert raw.endswith("\n\n")
    frames = raw[:-2].split("\n\n")
    assert all(frame.startswith("data: ") and "\n" not in frame for frame in frames)
    return [frame.removeprefix("data: ") for frame in frames]


def _events(raw: str) -> list[tuple[str, dict[str, Any]]]:
    assert raw.endswith("\n\n")
    events = []
    for frame in raw[:-2].split("\n\n"):
        name, data = frame.split("\n")
        assert name.startswith("event: ")
        assert data.startswith("data: ")
        value = json.loads(data.removeprefix("data: "))
        assert name.removeprefix("event: ") == value["type"]
        events.append((value["type"], value))
    return events


_WHOLE = {
    Dialect.CHAT: _chat_whole,
    Dialect.RESPONSES: _responses_whole,
    Dialect.MESSAGES: _messages_whole,
    Dialect.GEMINI: _gemini_whole,
}
_STREAMED = {
    Dialect.CHAT: _chat_streamed,
    Dialect.RESPONSES: _responses_streamed,
    Dialect.MESSAGES: _messages_streamed,
    Dialect.GEMINI: _gemini_streamed,
}
