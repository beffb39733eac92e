"""Listening sockets and the connections that come in through them, bounded against abuse."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable
from typing import Any, Final, cast

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

#: Seconds from the first byte of a request to the end of its headers.
HEADER_TIMEOUT_S: Final = 20.0

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]

#: What a hostile client sends is no event of ours: nothing of it is printed.
_SILENT: Final = logging.Logger("codingagentbench.gateway.connections")
_SILENT.addHandler(logging.NullHandler())


class Connection(RequestHandler):
    """One client connection. ``on_lost`` is called once when it breaks; set by whoever relays."""

    def __init__(self, door: Door, *, loop: asyncio.AbstractEventLoop, **kwargs: Any) -> None:
        super().__init__(door.server, loop=loop, **kwargs)
        self._door, self._running_loop = door, loop
        self._deadline: asyncio.TimerHandle | None = None
        self._busy = False
        self._refused = False
        self.on_lost: Callable[[], None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._refused = not self._door.admit(self)
        if self._refused:
            cast(asyncio.Transport, transport).abort()
            return
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        if not self._busy and self._deadline is None:
            self._deadline = self._running_loop.call_later(HEADER_TIMEOUT_S, self.force_close)
        super().data_received(data)

    def connection_lost(self, exc: BaseException | None) -> None:
        self._drop_deadline()
        self._door.release(self)
        if not self._refused:
            super().connection_lost(exc)
        if self.on_lost is not None:
            self.on_lost()

    def begin(self) -> None:
        """A request's headers are whole; from here its handler minds the time."""
        self._busy = True
        self._drop_deadline()

    def end(self) -> None:
        """The request is answered; the connection may carry another."""
        self._busy, self.on_lost = False, None

    def _drop_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


class Door:
    """One or more listening sockets behind which one handler answers."""

    def __init__(self, handler: Handler, *, max_connections: int) -> None:
        self._handler, self._max = handler, max_connections
        self._open: set[Connection] = set()
        self._servers: list[asyncio.AbstractServer] = []
        self.server = web.Server(self._handle)

    async def listen(self, sock: socket.socket) -> None:
        """Accepts what comes in at ``sock``, which is the door's from now on."""
        loop = asyncio.get_running_loop()
        sock.setblocking(False)
        is_unix = sock.family == socket.AF_UNIX
        create: Any = loop.create_unix_server if is_unix else loop.create_server
        self._servers.append(await create(self._connection, sock=sock, backlog=256))

    async def close(self) -> None:
        """Stops listening and ends every connection."""
        for server in self._servers:
            server.close()
        self._servers.clear()
        for connection in tuple(self._open):
            connection.force_close()
        await self.server.shutdown(timeout=1.0)

    def admit(self, connection: Connection) -> bool:
        if len(self._open) >= self._max:
            return False
        self._open.add(connection)
        return True

    def release(self, connection: Connection) -> None:
        self._open.discard(connection)

    def _connection(self) -> Connection:
        return Connection(
            self,
            loop=asyncio.get_running_loop(),
            access_log=None,
            logger=_SILENT,
            auto_decompress=False,
            max_line_size=16384,
            max_field_size=65536,
            lingering_time=5.0,
        )

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        connection = request.protocol
        assert isinstance(connection, Connection)
        connection.begin()
        try:
            return await self._handler(request)
        finally:
            connection.end()
