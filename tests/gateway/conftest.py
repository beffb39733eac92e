"""A scripted provider on loopback, and sessions of a real gateway before it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest
import uvloop

from codingagentbench.gateway import Gateway

from .bench import Bench, Provider


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Everything holds on both loops: the fast one and the one that is always there."""
    return {"uvloop": uvloop.new_event_loop, "asyncio": asyncio.new_event_loop}


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    provider = Provider()
    server = await asyncio.start_server(provider.serve, "127.0.0.1", 0)
    provider.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    yield provider
    server.close()


@pytest.fixture
async def bench(provider: Provider) -> AsyncIterator[Bench]:
    async with Gateway() as gateway, aiohttp.ClientSession() as client:
        yield Bench(gateway, provider, client)
