"""A model server that costs almost nothing: 200 pre-rendered chat chunks, each its own write.

    python benchmarks/_gateway_upstream.py      prints its port

``POST /v1/chat/completions`` sends them as fast as they go; with ``"paced"`` in the first 200
bytes of the body it sends 100 a second. Raw protocol: no framework is measured along.
"""

from __future__ import annotations

import asyncio
import json
from typing import cast

from codingagentbench.gateway import run

CHUNKS = 200
PER_SECOND = 100
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


def _frame(value: dict[str, object]) -> bytes:
    data = b"data: " + json.dumps(value, separators=(",", ":")).encode() + b"\n\n"
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def _frames() -> list[bytes]:
    head = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "m"}

    def chunk(delta: dict[str, str], finish: str | None) -> bytes:
        return _frame({**head, "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})

    usage = {"prompt_tokens": 15000, "completion_tokens": CHUNKS, "total_tokens": 15000 + CHUNKS}
    body = [chunk({"content": f" word{n:04d}"}, None) for n in range(CHUNKS - 3)]
    end = _frame({**head, "choices": [], "usage": usage})
    done = b"e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n"
    return [*body, chunk({}, "stop"), end, done]


FRAMES = _frames()


class Server(asyncio.Protocol):
    def __init__(self) -> None:
        self._buffer, self._need = bytearray(), 0
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._need:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            head = bytes(self._buffer[:end]).lower()
            if not head.startswith(b"post"):  # somebody's health check
                self._buffer.clear()
                self._transport.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                return
            length = head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0]
            self._need = end + 4 + int(length)
            self._body = end + 4
        if len(self._buffer) >= self._need:
            paced = b'"paced"' in self._buffer[self._body : self._body + 200]
            del self._buffer[: self._need]
            self._need = 0
            self._transport.write(_HEAD)
            if paced:
                self._pace(0, self._loop.time())
            else:
                self._burst(0)

    def _burst(self, at: int) -> None:
        if self._transport.is_closing():
            return
        self._transport.write(FRAMES[at])
        if at + 1 < len(FRAMES):
            self._loop.call_soon(self._burst, at + 1)

    def _pace(self, at: int, began: float) -> None:
        if self._transport.is_closing():
            return
        self._transport.write(FRAMES[at])
        if at + 1 < len(FRAMES):
            self._loop.call_at(began + (at + 1) / PER_SECOND, self._pace, at + 1, began)


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(Server, "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    run(main())
