"""What goes through the gateway arrives as it was sent, and is counted."""

from __future__ import annotations

import asyncio
import hashlib
import json

import pytest

from codingagentbench.gateway import Dialect, ErrorClass

from .bench import UPSTREAM_KEY, Bench, Visit
from .wire import (
    ANSWERS,
    CACHED,
    CHAT_FINISH,
    CHAT_TEXT,
    CHAT_TOTAL,
    DONE,
    INPUT,
    OUTPUT,
    PATHS,
    REASONING,
    chat_chunk,
    data,
)

ALL = pytest.mark.parametrize("dialect", list(Dialect))


@ALL
@pytest.mark.parametrize("stream", [True, False])
async def test_counts_every_dialect(bench: Bench, dialect: Dialect, stream: bool) -> None:
    """Streamed or not, the row has the provider's figures in one meaning."""
    agent = await bench.open()
    status, _ = await agent.ask(dialect, stream=stream)
    (call,) = (await agent.session.close()).calls
    assert status == 200
    reasoning = None if dialect is Dialect.MESSAGES else REASONING
    written = 5 if dialect is Dialect.MESSAGES else None
    usage = call.usage
    assert (INPUT, CACHED, written) == (usage.input, usage.cached, usage.cache_write)
    assert (OUTPUT, reasoning) == (usage.output, usage.reasoning)
    assert (ANSWERS[dialect].finish, None, stream) == (call.finish, call.error, call.streamed)
    assert (call.model, call.served_model) == ("asked", "served")
    assert call.ttft_ms is not None
    assert call.duration_ms is not None
    assert call.ttft_ms <= call.duration_ms


@pytest.mark.parametrize("dialect", [Dialect.RESPONSES, Dialect.MESSAGES])
async def test_a_stream_arrives_byte_for_byte(bench: Bench, dialect: Dialect) -> None:
    agent = await bench.open()
    _, got = await agent.ask(dialect, stream=True)
    assert b"".join(ANSWERS[dialect].frames({})) == got


@ALL
async def test_a_body_arrives_byte_for_byte(bench: Bench, dialect: Dialect) -> None:
    agent = await bench.open()
    async with agent.request(dialect) as reply:
        assert ANSWERS[dialect].body == await reply.read()
        assert str(len(ANSWERS[dialect].body)) == reply.headers["Content-Length"]
        assert reply.headers["Content-Type"] == "application/json"


async def test_usage_is_asked_for_and_taken_out_again(bench: Bench) -> None:
    """A chat client that did not ask for usage sees the stream it would have seen."""
    agent = await bench.open()
    _, got = await agent.ask(Dialect.CHAT, stream=True)
    assert b"".join((*CHAT_TEXT, CHAT_FINISH, DONE)) == got
    assert bench.provider.visits[0].json["stream_options"] == {"include_usage": True}
    (call,) = agent.session.ledger().calls
    assert call.rewritten == ("+stream_options.include_usage",)
    assert call.usage.output == OUTPUT


async def test_usage_that_was_asked_for_stays(bench: Bench) -> None:
    agent = await bench.open()
    _, got = await agent.ask(Dialect.CHAT, stream=True, stream_options={"include_usage": True})
    assert b"".join((*CHAT_TEXT, CHAT_FINISH, CHAT_TOTAL, DONE)) == got
    assert agent.session.ledger().calls[0].rewritten == ()


async def test_usage_is_taken_out_wherever_the_pieces_are_cut(bench: Bench) -> None:
    """Frames cut in the middle, several in one piece: the client's stream is the same."""
    whole = b"".join((*CHAT_TEXT, CHAT_FINISH, CHAT_TOTAL, DONE))

    async def by_sevens(visit: Visit) -> None:
        visit.open_stream()
        for at in range(0, len(whole), 7):
            visit.chunk(whole[at : at + 7])
            await visit.writer.drain()
            await asyncio.sleep(0)
        visit.end()

    bench.provider.script = by_sevens
    agent = await bench.open()
    _, got = await agent.ask(Dialect.CHAT, stream=True)
    assert b"".join((*CHAT_TEXT, CHAT_FINISH, DONE)) == got
    assert agent.session.ledger().calls[0].usage.input == INPUT


async def test_usage_beside_the_finish_stays(bench: Bench) -> None:
    """Some providers send it unasked in the last chunk: that is theirs, not ours to take."""
    last = data({"choices": [{"delta": {}, "finish_reason": "stop"}], "usage": {"total_tokens": 3}})

    async def script(visit: Visit) -> None:
        await visit.stream(*CHAT_TEXT, last, DONE)

    bench.provider.script = script
    agent = await bench.open()
    _, got = await agent.ask(Dialect.CHAT, stream=True)
    assert b"".join((*CHAT_TEXT, last, DONE)) == got


async def test_continuous_usage_is_taken_out_of_every_chunk(bench: Bench) -> None:
    seen = {"prompt_tokens": 5, "completion_tokens": 1}
    text = {"choices": [{"index": 0, "delta": {"content": "é"}}]}

    async def script(visit: Visit) -> None:
        await visit.stream(data(text | {"usage": seen}), CHAT_FINISH, CHAT_TOTAL, DONE)

    bench.provider.script = script
    agent = await bench.open(upstream={"continuous_usage": True})
    _, got = await agent.ask(Dialect.CHAT, stream=True)
    assert [text, json.loads(CHAT_FINISH[6:])] == [
        json.loads(part[6:]) for part in got.split(b"\n\n")[:2]
    ]
    assert b"usage" not in got
    options = bench.provider.visits[0].json["stream_options"]
    assert options == {"include_usage": True, "continuous_usage_stats": True}
    assert agent.session.ledger().calls[0].usage.output == OUTPUT


async def test_the_request_goes_up_untouched(bench: Bench) -> None:
    """Bytes, query and headers; but the key is the provider's, and nothing is compressed."""
    agent = await bench.open()
    odd = b'{ "model":"m",\t"messages":[{"role":"user","content":"\\u00e9\\ud83d"}],"x":1e400 }'
    url = f"http://{agent.address}/v1/messages?beta=true"
    headers = agent.headers(Dialect.MESSAGES) | {"anthropic-beta": "b1", "Accept-Encoding": "gzip"}
    async with agent.client.post(url, data=odd, headers=headers | {"Cookie": "a=b"}) as reply:
        assert reply.status == 200
    visit = bench.provider.visits[0]
    assert visit.line == "POST /v1/messages?beta=true HTTP/1.1"
    assert odd == visit.body
    assert (visit.headers["anthropic-beta"], visit.headers["accept-encoding"]) == ("b1", "identity")
    assert visit.headers["x-api-key"] == UPSTREAM_KEY
    assert not {"cookie", "authorization"} & set(visit.headers)
    assert agent.session.key not in str(visit.headers)
    (call,) = agent.session.ledger().calls
    assert hashlib.sha256(odd).hexdigest() == call.request_sha256
    assert len(odd) == call.request_bytes


async def test_what_is_not_json_goes_up_as_it_is(bench: Bench) -> None:
    """The path says the dialect; the provider says what it thinks of the body."""

    async def script(visit: Visit) -> None:
        visit.reply(b'{"error":{"message":"no JSON"}}', status="400 Bad Request")

    bench.provider.script = script
    agent = await bench.open()
    url = f"http://{agent.address}/v1/responses"
    async with agent.client.post(
        url, data=b"\xff{not", headers=agent.headers(Dialect.CHAT)
    ) as reply:
        assert (reply.status, await reply.read()) == (400, b'{"error":{"message":"no JSON"}}')
    assert bench.provider.visits[0].body == b"\xff{not"
    (call,) = agent.session.ledger().calls
    assert (call.dialect, call.error) == (Dialect.RESPONSES, ErrorClass.CLIENT_ERROR)
    assert (call.error_detail, call.model) == ("no JSON", None)


async def test_fields_are_dropped_and_the_model_renamed(bench: Bench) -> None:
    """Only where the upstream says so, and the row says what was changed."""
    rules = {"model": "real/name", "drop_fields": ("thinking", "a.b", "absent")}
    agent = await bench.open(upstream=rules)
    await agent.ask(Dialect.MESSAGES, thinking={"x": 1}, a={"b": 1, "c": 2})
    expected = ANSWERS[Dialect.MESSAGES].request | {"model": "real/name", "a": {"c": 2}}
    assert expected == bench.provider.visits[0].json
    (call,) = agent.session.ledger().calls
    assert call.rewritten == ("-thinking", "-a.b", "model")
    assert call.model == "asked"


async def test_chunks_arrive_when_they_are_sent(bench: Bench) -> None:
    """Nothing is held back: each chunk is there before the next one is sent."""
    turn = asyncio.Event()

    async def script(visit: Visit) -> None:
        visit.open_stream()
        for frame in (*CHAT_TEXT, CHAT_FINISH, CHAT_TOTAL, DONE):
            visit.chunk(frame)
            await asyncio.wait_for(turn.wait(), 5.0)
            turn.clear()
        visit.end()

    bench.provider.script = script
    agent = await bench.open()
    async with agent.request(Dialect.CHAT, stream=True) as reply:
        for frame in (*CHAT_TEXT, CHAT_FINISH):
            assert frame == await asyncio.wait_for(reply.content.readany(), 5.0)
            turn.set()
        await asyncio.sleep(0.05)
        turn.set()
        assert await asyncio.wait_for(reply.content.readany(), 5.0) == DONE
        turn.set()
    assert len((*CHAT_TEXT, CHAT_FINISH, CHAT_TOTAL, DONE)) == 6


async def test_connections_are_kept_alive_both_ways(bench: Bench) -> None:
    agent = await bench.open()
    for _ in range(3):
        await agent.ask(Dialect.CHAT)
    ports = {visit.writer.get_extra_info("peername") for visit in bench.provider.visits}
    assert (len(bench.provider.visits), len(ports)) == (3, 1)


async def test_a_large_body_passes(bench: Bench) -> None:
    """There is no 413 where a provider would have none."""
    agent = await bench.open()
    text = "x" * (20 << 20)
    status, _ = await agent.ask(Dialect.CHAT, padding=text)
    assert (200, text) == (status, bench.provider.visits[0].json["padding"])


async def test_many_streams_at_once(bench: Bench) -> None:
    """Forty agents of ten sessions: each gets its own answer, each ledger its own rows."""

    async def echo(visit: Visit) -> None:
        name = visit.json["model"]
        frames = [chat_chunk({"content": f"{name}-{n}"}) for n in range(20)]
        await visit.stream(*frames, CHAT_FINISH, CHAT_TOTAL, DONE, pause_s=0.001)

    bench.provider.script = echo
    agents = [await bench.open() for _ in range(10)]
    jobs = [
        agent.ask(Dialect.CHAT, stream=True, model=f"{i}.{n}")
        for i, agent in enumerate(agents)
        for n in range(4)
    ]
    for at, (_, got) in enumerate(await asyncio.gather(*jobs)):
        name = f"{at // 4}.{at % 4}"
        words = [json.loads(line[6:]) for line in got.split(b"\n\n")[:20]]
        said = [word["choices"][0]["delta"]["content"] for word in words]
        assert [f"{name}-{n}" for n in range(20)] == said
    for i, agent in enumerate(agents):
        ledger = await agent.session.close()
        assert {f"{i}.{n}" for n in range(4)} == {call.model for call in ledger.calls}
        assert (ledger.totals.calls, ledger.totals.input) == (4, 4 * INPUT)


async def test_listings_and_counts_are_relayed_but_are_not_calls_to_a_model(bench: Bench) -> None:
    async def script(visit: Visit) -> None:
        visit.reply(b'{"input_tokens":7}')

    bench.provider.script = script
    agent = await bench.open()
    url = f"http://{agent.address}/v1"
    key = agent.headers(Dialect.MESSAGES)
    async with agent.client.post(f"{url}/messages/count_tokens", json={}, headers=key) as reply:
        assert await reply.json() == {"input_tokens": 7}
    async with agent.client.get(f"{url}/models", headers=key) as reply:
        assert reply.status == 200
    ledger = await agent.session.close()
    assert [call.background for call in ledger.calls] == [True, True]
    assert (ledger.totals.calls, ledger.totals.input) == (0, None)


async def test_every_path_reaches_the_right_address(bench: Bench) -> None:
    agent = await bench.open()
    for dialect in Dialect:
        await agent.ask(dialect)
    lines = [visit.line for visit in bench.provider.visits]
    assert [f"POST /v1{PATHS[dialect]} HTTP/1.1" for dialect in Dialect] == lines


async def test_gemini_s_model_is_renamed_where_it_stands(bench: Bench) -> None:
    upstream = {"model": "real/name-1", "drop_fields": ("generationConfig",)}
    agent = await bench.open(upstream=upstream)
    status, _ = await agent.ask(Dialect.GEMINI, stream=True, generationConfig={"topK": 3})
    assert status == 200
    (visit,) = bench.provider.visits
    assert visit.line.split()[1] == "/v1/models/real/name-1:streamGenerateContent?alt=sse"
    assert visit.json == ANSWERS[Dialect.GEMINI].request
    (call,) = (await agent.session.close()).calls
    assert (call.model, call.streamed) == ("asked", True)
    assert call.rewritten == ("-generationConfig", "model")


async def test_gemini_s_key_may_be_in_the_query_and_goes_no_further(bench: Bench) -> None:
    agent = await bench.open()
    path = "/v1beta/models/asked:generateContent"
    url = f"http://{agent.address}{path}?key={agent.session.key}&alt=json"
    async with agent.client.post(url, json=ANSWERS[Dialect.GEMINI].request) as reply:
        assert reply.status == 200
    (visit,) = bench.provider.visits
    assert "key=" not in visit.line
    assert "alt=json" in visit.line
    ledger = await agent.session.close()
    assert [path] == [call.path for call in ledger.calls]
    assert agent.session.key not in ledger.model_dump_json()
    assert ledger.totals.calls == 1


@pytest.mark.parametrize(
    "path",
    [
        "/v1beta/models/../../admin:generateContent",
        "/v1beta/models/a//b:generateContent",
        "/v1beta/models/a%2e%2e:generateContent",
        "/v1beta/models/:generateContent",
        "/v1beta/models/a:deleteContent",
        "/v1beta/models/a:generateContent/x",
        "/v2/models/a:generateContent",
    ],
)
async def test_paths_that_only_look_like_gemini_s_go_nowhere(bench: Bench, path: str) -> None:
    agent = await bench.open()
    body = b"{}"
    head = f"POST {path} HTTP/1.1\r\nHost: g\r\nx-goog-api-key: {agent.session.key}\r\n"
    got = await agent.raw(f"{head}Content-Length: 2\r\nConnection: close\r\n\r\n".encode() + body)
    assert got.split()[1] == b"404"
    assert [] == bench.provider.visits
