"""Stands between the gateway and an endpoint, and lets go wrong what a plan says."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final, Self

import aiohttp
from aiohttp import web
from multidict import CIMultiDict

from codingagentbench.endpoints.faults.events import Change
from codingagentbench.endpoints.faults.plan import Fault, FaultPlan
from codingagentbench.endpoints.wire import WIRES
from codingagentbench.gateway.dialects import Dialect
from codingagentbench.gateway.headers import CALL_HEADER
from codingagentbench.gateway.routes import gemini_call
from codingagentbench.gateway.upstream import Upstream

_MAX_BODY: Final = 256 * 2**20  # bytes
_PIECE: Final = 1 << 16
_GENERATES: Final = frozenset(("/chat/completions", "/responses", "/messages"))
#: Headers of one connection, not of a message.
_HOPS: Final = frozenset(
    ("connection", "keep-alive", "transfer-encoding", "content-length", "host", "te", "upgrade")
)
_HANG_S: Final = 3600.0


@dataclass(frozen=True, kw_only=True)
class Injected:
    """One fault that happened: in which call of the ledger, and what it was."""

    call: int
    kind: str


@dataclass(kw_only=True)
class Wrapped:
    """One attempt's endpoint with its faults. ``upstream`` is what a session is opened with."""

    plan: FaultPlan
    real: Upstream
    upstream: Upstream
    token: str = field(repr=False)
    place: str = ""  # what is being run: chances are drawn for it
    injected: list[Injected] = field(default_factory=list)
    _calls: int = 0

    def next(self) -> Fault | None:
        """The fault of the next call that a model answers."""
        self._calls += 1
        return self.plan.due(self._calls, place=self.place)


class FaultsServer:
    """One listener on loopback for any number of wrapped endpoints.

    ``async with FaultsServer() as server:`` listens until the block ends. The real endpoint's key
    is put in by the gateway, as ever, and is passed on; nothing is stored here.
    """

    def __init__(self) -> None:
        self._wrapped: dict[str, Wrapped] = {}
        self._runner: web.AppRunner | None = None
        self._client: aiohttp.ClientSession | None = None
        self._origin = ""

    async def __aenter__(self) -> Self:
        self._client = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0),
            auto_decompress=False,
            trust_env=True,
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=20),
        )
        app = web.Application(client_max_size=_MAX_BODY)
        app.router.add_route("*", "/{token}/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self._origin = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._runner is not None
        assert self._client is not None
        await self._runner.cleanup()
        await self._client.close()

    def wrap(self, upstream: Upstream, plan: FaultPlan, *, place: str = "") -> Wrapped:
        """``upstream`` with the faults of ``plan`` at ``place``; counts calls from here on."""
        token = secrets.token_urlsafe(24)
        bases = {d: f"{self._origin}/{token}/{d.value}/v1" for d in upstream.dialects}
        near = upstream.model_copy(
            update={
                "base_url": f"{self._origin}/{token}/{upstream.dialects[0].value}/v1",
                "base_urls": bases,
                "number_calls": True,
            }
        )
        wrapped = Wrapped(plan=plan, place=place, real=upstream, upstream=near, token=token)
        self._wrapped[token] = wrapped
        return wrapped

    def close(self, wrapped: Wrapped) -> None:
        """Forgets a wrapped endpoint: its address answers 404 from now on."""
        self._wrapped.pop(wrapped.token, None)

    async def _answer(self, http: web.Request) -> web.StreamResponse:
        wrapped = self._wrapped.get(http.match_info["token"])
        named, _, path = http.match_info["path"].partition("/v1")
        if wrapped is None or named not in tuple(Dialect):
            raise web.HTTPNotFound
        dialect = Dialect(named)
        generates = http.method == "POST" and _generates(path)
        fault = wrapped.next() if generates else None
        if fault is not None:
            call = int(http.headers.get(CALL_HEADER, "-1"))
            wrapped.injected.append(Injected(call=call, kind=fault.label))
        if fault is None:
            return await self._pass_on(http, wrapped, dialect, path, None)
        if fault.kind == "hang":
            await asyncio.sleep(_HANG_S)
        if fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
        if fault.kind in ("status", "overflow"):
            return _error(dialect, fault)
        return await self._pass_on(http, wrapped, dialect, path, fault)

    async def _pass_on(
        self,
        http: web.Request,
        wrapped: Wrapped,
        dialect: Dialect,
        path: str,
        fault: Fault | None,
    ) -> web.StreamResponse:
        assert self._client is not None
        url = wrapped.real.url(dialect=dialect, path=path, query=http.query_string)
        headers = _passed(http.headers)
        headers.popall(CALL_HEADER, None)
        try:
            async with self._client.request(
                http.method,
                url,
                data=await http.read() if http.can_read_body else None,
                headers=headers,
                allow_redirects=False,
            ) as reply:
                return await _passed_down(http, reply, dialect, fault)
        except aiohttp.ClientConnectionError as wrong:
            message = f"the endpoint behind the faults: {type(wrong).__name__}"
            return web.json_response(WIRES[dialect].error(502, message), status=502)


async def _passed_down(
    http: web.Request, reply: aiohttp.ClientResponse, dialect: Dialect, fault: Fault | None
) -> web.StreamResponse:
    response = web.StreamResponse(status=reply.status, headers=_passed(reply.headers))
    if fault is None or reply.status >= 300:
        await response.prepare(http)
        with contextlib.suppress(ConnectionError):
            async for piece in reply.content.iter_any():
                await response.write(piece)
            await response.write_eof()
        return response
    change = Change(fault.kind, dialect, after=fault.events)
    if "event-stream" not in reply.headers.get("Content-Type", ""):
        body = change.body(await reply.read())
        await response.prepare(http)
        if fault.kind == "cut":
            await response.write(body[: len(body) // 2])
            return _broken(http, response)
        await response.write(body)
        await response.write_eof()
        return response
    await response.prepare(http)
    sent = 0
    with contextlib.suppress(ConnectionError):
        async for event in _events(reply):
            if fault.kind == "cut" and sent >= fault.events:
                return _broken(http, response)
            await response.write(change.take(event))
            sent += 1
            if fault.kind == "drip":
                await asyncio.sleep(fault.seconds)
        await response.write_eof()
    return response


def _broken(http: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    """The connection ends here, in the middle of the answer."""
    if http.transport is not None:
        http.transport.close()
    return response


async def _events(reply: aiohttp.ClientResponse) -> AsyncIterator[bytes]:
    """Whole server-sent events, each with its blank line."""
    held = b""
    async for piece in reply.content.iter_chunked(_PIECE):
        held += piece.replace(b"\r\n", b"\n")
        while (end := held.find(b"\n\n")) >= 0:
            yield held[: end + 2]
            held = held[end + 2 :]
    if held:
        yield held


def _generates(path: str) -> bool:
    """Whether a model answers what is asked there."""
    call = gemini_call(path)
    return path in _GENERATES if call is None else call[1] != "countTokens"


def _error(dialect: Dialect, fault: Fault) -> web.Response:
    headers = {}
    if fault.retry_after_s is not None:
        headers["Retry-After"] = f"{fault.retry_after_s:g}"
    status = 400 if fault.kind == "overflow" else fault.status
    body = WIRES[dialect].error(status, _message(fault))
    return web.json_response(body, status=status, headers=headers)


def _message(fault: Fault) -> str:
    if fault.kind == "overflow":  # the words that agents look for, whosever they are
        return (
            "prompt is too long: 200001 tokens > 200000 maximum. This model's maximum context "
            "length is 200000 tokens (context_length_exceeded); reduce the length of the messages."
        )
    return "Too many requests" if fault.status == 429 else "The server had an error"


def _passed(headers: Mapping[str, str]) -> CIMultiDict[str]:
    return CIMultiDict((k, v) for k, v in headers.items() if k.lower() not in _HOPS)
