"""The gateway alone records whoever is pointed at it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
from pathlib import Path

import aiohttp
import pytest

from codingagentbench.errors import GatewayError
from codingagentbench.gateway import Call, Dialect, Ledger, Upstream, record
from codingagentbench.gateway.standalone import Listening

from .bench import UPSTREAM_KEY, Provider
from .wire import ANSWERS, OUTPUT


async def test_rows_are_on_disk_while_it_runs(provider: Provider, tmp_path: Path) -> None:
    out, seen = tmp_path / "traffic", []
    where: asyncio.Future[Listening] = asyncio.get_running_loop().create_future()

    def on_call(call: Call) -> None:
        seen.append(call)

    upstream = Upstream(base_url=provider.url, key=UPSTREAM_KEY)
    running = asyncio.create_task(
        record(upstream, out=out, on_call=on_call, on_listen=where.set_result)
    )
    told = await where
    headers = {"Authorization": f"Bearer {told.key}"}
    async with aiohttp.ClientSession(headers=headers) as client:
        url = f"{told.url(Dialect.CHAT)}/chat/completions"
        async with client.post(url, json=ANSWERS[Dialect.CHAT].request) as reply:
            assert reply.status == 200
        async with asyncio.timeout(5):
            while not seen:
                await asyncio.sleep(0.01)
        rows = [json.loads(line) for line in (out / "calls.jsonl").read_text().splitlines()]
        assert [OUTPUT] == [row["usage"]["output"] for row in rows]
        assert (out / "bodies" / f"{rows[0]['response_body']}.zst").is_file()
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    assert running.cancelled()
    ledger = Ledger.model_validate_json((out / "ledger.json").read_bytes())
    assert ledger.calls == tuple(seen)
    text = (out / "calls.jsonl").read_text() + (out / "ledger.json").read_text()
    assert told.key not in text
    assert UPSTREAM_KEY not in text


async def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    upstream = Upstream(base_url="http://127.0.0.1:1/v1")
    with pytest.raises(GatewayError, match="cannot be written"):
        await record(upstream, out=tmp_path / "file" / "out")


async def test_an_address_that_is_taken(tmp_path: Path) -> None:
    upstream = Upstream(base_url="http://127.0.0.1:1/v1")
    with socket.create_server(("127.0.0.1", 0)) as sock:
        port = sock.getsockname()[1]
        with pytest.raises(GatewayError, match="choose another"):
            await record(upstream, out=tmp_path, port=port)
