"""The wire: every dialect, streamed and not, read by strict clients."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from codingagentbench.endpoints import BuiltinServer, Conversation, Options
from codingagentbench.gateway.dialects import Dialect
from codingagentbench.tasks.model import Task

from .clients import PATHS, Got, headers, path_of, post

LONG = "word " * 2000
BODIES: dict[Dialect, dict[str, Any]] = {
    Dialect.CHAT: {"model": "m", "messages": [{"role": "user", "content": LONG}]},
    Dialect.RESPONSES: {"model": "m", "input": LONG},
    Dialect.MESSAGES: {
        "model": "m",
        "max_tokens": 9,
        "messages": [{"role": "user", "content": LONG}],
    },
    Dialect.GEMINI: {"contents": [{"role": "user", "parts": [{"text": LONG}]}]},
}
BASH: dict[Dialect, Any] = {
    Dialect.CHAT: {"type": "function", "function": {"name": "bash", "parameters": {}}},
    Dialect.RESPONSES: {"type": "function", "name": "bash", "parameters": {}},
    Dialect.MESSAGES: {"name": "bash", "input_schema": {}},
    Dialect.GEMINI: {"functionDeclarations": [{"name": "bash", "parameters": {}}]},
}
SCHEMA = {"type": "object", "properties": {"command": {"type": "string"}}, "required": ["command"]}
for _dialect, _tool in BASH.items():
    _holder = _tool["function"] if _dialect is Dialect.CHAT else _tool
    _holder = _tool["functionDeclarations"][0] if _dialect is Dialect.GEMINI else _holder
    _holder["input_schema" if _dialect is Dialect.MESSAGES else "parameters"] = SCHEMA

both = pytest.mark.parametrize("stream", [True, False], ids=["streamed", "whole"])
each = pytest.mark.parametrize("dialect", Dialect)


async def ask(conversation: Conversation, dialect: Dialect, **extra: object) -> Got:
    async with aiohttp.ClientSession() as session:
        return await post(session, conversation, dialect, {**BODIES[dialect], **extra})


async def refused(url: str, *, body: bytes = b"{}", key: str = "") -> tuple[int, Any]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=body, headers={"x-api-key": key}) as reply,
    ):
        return reply.status, await reply.json()


@each
@both
async def test_a_reply_in_text(server: BuiltinServer, dialect: Dialect, stream: bool) -> None:
    """Without tools or a text protocol, as for a title: a few words, and the end."""
    got = await ask(server.open(), dialect, stream=stream)
    assert (got.text, got.calls) == ("Work on the task", [])
    ends = {Dialect.CHAT: "stop", Dialect.RESPONSES: "completed", Dialect.MESSAGES: "end_turn"}
    ends[Dialect.GEMINI] = "STOP"
    assert ends[dialect] == got.finish


@each
@both
async def test_a_reply_with_a_tool_call(
    server: BuiltinServer, task: Task, dialect: Dialect, stream: bool
) -> None:
    """Text first, then the call, with ids and a finish as the dialect has them."""
    got = await ask(server.open(task=task), dialect, stream=stream, tools=[BASH[dialect]])
    ((call_id, name, arguments),) = got.calls
    assert name == "bash"
    assert list(arguments) == ["command"]
    assert got.text
    prefix = "toolu_" if dialect is Dialect.MESSAGES else "call_"
    assert call_id.startswith(prefix)
    ends = {
        Dialect.CHAT: "tool_calls",
        Dialect.RESPONSES: "completed",
        Dialect.MESSAGES: "tool_use",
        Dialect.GEMINI: "STOP",
    }
    assert ends[dialect] == got.finish


@both
@each
async def test_an_empty_reply_is_still_a_whole_answer(
    server: BuiltinServer, task: Task, dialect: Dialect, stream: bool
) -> None:
    """The quitter says nothing, in good form."""
    conversation = server.open(persona="quitter", task=task)
    got = await ask(conversation, dialect, stream=stream, tools=[BASH[dialect]])
    assert (got.text, got.calls) == ("", [])
    assert conversation.truth().totals.output == 1


async def test_the_order_of_events_in_responses(server: BuiltinServer, task: Task) -> None:
    """Thought, words, call: each item opened, filled and closed before the next."""
    options = Options(piece=10_000)
    got = await ask(
        server.open(task=task, options=options),
        Dialect.RESPONSES,
        stream=True,
        tools=[BASH[Dialect.RESPONSES]],
    )
    assert got.frames == [
        "response.created",
        "response.in_progress",
        "response.output_item.added",
        "response.reasoning_summary_part.added",
        "response.reasoning_summary_text.delta",
        "response.reasoning_summary_text.done",
        "response.reasoning_summary_part.done",
        "response.output_item.done",
        "response.output_item.added",
        "response.content_part.added",
        "response.output_text.delta",
        "response.output_text.done",
        "response.content_part.done",
        "response.output_item.done",
        "response.output_item.added",
        "response.function_call_arguments.delta",
        "response.function_call_arguments.done",
        "response.output_item.done",
        "response.completed",
    ]


async def test_the_order_of_events_in_messages(server: BuiltinServer, task: Task) -> None:
    """A block for the words, a block for the call, then what it cost and the end."""
    options = Options(piece=10_000)
    got = await ask(
        server.open(task=task, options=options),
        Dialect.MESSAGES,
        stream=True,
        tools=[BASH[Dialect.MESSAGES]],
    )
    block = ["content_block_start", "content_block_delta", "content_block_stop"]
    assert [
        "message_start",
        "ping",
        *block,
        *block,
        "message_delta",
        "message_stop",
    ] == got.frames


async def test_chat_sends_usage_only_when_asked(server: BuiltinServer) -> None:
    """A stream without include_usage has none; the strict client checks every chunk."""
    conversation = server.open()
    assert (await ask(conversation, Dialect.CHAT, stream=True)).usage is None
    asked = {"include_usage": True}
    got = await ask(conversation, Dialect.CHAT, stream=True, stream_options=asked)
    assert got.usage is not None
    assert len(conversation.truth().calls) == 2


@both
@each
async def test_usage_is_the_truth_in_the_dialects_own_shape(
    server: BuiltinServer, dialect: Dialect, stream: bool
) -> None:
    """The second request repeats the first: most of it is cached, and both sides agree."""
    conversation = server.open()
    extra = {"stream_options": {"include_usage": True}} if dialect is Dialect.CHAT else {}
    await ask(conversation, dialect, stream=stream, **extra)
    got = await ask(conversation, dialect, stream=stream, **extra)
    true = conversation.truth().calls[-1].usage
    assert got.usage is not None
    assert true.cached == 2496
    if dialect is Dialect.MESSAGES:
        assert {
            "input_tokens": (true.input or 0) - 2496,
            "cache_creation_input_tokens": 0,
            "cache_read_input_tokens": 2496,
            "output_tokens": true.output,
        } == got.usage
        return
    if dialect is Dialect.GEMINI:
        assert {
            "promptTokenCount": true.input,
            "cachedContentTokenCount": 2496,
            "candidatesTokenCount": true.output,
            "thoughtsTokenCount": 0,
            "totalTokenCount": (true.input or 0) + (true.output or 0),
        } == got.usage
        return
    names = ("prompt", "completion") if dialect is Dialect.CHAT else ("input", "output")
    total = (true.input or 0) + (true.output or 0)
    writes = {"cache_write_tokens": 0} if dialect is Dialect.RESPONSES else {}
    assert {
        f"{names[0]}_tokens": true.input,
        f"{names[1]}_tokens": true.output,
        "total_tokens": total,
        f"{names[0]}_tokens_details": {"cached_tokens": 2496, **writes},
        f"{names[1]}_tokens_details": {"reasoning_tokens": true.reasoning},
    } == got.usage
    assert (7 if dialect is Dialect.RESPONSES else 0) == true.reasoning


async def test_what_is_marked_for_the_cache_is_written_to_it(server: BuiltinServer) -> None:
    """Marks move from request to request; they change what is written, not what is repeated."""
    conversation = server.open()
    mark = {"cache_control": {"type": "ephemeral"}}
    first, second = {"type": "text", "text": LONG}, {"type": "text", "text": "more"}
    await ask(
        conversation, Dialect.MESSAGES, messages=[{"role": "user", "content": [{**first, **mark}]}]
    )
    content = [first, {**second, **mark}]
    await ask(conversation, Dialect.MESSAGES, messages=[{"role": "user", "content": content}])
    one, two = (call.usage for call in conversation.truth().calls)
    assert (one.cached, one.cache_write) == (0, 2496)
    assert (two.cached, two.cache_write) == (2496, 0)


async def test_tokens_are_counted_on_request_and_cost_nothing(server: BuiltinServer) -> None:
    """count_tokens agrees with what the same request costs, and is no call of the model."""
    conversation = server.open()
    body = {key: BODIES[Dialect.MESSAGES][key] for key in ("messages",)}
    async with aiohttp.ClientSession() as session:
        url = conversation.root_url + "/v1/messages/count_tokens"
        async with session.post(url, json=body, headers=headers(conversation)) as reply:
            counted = (await reply.json())["input_tokens"]
    assert conversation.truth().calls == ()
    await ask(conversation, Dialect.MESSAGES)
    assert counted == conversation.truth().totals.input


async def test_the_models_are_listed(server: BuiltinServer) -> None:
    conversation = server.open(persona="wrong")
    async with (
        aiohttp.ClientSession(headers=headers(conversation)) as session,
        session.get(conversation.base_url() + "/models") as reply,
    ):
        listed = await reply.json()
    assert [model["id"] for model in listed["data"]] == ["wrong"]


@each
async def test_addresses_and_keys_are_secret(server: BuiltinServer, dialect: Dialect) -> None:
    """No conversation without its address, no answer without its key; nothing is counted."""
    one, other = server.open(), server.open()
    path = PATHS[dialect]
    status, _ = await refused(f"{one.origin}/nowhere/v1{path}", key=one.key)
    assert status == 404
    status, body = await refused(one.base_url(dialect) + path, key=other.key)
    assert status == 401
    told = body["error"].get("status") or body["error"]["type"]
    assert told in ("UNAUTHENTICATED", "authentication_error")
    server.close(one)
    status, _ = await refused(one.base_url(dialect) + path, key=one.key)
    assert status == 404
    assert () == one.truth().calls == other.truth().calls


@each
@pytest.mark.parametrize(
    "body",
    [b"", b"nonsense", b"[]", b"{}", b'{"model": "m"}', b'{"model":"m","messages":7,"input":7}'],
)
async def test_a_bad_request_is_answered_as_one(
    server: BuiltinServer, dialect: Dialect, body: bytes
) -> None:
    """Never a crash: status 400 and an error in the dialect's own shape."""
    conversation = server.open()
    url = conversation.base_url(dialect) + PATHS[dialect]
    status, answer = await refused(url, body=body, key=conversation.key)
    assert status == 400
    told = answer["error"].get("status") or answer["error"]["type"]
    assert told in ("INVALID_ARGUMENT", "invalid_request_error")
    assert (dialect is Dialect.MESSAGES) == (answer.get("type") == "error")


async def test_a_stored_response_is_not_pretended(server: BuiltinServer) -> None:
    """An agent that sends only what is new would never get to an end."""
    conversation = server.open()
    body = b'{"model":"m","input":"x","previous_response_id":"resp_1"}'
    url = conversation.base_url(Dialect.RESPONSES) + "/responses"
    status, _ = await refused(url, body=body, key=conversation.key)
    assert status == 400


@each
async def test_a_client_that_leaves_is_billed_for_the_whole_reply(
    server: BuiltinServer, task: Task, dialect: Dialect
) -> None:
    """The truth is what was said, not what was heard; it knows that it was not delivered."""
    slow = Options(piece=4, delay_s=0.05)
    cut, heard = server.open(task=task, options=slow), server.open(task=task)
    body = {**BODIES[dialect], "stream": True, "tools": [BASH[dialect]]}
    async with aiohttp.ClientSession() as session:
        url = cut.base_url(dialect) + path_of(dialect, stream=True)
        async with session.post(url, json=body, headers=headers(cut)) as reply:
            await reply.content.readany()
            reply.close()
        await post(session, heard, dialect, body)
    assert heard.truth().totals == cut.truth().totals
    assert [call.delivered for call in heard.truth().calls] == [True]
    assert [call.delivered for call in cut.truth().calls] == [False]
