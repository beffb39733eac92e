"""A load generator that costs almost nothing: raw connections, pre-rendered requests.

    python benchmarks/_gateway_load.py HOST:PORT KEY MODE N     prints its figures as JSON

MODE: ``latency`` (N requests, one after the other), ``throughput`` (N connections for 3 s),
``paced`` (N streams at once).
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from typing import cast

from codingagentbench.gateway import run

_SECONDS = 3.0
_END = b"0\r\n\r\n"


def request(key: str, *, paced: bool) -> bytes:
    """A chat request of 60 KB. The pace is asked for up front, where the server looks."""
    prompt = ("the quick brown fox jumps over the lazy dog %d. " * 1300) % tuple(range(1300))
    body = json.dumps(
        {
            "model": "paced" if paced else "m",
            "stream": True,
            "messages": [{"role": "user", "content": prompt[:60_000]}],
        }
    ).encode()
    head = (
        f"POST /v1/chat/completions HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class Client(asyncio.Protocol):
    """One kept-alive connection; :meth:`ask` sends a request and waits for its last byte."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport
        self._tail, self._done = b"", asyncio.get_running_loop().create_future()
        self._status = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._done.done():
            self._done.set_exception(ConnectionError("the server closed the connection"))

    def data_received(self, data: bytes) -> None:
        if not self._status:
            self._status = data[:12]
        self._tail = (self._tail + data)[-32:]
        if self._tail.endswith(_END) and not self._done.done():
            if self._status != b"HTTP/1.1 200" or b"[DONE]" not in self._tail + data[-200:]:
                raise SystemExit(f"unexpected reply: {self._status!r} {data[-300:]!r}")
            self._done.set_result(None)

    async def ask(self, payload: bytes) -> None:
        self._done, self._tail, self._status = asyncio.get_running_loop().create_future(), b"", b""
        self.transport.write(payload)
        await self._done


async def connect(address: str) -> Client:
    host, port = address.rsplit(":", 1)
    _, client = await asyncio.get_running_loop().create_connection(Client, host, int(port))
    return client


async def latency(address: str, key: str, count: int) -> dict[str, float]:
    client, payload, times = await connect(address), request(key, paced=False), []
    for _ in range(count):
        began = time.perf_counter()
        await client.ask(payload)
        times.append(time.perf_counter() - began)
    ordered = sorted(times)
    return {
        "p50_ms": statistics.median(times) * 1000,
        "p99_ms": ordered[int(len(ordered) * 0.99)] * 1000,
    }


async def throughput(address: str, key: str, count: int) -> dict[str, float]:
    clients, payload = [await connect(address) for _ in range(count)], request(key, paced=False)
    ends = time.perf_counter() + _SECONDS

    async def work(client: Client) -> int:
        done = 0
        while time.perf_counter() < ends:
            await client.ask(payload)
            done += 1
        return done

    began = time.perf_counter()
    total = sum(await asyncio.gather(*(work(client) for client in clients)))
    return {"requests": total, "per_s": total / (time.perf_counter() - began)}


async def paced(address: str, key: str, count: int) -> dict[str, float]:
    clients, payload = [await connect(address) for _ in range(count)], request(key, paced=True)

    async def stream(client: Client) -> float:
        began = time.perf_counter()
        await client.ask(payload)
        return time.perf_counter() - began

    times = await asyncio.gather(*(stream(client) for client in clients))
    return {"p50_s": statistics.median(times), "max_s": max(times)}


MODES = {"latency": latency, "throughput": throughput, "paced": paced}

if __name__ == "__main__":
    print(json.dumps(run(MODES[sys.argv[3]](sys.argv[1], sys.argv[2], int(sys.argv[4])))))
