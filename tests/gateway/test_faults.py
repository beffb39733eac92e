"""Whatever goes wrong on the way is classed by what was seen on the wire, and never tried again."""

from __future__ import annotations

import asyncio
import email.utils
import json
import socket
import time
from typing import Any

import aiohttp
import pytest

from codingagentbench.gateway import Dialect, ErrorClass
from codingagentbench.gateway.faults import retry_after

from .bench import UPSTREAM_KEY, Bench, Script, Visit
from .wire import CHAT_FINISH, CHAT_TEXT, CHAT_TOTAL, DONE, INPUT, OUTPUT, data, event, told_by

STATUSES = [
    (401, ErrorClass.AUTH),
    (403, ErrorClass.AUTH),
    (404, ErrorClass.CLIENT_ERROR),
    (422, ErrorClass.CLIENT_ERROR),
    (429, ErrorClass.RATE_LIMITED),
    (500, ErrorClass.SERVER_ERROR),
    (503, ErrorClass.SERVER_ERROR),
    (529, ErrorClass.RATE_LIMITED),
    (308, ErrorClass.BAD_REPLY),
]


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize(("status", "error"), STATUSES)
async def test_a_status_has_its_class(
    bench: Bench, status: int, error: ErrorClass, stream: bool
) -> None:
    """The agent gets the provider's own status and words; there is one attempt, not two."""
    words = b'{"error":{"message":"because"}}'

    async def script(visit: Visit) -> None:
        visit.reply(words, "Location: http://elsewhere/", "x-odd: 1", status=f"{status} Odd")

    bench.provider.script = script
    agent = await bench.open()
    async with agent.request(Dialect.CHAT, stream=stream) as reply:
        assert (status, words) == (reply.status, await reply.read())
        assert (reply.headers["x-odd"], reply.headers.get("Location")) == ("1", None)
    ledger = await agent.session.close()
    (call,) = ledger.calls
    assert (status, error, None) == (call.status, call.error, call.usage.input)
    assert len(bench.provider.visits) == 1
    assert (
        ledger.totals.calls,
        ledger.totals.failed_calls,
        ledger.totals.unmetered_calls,
    ) == (1, 1, 0)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("Retry-After: 20", 20.0), ("retry-after-ms: 1500", 1.5), ("Retry-After: soon", None)],
)
async def test_retry_after_is_read_and_passed_on(
    bench: Bench, header: str, seconds: float | None
) -> None:
    async def script(visit: Visit) -> None:
        visit.reply(b"{}", header, status="429 Too Many Requests")

    bench.provider.script = script
    agent = await bench.open()
    async with agent.request(Dialect.CHAT) as reply:
        assert header.split(": ")[1] == reply.headers[header.split(": ")[0]]
    assert seconds == agent.session.ledger().calls[0].retry_after_s


def test_retry_after_may_be_a_date() -> None:
    date = email.utils.formatdate(time.time() + 90, usegmt=True)
    found = retry_after({"Retry-After": date})
    assert found is not None
    assert 80 < found <= 90
    assert retry_after({"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}) == 0.0


async def _reset_before(visit: Visit) -> None:
    visit.cut()


async def _nonsense_http(visit: Visit) -> None:
    visit.writer.write(b"SSH-2.0-OpenSSH_9\r\n\r\n")


async def _silence(visit: Visit) -> None:
    await asyncio.sleep(5)


@pytest.mark.parametrize("dialect", list(Dialect))
@pytest.mark.parametrize(
    ("script", "status", "error"),
    [
        (_reset_before, 502, ErrorClass.RESET),
        (_nonsense_http, 502, ErrorClass.BAD_REPLY),
        (_silence, 504, ErrorClass.TIMEOUT),
    ],
)
async def test_no_answer_is_told_in_the_agents_dialect(
    bench: Bench, dialect: Dialect, script: Script, status: int, error: ErrorClass
) -> None:
    bench.provider.script = script
    agent = await bench.open(upstream={"idle_timeout_s": 0.2})
    got, body = await agent.ask(dialect, stream=True)
    said = json.loads(body)
    assert status == got
    assert error == told_by(said)[0]
    assert (dialect is Dialect.MESSAGES) == (said.get("type") == "error")
    (call,) = agent.session.ledger().calls
    assert (error, None, False) == (call.error, call.status, call.aborted)
    assert len(bench.provider.visits) == 1


async def test_nobody_there(bench: Bench) -> None:
    with socket.create_server(("127.0.0.1", 0)) as sock:
        port = sock.getsockname()[1]
    agent = await bench.open(upstream={"base_url": f"http://127.0.0.1:{port}/v1"})
    assert (await agent.ask(Dialect.CHAT))[0] == 502
    assert agent.session.ledger().calls[0].error == ErrorClass.CONNECT


async def test_an_unknown_host(bench: Bench) -> None:
    agent = await bench.open(upstream={"base_url": "http://no-such-host.invalid/v1"})
    assert (await agent.ask(Dialect.CHAT))[0] == 502
    assert agent.session.ledger().calls[0].error == ErrorClass.CONNECT


async def test_a_cut_stream_is_cut_for_the_agent_too(bench: Bench) -> None:
    """It gets all that came, then sees the break; the row says RESET, usage stays unknown."""

    async def script(visit: Visit) -> None:
        visit.open_stream()
        for frame in CHAT_TEXT:
            visit.chunk(frame)
        await visit.writer.drain()
        await asyncio.sleep(0.05)
        visit.cut()

    bench.provider.script = script
    agent = await bench.open()
    got, seen = b"", None
    async with agent.request(Dialect.CHAT, stream=True) as reply:
        assert reply.status == 200
        try:
            async for piece in reply.content.iter_any():
                got += piece
        except aiohttp.ClientPayloadError as broken:
            seen = broken
    assert seen is not None
    assert b"".join(CHAT_TEXT) == got
    ledger = await agent.session.close()
    (call,) = ledger.calls
    assert (call.error, call.usage.output, call.aborted) == (ErrorClass.RESET, None, False)
    assert ledger.totals.unmetered_calls == 1


async def test_a_body_cut_short(bench: Bench) -> None:
    async def script(visit: Visit) -> None:
        visit.head("Content-Type: application/json", "Content-Length: 100")
        visit.writer.write(b'{"choices": [')
        await visit.writer.drain()
        await asyncio.sleep(0.05)
        visit.cut()

    bench.provider.script = script
    agent = await bench.open()
    with pytest.raises(aiohttp.ClientPayloadError):
        await agent.ask(Dialect.CHAT)
    await asyncio.sleep(0.05)
    assert agent.session.ledger().calls[0].error == ErrorClass.RESET


async def test_a_stream_that_falls_silent(bench: Bench) -> None:
    async def script(visit: Visit) -> None:
        visit.open_stream()
        visit.chunk(CHAT_TEXT[0])
        await visit.writer.drain()
        await asyncio.sleep(5)

    bench.provider.script = script
    agent = await bench.open(upstream={"idle_timeout_s": 0.2})
    with pytest.raises(aiohttp.ClientPayloadError):
        await agent.ask(Dialect.CHAT, stream=True)
    await asyncio.sleep(0.05)
    assert agent.session.ledger().calls[0].error == ErrorClass.TIMEOUT


_FAILED: dict[str, Any] = {"type": "response.failed", "response": {"status": "failed"}}

STREAMS = [
    (Dialect.CHAT, CHAT_TEXT, ErrorClass.RESET),
    (Dialect.CHAT, (*CHAT_TEXT, CHAT_FINISH), None),  # some providers send no [DONE]
    (Dialect.CHAT, (*CHAT_TEXT, data({"error": {"message": "m"}})), ErrorClass.SERVER_ERROR),
    (Dialect.CHAT, (data({"error": {"code": 429}}),), ErrorClass.RATE_LIMITED),
    (Dialect.CHAT, (b": ping\n\n",), ErrorClass.BAD_REPLY),
    (Dialect.CHAT, (b"data: soon\n\n",), ErrorClass.BAD_REPLY),
    (Dialect.RESPONSES, (event({"type": "response.created"}),), ErrorClass.RESET),
    (Dialect.RESPONSES, (event(_FAILED),), ErrorClass.SERVER_ERROR),
    (
        Dialect.RESPONSES,
        (
            event(
                {
                    "type": "response.failed",
                    "response": {"status": "failed", "error": {"code": "rate_limit_exceeded"}},
                }
            ),
        ),
        ErrorClass.RATE_LIMITED,
    ),
    (Dialect.RESPONSES, (event({"type": "error", "message": "m"}),), ErrorClass.SERVER_ERROR),
    (Dialect.MESSAGES, (event({"type": "ping"}),), ErrorClass.RESET),
    (
        Dialect.MESSAGES,
        (event({"type": "error", "error": {"type": "overloaded_error", "message": "m"}}),),
        ErrorClass.RATE_LIMITED,
    ),
    (
        Dialect.MESSAGES,
        (event({"type": "error", "error": {"type": "api_error", "message": "m"}}),),
        ErrorClass.SERVER_ERROR,
    ),
]


@pytest.mark.parametrize(("dialect", "frames", "error"), STREAMS)
async def test_a_stream_that_ends_properly_may_still_have_failed(
    bench: Bench, dialect: Dialect, frames: tuple[bytes, ...], error: ErrorClass | None
) -> None:
    async def script(visit: Visit) -> None:
        await visit.stream(*frames)

    bench.provider.script = script
    agent = await bench.open()
    assert (200, b"".join(frames)) == await agent.ask(dialect, stream=True)
    assert error == agent.session.ledger().calls[0].error


@pytest.mark.parametrize("dialect", list(Dialect))
@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"ok":true}'])
async def test_a_200_with_nonsense(bench: Bench, dialect: Dialect, body: bytes) -> None:
    async def script(visit: Visit) -> None:
        visit.reply(body)

    bench.provider.script = script
    agent = await bench.open()
    assert (200, body) == await agent.ask(dialect)
    assert agent.session.ledger().calls[0].error == ErrorClass.BAD_REPLY


@pytest.mark.parametrize("dialect", list(Dialect))
async def test_an_error_in_a_200_body(bench: Bench, dialect: Dialect) -> None:
    async def script(visit: Visit) -> None:
        visit.reply(b'{"type":"error","error":{"message":"m","type":"rate_limit_error"}}')

    bench.provider.script = script
    agent = await bench.open()
    await agent.ask(dialect)
    (call,) = agent.session.ledger().calls
    assert (call.error, call.error_detail) == (ErrorClass.RATE_LIMITED, "m")


async def test_an_incomplete_response_is_no_error(bench: Bench) -> None:
    usage = {"input_tokens": INPUT, "output_tokens": OUTPUT}
    response = {"status": "incomplete", "incomplete_details": {"reason": "max_output_tokens"}}

    async def script(visit: Visit) -> None:
        whole = response | {"usage": usage}
        await visit.stream(event({"type": "response.incomplete", "response": whole}))

    bench.provider.script = script
    agent = await bench.open()
    await agent.ask(Dialect.RESPONSES, stream=True)
    (call,) = agent.session.ledger().calls
    assert (call.error, call.finish, call.usage.output) == (None, "max_output_tokens", OUTPUT)


async def test_a_provider_that_compresses_all_the_same(bench: Bench) -> None:
    """Asked for identity, it sends gzip: the agent gets plain bytes that fit their headers."""
    import gzip

    body = b'{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4}}'

    async def script(visit: Visit) -> None:
        visit.reply(gzip.compress(body), "Content-Encoding: gzip")

    bench.provider.script = script
    agent = await bench.open()
    async with agent.request(Dialect.CHAT) as reply:
        assert body == await reply.read()
        assert "Content-Encoding" not in reply.headers
    assert agent.session.ledger().calls[0].usage.input == 3


async def test_the_key_in_an_error_goes_no_further(bench: Bench) -> None:
    """A provider that quotes the key back: neither the agent nor the row gets it."""

    async def script(visit: Visit) -> None:
        words = json.dumps({"error": {"message": f"bad key {UPSTREAM_KEY}"}}).encode()
        visit.reply(words, f"x-key: {UPSTREAM_KEY}", status="401 Unauthorized")

    bench.provider.script = script
    agent = await bench.open()
    async with agent.request(Dialect.CHAT) as reply:
        assert UPSTREAM_KEY not in await reply.text()
        assert "x-key" not in reply.headers
    assert UPSTREAM_KEY not in agent.session.ledger().model_dump_json()


async def test_retries_share_a_logical_number(bench: Bench) -> None:
    """Fail, fail, answer: one logical call. The same request again later is another."""
    answers = iter([429, 500, 200, 200])
    well = bench.provider.script

    async def script(visit: Visit) -> None:
        status = next(answers)
        if status == 200:
            await well(visit)
        else:
            visit.reply(b"{}", status=f"{status} No")

    bench.provider.script = script
    agent = await bench.open()
    for attempt in range(4):
        await agent.ask(Dialect.CHAT, metadata={"attempt": attempt}, seed=7)
    assert [call.logical for call in agent.session.ledger().calls] == [0, 0, 0, 1]


async def test_a_different_request_is_no_retry(bench: Bench) -> None:
    async def script(visit: Visit) -> None:
        visit.reply(b"{}", status="500 No")

    bench.provider.script = script
    agent = await bench.open()
    for dialect, seed in ((Dialect.CHAT, 1), (Dialect.CHAT, 2), (Dialect.MESSAGES, 1)):
        await agent.ask(dialect, seed=seed)
    assert [call.logical for call in agent.session.ledger().calls] == [0, 1, 2]


async def test_a_stale_frame_after_the_end_is_harmless(bench: Bench) -> None:
    """What comes after the last event is passed on, and the usage still counts once."""

    async def script(visit: Visit) -> None:
        await visit.stream(*CHAT_TEXT, CHAT_FINISH, CHAT_TOTAL, DONE, b": bye\n\n")

    bench.provider.script = script
    agent = await bench.open()
    _, got = await agent.ask(Dialect.CHAT, stream=True)
    assert got.endswith(DONE + b": bye\n\n")
    assert agent.session.ledger().totals.output == OUTPUT
