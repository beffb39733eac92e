"""HTTP that is not quite HTTP, from agents and from providers: each call ends and is told apart.

The whole gateway on real sockets; the bytes are drawn with a fixed seed, so every run has the same.
"""

from __future__ import annotations

import asyncio
import random
import time

import aiohttp
import pytest

from codingagentbench.gateway import Dialect

from .bench import Bench, Visit
from .wire import ANSWERS

ROUNDS = 400
PATIENCE_S = 15.0
_ODD = (
    b"\r\n", b"\n", b"\r", b"0\r\n\r\n", b"ffffffffffffffff\r\n", b"-1\r\n", b"1;ext=\x00\r\n",
    b"Transfer-Encoding: chunked\r\n", b"Content-Length: 5\r\n", b"Content-Length: -5\r\n", b"\x00",
    b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n", b"\xff" * 9, b"data: ", b"[DONE]",
    b"content-encoding: gzip\r\n", b": " * 40, b"x" * 9000, b"{", b"}", b'"usage":', b"1e999",
)  # fmt: skip


def bent(data: bytes, draw: random.Random) -> bytes:
    """``data`` with some stretches left out, doubled, or made something odd of."""
    for _ in range(draw.randint(1, 4)):
        at = draw.randint(0, len(data))
        end = min(len(data), at + draw.choice((0, 0, 1, 3, 20, 400)))
        by = draw.choice((b"", data[at:end] * 2, draw.choice(_ODD), draw.randbytes(4)))
        data = data[:at] + by + data[end:]
    return data


def framed(body: bytes, draw: random.Random, *, kind: str) -> bytes:
    """A good reply: in chunks of any size, or of known length."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n".encode()
    if draw.random() < 0.3:
        return head + f"Content-Length: {len(body)}\r\n\r\n".encode() + body
    out, at = head + b"Transfer-Encoding: chunked\r\n\r\n", 0
    while at < len(body):
        piece = body[at : at + draw.choice((1, 7, 64, 5000))]
        out += f"{len(piece):x}\r\n".encode() + piece + b"\r\n"
        at += len(piece)
    return out + b"0\r\n\r\n"


@pytest.mark.parametrize("dialect", list(Dialect))
async def test_a_providers_odd_bytes_end_the_call_and_nothing_else(
    bench: Bench, dialect: Dialect
) -> None:
    draw = random.Random(f"provider {dialect}")

    async def script(visit: Visit) -> None:
        stream = draw.random() < 0.7
        answers = ANSWERS[dialect]
        body = b"".join(answers.frames({})) if stream else answers.body
        kind = "text/event-stream" if stream else "application/json"
        visit.writer.write(bent(framed(body, draw, kind=kind), draw))
        await visit.writer.drain()
        visit.writer.close()

    good = bench.provider.script
    bench.provider.script = script
    agent = await bench.open()
    for _ in range(ROUNDS):
        started = time.monotonic()
        try:
            async with asyncio.timeout(PATIENCE_S):
                await agent.ask(dialect, stream=True)
        except aiohttp.ClientError:
            pass  # cut off in the middle, as the provider did it
        assert time.monotonic() - started < PATIENCE_S
    bench.provider.script = good
    status, _ = await agent.ask(dialect)
    assert 200 == status
    ledger = await agent.session.close()
    assert ROUNDS + 1 == len(ledger.calls)
    bad = [call for call in ledger.calls if call.error is not None]
    assert ROUNDS // 4 < len(bad) < ROUNDS, "some were bent so that it shows, some were not"
    for call in ledger.calls:
        counts = (call.usage.input, call.usage.output, call.usage.cached)
        assert all(count is None or count >= 0 for count in counts)


async def test_an_agents_odd_bytes_are_its_own_trouble(bench: Bench) -> None:
    """Its connection may be closed; the provider sees only good requests."""
    draw = random.Random("agent")
    agent = await bench.open()
    body = b'{"model":"m","messages":[{"role":"user","content":"hello"}]}'
    head = (
        "POST /v1/chat/completions HTTP/1.1\r\nHost: gateway\r\n"
        f"Authorization: Bearer {agent.session.key}\r\nContent-Type: application/json\r\n"
    ).encode()
    known = b"Content-Length: %d\r\n\r\n" % len(body) + body
    chunks = b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n"
    for _ in range(ROUNDS):
        reader, writer = await agent.connect()
        try:
            writer.write(bent(head + draw.choice((known, chunks)), draw))
            writer.write_eof()
            async with asyncio.timeout(PATIENCE_S):
                await reader.read(-1)
        except ConnectionError:
            pass
        finally:
            writer.transport.abort()
    status, _ = await agent.ask(Dialect.CHAT)
    assert 200 == status
    for visit in bench.provider.visits:
        method, path, version = visit.line.split(" ")
        assert ("POST", "HTTP/1.1") == (method, version)
        assert path.startswith("/v1/")
        assert "transfer-encoding" not in visit.headers or "content-length" not in visit.headers
