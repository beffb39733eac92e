"""A model that always says that it is done, in every dialect, on a socket given to it."""

from __future__ import annotations

import json
import re
import socket
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

SAYS = "There is nothing left to do."


@dataclass(frozen=True)
class Asked:
    """One request that an agent made."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def key(self) -> str:
        bearer = self.headers.get("authorization", "").removeprefix("Bearer ")
        own = self.headers.get("x-api-key") or self.headers.get("x-goog-api-key", "")
        return bearer or own

    @property
    def model(self) -> str:
        """In the body, or in the path."""
        found = _GEMINI.fullmatch(self.path)
        return found["model"] if found else str(self.body["model"])

    @property
    def streamed(self) -> bool:
        return "stream" in self.path or self.body.get("stream") is True


@dataclass
class ModelServer:
    """Serves one attempt; keeps what was asked."""

    asked: list[Asked] = field(default_factory=list)
    strayed: list[str] = field(default_factory=list)  # anything that is not a model call

    async def serve(self, listener: socket.socket) -> None:
        """Answer on ``listener`` from now on; to be given to a sandbox as ``on_listen``."""
        app = web.Application(client_max_size=2**24)
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.SockSite(self._runner, listener).start()

    async def close(self) -> None:
        await self._runner.cleanup()

    async def _answer(self, http: web.Request) -> web.Response:
        gemini = _GEMINI.fullmatch(http.path) is not None
        events = _GEMINI_EVENTS if gemini else _EVENTS.get(http.path)
        if http.method != "POST" or events is None:
            self.strayed.append(f"{http.method} {http.path}")
            return web.Response(status=404)
        headers = {name.lower(): value for name, value in http.headers.items()}
        asked = Asked(http.path, headers, await http.json())
        self.asked.append(asked)
        if http.path in _WHOLE and not asked.streamed:
            return web.json_response(_WHOLE[http.path](asked.body))
        head = "" if gemini else "event: {}\n"  # Google's own client takes data and nothing else
        lines = (f"{head.format(name)}data: {json.dumps(data)}\n\n" for name, data in events)
        return web.Response(text="".join(lines), content_type="text/event-stream")


def _chunk(choice: dict[str, Any]) -> tuple[str, Any]:
    base = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    return ("message", {**base, "choices": [{"index": 0, "finish_reason": None, **choice}]})


_GEMINI = re.compile(r"/v1beta/models/(?P<model>.+):(stream)?[gG]enerateContent")
_SAID = {"content": {"role": "model", "parts": [{"text": SAYS}]}, "finishReason": "STOP"}
_COUNT = {"promptTokenCount": 10, "candidatesTokenCount": 5, "totalTokenCount": 15}
_GEMINI_EVENTS: tuple[tuple[str, Any], ...] = (
    ("message", {"candidates": [{**_SAID, "index": 0}], "usageMetadata": _COUNT}),
)


def _whole_chat(body: dict[str, Any]) -> dict[str, Any]:
    """An answer in one piece; agents that end by a tool or by a command are given that."""
    offered = {tool["function"]["name"] for tool in body.get("tools", ())}
    words = re.search(r"echo COMPLETE_TASK\w+", json.dumps(body["messages"]))
    call: dict[str, Any] | None = None
    if "finish" in offered:
        call = {"name": "finish", "arguments": json.dumps({"message": SAYS})}
    elif "bash" in offered and words:
        call = {"name": "bash", "arguments": json.dumps({"command": words[0]})}
    message: dict[str, Any] = {"role": "assistant", "content": SAYS}
    if call is not None:
        message["tool_calls"] = [{"id": "t1", "type": "function", "function": call}]
    why = "stop" if call is None else "tool_calls"
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [{"index": 0, "finish_reason": why, "message": message}],
        "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15},
    }


_WHOLE = {"/v1/chat/completions": _whole_chat}
_TEXT = {"type": "output_text", "text": SAYS, "annotations": []}
_ITEM = {"type": "message", "id": "m1", "role": "assistant", "content": [_TEXT]}
_RESPONSE = {
    "id": "r1",
    "object": "response",
    "created_at": 1,
    "model": "m",
    "status": "completed",
    "output": [_ITEM],
    "usage": {"input_tokens": 10, "output_tokens": 5, "total_tokens": 15},
}
_MESSAGE = {"id": "m1", "type": "message", "role": "assistant", "model": "m", "content": []}

_EVENTS: dict[str, tuple[tuple[str, Any], ...]] = {
    "/v1/chat/completions": (
        _chunk({"delta": {"role": "assistant", "content": SAYS}}),
        _chunk({"delta": {}, "finish_reason": "stop"}),
    ),
    "/v1/responses": tuple(
        (event["type"], event)
        for event in (
            {"type": "response.created", "response": {**_RESPONSE, "status": "in_progress"}},
            {"type": "response.output_item.added", "output_index": 0, "item": _ITEM},
            {"type": "response.output_item.done", "output_index": 0, "item": _ITEM},
            {"type": "response.completed", "response": _RESPONSE},
        )
    ),
    "/v1/messages": tuple(
        (event["type"], event)
        for event in (
            {
                "type": "message_start",
                "message": {**_MESSAGE, "usage": {"input_tokens": 10, "output_tokens": 1}},
            },
            {
                "type": "content_block_start",
                "index": 0,
                "content_block": {"type": "text", "text": ""},
            },
            {
                "type": "content_block_delta",
                "index": 0,
                "delta": {"type": "text_delta", "text": SAYS},
            },
            {"type": "content_block_stop", "index": 0},
            {
                "type": "message_delta",
                "delta": {"stop_reason": "end_turn"},
                "usage": {"output_tokens": 5},
            },
            {"type": "message_stop"},
        )
    ),
}
