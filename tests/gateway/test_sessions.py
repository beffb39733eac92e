"""Whose request it is, and what is let through: keys, paths, sockets, abuse."""

from __future__ import annotations

import array
import asyncio
import json
import os
import socket
import sys

import pytest

from codingagentbench.errors import GatewayError
from codingagentbench.gateway import Dialect, ErrorClass, Gateway, doors, intake, ledger

from .bench import UPSTREAM_KEY, Bench, Visit
from .wire import ANSWERS, PATHS, told_by


@pytest.mark.parametrize("dialect", list(Dialect))
@pytest.mark.parametrize("key", ["", "cab-wrong", UPSTREAM_KEY])
async def test_a_wrong_key_is_refused_in_the_dialect(
    bench: Bench, dialect: Dialect, key: str
) -> None:
    agent = await bench.open()
    status, body = await agent.ask(dialect, key=key)
    said = json.loads(body)
    assert status == 401
    assert told_by(said)[1] in ("authentication_error", "UNAUTHENTICATED")
    assert (dialect is Dialect.MESSAGES) == (said.get("type") == "error")
    assert bench.provider.visits == []
    final = await agent.session.close()
    assert [call.error for call in final.calls] == [ErrorClass.REJECTED]
    assert (final.totals.calls, final.totals.refused_calls) == (0, 1)


async def test_a_session_cannot_use_anothers_key(bench: Bench) -> None:
    """Not on its own socket; and on the shared one each key leads to its own ledger only."""
    one, two = await bench.open(), await bench.open()
    assert (await one.ask(Dialect.CHAT, key=two.session.key))[0] == 401
    one.address = two.address = await bench.gateway.start()
    await one.ask(Dialect.CHAT)
    await two.ask(Dialect.MESSAGES)
    assert [c.dialect for c in one.session.ledger().calls] == [Dialect.CHAT, Dialect.CHAT]
    assert [c.dialect for c in two.session.ledger().calls] == [Dialect.MESSAGES]


@pytest.mark.parametrize("dialect", list(Dialect))
async def test_after_the_end_the_key_is_worthless(bench: Bench, dialect: Dialect) -> None:
    """On the shared address: 401 in the dialect. The session's own socket is closed."""
    agent = await bench.open()
    own, agent.address = agent.address, await bench.gateway.start()
    assert (await agent.ask(dialect))[0] == 200
    await agent.session.close()
    status, body = await agent.ask(dialect)
    assert (status, told_by(json.loads(body))[0]) == (401, "invalid_key")
    assert len(bench.provider.visits) == 1
    assert len(agent.session.ledger().calls) == 1
    agent.address = own
    with pytest.raises(ConnectionRefusedError):
        await agent.connect()


async def test_a_kept_alive_connection_ends_with_its_session(bench: Bench) -> None:
    agent = await bench.open()
    reader, writer = await agent.connect()
    writer.write(b"GET / HTTP/1.1\r\nHost: g\r\n\r\n")
    assert b"200" in await reader.readline()
    await agent.session.close()
    async with asyncio.timeout(2):
        while await reader.read(1000):
            pass
    writer.close()


async def test_the_key_may_be_in_the_path(bench: Bench) -> None:
    agent = await bench.open()
    for dialect in Dialect:
        base = agent.session.path_url(dialect, agent.address)
        adds = (Dialect.MESSAGES, Dialect.GEMINI)  # their clients add the version
        sdk = "/v1" if dialect in adds else ""
        url = base + sdk + PATHS[dialect]
        async with agent.client.post(url, json=ANSWERS[dialect].request) as reply:
            assert reply.status == 200
    final = agent.session.ledger()
    assert [f"/v1{PATHS[dialect]}" for dialect in Dialect] == [c.path for c in final.calls]
    assert agent.session.key not in final.model_dump_json()
    assert all(agent.session.key not in visit.line for visit in bench.provider.visits)


async def test_urls_fit_the_clients(bench: Bench) -> None:
    """OpenAI's clients are given /v1, Anthropic's and Google's add their version."""
    session = (await bench.open()).session
    urls = [session.url(dialect, "127.0.0.1:8080") for dialect in Dialect]
    v1 = "http://127.0.0.1:8080/v1"
    bare = "http://127.0.0.1:8080"
    assert [v1, v1, bare, bare] == urls


TRICKS = [
    "/v1/files",
    "/v1/chat/completions/../../admin",
    "/v1/chat%2Fcompletions",
    "/v1/%63hat/completions",
    "//evil.example/v1/chat/completions",
    "/v1//chat/completions",
    "/v1/chat/completions/x",
    "/v1/chat\\completions",
    "http://evil.example/v1/chat/completions",
    "http://127.0.0.1/v1/chat/completions",
    "/v1/v1/chat/completions",
    "/v1/responses/compact/..",
]


@pytest.mark.parametrize("target", TRICKS)
async def test_no_path_leads_anywhere_else(bench: Bench, target: str) -> None:
    agent = await bench.open()
    got = await agent.raw(
        f"POST {target} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n"
        f"x-api-key: {agent.session.key}\r\nContent-Length: 2\r\n\r\n{{}}".encode()
    )
    assert got.split()[1] in (b"404", b"400")
    assert bench.provider.visits == []


async def test_an_unknown_path_is_recorded(bench: Bench) -> None:
    agent = await bench.open()
    url = f"http://{agent.address}/v1/{agent.session.key}/embeddings"
    async with agent.client.post(url, headers=agent.headers(Dialect.CHAT)) as reply:
        assert reply.status == 404
    (call,) = agent.session.ledger().calls
    assert (call.status, call.error) == (404, ErrorClass.REJECTED)
    assert call.path == "/v1/[session key]/embeddings"


async def test_a_dialect_that_upstream_does_not_speak(bench: Bench) -> None:
    agent = await bench.open(upstream={"dialects": (Dialect.CHAT,)})
    status, body = await agent.ask(Dialect.MESSAGES)
    assert status == 404
    assert "speaks chat, not messages" in json.loads(body)["error"]["message"]


async def test_a_websocket_is_refused_at_once(bench: Bench) -> None:
    """codex tries one first; the faster the no, the better."""
    agent = await bench.open()
    async with asyncio.timeout(1.0):
        got = await agent.raw(
            b"GET /v1/responses HTTP/1.1\r\nHost: g\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + f"Authorization: Bearer {agent.session.key}\r\n\r\n".encode()
        )
    assert got[:12] == b"HTTP/1.1 426"
    assert [call.error for call in agent.session.ledger().calls] == [ErrorClass.REJECTED]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_the_root_answers_here(bench: Bench, method: str) -> None:
    agent = await bench.open()
    async with agent.client.request(method, f"http://{agent.address}/") as reply:
        assert reply.status == 200
    assert bench.provider.visits == []
    assert agent.session.ledger().calls == ()


async def test_expect_continue(bench: Bench) -> None:
    agent = await bench.open()
    reader, writer = await agent.connect()
    body = json.dumps(ANSWERS[Dialect.CHAT].request).encode()
    writer.write(
        f"POST /v1/chat/completions HTTP/1.1\r\nHost: g\r\nExpect: 100-continue\r\n"
        f"Authorization: Bearer {agent.session.key}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    )
    async with asyncio.timeout(2):
        assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        writer.write(body)
        assert b"HTTP/1.1 200" in await reader.readline()
    writer.close()


async def test_a_socket_made_in_another_process_is_served(bench: Bench) -> None:
    """As a sandbox does: the listener is made elsewhere and its descriptor sent over."""
    ours, theirs = socket.socketpair()
    code = (
        "import array, socket, sys\n"
        "s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen()\n"
        "out = socket.socket(fileno=int(sys.argv[1]))\n"
        "fds = array.array('i', [s.fileno()])\n"
        "out.sendmsg([b'x'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)])\n"
    )
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, str(theirs.fileno()), pass_fds=[theirs.fileno()]
    )
    assert await child.wait() == 0
    _, ancillary, _, _ = ours.recvmsg(1, socket.CMSG_LEN(4))
    fds = array.array("i")
    fds.frombytes(ancillary[0][2])
    listener = socket.socket(fileno=fds[0])
    agent = await bench.open()
    agent.address = f"127.0.0.1:{listener.getsockname()[1]}"
    await agent.session.serve(listener)
    assert (await agent.ask(Dialect.CHAT, stream=True))[0] == 200
    ours.close()
    theirs.close()


async def test_a_unix_socket_is_served(bench: Bench, tmp_path: os.PathLike[str]) -> None:
    path = os.path.join(tmp_path, "gateway.sock")
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    agent = await bench.open()
    await agent.session.serve(listener)
    reader, writer = await asyncio.open_unix_connection(path)
    writer.write(b"GET / HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n")
    assert b"HTTP/1.1 200 OK" in await reader.read()
    writer.close()


async def test_a_closed_session_serves_nothing(bench: Bench) -> None:
    agent = await bench.open()
    await agent.session.close()
    with socket.create_server(("127.0.0.1", 0)) as sock, pytest.raises(GatewayError):
        await agent.session.serve(sock)


async def test_a_taken_port_is_one_sentence(bench: Bench) -> None:
    refused = pytest.raises(GatewayError, match="choose another address or port")
    with socket.create_server(("127.0.0.1", 0)) as sock, refused:
        await bench.gateway.start(port=sock.getsockname()[1])


async def test_a_gateway_not_entered_says_so() -> None:
    from codingagentbench.gateway import Upstream

    with pytest.raises(GatewayError, match="async with"):
        await Gateway().open(upstream=Upstream(base_url="http://127.0.0.1:1/v1"))


SMUGGLED = [
    b"Content-Length: 2\r\nContent-Length: 30\r\n\r\n{}",
    b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
    b"Content-Length: -1\r\n\r\n",
    b"X-Odd : 1\r\nContent-Length: 2\r\n\r\n{}",
    b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
]


@pytest.mark.parametrize("rest", SMUGGLED)
async def test_two_meanings_are_none(bench: Bench, rest: bytes) -> None:
    """A request that two parsers could read differently is refused and goes nowhere."""
    agent = await bench.open()
    head = f"POST /v1/messages HTTP/1.1\r\nHost: g\r\nx-api-key: {agent.session.key}\r\n"
    got = await agent.raw(head.encode() + rest)
    assert got[:12] in (b"HTTP/1.1 400", b"HTTP/1.0 400", b"")
    assert bench.provider.visits == []


async def test_half_a_request_is_not_waited_for(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors, "HEADER_TIMEOUT_S", 0.2)
    agent = await bench.open()
    reader, writer = await agent.connect()
    writer.write(b"POST /v1/messages HTTP/1.1\r\nHost: g\r\n")
    async with asyncio.timeout(2):
        assert await reader.read() == b""
    writer.close()


async def test_a_body_that_never_comes(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "BODY_TIMEOUT_S", 0.2)
    agent = await bench.open()
    got = await agent.raw(
        b"POST /v1/messages HTTP/1.1\r\nHost: g\r\nContent-Length: 9\r\n"
        + f"x-api-key: {agent.session.key}\r\n\r\n{{".encode()
    )
    assert got[:12] == b"HTTP/1.1 408"


async def test_connections_are_counted(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session that opens too many loses the new ones; another session does not notice."""
    agent, other = await bench.open(), await bench.open()
    monkeypatch.setattr(agent.session._door, "_max", 5)
    held = [await agent.connect() for _ in range(5)]
    assert await agent.raw(b"GET / HTTP/1.1\r\nHost: g\r\n\r\n") == b""
    assert (await other.ask(Dialect.CHAT))[0] == 200
    held.pop()[1].close()
    await asyncio.sleep(0.05)
    got = await agent.raw(b"GET / HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n")
    assert got[:12] == b"HTTP/1.1 200"
    for _, writer in held:
        writer.close()


async def test_bodies_are_bounded(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MAX_BODY_BYTES", 100_000)
    agent = await bench.open()
    got = await agent.raw(
        b"POST /v1/messages HTTP/1.1\r\nHost: g\r\nContent-Length: 200000\r\n"
        + f"x-api-key: {agent.session.key}\r\n\r\n".encode()
        + b"x" * 150_000
    )
    assert got[:12] == b"HTTP/1.1 413"
    assert (await agent.ask(Dialect.MESSAGES))[0] == 200


async def test_a_flood_of_refusals_is_counted_not_kept(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "MAX_REFUSED_ROWS", 10)
    agent = await bench.open()
    url = f"http://{agent.address}/v1/nothing"
    for _ in range(25):
        async with agent.client.get(url, headers=agent.headers(Dialect.CHAT)) as reply:
            assert reply.status == 404
    await agent.ask(Dialect.CHAT)
    final = await agent.session.close()
    assert (len(final.calls), final.totals.refused_calls, final.totals.calls) == (11, 25, 1)


async def test_the_agents_words_cannot_break_the_ledger(bench: Bench) -> None:
    """A model name with a lone surrogate, with the key in it, or that is no text at all."""
    agent = await bench.open()
    url = f"http://{agent.address}/v1/messages"
    for model in ('"\\ud800"', f'"{agent.session.key}"', "17", "null", '{"a":1}'):
        body = f'{{"model":{model},"messages":[]}}'.encode()
        async with agent.client.post(url, data=body, headers=agent.headers(Dialect.MESSAGES)) as r:
            assert r.status == 200
    final = await agent.session.close()
    assert [call.model for call in final.calls] == ["?", "[session key]", None, None, None]
    assert agent.session.key not in final.model_dump_json()


ODD = [
    b"X-Latin: caf\xe9\r\n",
    b"X-Tab: a\tb\r\n",
    b"Connection: x-gone, close\r\nX-Gone: 1\r\n",
    b"X-Long: " + b"x" * 40_000 + b"\r\n",
]


@pytest.mark.parametrize("header", ODD)
async def test_odd_headers_do_no_harm(bench: Bench, header: bytes) -> None:
    agent = await bench.open()
    body = json.dumps(ANSWERS[Dialect.CHAT].request).encode()
    got = await agent.raw(
        b"POST /v1/chat/completions HTTP/1.1\r\nHost: g\r\n"
        + header
        + f"Authorization: Bearer {agent.session.key}\r\n".encode()
        + f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode()
        + body
    )
    assert got[:12] == b"HTTP/1.1 200"
    assert "x-gone" not in bench.provider.visits[0].headers


async def test_odd_headers_of_the_provider_do_no_harm(bench: Bench) -> None:
    async def script(visit: Visit) -> None:
        visit.head("Content-Length: 2", "X-Plain: 1")
        visit.writer.write(b"{}")

    async def odd(visit: Visit) -> None:
        visit.writer.write(b"HTTP/1.1 200 caf\xe9\r\nX-Latin: caf\xe9\r\nX-Plain: 1\r\n")
        visit.writer.write(b"Content-Length: 2\r\n\r\n{}")

    agent = await bench.open()
    for bench.provider.script in (script, odd):
        async with agent.request(Dialect.CHAT) as reply:
            assert (reply.status, reply.headers["X-Plain"], await reply.read()) == (200, "1", b"{}")


@pytest.mark.parametrize("query", [b"a=\xff", b"a=%zz", b"a#b", b"a=b c", b"\\"])
async def test_odd_queries_do_no_harm(bench: Bench, query: bytes) -> None:
    agent = await bench.open()
    got = await agent.raw(
        b"GET /v1/models?"
        + query
        + b" HTTP/1.1\r\nHost: g\r\nConnection: close\r\n"
        + f"x-api-key: {agent.session.key}\r\n\r\n".encode()
    )
    assert got[:12] in (b"HTTP/1.1 200", b"HTTP/1.1 404", b"HTTP/1.1 400", b"HTTP/1.0 400")
    assert all(visit.line.startswith("GET /v1/models") for visit in bench.provider.visits)


async def test_a_session_takes_only_so_many_requests(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An agent that never stops cannot fill the memory, whatever its budget."""
    monkeypatch.setattr(ledger, "MAX_ROWS", 5)
    agent = await bench.open()
    answers = [(await agent.ask(Dialect.CHAT))[0] for _ in range(7)]
    assert answers == [200] * 5 + [400] * 2
