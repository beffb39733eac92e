"""Whose fault it was is read off the wire, never off an agent's exit code or its words."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web

from codingagentbench.cells import Bench, Record, cell_request
from codingagentbench.endpoints import Options
from codingagentbench.results import Store, run_into
from codingagentbench.sandboxes import KilledBy
from codingagentbench.tasks import load_task
from tests.cells.conftest import PYTHON
from tests.cells.hostile import scripted

pytestmark = [pytest.mark.agents, pytest.mark.timeout(400), pytest.mark.usefixtures("agents_here")]


def environment(url: str) -> dict[str, str]:
    """A provider that speaks all dialects, as a person would set it."""
    return {
        "CAB_ENDPOINT": url,
        "CAB_KEY": "sk-provider-key-0123456789",
        "CAB_DIALECT": "chat,responses,messages",
    }


Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def provider(answer: Answer) -> AsyncIterator[dict[str, str]]:
    """A provider on loopback that answers everything with ``answer``, as an environment."""
    app = web.Application(client_max_size=1 << 28)
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    try:
        yield environment(f"http://{host}:{port}/v1")
    finally:
        await runner.cleanup()


def status(code: int, **headers: str) -> Answer:
    async def answer(_: web.Request) -> web.StreamResponse:
        body = {"error": {"message": "no", "type": "error", "code": str(code)}}
        return web.json_response(body, status=code, headers=headers)

    return answer


async def hang(_: web.Request) -> web.StreamResponse:
    await asyncio.sleep(3600)
    return web.Response()


async def cut(request: web.Request) -> web.StreamResponse:
    """A stream that breaks off in the middle of its first chunk."""
    reply = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await reply.prepare(request)
    await reply.write(b'data: {"id":"x","object":"chat.completion.chunk","choices":[{"ind')
    assert request.transport is not None
    request.transport.abort()
    return reply


async def nonsense(_: web.Request) -> web.StreamResponse:
    return web.Response(body=b"\x00\xff<html>nothing of the kind</html>")


async def cell(folder: Path, environ: dict[str, str], agent: str, timeout_s: float = 200) -> Record:
    config = folder / "config.toml"
    config.write_text("")
    request = cell_request(
        agent=agent,
        model="some-model",
        task=PYTHON,
        timeout_s=timeout_s,
        environ={**environ, "CAB_CONFIG": str(config)},
    )
    async with Bench() as bench:
        stored = await run_into(Store(folder / "results").open(), request, bench=bench)
    return stored.record


async def test_exit_code_0_while_every_call_failed_is_the_provider_s_failure(
    tmp_path: Path,
) -> None:
    """aider ends with 0 here, as if all were well; nothing of that is scored."""
    async with provider(status(401)) as environ:
        record = await cell(tmp_path, environ, "aider")
    assert record.exit is not None
    assert 0 == record.exit.code
    assert "provider_error" == record.scores.outcome, record.scores.verdict.detail
    assert not record.scores.verdict.scored
    assert record.scores.composite is None
    assert record.ledger.totals.failed_calls == record.ledger.totals.calls >= 1


SWALLOWS = """
python3 - <<'END'
import os, urllib.request
for _ in range(3):
    request = urllib.request.Request(os.environ["MODEL_URL"] + "/chat/completions", b"{}",
        {"Authorization": "Bearer " + os.environ["MODEL_KEY"]})
    try:
        urllib.request.urlopen(request, timeout=10).read()
    except OSError as error:
        print("all is well", error)
END
exit 0
"""


@pytest.mark.parametrize(("code", "outcome"), [(429, "rate_limited"), (500, "provider_error")])
async def test_an_agent_that_swallows_errors_changes_nothing(
    tmp_path: Path, code: int, outcome: str
) -> None:
    async with provider(status(code)) as environ:
        config = tmp_path / "config.toml"
        config.write_text("")
        request = scripted(
            SWALLOWS,
            tmp_path / "agent",
            model="m",
            task=PYTHON,
            environ={**environ, "CAB_CONFIG": str(config)},
        )
        async with Bench() as bench:
            record = (await run_into(Store(tmp_path / "r").open(), request, bench=bench)).record
    assert record.exit is not None
    assert 0 == record.exit.code
    assert outcome == record.scores.outcome
    assert "the last 3 of 3 calls" in record.scores.verdict.detail


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        pytest.param(status(404), "incompatible", id="404"),
        pytest.param(status(500), "provider_error", id="500"),
        pytest.param(status(429, **{"Retry-After": "1"}), "rate_limited", id="429-retry-after"),
        pytest.param(cut, "provider_error", id="cut"),
        pytest.param(nonsense, "provider_error", id="nonsense"),
    ],
)
async def test_a_provider_that_fails_is_not_scored(
    tmp_path: Path, answer: Answer, outcome: str
) -> None:
    async with provider(answer) as environ:
        record = await cell(tmp_path, environ, "pi")
    assert outcome == record.scores.outcome, record.scores.verdict.detail
    assert record.scores.composite is None


async def test_a_provider_that_hangs_is_to_blame_for_the_clock(tmp_path: Path) -> None:
    async with provider(hang) as environ:
        record = await cell(tmp_path, environ, "codex", timeout_s=14)
    assert record.exit is not None
    assert KilledBy.TIMEOUT == record.exit.killed_by
    assert "provider_error" == record.scores.outcome
    assert record.timing.provider_waiting_s is not None
    assert record.timing.provider_waiting_s > 10


async def test_a_provider_that_cannot_be_reached(tmp_path: Path) -> None:
    environ = environment("http://127.0.0.1:9/v1")
    record = await cell(tmp_path, environ, "codex")
    assert "provider_error" == record.scores.outcome
    assert "connect" == record.ledger.calls[-1].error


@pytest.mark.parametrize(
    ("agent", "dialect", "piece", "timeout_s"),
    [
        ("aider", "chat", 8, 16),
        ("opencode", "chat", 4, 16),
        ("codex", "responses", 64, 8),
        ("pi", "messages", 4, 8),
    ],
)
async def test_tokens_agree_when_the_agent_is_killed_in_mid_stream(
    tmp_path: Path, agent: str, dialect: str, piece: int, timeout_s: float
) -> None:
    """The reply goes on for longer than the agent lives; all of it is counted."""
    request = cell_request(
        agent=agent,
        model="oracle",
        task=PYTHON,
        dialect=dialect,
        timeout_s=timeout_s,
        options=Options(delay_s=0.6, piece=piece),
    )
    async with Bench() as bench:
        stored = await run_into(Store(tmp_path).open(), request, bench=bench)
    record = stored.record
    assert record.exit is not None
    assert KilledBy.TIMEOUT == record.exit.killed_by
    assert any(call.aborted for call in record.ledger.calls)
    assert record.truth is not None
    totals = record.ledger.totals
    assert totals.input is not None
    counted = (totals.calls, totals.input, totals.output)
    assert (record.truth.calls, record.truth.input, record.truth.output) == counted


@pytest.mark.parametrize("dialect", ["chat", "responses", "messages"])
async def test_tokens_agree_in_every_dialect_of_one_agent(tmp_path: Path, dialect: str) -> None:
    request = cell_request(agent="pi", model="oracle", task=PYTHON, dialect=dialect)
    async with Bench() as bench:
        record = (await run_into(Store(tmp_path).open(), request, bench=bench)).record
    assert "passed" == record.scores.outcome
    assert {dialect} == {call.dialect for call in record.ledger.calls}
    truth, totals = record.truth, record.ledger.totals
    assert truth is not None
    assert (truth.input, truth.output) == (totals.input, totals.output)


async def test_an_agent_that_never_calls_is_incompatible(tmp_path: Path) -> None:
    request = scripted("exit 7", tmp_path / "agent", model="oracle", task=PYTHON)
    async with Bench() as bench:
        record = (await run_into(Store(tmp_path / "r").open(), request, bench=bench)).record
    assert "incompatible" == record.scores.outcome
    assert "exit code 7" in record.scores.verdict.detail


async def test_a_missing_toolchain_is_unsupported_with_its_reason(tmp_path: Path) -> None:
    request = cell_request(agent="pi", model="oracle", task=PYTHON)
    broken = load_task(request.task.folder).model_copy(update={"toolchain": ("python",)})
    lacking = replace(request, task=broken, dialect=None)
    async with Bench() as bench:
        record = (await run_into(Store(tmp_path).open(), lacking, bench=bench)).record
    assert "unsupported" == record.scores.outcome
    assert "pi speaks chat" in record.scores.verdict.detail


async def test_further_attempts_are_made_and_kept_when_it_was_the_provider(tmp_path: Path) -> None:
    """The agent is tried again while it is not its own fault; every attempt stays."""
    config = tmp_path / "config.toml"
    config.write_text("")
    environ = {**environment("http://127.0.0.1:9/v1"), "CAB_CONFIG": str(config)}
    request = cell_request(agent="codex", model="m", task=PYTHON, environ=environ, max_calls=2)
    async with Bench() as bench:
        stored = await run_into(Store(tmp_path / "r").open(), request, bench=bench, attempts=2)
    assert "attempt2" == stored.folder.name
    assert (stored.folder.parent / "attempt1" / "record.json").is_file()
