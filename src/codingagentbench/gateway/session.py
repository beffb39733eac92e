"""One attempt's gateway: a key of its own, sockets of its own, a budget and a ledger."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Final

from aiohttp import web

from codingagentbench.errors import GatewayError
from codingagentbench.gateway.dialects import Dialect
from codingagentbench.gateway.doors import Door
from codingagentbench.gateway.intake import Intake
from codingagentbench.gateway.routes import resolve
from codingagentbench.gateway.values import Ledger

#: Connections that one session may hold open at a time; more are closed at once.
MAX_CONNECTIONS: Final = 256


class Session:
    """One attempt. Made by :meth:`Gateway.open`; ends with :meth:`close`."""

    def __init__(self, *, intake: Intake, on_close: Callable[[Session], None]) -> None:
        self.key = intake.wiring.key  # secret; worthless elsewhere and after the end
        self.intake = intake
        self._book = intake.wiring.book
        self._door = Door(self._answer, max_connections=MAX_CONNECTIONS)
        self._on_close = on_close
        self._final: Ledger | None = None

    def url(self, dialect: Dialect, host_port: str) -> str:
        """The base URL that an agent is told: as its clients expect, without a version for
        Messages and Gemini, with ``/v1`` else."""
        bare = dialect in (Dialect.MESSAGES, Dialect.GEMINI)
        return f"http://{host_port}" + ("" if bare else "/v1")

    def path_url(self, dialect: Dialect, host_port: str) -> str:
        """The same with the key in the path, for an agent that cannot be given a key."""
        return self.url(dialect, f"{host_port}/s/{self.key}")

    async def serve(self, sock: socket.socket) -> None:
        """Takes over a listening socket made elsewhere. What comes in there must carry the key.

        Raises ``GatewayError`` when the session is closed or the socket cannot be served.
        """
        if self.intake.closed:
            raise GatewayError("this session is closed", do="open another")
        try:
            await self._door.listen(sock)
        except OSError as wrong:
            raise GatewayError(f"this socket cannot be served: {wrong}") from wrong

    def ledger(self) -> Ledger:
        """Everything seen so far; after :meth:`close`, everything there was."""
        return self._final or self._book.ledger()

    @property
    def budget_spent(self) -> asyncio.Event:
        """Set once a call was refused because the budget is spent."""
        return self._book.budget_spent

    @property
    def fault(self) -> GatewayError | None:
        """Why a body could not be stored, if one could not; its row then has no digest."""
        return self.intake.fault

    async def close(self, *, drain_s: float = 10.0) -> Ledger:
        """Revokes the key, ends the agent's connections, reads what is still under way to its end
        or for ``drain_s`` seconds, stores the bodies, and returns the final ledger.
        """
        if self._final is None:
            self._on_close(self)
            try:
                await self.intake.close(drain_s=drain_s)
            finally:
                await self._door.close()
            await asyncio.sleep(0)  # callbacks that are due
            self._final = self._book.ledger()
        return self._final

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        return await self.intake.answer(request, resolve(request.method, request.raw_path))
