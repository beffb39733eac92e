"""Every request of one session: refused here, with words its client understands, or relayed."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from aiohttp import web

from codingagentbench.errors import GatewayError
from codingagentbench.gateway.background import is_background
from codingagentbench.gateway.bodies import BodyStore
from codingagentbench.gateway.dialects import Dialect
from codingagentbench.gateway.doors import Connection
from codingagentbench.gateway.ledger import Entry, Progress
from codingagentbench.gateway.relay import Exchange, refusal
from codingagentbench.gateway.requests import Asked, Outgoing, outgoing, read_request
from codingagentbench.gateway.routes import Target
from codingagentbench.gateway.shelf import Shelf
from codingagentbench.gateway.tools import last_tool
from codingagentbench.gateway.values import Call, ErrorClass
from codingagentbench.gateway.wiring import Wiring

#: Bytes of request bodies that one session may have under way; beyond it the answer is 413.
MAX_BODY_BYTES: Final = 256 << 20
#: Seconds in which a request's body must have arrived.
BODY_TIMEOUT_S: Final = 300.0
#: After this many refused requests each further one is answered late, in seconds.
PATIENCE: Final = 200
LATE_S: Final = 0.25


@dataclass(frozen=True, kw_only=True)
class Refused:
    """Why a request is answered here. ``error`` of ``None``: answered, no row."""

    status: int
    code: str
    message: str
    error: ErrorClass | None = ErrorClass.REJECTED


REVOKED: Final = Refused(
    status=401, code="invalid_key", message="this key is unknown, or its session is over"
)
_HELLO: Final = Refused(status=200, code="ok", message="recording gateway", error=None)
_NO_PATH: Final = Refused(status=404, code="unknown_path", message="there is no such endpoint")
_NO_UPGRADE: Final = Refused(
    status=426, code="no_upgrade", message="WebSocket is not spoken here; use HTTP"
)
_TOO_LARGE: Final = Refused(
    status=413, code="too_large", message="the request bodies under way exceed 256 MiB"
)
_TOO_SLOW: Final = Refused(
    status=408, code="too_slow", message="the request body did not arrive in time"
)
_BAD_BODY: Final = Refused(
    status=400, code="bad_body", message="the request body is not framed as HTTP says"
)
_FULL: Final = Refused(
    status=400, code="session_full", message="this attempt has made too many requests; stop here"
)
_NOTHING: Final = read_request(b"")


def presented_keys(request: web.BaseRequest, target: Target) -> tuple[str, ...]:
    """The keys a request carries: in its address, as a bearer token, in a header of its own."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    bearer = token.strip() if scheme.lower() == "bearer" else None
    own = (request.headers.get(name) for name in ("x-api-key", "x-goog-api-key"))
    found = (target.key, bearer, *own)
    return tuple(key for key in found if key)


def refuse(refused: Refused, dialect: Dialect) -> web.Response:
    """``refused`` as an answer in ``dialect``."""
    if refused.error is None:
        return web.json_response({"object": "gateway", "status": refused.code})
    return refusal(
        dialect=dialect, status=refused.status, code=refused.code, message=refused.message
    )


class Intake:
    """Takes in one session's requests, from whichever socket they come."""

    def __init__(
        self,
        *,
        wiring: Wiring,
        store: BodyStore | None,
        shelf: Shelf,
        on_call: Callable[[Call], None] | None,
        on_progress: Callable[[Progress], None] | None,
    ) -> None:
        self.wiring = wiring
        self.closed = False
        self.fault: GatewayError | None = None
        self._store, self._shelf = store, shelf
        self._on_call, self._on_progress = on_call, on_progress
        self._exchanges: set[Exchange] = set()
        self._tasks: set[asyncio.Task[object]] = set()
        self._storing: set[asyncio.Task[None]] = set()
        self._body_bytes = 0  # being read or relayed
        self._storing_bytes = 0  # waiting to be stored
        self._refusals = 0

    async def answer(self, request: web.BaseRequest, target: Target) -> web.StreamResponse:
        """Answers one request: here, or by way of the provider."""
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            refused = self._refusal_of(request, target)
            if refused is None:
                return await self._take_in(request, target)
            return await self._refuse(request, target, refused, _NOTHING)
        finally:
            self._tasks.discard(task)

    async def close(self, *, drain_s: float) -> None:
        """No request is taken in from now on; those under way end within ``drain_s``, stored."""
        self.closed = True
        for exchange in tuple(self._exchanges):
            exchange.cut(drain_s)
        if waiting := self._tasks - {asyncio.current_task()}:
            _, late = await asyncio.wait(waiting, timeout=drain_s + 1.0)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late, timeout=1.0)
        while self._storing:
            await asyncio.sleep(0)  # those just begun reach the shelf
            self._shelf.hurry()
            if storing := tuple(self._storing):  # hurrying may have ended the last of them
                await asyncio.wait(storing)

    def _refusal_of(self, request: web.BaseRequest, target: Target) -> Refused | None:
        endpoint = target.endpoint
        if endpoint is not None and endpoint.local and not self.closed:
            return _HELLO
        if self.closed or not self._opened_by(presented_keys(request, target)):
            return REVOKED
        if request.headers.get("Upgrade", "").lower() == "websocket":
            return _NO_UPGRADE
        if endpoint is None or self.wiring.key in target.query or not target.query.isascii():
            return _NO_PATH
        spoken = self.wiring.upstream.dialects
        if endpoint.dialect is not None and endpoint.dialect not in spoken:
            known = ", ".join(spoken)
            message = f"this model's endpoint speaks {known}, not {endpoint.dialect}"
            return Refused(status=404, code="unknown_path", message=message)
        return None

    def _opened_by(self, keys: tuple[str, ...]) -> bool:
        mine = self.wiring.key.encode()
        found = [hmac.compare_digest(key.encode("utf-8", "replace"), mine) for key in keys]
        return any(found)

    async def _take_in(self, request: web.BaseRequest, target: Target) -> web.StreamResponse:
        if request.headers.get("Expect", "").lower() == "100-continue" and request.transport:
            request.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        pieces: list[bytes] = []
        try:
            refused = await self._read(request, pieces)
            if refused is not None:
                return await self._refuse(request, target, refused, _NOTHING)
            body = pieces[0] if len(pieces) == 1 else b"".join(pieces)
            asked = replace(read_request(body), named=target.model, streams=target.streams)
            answer = await self._forward(request, target, asked)
            await self._shelf.room()
            return answer
        finally:
            self._body_bytes -= sum(map(len, pieces))

    async def _read(self, request: web.BaseRequest, pieces: list[bytes]) -> Refused | None:
        """Reads the body into ``pieces``, within the session's bounds."""
        try:
            async with asyncio.timeout(BODY_TIMEOUT_S):
                while piece := await request.content.readany():
                    pieces.append(piece)
                    self._body_bytes += len(piece)
                    if self._body_bytes + self._storing_bytes > MAX_BODY_BYTES:
                        return _TOO_LARGE
        except TimeoutError:
            return _TOO_SLOW
        except web.RequestPayloadError:
            return _BAD_BODY
        return None

    async def _refuse(
        self, request: web.BaseRequest, target: Target, refused: Refused, asked: Asked
    ) -> web.StreamResponse:
        if not self.closed and refused.error is not None:
            self._refusals += 1
            entry = self._entry(request, target, asked)
            entry.status, entry.error = refused.status, refused.error
            entry.error_detail = refused.message
            self.wiring.book.finish(entry)
            self._settle(entry)
        if self._refusals > PATIENCE:
            await asyncio.sleep(LATE_S)
        answer = refuse(refused, target.dialect)
        if refused.status == 426:
            answer.headers["Upgrade"] = "HTTP/1.1"
        if not request.content.is_eof():
            answer.force_close()
        return answer

    async def _forward(
        self, request: web.BaseRequest, target: Target, asked: Asked
    ) -> web.StreamResponse:
        endpoint, book = target.endpoint, self.wiring.book
        assert endpoint is not None
        if book.full:
            return await self._refuse(request, target, _FULL, asked)
        if endpoint.generates and (spent := book.over_budget()):
            message = f"budget spent: this attempt's limit of {spent} is reached; stop here"
            refused = Refused(
                status=400, code="budget_spent", message=message, error=ErrorClass.BUDGET
            )
            return await self._refuse(request, target, refused, asked)
        entry = self._entry(request, target, asked)
        entry.generates = endpoint.generates
        entry.background = is_background(endpoint, asked.value)
        entry.streamed = asked.streamed
        entry.last_tool = last_tool(asked.value)
        out = outgoing(asked, dialect=endpoint.dialect, upstream=self.wiring.upstream)
        entry.rewritten = out.rewritten
        body = asked.body
        del asked  # what was read of it would else be held for as long as the answer takes
        return await self._relay(request, target, entry, body, out)

    async def _relay(
        self,
        request: web.BaseRequest,
        target: Target,
        entry: Entry,
        body: bytes,
        out: Outgoing,
    ) -> web.StreamResponse:
        connection = request.protocol
        assert isinstance(connection, Connection)
        exchange = Exchange(self.wiring, request, entry)
        connection.on_lost = exchange.hang_up
        if request.transport is None:  # lost before anyone listened
            exchange.hang_up()
        self._exchanges.add(exchange)
        self.wiring.book.begin(entry)
        self._tell()
        try:
            return await exchange.run(target, out)
        finally:
            self._exchanges.discard(exchange)
            self._close_row(entry, body, exchange.kept)

    def _close_row(self, entry: Entry, body: bytes, kept: list[bytes] | None) -> None:
        self._clean(entry)
        self.wiring.book.finish(entry)
        self._tell()
        if self._store is None:
            self._settle(entry)
            return
        task = asyncio.get_running_loop().create_task(self._keep(entry, body, kept or []))
        self._storing.add(task)
        task.add_done_callback(self._storing.discard)

    async def _keep(self, entry: Entry, sent: bytes, kept: list[bytes]) -> None:
        """Stores both bodies off the loop; a full disk costs the bodies, not the row."""
        assert self._store is not None
        self._storing_bytes += len(sent)
        try:
            digests = await self._shelf.put(self._store, [sent], kept)
            entry.request_body, entry.response_body = digests
        except OSError as wrong:
            self.fault = GatewayError(
                f"a body could not be stored: {wrong.strerror}", do="free some space"
            )
        finally:
            self._storing_bytes -= len(sent)
        self._settle(entry)

    def _entry(self, request: web.BaseRequest, target: Target, asked: Asked) -> Entry:
        endpoint, scrub = target.endpoint, self.wiring.scrubber.text
        entry = self.wiring.book.open(
            dialect=endpoint.dialect if endpoint else None,
            method=request.method,
            path=target.path if endpoint else scrub(target.path),
            body=asked.body,
        )
        entry.model = scrub(asked.model) if asked.model is not None else None
        return entry

    def _clean(self, entry: Entry) -> None:
        """What the provider said of itself, freed of secrets before it is a row."""
        reading, scrub = entry.reading, self.wiring.scrubber.text
        for name in ("finish", "served_model", "error_detail"):
            if (value := getattr(reading, name)) is not None:
                setattr(reading, name, scrub(value[:300]))

    def _settle(self, entry: Entry) -> None:
        call = self.wiring.book.settle(entry)
        if self._on_call is not None:
            asyncio.get_running_loop().call_soon(self._on_call, call)

    def _tell(self) -> None:
        if self._on_progress is not None:
            asyncio.get_running_loop().call_soon(self._on_progress, self.wiring.book.progress())
