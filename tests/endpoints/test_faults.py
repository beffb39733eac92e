"""Faults on purpose: each kind, in every dialect, streamed and not, seen through a real gateway."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from codingagentbench.endpoints import BuiltinServer, Conversation, Edit, Plan
from codingagentbench.endpoints.faults import (
    PROFILES,
    Fault,
    FaultPlan,
    FaultsServer,
    Wrapped,
    find_plan,
    load_plan,
)
from codingagentbench.errors import EndpointError, UnknownName
from codingagentbench.gateway import Dialect, ErrorClass, Gateway, Session

from .clients import path_of
from .toolsets import PI, ToolSpec

BOTH = pytest.mark.parametrize("stream", [True, False], ids=["streamed", "whole"])
EVERY = pytest.mark.parametrize("dialect", list(Dialect))


def tools_of(dialect: Dialect) -> list[dict[str, Any]]:
    """Pi's tools, as each dialect offers them."""

    def one(tool: ToolSpec) -> dict[str, Any]:
        about = {"name": tool.name, "description": tool.description}
        if dialect is Dialect.MESSAGES:
            return {**about, "input_schema": tool.schema}
        if dialect is Dialect.RESPONSES:
            return {"type": "function", **about, "parameters": tool.schema}
        return {"type": "function", "function": {**about, "parameters": tool.schema}}

    if dialect is Dialect.GEMINI:
        named = [{"name": t.name, "description": t.description, "parameters": t.schema} for t in PI]
        return [{"functionDeclarations": named}]
    return [one(tool) for tool in PI]


@dataclass
class Lane:
    """A session of a real gateway, before a wrapped built-in model."""

    session: Session
    wrapped: Wrapped
    conversation: Conversation
    origin: str
    http: aiohttp.ClientSession

    async def ask(self, dialect: Dialect, *, stream: bool) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and as much of the body as there was."""
        body: dict[str, Any] = {"model": "oracle", "stream": stream, "tools": tools_of(dialect)}
        if dialect is Dialect.RESPONSES:
            body["input"] = [{"role": "user", "content": "mend it"}]
        else:
            body["messages"] = [{"role": "user", "content": "mend it"}]
            body["max_tokens"] = 1000
        if dialect is Dialect.CHAT and stream:
            body["stream_options"] = {"include_usage": True}
        if dialect is Dialect.GEMINI:
            said = {"role": "user", "parts": [{"text": "mend it"}]}
            body = {"contents": [said], "tools": tools_of(dialect)}
        headers = {"Authorization": f"Bearer {self.session.key}"}
        url = f"{self.origin}/v1{path_of(dialect, stream=stream)}"
        got = b""
        async with self.http.post(url, json=body, headers=headers) as reply:
            try:
                async for piece in reply.content.iter_any():
                    got += piece
            except aiohttp.ClientError:
                got += b"[broken]"
            return reply.status, dict(reply.headers), got


@asynccontextmanager
async def lane(*faults: Fault) -> AsyncIterator[Lane]:
    plan = Plan(
        edits=(Edit(path="a.py", before=b"x = 1\n", after=b"x = 2\n"),), closing="It is done now."
    )
    async with (
        BuiltinServer() as builtin,
        FaultsServer() as server,
        Gateway() as gateway,
        aiohttp.ClientSession() as http,
    ):
        conversation = builtin.open(plan=plan)
        wrapped = server.wrap(conversation.upstream(), FaultPlan(name="test", faults=faults))
        session = await gateway.open(upstream=wrapped.upstream)
        sock = socket.create_server(("127.0.0.1", 0))
        origin = f"http://127.0.0.1:{sock.getsockname()[1]}"
        await session.serve(sock)
        yield Lane(session, wrapped, conversation, origin, http)
        await session.close(drain_s=0.5)


@EVERY
@BOTH
async def test_calm_changes_nothing(dialect: Dialect, *, stream: bool) -> None:
    async with lane() as calm:
        status, _, body = await calm.ask(dialect, stream=stream)
        assert 200 == status
        assert b"[broken]" not in body
        (call,) = (await calm.session.close()).calls
        (truth,) = calm.conversation.truth().calls
        assert (truth.usage.input, truth.usage.output) == (call.usage.input, call.usage.output)
        assert [] == calm.wrapped.injected
        assert None is call.error


@EVERY
@BOTH
async def test_a_status_with_retry_after(dialect: Dialect, *, stream: bool) -> None:
    fault = Fault(kind="status", status=429, retry_after_s=2, first=1)
    async with lane(fault) as busy:
        status, headers, body = await busy.ask(dialect, stream=stream)
        assert (429, "2") == (status, headers["Retry-After"])
        assert "message" in json.loads(body)["error"]
        assert 200 == (await busy.ask(dialect, stream=stream))[0]
        first, second = (await busy.session.close()).calls
        assert (ErrorClass.RATE_LIMITED, 2.0) == (first.error, first.retry_after_s)
        assert None is second.error
        assert [(0, "status 429")] == [(one.call, one.kind) for one in busy.wrapped.injected]
        assert 1 == len(busy.conversation.truth().calls)


@EVERY
@BOTH
async def test_a_cut_breaks_the_answer_off(dialect: Dialect, *, stream: bool) -> None:
    async with lane(Fault(kind="cut", events=2, first=1)) as cut:
        _, _, body = await cut.ask(dialect, stream=stream)
        assert body.endswith(b"[broken]")
        assert body.count(b"data:") == (2 if stream else 0)
        (call,) = (await cut.session.close()).calls
        assert ErrorClass.RESET == call.error


@EVERY
@BOTH
async def test_malformed_json(dialect: Dialect, *, stream: bool) -> None:
    async with lane(Fault(kind="malformed", events=1, first=1)) as bad:
        _, _, body = await bad.ask(dialect, stream=stream)
        broken = [line for line in body.splitlines() if line.startswith(b"data:")] or [body]
        assert any(not _is_json(line.removeprefix(b"data:")) for line in broken)


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except ValueError:
        return data.strip() == b"[DONE]"
    return True


@EVERY
@BOTH
async def test_truncated_arguments_break_off(dialect: Dialect, *, stream: bool) -> None:
    async with lane() as calm, lane(Fault(kind="truncated-arguments", first=1)) as cut:
        whole, part = [(await one.ask(dialect, stream=stream))[2] for one in (calm, cut)]
        left = _arguments(dialect, part, stream=stream)
        told = _arguments(dialect, whole, stream=stream)
        if dialect is Dialect.GEMINI:  # always an object: nothing of it is left
            assert ("{}", True) == (left, len(told) > len(left))
            return
        if dialect is Dialect.MESSAGES and not stream:
            assert told == left  # whole there are no pieces: the arguments are an object
            return
        assert told != left
        assert told.startswith(left)
        assert not _is_json(left.encode())


def _arguments(dialect: Dialect, body: bytes, *, stream: bool) -> str:
    """The arguments of the tool call, as its pieces make them."""
    if dialect is Dialect.GEMINI:
        data = [line[5:] for line in body.splitlines() if line.startswith(b"data:")]
        chunks = [json.loads(one) for one in (data if stream else [body])]
        parts = (part for c in chunks for part in c["candidates"][0]["content"]["parts"])
        return json.dumps(next(p["functionCall"]["args"] for p in parts if "functionCall" in p))
    if not stream:
        value = json.loads(body)
        if dialect is Dialect.CHAT:
            return str(value["choices"][0]["message"]["tool_calls"][0]["function"]["arguments"])
        if dialect is Dialect.RESPONSES:
            return str(
                next(o for o in value["output"] if o["type"] == "function_call")["arguments"]
            )
        return json.dumps(next(c for c in value["content"] if c["type"] == "tool_use")["input"])
    lines = [line[5:] for line in body.splitlines() if line.startswith(b"data:")]
    events = [json.loads(line) for line in lines if line.strip() != b"[DONE]"]
    if dialect is Dialect.CHAT:
        calls = [c["choices"][0]["delta"].get("tool_calls") for c in events if c["choices"]]
        return "".join(c[0]["function"].get("arguments", "") for c in calls if c)
    if dialect is Dialect.RESPONSES:
        kind = "response.function_call_arguments.delta"
        return "".join(e["delta"] for e in events if e["type"] == kind)
    deltas = [e["delta"] for e in events if e["type"] == "content_block_delta"]
    return "".join(d["partial_json"] for d in deltas if "partial_json" in d)


@EVERY
@BOTH
async def test_dropped_usage_is_unmetered(dialect: Dialect, *, stream: bool) -> None:
    async with lane(Fault(kind="no-usage", first=1)) as mute:
        _, _, body = await mute.ask(dialect, stream=stream)
        assert not any(word in body for word in (b'"input_tokens', b'"prompt_tokens'))
        ledger = await mute.session.close()
        assert (1, None) == (ledger.totals.unmetered_calls, ledger.calls[0].usage.input)


@EVERY
@BOTH
async def test_an_empty_answer_is_whole_and_says_nothing(dialect: Dialect, *, stream: bool) -> None:
    async with lane(Fault(kind="empty", first=1)) as silent:
        status, _, body = await silent.ask(dialect, stream=stream)
        assert 200 == status
        assert b"a.py" not in body
        (call,) = (await silent.session.close()).calls
        assert None is call.error, call.error_detail


@EVERY
async def test_events_twice_are_counted_once(dialect: Dialect) -> None:
    async with lane(Fault(kind="duplicate", first=1)) as twice:
        await twice.ask(dialect, stream=True)
        (call,) = (await twice.session.close()).calls
        (truth,) = twice.conversation.truth().calls
        assert (truth.usage.input, truth.usage.output) == (call.usage.input, call.usage.output)


async def test_a_hang_never_answers_and_a_delay_does_late() -> None:
    hang, late = Fault(kind="hang", first=1), Fault(kind="delay", seconds=0.3, every=2)
    async with lane(hang, late) as slow:
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(slow.ask(Dialect.CHAT, stream=True), 0.3)
        assert 200 == (await slow.ask(Dialect.CHAT, stream=True))[0]
        calls = (await slow.session.close(drain_s=0.1)).calls
        assert calls[0].aborted
        assert calls[1].ttft_ms is not None
        assert calls[1].ttft_ms >= 300
        assert ["hang", "delay"] == [one.kind for one in slow.wrapped.injected]


async def test_an_agent_cannot_number_its_calls() -> None:
    """The number is the gateway's own, whatever a request says."""
    async with lane(Fault(kind="status", first=1)) as one:
        headers = {"Authorization": f"Bearer {one.session.key}", "x-cab-call": "99"}
        url = f"{one.origin}/v1/chat/completions"
        async with one.http.post(url, json={"messages": [{}]}, headers=headers):
            pass
        assert [0] == [injected.call for injected in one.wrapped.injected]


@given(st.integers(0, 99), st.floats(0.05, 0.95))
def test_the_same_seed_lets_the_same_go_wrong(seed: int, probability: float) -> None:
    def drawn(seed: int) -> list[bool]:
        plan = FaultPlan(name="p", seed=seed, faults=(Fault(kind="cut", probability=probability),))
        return [plan.due(call) is not None for call in range(1, 200)]

    assert drawn(seed) == drawn(seed)
    assert abs(sum(drawn(seed)) / 199 - probability) < 0.2
    assert drawn(seed) != drawn(seed + 1)


def test_the_profiles() -> None:
    assert ["calm", "busy", "flaky", "hostile"] == list(PROFILES)
    assert all(PROFILES["calm"].due(call) is None for call in range(1, 50))
    first = [PROFILES["busy"].due(call) for call in range(1, 9)]
    assert [1, 2, 4, 8] == [n for n, fault in enumerate(first, start=1) if fault]
    assert all(fault.retry_after_s == 1 for fault in first if fault)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[faults]", "not valid TOML"),
        ('[[faults]]\nkind = "cut"', "say when by exactly one of first, every, probability"),
        ('[[faults]]\nkind = "cut"\nfirst = 1\nevery = 2', "say when by exactly one"),
        ('[[faults]]\nkind = "explode"\nfirst = 1', "'faults.0.kind'"),
        ('[[faults]]\nkind = "status"\nstatus = 200\nfirst = 1', "'faults.0.status'"),
        ('[[faults]]\nkind = "cut"\nfirst = 1\nwhat = 2', "'faults.0.what'"),
        ('[[faults]]\nkind = "cut"\nprobability = 2.0', "'faults.0.probability'"),
    ],
)
def test_a_broken_plan_is_one_clear_sentence(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(text)
    with pytest.raises(EndpointError) as caught:
        load_plan(path)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)


def test_unknown_profiles_and_files(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="did you mean 'hostile'"):
        find_plan("hostil")
    with pytest.raises(EndpointError, match="there is no such fault plan"):
        find_plan(str(tmp_path / "none.toml"))
    (tmp_path / "mine.toml").write_text('[[faults]]\nkind = "cut"\nevery = 2\n')
    assert "mine" == find_plan(str(tmp_path / "mine.toml")).name
