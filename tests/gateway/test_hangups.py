"""Agents hang up, are killed, never read: what they caused is counted all the same."""

from __future__ import annotations

import asyncio

import pytest

from codingagentbench.endpoints import BuiltinServer, Options
from codingagentbench.gateway import Call, Dialect, ErrorClass
from codingagentbench.gateway import relay as relay_module

from .bench import Agent, Bench, Visit
from .wire import ANSWERS, CHAT_FINISH, CHAT_TEXT, CHAT_TOTAL, DONE, OUTPUT, chat_chunk


async def finished(agent: Agent, count: int = 1) -> tuple[Call, ...]:
    """The session's calls, once ``count`` of them are over."""
    async with asyncio.timeout(5):
        while True:
            calls = agent.session.ledger().calls
            done = [call for call in calls if call.duration_ms is not None]
            if len(done) >= count:
                return tuple(done)
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("dialect", list(Dialect))
async def test_a_hang_up_in_mid_stream_loses_no_usage(bench: Bench, dialect: Dialect) -> None:
    gone = asyncio.Event()

    async def script(visit: Visit) -> None:
        first, *rest = ANSWERS[dialect].frames(visit.json)
        visit.open_stream()
        visit.chunk(first)
        await gone.wait()
        for frame in rest:
            visit.chunk(frame)
            await asyncio.sleep(0.01)
        visit.end()

    bench.provider.script = script
    agent = await bench.open()
    await agent.hang_up_after(20, dialect)
    gone.set()
    (call,) = await finished(agent)
    assert (call.aborted, call.error, call.usage.output) == (True, None, OUTPUT)


async def test_a_hang_up_before_the_answer_loses_no_usage(bench: Bench) -> None:
    well = bench.provider.script

    async def slow(visit: Visit) -> None:
        await asyncio.sleep(0.2)
        await well(visit)

    bench.provider.script = slow
    agent = await bench.open()
    await agent.hang_up_after(0, Dialect.MESSAGES)
    (call,) = await finished(agent)
    assert (call.aborted, call.error, call.usage.output) == (True, None, OUTPUT)


async def test_reading_on_has_a_bound_in_seconds(bench: Bench) -> None:
    """After it the provider's connection is closed, and the row says that usage is unknown."""

    async def script(visit: Visit) -> None:
        visit.open_stream()
        for _ in range(1000):
            visit.chunk(CHAT_TEXT[0])
            await visit.writer.drain()
            await asyncio.sleep(0.01)

    bench.provider.script = script
    agent = await bench.open(drain_s=0.2)
    await agent.hang_up_after(20, Dialect.CHAT)
    (call,) = await finished(agent)
    assert (call.aborted, call.error, call.usage.output) == (True, None, None)
    assert call.error_detail is not None
    assert agent.session.ledger().totals.unmetered_calls == 1
    await asyncio.wait_for(bench.provider.visits[0].closed.wait(), 5.0)


async def test_reading_on_has_a_bound_in_bytes(bench: Bench) -> None:
    big = chat_chunk({"content": "x" * 50_000})

    async def script(visit: Visit) -> None:
        visit.open_stream()
        for _ in range(2000):
            visit.chunk(big)
            await visit.writer.drain()

    bench.provider.script = script
    agent = await bench.open(drain_bytes=1 << 20)
    await agent.hang_up_after(20, Dialect.CHAT)
    (call,) = await finished(agent)
    assert call.aborted
    assert call.response_bytes < 20 << 20


async def test_giving_up_on_a_silent_provider_is_a_timeout(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An agent that hangs up after long silence was failed by its provider."""
    monkeypatch.setattr(relay_module, "_SILENCE_S", 0.2)

    async def silent(visit: Visit) -> None:
        await asyncio.sleep(5)

    bench.provider.script = silent
    agent = await bench.open(drain_s=0.3)
    await agent.hang_up_after(0, Dialect.CHAT)
    (call,) = await finished(agent)
    assert (call.aborted, call.error, call.status) == (True, ErrorClass.TIMEOUT, None)
    assert call.hung_up_ms is not None
    assert call.duration_ms is not None
    assert call.hung_up_ms + 200 < call.duration_ms


async def test_a_retry_while_the_first_is_still_read_shares_its_number(bench: Bench) -> None:
    hold = asyncio.Event()

    async def script(visit: Visit) -> None:
        visit.open_stream()
        visit.chunk(CHAT_TEXT[0])
        if len(bench.provider.visits) == 1:
            await hold.wait()
        for frame in (CHAT_FINISH, CHAT_TOTAL, DONE):
            visit.chunk(frame)
        visit.end()

    bench.provider.script = script
    agent = await bench.open()
    await agent.hang_up_after(20, Dialect.CHAT)
    await asyncio.sleep(0.05)
    await agent.ask(Dialect.CHAT, stream=True)
    hold.set()
    calls = await finished(agent, 2)
    assert [(call.logical, call.aborted) for call in calls] == [(0, True), (0, False)]


async def test_closing_reads_on_and_counts(bench: Bench) -> None:
    """The harness closes the session in mid-stream, the agent's socket still open."""

    async def script(visit: Visit) -> None:
        visit.open_stream()
        for frame in (*CHAT_TEXT, CHAT_FINISH, CHAT_TOTAL, DONE):
            visit.chunk(frame)
            await asyncio.sleep(0.05)
        visit.end()

    bench.provider.script = script
    agent = await bench.open()
    reply = await agent.request(Dialect.CHAT, stream=True)
    ledger = await agent.session.close(drain_s=5.0)
    (call,) = ledger.calls
    assert (call.aborted, call.usage.output) == (True, OUTPUT)
    reply.close()


async def test_closing_does_not_wait_longer_than_told(bench: Bench) -> None:
    async def script(visit: Visit) -> None:
        visit.open_stream()
        visit.chunk(CHAT_TEXT[0])
        await asyncio.sleep(5)

    bench.provider.script = script
    agent = await bench.open()
    reply = await agent.request(Dialect.CHAT, stream=True)
    async with asyncio.timeout(2.0):
        ledger = await agent.session.close(drain_s=0.2)
    assert ledger.calls[0].aborted
    reply.close()


async def test_a_client_that_never_reads_holds_nothing_up(bench: Bench) -> None:
    """The provider is held back, not the gateway's memory; closing gets the usage."""
    big = chat_chunk({"content": "x" * 60_000})

    async def script(visit: Visit) -> None:
        visit.open_stream()
        for _ in range(200):
            visit.chunk(big)
            await visit.writer.drain()
        for frame in (CHAT_FINISH, CHAT_TOTAL, DONE):
            visit.chunk(frame)
        visit.end()

    bench.provider.script = script
    agent = await bench.open()
    reader, writer = await agent.connect()
    reader._limit = 1  # type: ignore[attr-defined]
    writer.transport.pause_reading()  # type: ignore[attr-defined]
    body = b'{"model":"m","stream":true,"messages":[]}'
    writer.write(
        b"POST /v1/chat/completions HTTP/1.1\r\nHost: g\r\nContent-Length: %d\r\n"
        b"Authorization: Bearer %s\r\n\r\n%s" % (len(body), agent.session.key.encode(), body)
    )
    await asyncio.sleep(0.3)
    assert agent.session.ledger().calls[0].response_bytes < 12_000_000
    ledger = await agent.session.close(drain_s=5.0)
    assert (ledger.calls[0].aborted, ledger.calls[0].usage.output) == (True, OUTPUT)
    writer.close()


@pytest.mark.parametrize("dialect", list(Dialect))
async def test_counts_equal_the_built_in_endpoints_own(bench: Bench, dialect: Dialect) -> None:
    """Streamed, not streamed, cut off after any number of bytes: both count the same."""
    async with BuiltinServer() as server:
        conversation = server.open(persona="idle", options=Options())
        upstream = {"base_url": conversation.base_url(), "key": conversation.key}
        agent = await bench.open(upstream=upstream)
        await agent.ask(dialect)
        await agent.ask(dialect, stream=True)
        for count in (0, 1, 200, 500):
            await agent.hang_up_after(count, dialect)
        ledger = await agent.session.close(drain_s=5.0)
        truth = conversation.truth()
        ours = ledger.totals
        theirs = truth.totals
        assert (len(truth.calls), ours.calls) == (6, 6)
        assert (theirs.input, theirs.output) == (ours.input, ours.output)
        assert (theirs.cached or 0, theirs.reasoning or 0) == (
            ours.cached or 0,
            ours.reasoning or 0,
        )
