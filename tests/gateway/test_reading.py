"""How requests and replies are read: streams in any pieces, usage in any dialect."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from codingagentbench.gateway import Dialect, Upstream, Usage
from codingagentbench.gateway.background import is_background
from codingagentbench.gateway.replies import GRAMMARS, Reading
from codingagentbench.gateway.requests import outgoing, read_request
from codingagentbench.gateway.routes import ENDPOINTS, resolve
from codingagentbench.gateway.sse import Cutter, data_of, spans
from codingagentbench.gateway.tap import StreamTap, Strip
from codingagentbench.gateway.tools import last_tool
from codingagentbench.gateway.usage import chat_usage, messages_usage

from .wire import ANSWERS, CHAT_FINISH, CHAT_TEXT, CHAT_TOTAL, DONE, OUTPUT

_LINES = st.sampled_from([b"data: 1", b"data:2", b": c", b"event: e", b"x"])
_EVENTS = st.lists(st.lists(_LINES, min_size=1, max_size=3), max_size=5)
_ENDS = st.sampled_from([b"\n", b"\r\n", b"\r"])


@given(_EVENTS, _ENDS, st.lists(st.integers(1, 9), max_size=40))
def test_events_are_the_same_in_any_pieces(
    events: list[list[bytes]], end: bytes, sizes: list[int]
) -> None:
    """Joined, the blocks are the stream; each block is whole events only."""
    whole = b"".join(b"".join(line + end for line in lines) + end for lines in events)
    cutter, at, blocks = Cutter(), 0, []
    for size in [*sizes, len(whole) + 1]:
        blocks.append(cutter.feed(whole[at : at + size]))
        at += size
    rest = cutter.rest()
    assert b"".join((*blocks, rest)) == whole
    found = [block[s.begin : s.end] for block in (*blocks, rest) for s in spans(block)]
    assert found == [b"".join(line + end for line in lines) + end for lines in events]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_data_is_its_lines(end: bytes) -> None:
    event = end.join((b"event: e", b"data: one", b"data:two", b": c", b"", b""))
    assert data_of(event) == b"one\ntwo"
    assert data_of(b": ping" + end + end) == b""


_STREAMS = {
    (dialect, end): b"".join(
        ANSWERS[dialect].frames({"stream_options": {"include_usage": True}})
    ).replace(b"\n", end)
    for dialect in Dialect
    for end in (b"\n", b"\r\n")
}


@given(
    st.sampled_from(sorted(_STREAMS)),
    st.sampled_from([Strip.NOTHING, Strip.LAST]),
    st.lists(st.integers(1, 200), max_size=60),
)
def test_a_stream_is_read_and_stripped_the_same_in_any_pieces(
    which: tuple[Dialect, bytes], strip: Strip, sizes: list[int]
) -> None:
    whole = _STREAMS[which]
    strip = strip if which[0] is Dialect.CHAT else Strip.NOTHING  # only there it is ever asked for
    reading = Reading()
    tap, at, out = StreamTap(reading, GRAMMARS[which[0]], strip=strip), 0, []
    for size in [*sizes, len(whole) + 1]:
        if at < len(whole):
            out.append(tap.feed(whole[at : at + size]))
        at += size
    out.append(tap.end())
    assert (reading.complete, reading.error, reading.usage.output) == (True, None, OUTPUT)
    if strip is Strip.LAST:
        assert b"".join(out) == whole.replace(CHAT_TOTAL.replace(b"\n", which[1]), b"")
    else:
        assert b"".join(out) == whole


def test_only_what_carries_something_is_parsed() -> None:
    """Text that only looks like usage or an ending is text."""
    reading = Reading()
    tap = StreamTap(reading, GRAMMARS[Dialect.CHAT], strip=Strip.LAST)
    trap = {"content": '"usage":{"prompt_tokens":9},"finish_reason":"stop" data: [DONE]'}
    frame = b"data: " + json.dumps({"choices": [{"delta": trap}]}).encode() + b"\n\n"
    assert tap.feed(frame * 2) == frame * 2
    assert (reading.usage, reading.complete, reading.finish) == (Usage(), False, None)


@given(st.binary(max_size=300))
def test_no_bytes_break_a_tap(noise: bytes) -> None:
    for dialect in Dialect:
        reading = Reading()
        tap = StreamTap(reading, GRAMMARS[dialect], strip=Strip.EVERY)
        first = tap.feed(CHAT_TEXT[0])
        assert first + tap.feed(noise) + tap.end() == CHAT_TEXT[0] + noise


USAGES = [
    ({}, Usage(raw={})),
    ({"prompt_tokens": 0, "completion_tokens": 0}, Usage(input=0, output=0)),
    ({"prompt_tokens": None, "completion_tokens": True}, Usage()),
    ({"prompt_tokens": -1, "completion_tokens": "7"}, Usage()),
    ({"prompt_tokens": 5.0}, Usage(input=5)),
    ({"prompt_tokens": 9, "prompt_cache_hit_tokens": 4}, Usage(input=9, cached=4)),
    ({"prompt_tokens_details": None}, Usage()),
    (
        {
            "prompt_tokens": 10,
            "completion_tokens": 5,
            "total_tokens": 22,
            "completion_tokens_details": {"reasoning_tokens": 7},
        },
        Usage(input=10, output=12, reasoning=7),
    ),
]


@pytest.mark.parametrize(("raw", "usage"), USAGES)
def test_chat_usage_has_one_meaning(raw: dict[str, Any], usage: Usage) -> None:
    assert chat_usage(raw) == usage.model_copy(update={"raw": raw})


def test_anthropic_input_includes_the_cache() -> None:
    raw = {"input_tokens": 1, "cache_read_input_tokens": 20, "cache_creation_input_tokens": 300}
    raw |= {"output_tokens": 9}
    usage = messages_usage(raw, final=True)
    assert (usage.input, usage.cached, usage.cache_write, usage.output) == (321, 20, 300, 9)
    assert messages_usage(raw, final=False).output is None
    assert messages_usage({"input_tokens": 4}, final=True).cached is None


def _up(body: bytes, **rules: Any) -> tuple[bytes, tuple[str, ...]]:
    upstream = Upstream(base_url="http://127.0.0.1:1/v1", **rules)
    out = outgoing(read_request(body), dialect=Dialect.CHAT, upstream=upstream)
    return out.body, out.rewritten


def test_asking_for_usage_changes_nothing_else() -> None:
    """Every byte stays: odd numbers, escapes, doubled names and spaces."""
    body = b' {\n"stream" : true, "a":1.0e2,"a":"\\u00e9", "big":123456789012345678901234567890 }'
    added = b'"stream_options":{"include_usage":true},'
    at = body.index(b"{") + 1
    assert _up(body) == (body[:at] + added + body[at:], ("+stream_options.include_usage",))
    assert _up(body, add_usage=False) == (body, ())
    assert _up(body.replace(b"true", b"false")) == (body.replace(b"true", b"false"), ())


def test_other_stream_options_stay() -> None:
    body, notes = _up(b'{"stream":true,"stream_options":{"include_obfuscation":false}}')
    expected = {"include_obfuscation": False, "include_usage": True}
    assert json.loads(body)["stream_options"] == expected
    assert notes == ("+stream_options.include_usage",)


@given(st.binary(max_size=60))
def test_any_body_goes_up(body: bytes) -> None:
    """What is no JSON object is sent as it came, whatever the rules say."""
    asked = read_request(body)
    assert asked.value or _up(body, model="x", drop_fields=("a",)) == (body, ())


BASES = [
    ("https://h", Dialect.CHAT, "https://h/v1/x"),
    ("https://h/", Dialect.MESSAGES, "https://h/v1/x"),
    ("https://h/v1/", Dialect.MESSAGES, "https://h/v1/x"),
    ("https://h/anthropic", Dialect.MESSAGES, "https://h/anthropic/v1/x"),
    ("https://h", Dialect.GEMINI, "https://h/v1beta/x"),
    ("https://h/gemini/", Dialect.GEMINI, "https://h/gemini/v1beta/x"),
    ("https://h/v1", Dialect.GEMINI, "https://h/v1/x"),
    ("https://h/api/paas/v4", Dialect.CHAT, "https://h/api/paas/v4/x"),
    ("https://h/v1beta/openai", Dialect.CHAT, "https://h/v1beta/openai/x"),
]


@pytest.mark.parametrize(("base", "dialect", "url"), BASES)
def test_bases_are_taken_as_people_give_them(base: str, dialect: Dialect, url: str) -> None:
    upstream = Upstream(base_url=base)
    assert str(upstream.url(dialect=dialect, path="/x")) == url
    assert str(upstream.url(dialect=dialect, path="/x", query="b=1")) == f"{url}?b=1"


def test_a_dialect_may_have_a_base_of_its_own() -> None:
    upstream = Upstream(base_url="https://h/v1", base_urls={Dialect.MESSAGES: "https://a"})
    assert upstream.url(dialect=Dialect.MESSAGES, path="/x").host == "a"


BAD = [
    {"base_url": "ftp://h"},
    {"base_url": "h/v1"},
    {"base_url": "https://user:secret@h/v1"},
    {"base_url": "https://h/v1?key=secret"},
    {"base_url": "https://h", "key": "two\nlines"},
    {"base_url": "https://h", "key": " "},
    {"base_url": "https://h", "dialects": ()},
    {"base_url": "https://h", "headers": {"a": "two\nlines"}},
    {"base_url": "https://h", "headers": {"a:": "b"}},
    {"base_url": "https://h", "idle_timeout_s": 0},
    {"base_url": "https://h", "limits": {"concurrency": 0}},
]


@pytest.mark.parametrize("fields", BAD)
def test_a_wrong_upstream_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Upstream(**fields)


def test_an_upstream_never_shows_its_key() -> None:
    secret = SecretStr("header-secret")
    upstream = Upstream(base_url="https://h", key="sk-hidden", headers={"api-key": secret})
    assert "sk-hidden" not in f"{upstream!r} {upstream.model_dump_json()}"
    assert "header-secret" not in f"{upstream!r} {upstream.model_dump_json()}"
    assert upstream.secrets == ("sk-hidden", "header-secret")
    assert upstream.auth_headers(Dialect.MESSAGES)["x-api-key"] == "sk-hidden"
    assert upstream.auth_headers(Dialect.GEMINI)["x-goog-api-key"] == "sk-hidden"
    assert upstream.auth_headers(Dialect.CHAT)["Authorization"] == "Bearer sk-hidden"


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_every_endpoint_is_found_with_and_without_v1_and_key(endpoint: Any) -> None:
    for raw in (f"/v1{endpoint.path}", endpoint.path, f"/s/cab-k/v1{endpoint.path}?a=b"):
        target = resolve(endpoint.method, raw)
        assert target.endpoint == endpoint
        assert "cab-k" not in target.path


def _chat(system: str, **more: Any) -> dict[str, Any]:
    turns = [{"role": "system", "content": system}, {"role": "user", "content": "Fix the bug."}]
    return {"messages": turns, **more}


TOOLS = [{"type": "function", "function": {"name": "edit"}}]

SIDE = [
    _chat("You are a title generator. You output ONLY a thread title. Nothing else."),
    {"instructions": "Generate a short title for this session.", "input": "hello"},
    {"system": "Summarize this coding conversation in under 50 characters.", "messages": []},
    {"messages": [{"role": "user", "content": [{"type": "text", "text": "Write a 5-word title"}]}]},
    _chat("You are an expert that generates concise, one-line Git commit messages."),
    _chat("x", tools=TOOLS)
    | {
        "messages": [
            {
                "role": "user",
                "content": "Your task is to create a detailed summary of the conversation so far",
            }
        ]
    },
]
WORK = [
    _chat("You are an expert software developer."),
    _chat("You generate a title for each section you edit.", tools=TOOLS),
    _chat("Act as an expert. Answer with SEARCH/REPLACE blocks." + " x" * 400 + " title generator"),
    {"messages": "no list"},
    {"input": [{"role": "user", "content": 7}]},
    {},
]


@pytest.mark.parametrize("request_body", SIDE)
def test_side_work_is_told_apart(request_body: dict[str, Any]) -> None:
    assert is_background(ENDPOINTS[0], request_body)


@pytest.mark.parametrize("request_body", WORK)
def test_the_work_is_the_work(request_body: dict[str, Any]) -> None:
    assert not is_background(ENDPOINTS[0], request_body)


TURNS = [
    ({"messages": [{"role": "assistant", "tool_calls": [{"function": {"name": "a"}}]}]}, "a"),
    ({"input": [{"type": "function_call", "name": "b"}, {"type": "function_call_output"}]}, "b"),
    ({"messages": [{"content": [{"type": "tool_use", "name": "c"}]}, {"content": "x"}]}, "c"),
    ({"messages": [{"role": "user", "content": "x"}]}, None),
    ({"messages": [None, 7, {"tool_calls": "x", "content": [3]}]}, None),
]


@pytest.mark.parametrize(("request_body", "name"), TURNS)
def test_the_last_tool_is_read_from_the_request(
    request_body: dict[str, Any], name: str | None
) -> None:
    assert last_tool(request_body) == name


def test_frames_of_the_tests_are_what_they_say(tmp_path: Path) -> None:
    """The scripted answers are good ones: read in whole they have no error."""
    for dialect in Dialect:
        reading = Reading()
        assert GRAMMARS[dialect].body(reading, json.loads(ANSWERS[dialect].body))
        assert (reading.error, reading.usage.output) == (None, OUTPUT)
    assert DONE in _STREAMS[Dialect.CHAT, b"\n"]
    assert CHAT_FINISH in _STREAMS[Dialect.CHAT, b"\n"]
