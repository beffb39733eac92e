"""The gateway: one process, one loop, many sessions at once."""

from __future__ import annotations

import asyncio
import secrets
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import aiohttp
from aiohttp import web

from codingagentbench.errors import GatewayError
from codingagentbench.gateway.admission import Admission, Pressure, Queue
from codingagentbench.gateway.bodies import BodyStore, Scrubber
from codingagentbench.gateway.dialects import Dialect
from codingagentbench.gateway.doors import Door
from codingagentbench.gateway.intake import REVOKED, Intake, presented_keys, refuse
from codingagentbench.gateway.ledger import Book, Progress
from codingagentbench.gateway.proxies import proxy_for
from codingagentbench.gateway.routes import resolve
from codingagentbench.gateway.session import Session
from codingagentbench.gateway.shelf import Shelf
from codingagentbench.gateway.totals import Price
from codingagentbench.gateway.upstream import Upstream
from codingagentbench.gateway.values import Budget, Call
from codingagentbench.gateway.wiring import Wiring
from codingagentbench.redact import Redactor

#: Connections to the shared door, all sessions together.
MAX_CONNECTIONS: Final = 2048
#: Idle connections to a provider are closed after this long: many servers close theirs at five
#: seconds, and a request sent into a closing connection would be lost.
_POOL_IDLE_S: Final = 4.0


class Gateway:
    """Opens sessions. ``async with Gateway() as gateway: session = await gateway.open(...)``."""

    def __init__(self, *, queues: Callable[[Upstream], Queue] | None = None) -> None:
        """``queues`` makes what calls to an account with limits wait in; by default one here."""
        self._sessions: dict[str, Session] = {}
        self._queues = queues or _queue
        self._admissions: dict[tuple[object, ...], Queue] = {}
        self._door: Door | None = None
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="cab-bodies")
        self._shelf = Shelf(self._pool)
        self._client: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._client = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=_POOL_IDLE_S),
            cookie_jar=aiohttp.DummyCookieJar(),
            skip_auto_headers=("User-Agent", "Content-Type", "Accept"),
            read_bufsize=1 << 18,
            max_line_size=16384,
            max_field_size=65536,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        open_now = tuple(self._sessions.values())
        await asyncio.gather(*(session.close(drain_s=0.0) for session in open_now))
        if self._door is not None:
            await self._door.close()
            self._door = None
        if self._client is not None:
            await self._client.close()
            self._client = None
        self._pool.shutdown()

    async def start(self, *, host: str = "127.0.0.1", port: int = 0) -> str:
        """Listens for all sessions at once; returns ``host:port``. Port 0 takes a free one.

        Raises ``GatewayError`` when the address cannot be had.
        """
        if self._door is not None:
            raise GatewayError("the gateway listens already")
        try:
            sock = socket.create_server((host, port), family=_family(host), backlog=256)
        except OSError as wrong:
            raise GatewayError(
                f"cannot listen: {wrong.strerror or wrong}",
                where=f"{host}:{port}",
                do="choose another address or port",
            ) from wrong
        self._door = Door(self._answer, max_connections=MAX_CONNECTIONS)
        await self._door.listen(sock)
        name, bound = sock.getsockname()[:2]
        return f"[{name}]:{bound}" if ":" in name else f"{name}:{bound}"

    async def open(
        self,
        *,
        upstream: Upstream,
        budget: Budget | None = None,
        redactor: Redactor | None = None,
        bodies: Path | None = None,
        price: Price | None = None,
        on_call: Callable[[Call], None] | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        drain_s: float = 60.0,
        drain_bytes: int = 16 << 20,
    ) -> Session:
        """A new session with a key of its own.

        ``bodies``: the folder where bodies are stored; without it none are. ``redactor`` is used
        besides the gateway's own, which knows the session's key and the provider's.
        ``price``: USD of one call. ``on_call`` gets each row once, when nothing of it will change
        any more; ``on_progress`` as calls begin and end; both run in the loop.
        ``drain_s``, ``drain_bytes``: how far a reply is read on when its agent has hung up.
        Raises ``GatewayError`` when ``bodies`` cannot be made or the gateway is not entered.
        """
        if self._client is None:
            raise GatewayError("the gateway is not open", do="use it in 'async with'")
        key = f"cab-{secrets.token_urlsafe(32)}"
        own = {key: "session key"} | dict.fromkeys(upstream.secrets, "key")
        scrubber = Scrubber(own, redactor)
        wiring = Wiring(
            key=key,
            upstream=upstream,
            client=self._client,
            admission=self._admission(upstream),
            timeout=aiohttp.ClientTimeout(
                total=None,
                sock_connect=upstream.connect_timeout_s,
                sock_read=upstream.idle_timeout_s,
            ),
            proxies={d: proxy_for(upstream.url(dialect=d, path="/")) for d in Dialect},
            scrubber=scrubber,
            book=Book(budget=budget or Budget(), price=price),
            keep=bodies is not None,
            drain_s=drain_s,
            drain_bytes=drain_bytes,
        )
        intake = Intake(
            wiring=wiring,
            store=BodyStore(bodies, scrubber) if bodies is not None else None,
            shelf=self._shelf,
            on_call=on_call,
            on_progress=on_progress,
        )
        session = Session(intake=intake, on_close=self._forget)
        self._sessions[key] = session
        return session

    def _admission(self, upstream: Upstream) -> Queue | None:
        if upstream.limits is None:
            return None
        if upstream.account not in self._admissions:
            self._admissions[upstream.account] = self._queues(upstream)
        return self._admissions[upstream.account]

    def pressure(self, upstream: Upstream) -> Pressure | None:
        """How the account of ``upstream`` is doing; ``None`` where it has no limits to keep."""
        admission = self._admissions.get(upstream.account)
        return None if admission is None else admission.pressure()

    def _forget(self, session: Session) -> None:
        self._sessions.pop(session.key, None)

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        target = resolve(request.method, request.raw_path)
        for key in presented_keys(request, target):
            if (session := self._sessions.get(key)) is not None:
                return await session.intake.answer(request, target)
        answer = refuse(REVOKED, target.dialect)
        if not request.content.is_eof():
            answer.force_close()
        return answer


def _queue(upstream: Upstream) -> Queue:
    assert upstream.limits is not None
    return Admission(upstream.limits)


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
