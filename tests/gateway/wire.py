"""One good answer in each dialect: as a stream, as a body, and what it counts."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from codingagentbench.gateway import Dialect

PATHS = {
    Dialect.CHAT: "/chat/completions",
    Dialect.RESPONSES: "/responses",
    Dialect.MESSAGES: "/messages",
    Dialect.GEMINI: "/models/asked:generateContent",
}


def path_of(dialect: Dialect, *, stream: bool) -> str:
    """Gemini says in the path whether an answer is to be streamed."""
    if dialect is Dialect.GEMINI and stream:
        return "/models/asked:streamGenerateContent?alt=sse"
    return PATHS[dialect]


def told_by(answer: dict[str, Any]) -> tuple[str, str]:
    """What an error says of itself: its code and its type, by whatever names."""
    error = answer["error"]
    return error.get("reason", error["code"]), error.get("status") or error["type"]


#: input (all), cached, cache_write, output (all), reasoning: what every answer below says.
INPUT, CACHED, OUTPUT, REASONING = 120, 20, 30, 10


def data(value: Any) -> bytes:
    return b"data: " + json.dumps(value, separators=(",", ":")).encode() + b"\n\n"


def event(value: dict[str, Any]) -> bytes:
    return b"event: " + value["type"].encode() + b"\n" + data(value)


CHAT_USAGE = {
    "prompt_tokens": INPUT,
    "completion_tokens": OUTPUT,
    "total_tokens": INPUT + OUTPUT,
    "prompt_tokens_details": {"cached_tokens": CACHED},
    "completion_tokens_details": {"reasoning_tokens": REASONING},
}
RESPONSES_USAGE = {
    "input_tokens": INPUT,
    "input_tokens_details": {"cached_tokens": CACHED},
    "output_tokens": OUTPUT,
    "output_tokens_details": {"reasoning_tokens": REASONING},
    "total_tokens": INPUT + OUTPUT,
}
MESSAGES_USAGE = {
    "input_tokens": INPUT - CACHED - 5,
    "cache_read_input_tokens": CACHED,
    "cache_creation_input_tokens": 5,
}


GEMINI_USAGE = {
    "promptTokenCount": INPUT - 15,
    "toolUsePromptTokenCount": 15,
    "cachedContentTokenCount": CACHED,
    "candidatesTokenCount": OUTPUT - REASONING,
    "thoughtsTokenCount": REASONING,
    "totalTokenCount": INPUT + OUTPUT,
}


def gemini_chunk(text: str, finish: str | None = None, **more: Any) -> dict[str, Any]:
    candidate = {"content": {"role": "model", "parts": [{"text": text}]}, "index": 0}
    ended = {"finishReason": finish} if finish else {}
    return {"candidates": [candidate | ended], "modelVersion": "served", **more}


def gemini_frames(request: dict[str, Any]) -> tuple[bytes, ...]:
    begun = {"promptTokenCount": INPUT - 15, "totalTokenCount": INPUT - 15}
    return (
        data(gemini_chunk("Hel", usageMetadata=begun)),
        data(gemini_chunk("lo, wörld")),
        data(gemini_chunk("", "STOP", usageMetadata=GEMINI_USAGE)),
    )


def chat_chunk(delta: dict[str, Any], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return data({"object": "chat.completion.chunk", "model": "served", "choices": [choice]})


CHAT_TEXT = tuple(chat_chunk({"content": word}) for word in ("Hel", "lo, ", "wörld"))
CHAT_FINISH = chat_chunk({}, "stop")
CHAT_TOTAL = data({"model": "served", "choices": [], "usage": CHAT_USAGE})
DONE = b"data: [DONE]\n\n"


def chat_frames(request: dict[str, Any]) -> tuple[bytes, ...]:
    """As a provider does: the usage only if it was asked for."""
    asked = (request.get("stream_options") or {}).get("include_usage") is True
    return (*CHAT_TEXT, CHAT_FINISH, *((CHAT_TOTAL,) if asked else ()), DONE)


def responses_frames(request: dict[str, Any]) -> tuple[bytes, ...]:
    empty = {"id": "r", "model": "served", "status": "in_progress", "error": None, "usage": None}
    full = empty | {"status": "completed", "output": [], "usage": RESPONSES_USAGE}
    return (
        event({"type": "response.created", "response": empty}),
        event({"type": "response.output_text.delta", "delta": "Hello"}),
        event({"type": "response.completed", "response": full}),
    )


def messages_frames(request: dict[str, Any]) -> tuple[bytes, ...]:
    message = {"type": "message", "model": "served", "content": [], "stop_reason": None}
    begin = message | {"usage": MESSAGES_USAGE | {"output_tokens": 1}}
    delta = {"type": "text_delta", "text": "Hello"}
    return (
        event({"type": "message_start", "message": begin}),
        event({"type": "ping"}),
        event({"type": "content_block_delta", "index": 0, "delta": delta}),
        event(
            {
                "type": "message_delta",
                "delta": {"stop_reason": "end_turn"},
                "usage": {"output_tokens": OUTPUT},
            }
        ),
        event({"type": "message_stop"}),
    )


@dataclass(frozen=True, kw_only=True)
class Answers:
    request: dict[str, Any]
    frames: Callable[[dict[str, Any]], tuple[bytes, ...]]
    body: bytes
    finish: str


_ASKED = [{"role": "user", "content": "Say hello."}]

ANSWERS = {
    Dialect.CHAT: Answers(
        request={"model": "asked", "messages": _ASKED},
        frames=chat_frames,
        body=json.dumps(
            {
                "model": "served",
                "choices": [{"index": 0, "message": {}, "finish_reason": "stop"}],
                "usage": CHAT_USAGE,
            }
        ).encode(),
        finish="stop",
    ),
    Dialect.RESPONSES: Answers(
        request={"model": "asked", "input": _ASKED},
        frames=responses_frames,
        body=json.dumps(
            {"model": "served", "status": "completed", "output": [], "usage": RESPONSES_USAGE}
        ).encode(),
        finish="completed",
    ),
    Dialect.MESSAGES: Answers(
        request={"model": "asked", "messages": _ASKED, "max_tokens": 100},
        frames=messages_frames,
        body=json.dumps(
            {
                "type": "message",
                "model": "served",
                "content": [],
                "stop_reason": "end_turn",
                "usage": MESSAGES_USAGE | {"output_tokens": OUTPUT},
            }
        ).encode(),
        finish="end_turn",
    ),
    Dialect.GEMINI: Answers(
        request={"contents": [{"role": "user", "parts": [{"text": "Say hello."}]}]},
        frames=gemini_frames,
        body=json.dumps(gemini_chunk("Hello", "STOP", usageMetadata=GEMINI_USAGE)).encode(),
        finish="STOP",
    ),
}
