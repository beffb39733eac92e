"""Bodies are kept apart, whole, by digest, and nothing secret is in them."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from codingagentbench.errors import GatewayError
from codingagentbench.gateway import Call, Dialect, read_body
from codingagentbench.redact import Redactor

from .bench import UPSTREAM_KEY, Bench, Visit
from .wire import ANSWERS, CHAT_FINISH, CHAT_TEXT, CHAT_TOTAL, DONE, chat_chunk


async def test_bodies_are_stored_as_they_came(bench: Bench, tmp_path: Path) -> None:
    """The request as the agent sent it, the reply as the provider sent it."""
    agent = await bench.open(bodies=tmp_path / "bodies")
    _, got = await agent.ask(Dialect.CHAT, stream=True)
    (call,) = (await agent.session.close()).calls
    assert call.request_body is not None
    assert call.response_body is not None
    sent = read_body(tmp_path / "bodies", call.request_body)
    assert json.loads(sent) == ANSWERS[Dialect.CHAT].request | {"stream": True}
    assert call.request_body == call.request_sha256
    reply = read_body(tmp_path / "bodies", call.response_body)
    assert reply == b"".join((*CHAT_TEXT, CHAT_FINISH, CHAT_TOTAL, DONE))
    assert got != reply
    assert bench.calls == [call]


async def test_equal_bodies_are_stored_once(bench: Bench, tmp_path: Path) -> None:
    agent = await bench.open(bodies=tmp_path)
    for _ in range(3):
        await agent.ask(Dialect.MESSAGES)
    calls = (await agent.session.close()).calls
    assert len({call.response_body for call in calls}) == 1
    names = {f"{calls[0].request_body}.zst", f"{calls[0].response_body}.zst"}
    assert names == {path.name for path in tmp_path.iterdir()}


async def test_errors_and_hang_ups_leave_bodies_too(bench: Bench, tmp_path: Path) -> None:
    async def script(visit: Visit) -> None:
        visit.reply(b'{"error":"no"}', status="500 No")

    bench.provider.script = script
    agent = await bench.open(bodies=tmp_path)
    await agent.ask(Dialect.CHAT)
    (call,) = (await agent.session.close()).calls
    assert call.response_body is not None
    assert read_body(tmp_path, call.response_body) == b'{"error":"no"}'


async def test_nothing_secret_is_written(bench: Bench, tmp_path: Path) -> None:
    """The session's key, the provider's, and what the attempt's redactor knows, in both bodies."""
    redactor = Redactor({"hunter2-password": "password"}, {"/home/somebody": "~"})
    agent = await bench.open(bodies=tmp_path, redactor=redactor)
    secrets = (agent.session.key, UPSTREAM_KEY, "hunter2-password", "/home/somebody")
    spilled = " ".join(secrets)

    async def script(visit: Visit) -> None:
        await visit.stream(chat_chunk({"content": spilled}), CHAT_FINISH, CHAT_TOTAL, DONE)

    bench.provider.script = script
    messages = [{"role": "user", "content": f"env says {spilled}"}]
    await agent.ask(Dialect.CHAT, stream=True, messages=messages, model=spilled)
    ledger = await agent.session.close()
    (call,) = ledger.calls
    kept = ledger.model_dump_json().encode()
    for digest in (call.request_body, call.response_body):
        assert digest is not None
        kept += read_body(tmp_path, digest)
    for secret in secrets:
        assert secret.encode() not in kept
    assert kept.count(b"[session key] [key] [password] ~") == 4


async def test_without_a_folder_nothing_is_kept(bench: Bench) -> None:
    agent = await bench.open()
    await agent.ask(Dialect.CHAT)
    (call,) = (await agent.session.close()).calls
    assert (call.request_body, call.response_body) == (None, None)


async def test_a_folder_that_goes_away_costs_the_bodies_only(bench: Bench, tmp_path: Path) -> None:
    """A full or missing disk: the row is there, without digests, and the session says why."""
    folder = tmp_path / "bodies"
    agent = await bench.open(bodies=folder)
    folder.rmdir()
    folder.write_text("a file where the folder was")
    assert (await agent.ask(Dialect.CHAT))[0] == 200
    (call,) = (await agent.session.close()).calls
    assert (call.request_body, call.usage.input is None) == (None, False)
    assert agent.session.fault is not None


async def test_a_folder_that_cannot_be_made_is_one_sentence(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(GatewayError, match="choose another folder"):
        await bench.open(bodies=tmp_path / "file" / "bodies")


def test_a_damaged_body_is_noticed(tmp_path: Path) -> None:
    from codingagentbench.gateway.bodies import BodyStore, Scrubber

    store = BodyStore(tmp_path, Scrubber({}, None))
    digest = store.put([b"one ", b"body"])
    assert digest == hashlib.sha256(b"one body").hexdigest()
    assert read_body(tmp_path, digest) == b"one body"
    os.truncate(tmp_path / f"{digest}.zst", 5)
    with pytest.raises(GatewayError, match="cannot be read"):
        read_body(tmp_path, digest)


def test_rows_survive_json(bench: Bench) -> None:
    """A row written and read back is the same row."""
    call = Call.model_validate(
        {
            "index": 0,
            "logical": 0,
            "dialect": "chat",
            "method": "POST",
            "path": "/v1/chat/completions",
            "model": "m",
            "started_at": "2026-01-01T00:00:00Z",
            "offset_ms": 1.5,
            "usage": {"input": 3, "raw": {"prompt_tokens": 3}},
            "request_sha256": "0" * 64,
            "request_bytes": 2,
        }
    )
    assert Call.model_validate_json(call.model_dump_json()) == call
