"""What was said in a call, in every dialect, whole and streamed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from codingagentbench.site.conversation import SHOWN, exchanges
from codingagentbench.site.messages import Turn, reply_turns, request_turns

from . import laid, make

ASKED = {
    "chat": {
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": [{"type": "text", "text": "Mend it."}]},
            {
                "role": "assistant",
                "content": None,
                "tool_calls": [{"id": "1", "function": {"name": "sh", "arguments": '{"c":"ls"}'}}],
            },
            {"role": "tool", "tool_call_id": "1", "content": "src"},
        ]
    },
    "responses": {
        "instructions": "Be brief.",
        "input": [
            {
                "type": "message",
                "role": "user",
                "content": [{"type": "input_text", "text": "Mend it."}],
            },
            {"type": "function_call", "name": "sh", "arguments": '{"c":"ls"}', "call_id": "1"},
            {"type": "function_call_output", "call_id": "1", "output": "src"},
        ],
    },
    "messages": {
        "system": [{"type": "text", "text": "Be brief."}],
        "messages": [
            {"role": "user", "content": "Mend it."},
            {
                "role": "assistant",
                "content": [{"type": "tool_use", "name": "sh", "input": {"c": "ls"}}],
            },
            {"role": "user", "content": [{"type": "tool_result", "content": "src"}]},
        ],
    },
    "gemini": {
        "systemInstruction": {"parts": [{"text": "Be brief."}]},
        "contents": [
            {"role": "user", "parts": [{"text": "Mend it."}]},
            {"role": "model", "parts": [{"functionCall": {"name": "sh", "args": {"c": "ls"}}}]},
            {
                "role": "user",
                "parts": [{"functionResponse": {"name": "sh", "response": {"output": "src"}}}],
            },
        ],
    },
}


def events(*given: dict[str, Any]) -> bytes:
    return (
        "".join(f"event: x\ndata: {json.dumps(e)}\n\n" for e in given).encode()
        + b"data: [DONE]\n\n"
    )


ANSWERED = {
    "chat": json.dumps(
        {
            "choices": [
                {
                    "message": {
                        "role": "assistant",
                        "content": "Done.",
                        "tool_calls": [{"function": {"name": "sh", "arguments": "{}"}}],
                    }
                }
            ]
        }
    ).encode(),
    "chat stream": events(
        {"choices": [{"delta": {"role": "assistant", "content": "Do"}}]},
        {"choices": [{"delta": {"content": "ne."}}]},
        {"choices": [{"delta": {"tool_calls": [{"index": 0, "function": {"name": "sh"}}]}}]},
        {"choices": [{"delta": {"tool_calls": [{"index": 0, "function": {"arguments": "{}"}}]}}]},
        {"choices": [], "usage": {"prompt_tokens": 3}},
    ),
    "responses": json.dumps(
        {
            "output": [
                {
                    "type": "message",
                    "role": "assistant",
                    "content": [{"type": "output_text", "text": "Done."}],
                },
                {"type": "function_call", "name": "sh", "arguments": "{}"},
            ]
        }
    ).encode(),
    "responses stream": events(
        {"type": "response.output_text.delta", "item_id": "a", "delta": "Do"},
        {"type": "response.output_text.delta", "item_id": "a", "delta": "ne."},
        {
            "type": "response.output_item.done",
            "item": {
                "type": "message",
                "role": "assistant",
                "content": [{"type": "output_text", "text": "Done."}],
            },
        },
        {
            "type": "response.output_item.done",
            "item": {"type": "function_call", "name": "sh", "arguments": "{}"},
        },
    ),
    "messages": json.dumps(
        {
            "role": "assistant",
            "content": [
                {"type": "text", "text": "Done."},
                {"type": "tool_use", "name": "sh", "input": {}},
            ],
        }
    ).encode(),
    "messages stream": events(
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "Do"}},
        {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "ne."}},
        {
            "type": "content_block_start",
            "index": 1,
            "content_block": {"type": "tool_use", "name": "sh"},
        },
        {"type": "content_block_delta", "index": 1, "delta": {"partial_json": "{}"}},
    ),
    "gemini": json.dumps(
        {
            "candidates": [
                {
                    "content": {
                        "role": "model",
                        "parts": [
                            {"text": "Done."},
                            {"functionCall": {"name": "sh", "args": {}}},
                        ],
                    }
                }
            ]
        }
    ).encode(),
    "gemini stream": events(
        {"candidates": [{"content": {"parts": [{"text": "Do"}]}}]},
        {"candidates": [{"content": {"parts": [{"text": "ne."}]}}]},
        {"candidates": [{"content": {"parts": [{"functionCall": {"name": "sh", "args": {}}}]}}]},
    ),
}


@pytest.mark.parametrize("dialect", ASKED)
def test_a_request_reads_the_same_in_every_dialect(dialect: str) -> None:
    turns = request_turns(json.dumps(ASKED[dialect]).encode())
    said = "\n".join(t.text for t in turns)
    assert ["Be brief.", "Mend it."] == [t.text for t in turns[:2]]
    assert ["system", "user"] == [t.role for t in turns[:2]]
    assert "→ sh {" in said
    assert "src" in turns[-1].text


@pytest.mark.parametrize("kind", ANSWERED)
def test_a_reply_reads_the_same_in_every_dialect(kind: str) -> None:
    said = "\n".join(t.text for t in reply_turns(ANSWERED[kind]))
    assert "Done.\n→ sh {}" == said


@pytest.mark.parametrize("kind", [k for k in ANSWERED if "stream" in k])
def test_a_stream_that_breaks_off_keeps_what_came(kind: str) -> None:
    body = ANSWERED[kind]
    assert "Do" in reply_turns(body[: body.index(b"ne.")])[0].text


@pytest.mark.parametrize(
    "body",
    [b"", b"nonsense", b"[]", b"{}", b'{"choices": 3}', b'{"choices": [3]}', b"\xff", b"[" * 9999],
)
def test_nonsense_is_shown_as_it_is(body: bytes) -> None:
    assert request_turns(body)
    assert reply_turns(body)


def test_an_error_reads_as_one() -> None:
    (turn,) = reply_turns(b'{"error": {"message": "slow down", "type": "rate_limit"}}')
    assert Turn("error", '{"message":"slow down", "type":"rate_limit"}') == turn


def kept(folder: Path, messages: list[list[str]]) -> list[Any]:
    calls = []
    for index, said in enumerate(messages):
        body = {"messages": [{"role": "user", "content": text} for text in said]}
        request = laid.keep_body(folder, json.dumps(body).encode())
        reply = laid.keep_body(folder, ANSWERED["chat stream"] + f": {index}\n".encode())
        calls.append(make.call(index, request_body=request, response_body=reply))
    return calls


def test_only_what_is_new_is_shown(tmp_path: Path) -> None:
    """Every request repeats the whole history; a reader wants what a call added."""
    calls = kept(tmp_path, [["a"], ["a", "b", "c"], ["a", "b", "c", "d"]])
    found = exchanges(calls, folder=tmp_path)
    assert [0, 1, 3] == [found[n].repeated for n in range(3)]
    assert [["a"], ["b", "c"], ["d"]] == [[t.text for t in found[n].sent] for n in range(3)]


def test_a_page_takes_only_so_much(tmp_path: Path) -> None:
    calls = kept(tmp_path, [[f"{n}" * 5000] for n in range(40)])
    found = exchanges(calls, folder=tmp_path)
    shown = sum(len(t.text) for e in found.values() for t in (*e.sent, *e.answered))
    assert SHOWN / 2 < shown <= SHOWN + 10_000
    assert 39 not in found


def test_bodies_that_are_not_kept_have_no_conversation(tmp_path: Path) -> None:
    named = make.call(0, request_body="f" * 64, response_body="../../etc/passwd")
    assert {} == exchanges([make.call(1), named], folder=tmp_path)


def test_a_body_that_is_not_what_its_name_says_is_not_shown(tmp_path: Path) -> None:
    (call,) = kept(tmp_path, [["a"]])
    (tmp_path / "bodies" / f"{call.request_body}.zst").write_bytes(b"not zstd")
    (found,) = exchanges([call], folder=tmp_path).values()
    assert () == found.sent
    assert "not whole" in found.note
