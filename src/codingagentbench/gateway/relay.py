"""One exchange: the agent's request up, the provider's reply down, as it comes, and its row."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Final

import aiohttp
from aiohttp import web

from codingagentbench.gateway.admission import Throttled
from codingagentbench.gateway.dialects import Dialect
from codingagentbench.gateway.faults import (
    RAISED,
    Failure,
    class_of_status,
    detail_of,
    error_body,
    failure_of,
    retry_after,
)
from codingagentbench.gateway.headers import CALL_HEADER, headers_down, headers_up
from codingagentbench.gateway.ledger import Entry
from codingagentbench.gateway.replies import GRAMMARS
from codingagentbench.gateway.requests import Outgoing
from codingagentbench.gateway.routes import Target
from codingagentbench.gateway.tap import BodyTap, PlainTap, StreamTap, Strip, Tap, is_stream
from codingagentbench.gateway.values import ErrorClass
from codingagentbench.gateway.wiring import Wiring

_ERROR_CAP: Final = 1 << 20  # bytes of an error's body that are read
_KEEP_CAP: Final = 64 << 20  # bytes of a reply that are kept for storing
#: An agent that hangs up after this much silence did so because of the silence.
_SILENCE_S: Final = 60.0


class Exchange:
    """Carries one admitted request up and its reply down. Used once.

    The agent may hang up at any time: the reply is then read on, within the session's bounds,
    so that its usage is known.
    """

    def __init__(self, wiring: Wiring, request: web.BaseRequest, entry: Entry) -> None:
        self._wiring, self._request, self._entry = wiring, request, entry
        self._response: web.StreamResponse | None = None
        self._clock = asyncio.timeout(None)
        self._gone = False
        self._drained = 0
        self._sent_at: float | None = None
        self._heard_at = time.monotonic()
        self.kept: list[bytes] | None = [] if wiring.keep else None

    def hang_up(self) -> None:
        """The agent's connection is lost; from now on the reply is read for the record only."""
        if self._gone:
            return
        self._gone = self._entry.aborted = True
        if self._sent_at is not None:
            self._entry.hung_up_ms = (time.monotonic() - self._sent_at) * 1000
        self._wiring.book.failing(self._entry)
        # What has not been sent yet, nobody wants any more.
        self.hurry(0.0 if self._sent_at is None else self._wiring.drain_s)

    def cut(self, seconds: float) -> None:
        """The attempt is over: its connection ends now, its reply in ``seconds`` at the latest."""
        if self._request.transport is not None:
            self._request.transport.abort()
        self.hang_up()
        self.hurry(seconds)

    def hurry(self, seconds: float) -> None:
        """Whatever is not there in ``seconds`` will not be waited for."""
        when = asyncio.get_running_loop().time() + seconds
        before = self._clock.when()
        if before is None or when < before:
            try:
                self._clock.reschedule(when)
            except RuntimeError:  # already over, or not yet begun: nothing to cut short
                self._clock = asyncio.timeout_at(when)

    async def run(self, target: Target, out: Outgoing) -> web.StreamResponse:
        """Sends ``out`` up and the reply down; whatever happens, the row says what it was."""
        dialect = self._dialect(target)
        try:
            async with self._clock:
                await self._admitted(target, dialect, out)
        except RAISED as exc:
            self._failed(exc, dialect)
        finally:
            if self._sent_at is not None:
                self._entry.duration_ms = (time.monotonic() - self._sent_at) * 1000
        response = self._response
        if response is None:
            # Only when the agent had gone before there was anything to answer it.
            self._response = response = web.Response(status=502)
        return response

    def _dialect(self, target: Target) -> Dialect:
        """Whose base URL and key are used; what the dialects share goes by the client's ways."""
        assert target.endpoint is not None
        spoken = self._wiring.upstream.dialects
        anthropic = "anthropic-version" in self._request.headers
        guess = Dialect.MESSAGES if anthropic else Dialect.CHAT
        return target.endpoint.dialect or (guess if guess in spoken else spoken[0])

    async def _admitted(self, target: Target, dialect: Dialect, out: Outgoing) -> None:
        admission, entry = self._wiring.admission, self._entry
        if admission is None:
            return await self._send(target, dialect, out)
        arrived = time.monotonic()
        try:
            ticket = await admission.enter(request_bytes=len(out.body))
        finally:
            entry.queue_ms = (time.monotonic() - arrived) * 1000
        try:
            return await self._send(target, dialect, out)
        finally:
            usage = entry.reading.usage
            known = usage.input is not None or usage.output is not None
            tokens = (usage.input or 0) + (usage.output or 0) if known else None
            admission.leave(ticket, tokens=tokens, throttled=self._throttled())

    def _throttled(self) -> Throttled | None:
        """Whether the provider asked for fewer calls, and for how long."""
        error = self._entry.error or self._entry.reading.error
        if error is not ErrorClass.RATE_LIMITED:
            return None
        return Throttled(self._entry.retry_after_s)

    async def _send(self, target: Target, dialect: Dialect, out: Outgoing) -> None:
        upstream, endpoint = self._wiring.upstream, target.endpoint
        assert endpoint is not None
        self._sent_at = self._heard_at = time.monotonic()
        async with self._wiring.client.request(
            endpoint.method,
            upstream.url(dialect=dialect, path=target.path_for(upstream.model), query=target.query),
            data=out.body if endpoint.method == "POST" else None,
            headers=headers_up(
                self._request.headers, secret=self._wiring.key, own=self._own(dialect)
            ),
            allow_redirects=False,
            timeout=self._wiring.timeout,
            proxy=self._wiring.proxies[dialect],
        ) as reply:
            out.body = b""
            self._entry.status = reply.status
            self._entry.retry_after_s = retry_after(reply.headers)
            if reply.status >= 300:
                await self._pass_error(reply)
            else:
                await self._pass_reply(reply, out)

    def _own(self, dialect: Dialect) -> dict[str, str]:
        """What the gateway itself sends up: the provider's key, and the call's number if asked."""
        upstream = self._wiring.upstream
        number = {CALL_HEADER: str(self._entry.index)} if upstream.number_calls else {}
        return upstream.auth_headers(dialect) | number

    async def _pass_error(self, reply: aiohttp.ClientResponse) -> None:
        """An error is small: read whole, freed of the key that it may quote, and passed on."""
        self._entry.error = class_of_status(reply.status)
        pieces, size = [], 0
        async for piece in reply.content.iter_any():
            self._heard(piece)
            if size < _ERROR_CAP:
                pieces.append(piece)
                size += len(piece)
        body = self._wiring.scrubber.bytes(b"".join(pieces)[:_ERROR_CAP])
        if self.kept is not None:
            self.kept.append(body)
        self._entry.error_detail = self._wiring.scrubber.text(_detail(body, reply))
        headers = headers_down(reply.headers, secrets=self._wiring.upstream.secrets, whole=False)
        self._response = web.Response(status=reply.status, headers=headers, body=body)

    async def _pass_reply(self, reply: aiohttp.ClientResponse, out: Outgoing) -> None:
        whole = out.strip is Strip.NOTHING and "Content-Encoding" not in reply.headers
        headers = headers_down(reply.headers, secrets=self._wiring.upstream.secrets, whole=whole)
        response = web.StreamResponse(status=reply.status, headers=headers)
        self._response = response
        await self._write_head(response)
        tap: Tap | None = None
        async for piece in reply.content.iter_any():
            if tap is None:
                tap = self._tap(reply, piece, out)
            self._heard(piece)
            if tap.strips:
                await self._write(response, tap.feed(piece))
            else:
                await self._write(response, piece)
                tap.feed(piece)
            if self._gone and self._drained > self._wiring.drain_bytes:
                self._given_up()
                return  # leaving closes the connection to the provider
        tap = tap or self._tap(reply, b"", out)
        if tap.strips:
            await self._write(response, tap.end())
            await self._write_eof(response)
        else:
            await self._write_eof(response)
            tap.end()

    def _tap(self, reply: aiohttp.ClientResponse, first: bytes, out: Outgoing) -> Tap:
        entry = self._entry
        if not entry.generates or entry.dialect is None:
            return PlainTap()
        grammar = GRAMMARS[entry.dialect]
        if is_stream(reply.headers.get("Content-Type", ""), first):
            return StreamTap(entry.reading, grammar, strip=out.strip)
        return BodyTap(entry.reading, grammar)

    def _heard(self, piece: bytes) -> None:
        entry, self._heard_at = self._entry, time.monotonic()
        if entry.ttft_ms is None and self._sent_at is not None:
            entry.ttft_ms = (self._heard_at - self._sent_at) * 1000
        entry.response_bytes += len(piece)
        if self._gone:
            self._drained += len(piece)
        if self.kept is not None and not self._entry.error:
            self.kept.append(piece)
            if entry.response_bytes > _KEEP_CAP:
                self.kept = None

    async def _write_head(self, response: web.StreamResponse) -> None:
        if not self._gone:
            try:
                await response.prepare(self._request)
            except ConnectionError:
                self.hang_up()

    async def _write(self, response: web.StreamResponse, piece: bytes) -> None:
        if piece and not self._gone:
            try:
                await response.write(piece)
            except ConnectionError:
                self.hang_up()

    async def _write_eof(self, response: web.StreamResponse) -> None:
        if not self._gone:
            try:
                await response.write_eof()
            except ConnectionError:
                self.hang_up()

    def _failed(self, exc: BaseException, dialect: Dialect) -> None:
        """Nothing (more) came: before the head the agent is told so, after it it is cut off too."""
        entry = self._entry
        if self._clock.expired():
            self._given_up()
            return
        failure = failure_of(exc)
        entry.error = entry.error or failure.error  # a status says more than a break after it
        entry.error_detail = self._wiring.scrubber.text(_explained(failure, exc))
        if self._gone:
            return
        if self._response is None:
            self._response = refusal(
                dialect=dialect, status=failure.status, code=failure.error, message=failure.says
            )
        elif self._request.transport is not None:
            self._request.transport.close()

    def _given_up(self) -> None:
        """The agent had gone and the reply did not come to its end in time."""
        entry = self._entry
        silent = time.monotonic() - self._heard_at
        if self._sent_at is None:
            entry.error_detail = "the agent had gone before its turn; nothing was sent"
            return
        entry.error_detail = "the agent had gone; the rest of the reply was not waited for"
        if silent >= _SILENCE_S:
            entry.error = ErrorClass.TIMEOUT
            entry.error_detail = f"the provider had been silent for {silent:.0f} s"


def _detail(body: bytes, reply: aiohttp.ClientResponse) -> str:
    if 300 <= reply.status < 400:
        return f"the provider redirects ({reply.status}); give the final base URL"
    try:
        said = detail_of(json.loads(body))
    except (ValueError, RecursionError):
        said = detail_of(body[:400].decode("utf-8", "replace"))
    return said or f"status {reply.status}"


def _explained(failure: Failure, exc: BaseException) -> str:
    return detail_of(f"{failure.says}: {exc}" if str(exc) else failure.says)


def refusal(*, dialect: Dialect, status: int, code: str, message: str) -> web.Response:
    """An error of the gateway's own, in the dialect of whoever asked."""
    return web.Response(
        status=status,
        body=error_body(dialect=dialect, status=status, code=code, message=message),
        content_type="application/json",
    )
