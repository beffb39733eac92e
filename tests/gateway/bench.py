"""A scripted provider on loopback, and a session of a real gateway before it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from codingagentbench.gateway import Call, Dialect, Gateway, Session, Upstream

from .wire import ANSWERS, PATHS, path_of

UPSTREAM_KEY = "sk-upstream-0123456789"

Script = Callable[["Visit"], Awaitable[None]]


@dataclass
class Visit:
    """One request as the provider got it, and the raw connection to answer on."""

    line: str
    headers: dict[str, str]
    body: bytes
    writer: asyncio.StreamWriter
    closed: asyncio.Event = field(default_factory=asyncio.Event)  # the gateway hung up

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    def head(self, *lines: str, status: str = "200 OK") -> None:
        text = "\r\n".join((f"HTTP/1.1 {status}", *lines, "", ""))
        self.writer.write(text.encode())

    def reply(self, body: bytes, *lines: str, status: str = "200 OK") -> None:
        kind = "Content-Type: application/json"
        self.head(kind, f"Content-Length: {len(body)}", *lines, status=status)
        self.writer.write(body)

    def open_stream(self) -> None:
        self.head("Content-Type: text/event-stream", "Transfer-Encoding: chunked")

    def chunk(self, data: bytes) -> None:
        self.writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def end(self) -> None:
        self.writer.write(b"0\r\n\r\n")

    async def stream(self, *frames: bytes, pause_s: float = 0.0) -> None:
        self.open_stream()
        for frame in frames:
            self.chunk(frame)
            await self.writer.drain()
            if pause_s:
                await asyncio.sleep(pause_s)
        self.end()

    def cut(self) -> None:
        """Breaks the connection without a goodbye."""
        self.writer.transport.abort()


class Provider:
    """Answers every request with ``script``; remembers what it was asked."""

    def __init__(self) -> None:
        self.visits: list[Visit] = []
        self.script: Script = _answer_well
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                line, *rest = head.strip().split("\r\n")
                headers = dict(part.lower().split(": ", 1) for part in rest)
                raw = dict(part.split(": ", 1) for part in rest)
                body = await reader.readexactly(int(headers.get("content-length", 0)))
                visit = Visit(line, {k.lower(): v for k, v in raw.items()}, body, writer)
                self.visits.append(visit)
                await self.script(visit)
                await writer.drain()
        for visit in self.visits:
            if visit.writer is writer:
                visit.closed.set()
        writer.close()


async def _answer_well(visit: Visit) -> None:
    path = visit.line.split()[1].partition("?")[0].removeprefix("/v1")
    whole = path.replace(":streamGenerateContent", ":generateContent")
    found = [dialect for dialect, known in PATHS.items() if known == whole]
    if not found:
        visit.reply(b'{"object":"list","data":[]}')
    elif visit.json.get("stream") or path != whole:
        await visit.stream(*ANSWERS[found[0]].frames(visit.json))
    else:
        visit.reply(ANSWERS[found[0]].body)


@dataclass
class Bench:
    """A gateway, and agents of it."""

    gateway: Gateway
    provider: Provider
    client: aiohttp.ClientSession
    calls: list[Call] = field(default_factory=list)

    async def open(self, *, upstream: dict[str, Any] | None = None, **options: Any) -> Agent:
        settings = {"base_url": self.provider.url, "key": UPSTREAM_KEY} | (upstream or {})
        options.setdefault("on_call", self.calls.append)
        session = await self.gateway.open(upstream=Upstream(**settings), **options)
        sock = socket.create_server(("127.0.0.1", 0))
        address = f"127.0.0.1:{sock.getsockname()[1]}"
        await session.serve(sock)
        return Agent(session, address, self.client)


@dataclass
class Agent:
    """Talks to one session as an agent's HTTP client would."""

    session: Session
    address: str
    client: aiohttp.ClientSession

    def request(
        self, dialect: Dialect, *, stream: bool = False, key: str | None = None, **body: Any
    ) -> Any:
        """A request context; ``body`` adds to a minimal one of the dialect."""
        url = f"http://{self.address}/v1{path_of(dialect, stream=stream)}"
        said = {"stream": True} if stream and dialect is not Dialect.GEMINI else {}
        payload = ANSWERS[dialect].request | said | body
        return self.client.post(url, json=payload, headers=self.headers(dialect, key))

    def headers(self, dialect: Dialect, key: str | None = None) -> dict[str, str]:
        key = self.session.key if key is None else key
        if dialect is Dialect.MESSAGES:
            return {"x-api-key": key, "anthropic-version": "2023-06-01"}
        if dialect is Dialect.GEMINI:
            return {"x-goog-api-key": key}
        return {"Authorization": f"Bearer {key}"}

    async def ask(self, dialect: Dialect, **options: Any) -> tuple[int, bytes]:
        async with self.request(dialect, **options) as reply:
            return reply.status, await reply.read()

    async def hang_up_after(self, count: int, dialect: Dialect, **body: Any) -> bytes:
        """Sends a streamed request, reads ``count`` bytes and drops the connection."""
        payload = json.dumps(ANSWERS[dialect].request | {"stream": True} | body).encode()
        headers = "".join(f"{k}: {v}\r\n" for k, v in self.headers(dialect).items())
        head = (
            f"POST /v1{path_of(dialect, stream=True)} HTTP/1.1\r\nHost: gateway\r\n{headers}"
            f"Content-Type: application/json\r\nContent-Length: {len(payload)}\r\n\r\n"
        )
        reader, writer = await self.connect()
        writer.write(head.encode() + payload)
        got = await reader.readexactly(count) if count else b""
        writer.transport.abort()
        return got

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host, port = self.address.split(":")
        return await asyncio.open_connection(host, int(port))

    async def raw(self, data: bytes) -> bytes:
        """Sends bytes as they are; everything that comes back until the gateway closes."""
        reader, writer = await self.connect()
        writer.write(data)
        with contextlib.suppress(ConnectionError):
            got = await asyncio.wait_for(reader.read(65536), 5.0)
        writer.close()
        return got
