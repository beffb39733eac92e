"""Replay: the recorded answers in their order, and the first place where a rerun differs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from codingagentbench.endpoints.replay import (
    ReplayServer,
    Take,
    Tape,
    first_difference,
    load_tape,
    normalised,
    request_digest,
)
from codingagentbench.errors import EndpointError
from codingagentbench.gateway import Call, Dialect, ErrorClass, Ledger
from tests.scoring.make import NOON


def request(text: str, **more: Any) -> bytes:
    return json.dumps(
        {"model": "m", "messages": [{"role": "user", "content": text}], **more}
    ).encode()


def take(index: int, text: str, answer: bytes = b"{}", **fields: Any) -> Take:
    body = request(text)
    given: dict[str, Any] = {
        "index": index,
        "dialect": Dialect.CHAT,
        "path": "/v1/chat/completions",
        "request": body,
        "digest": request_digest(body),
        "response": answer,
        "status": 200,
        "streamed": False,
        "retry_after_s": None,
        "broken": False,
    }
    return Take(**{**given, **fields})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It is 2026-11-21 12:00:01.", "It is 2027-01-02 03:04:05."),
        ("Today is Saturday, November 21, 2026", "Today is Friday, January 1, 2027"),
        ("run 0b0e7a4e-4a53-4b0c-9b2e-1a2b3c4d5e6f", "run 11111111-2222-3333-4444-555555555555"),
        ("in /tmp/agent-x1/y", "in /tmp/agent-zz/y"),
        ("took 12 ms", "took 900 ms"),
        ("a 1 Nov 21 01:19 x.py", "a 1 Jan  2 03:04 x.py"),
    ],
)
def test_what_differs_from_run_to_run_is_no_difference(before: str, after: str) -> None:
    assert None is first_difference(request(before), request(after))
    assert request_digest(request(before)) == request_digest(request(after))


def test_links_between_calls_and_answers_are_told_by_their_order() -> None:
    def turn(*ids: str) -> bytes:
        return request("go", calls=[{"tool_call_id": one, "content": "x"} for one in ids])

    assert None is first_difference(turn("call_a", "call_b"), turn("call_x", "call_y"))
    assert None is not first_difference(turn("call_a", "call_b"), turn("call_x", "call_x"))


def test_the_first_difference_says_where_and_what() -> None:
    told = first_difference(request("mend the roof"), request("mend the door"))
    assert "messages.0.content: 'mend the roof' became 'mend the door'" == told
    assert "tools: is new" == first_difference(request("a"), request("a", tools=[]))
    assert "tools: is gone" == first_difference(request("a", tools=[]), request("a"))
    longer = first_difference(b'{"a": [1]}', b'{"a": [1, 2]}')
    assert "a: 1 entries became 2" == longer
    assert None is first_difference(b"no json", b"no json")


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(values, values)
def test_a_difference_is_named_exactly_when_the_digests_differ(one: Any, other: Any) -> None:
    a, b = json.dumps(one).encode(), json.dumps(other).encode()
    same = json.dumps(normalised(a), sort_keys=True) == json.dumps(normalised(b), sort_keys=True)
    assert same is (request_digest(a) == request_digest(b))
    assert same is (first_difference(a, b) is None)


async def ask(reel: Any, text: str, *, key: str | None = None) -> tuple[int, bytes]:
    url = f"{reel.upstream().base_url}/chat/completions"
    headers = {"Authorization": f"Bearer {key or reel.key}"}
    async with (
        aiohttp.ClientSession() as http,
        http.post(url, data=request(text), headers=headers) as reply,
    ):
        return reply.status, await reply.read()


async def test_answers_come_in_order_and_by_request() -> None:
    tape = Tape((take(0, "one", b'"1"'), take(1, "two", b'"2"'), take(2, "three", b'"3"')))
    async with ReplayServer() as server:
        reel = server.open(tape)
        assert (200, b'"1"') == await ask(reel, "one")
        assert (200, b'"3"') == await ask(reel, "three")
        assert (200, b'"2"') == await ask(reel, "two")
        assert ([], 0) == (reel.divergences, reel.left)


async def test_another_request_gets_the_next_answer_and_is_noted() -> None:
    async with ReplayServer() as server:
        reel = server.open(Tape((take(0, "one", b'"1"'), take(1, "two", b'"2"'))))
        assert (200, b'"1"') == await ask(reel, "uno")
        (divergence,) = reel.divergences
        assert (0, True) == (divergence.call, "'one' became 'uno'" in divergence.what)
        assert 1 == reel.left


async def test_after_the_tapes_end_there_is_nothing() -> None:
    async with ReplayServer() as server:
        reel = server.open(Tape((take(0, "one"),)))
        await ask(reel, "one")
        status, body = await ask(reel, "one")
        assert 503 == status
        assert b"no more answers" in body
        assert "no more answers" in reel.divergences[0].what


async def test_failures_are_replayed_too() -> None:
    busy = take(0, "one", b'{"error": {}}', status=429, retry_after_s=2.0)
    cut = take(1, "one", b"data: {}\n\n", streamed=True, broken=True)
    async with ReplayServer() as server:
        reel = server.open(Tape((busy, cut)))
        assert (429, b'{"error": {}}') == await ask(reel, "one")
        with pytest.raises(aiohttp.ClientError):
            await ask(reel, "one")


async def test_strangers_get_nothing() -> None:
    async with ReplayServer() as server:
        reel = server.open(Tape((take(0, "one"),)))
        assert 401 == (await ask(reel, "one", key="sk-other"))[0]
        server.close(reel)
        assert 404 == (await ask(reel, "one"))[0]
        assert 1 == reel.left


def test_a_missing_or_changed_body_is_one_clear_sentence(tmp_path: Path) -> None:
    call = Call(
        index=3,
        logical=0,
        dialect=Dialect.CHAT,
        method="POST",
        path="/v1/chat/completions",
        model="m",
        started_at=NOON,
        offset_ms=0,
        status=200,
        request_sha256="0" * 64,
        request_bytes=10,
        request_body="1" * 64,
    )
    with pytest.raises(EndpointError, match="the request of call 3 is missing"):
        load_tape(Ledger(calls=(call,)), tmp_path)
    (tmp_path / f"{'1' * 64}.zst").write_bytes(b"x")
    with pytest.raises(EndpointError, match="the request of call 3 is missing, or is not"):
        load_tape(Ledger(calls=(call,)), tmp_path)
    unkept = call.model_copy(update={"request_body": None})
    with pytest.raises(EndpointError, match="the request of call 3 was not kept"):
        load_tape(Ledger(calls=(unkept,)), tmp_path)
    refused = call.model_copy(update={"error": ErrorClass.BUDGET})
    assert () == load_tape(Ledger(calls=(refused,)), tmp_path).takes
