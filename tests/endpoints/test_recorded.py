"""Through the real gateway: what was recorded is the endpoint's own truth, call by call."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import aiohttp
import pytest

from codingagentbench.endpoints import PERSONAS, BuiltinServer, Conversation, Options
from codingagentbench.gateway import Dialect, Gateway, Ledger, Session, Usage
from codingagentbench.tasks.model import Task

from .agent import Agent
from .clients import path_of
from .toolsets import CODEX, PI


@dataclass(frozen=True)
class Inside:
    """The gateway's address and key, where an agent expects the endpoint's."""

    session: Session
    address: str

    @property
    def key(self) -> str:
        return self.session.key

    def base_url(self, dialect: Dialect) -> str:
        versioned = "/v1" if dialect in (Dialect.MESSAGES, Dialect.GEMINI) else ""
        return self.session.url(dialect, self.address) + versioned


@asynccontextmanager
async def recording(conversation: Conversation) -> AsyncIterator[Inside]:
    async with Gateway() as gateway:
        session = await gateway.open(upstream=conversation.upstream())
        listener = socket.create_server(("127.0.0.1", 0))
        address = f"127.0.0.1:{listener.getsockname()[1]}"
        await session.serve(listener)
        yield Inside(session, address)


def recorded(ledger: Ledger) -> list[Usage]:
    return [call.usage.model_copy(update={"raw": None}) for call in ledger.calls]


def true(conversation: Conversation) -> list[Usage]:
    return [call.usage for call in conversation.truth().calls]


@pytest.mark.parametrize("stream", [True, False], ids=["streamed", "whole"])
@pytest.mark.parametrize("dialect", Dialect)
@pytest.mark.parametrize("name", [name for name in PERSONAS if name != "rambler"])
async def test_recorded_tokens_are_the_true_ones(
    server: BuiltinServer, task: Task, root: Path, name: str, dialect: Dialect, stream: bool
) -> None:
    """No persona, however silent, is an error on the wire."""
    conversation = server.open(persona=name, task=task)
    async with recording(conversation) as inside:
        endpoint = cast(Conversation, inside)
        await Agent(endpoint, root, tools=PI, dialect=dialect, stream=stream).run()
        ledger = await inside.session.close()
    assert true(conversation) == recorded(ledger)
    assert [None] * len(ledger.calls) == [call.error for call in ledger.calls]
    totals = conversation.truth().totals
    assert (totals.input, totals.output) == (ledger.totals.input, ledger.totals.output)


@pytest.mark.parametrize("dialect", Dialect)
async def test_a_reply_cut_by_the_agent_is_recorded_in_full(
    server: BuiltinServer, task: Task, root: Path, dialect: Dialect
) -> None:
    """Killed in mid-stream: the gateway reads on to the end, and both counts agree."""
    slow = Options(piece=8, delay_s=0.02)
    conversation = server.open(task=task, options=slow)
    async with recording(conversation) as inside:
        endpoint = cast(Conversation, inside)
        agent = Agent(endpoint, root, tools=CODEX, dialect=dialect, stream=True)
        async with aiohttp.ClientSession() as session:
            url = inside.base_url(dialect) + path_of(dialect, stream=True)
            key = {"Authorization": f"Bearer {inside.key}"}
            async with session.post(url, json=agent.body(), headers=key) as reply:
                await reply.content.readany()
                reply.close()
        await asyncio.sleep(0.05)
        ledger = await inside.session.close()
    assert true(conversation) == recorded(ledger)
    assert [call.aborted for call in ledger.calls] == [True]
