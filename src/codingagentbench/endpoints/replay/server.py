"""Answers a rerun from a tape: by order, by normalised request, and says where they part."""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final, Self

from aiohttp import web
from pydantic import SecretStr

from codingagentbench.endpoints.replay.normal import first_difference, request_digest
from codingagentbench.endpoints.replay.tape import Take, Tape
from codingagentbench.endpoints.wire import WIRES
from codingagentbench.gateway.dialects import Dialect
from codingagentbench.gateway.upstream import Upstream

_MAX_BODY: Final = 256 * 2**20  # bytes
_OVER: Final = "the recording has no more answers"


@dataclass(frozen=True, kw_only=True)
class Divergence:
    """One request of the rerun that is not the recorded one; ``call`` is its number, from 0."""

    call: int
    what: str


@dataclass(kw_only=True)
class Reel:
    """One rerun of a tape: its address, its key, and how far it has come."""

    tape: Tape
    origin: str
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    key: str = field(default_factory=lambda: "sk-" + secrets.token_hex(24), repr=False)
    divergences: list[Divergence] = field(default_factory=list)
    answered: int = 0
    _used: set[int] = field(default_factory=set)

    def upstream(self) -> Upstream:
        """This reel as a gateway session is opened with it."""
        return Upstream(base_url=f"{self.origin}/{self.token}/v1", key=SecretStr(self.key))

    @property
    def left(self) -> int:
        """Recorded calls that were not asked for (yet)."""
        return len(self.tape.takes) - len(self._used)

    def next(self, dialect: Dialect, path: str, body: bytes) -> Take | None:
        """The answer to a request: of the same request where there is one, else the next in order.

        A request that differs is noted, as is one after the tape's end (``None``).
        """
        number, self.answered = self.answered, self.answered + 1
        end = path.rsplit("/v1", 1)[-1]
        rest = [
            (at, take)
            for at, take in enumerate(self.tape.takes)
            if at not in self._used and take.dialect is dialect and take.path.endswith(end)
        ]
        if not rest:
            self.divergences.append(Divergence(call=number, what=_OVER))
            return None
        digest = request_digest(body)
        at, take = next(((at, take) for at, take in rest if take.digest == digest), rest[0])
        self._used.add(at)
        if take.digest != digest:
            what = first_difference(take.request, body) or "the request differs"
            self.divergences.append(Divergence(call=number, what=what))
        return take


class ReplayServer:
    """One listener on loopback for any number of reels."""

    def __init__(self) -> None:
        self._reels: dict[str, Reel] = {}
        self._runner: web.AppRunner | None = None
        self._origin = ""

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=_MAX_BODY)
        for path, dialect in (
            ("chat/completions", Dialect.CHAT),
            ("responses", Dialect.RESPONSES),
            ("responses/compact", Dialect.RESPONSES),
            ("messages", Dialect.MESSAGES),
            ("messages/count_tokens", Dialect.MESSAGES),
            ("models/{call:.+}", Dialect.GEMINI),
        ):
            app.router.add_post(f"/{{token}}/v1/{path}", self._handler(dialect))
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
        await self._runner.cleanup()

    def open(self, tape: Tape) -> Reel:
        """A reel of its own for one rerun."""
        reel = Reel(tape=tape, origin=self._origin)
        self._reels[reel.token] = reel
        return reel

    def close(self, reel: Reel) -> None:
        """Forgets a reel: its address answers 404 from now on."""
        self._reels.pop(reel.token, None)

    def _handler(self, dialect: Dialect) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(http: web.Request) -> web.StreamResponse:
            reel = self._reels.get(http.match_info["token"])
            if reel is None:
                raise web.HTTPNotFound
            names = ("x-api-key", "x-goog-api-key", "Authorization")
            given = next((http.headers[name] for name in names if name in http.headers), "")
            if not hmac.compare_digest(given.removeprefix("Bearer ").encode(), reel.key.encode()):
                raise web.HTTPUnauthorized
            take = reel.next(dialect, http.path, await http.read())
            if take is None:
                body = json.dumps(WIRES[dialect].error(503, _OVER)).encode()
                return web.Response(status=503, body=body, content_type="application/json")
            return await _played(http, take)

        return handle


async def _played(http: web.Request, take: Take) -> web.StreamResponse:
    kind = "text/event-stream; charset=utf-8" if take.streamed else "application/json"
    headers = {"Content-Type": kind if (take.status or 200) < 300 else "application/json"}
    if take.retry_after_s is not None:
        headers["Retry-After"] = f"{take.retry_after_s:g}"
    if not take.broken:
        return web.Response(status=take.status or 200, body=take.response, headers=headers)
    response = web.StreamResponse(status=take.status or 200, headers=headers)
    if take.status is not None:
        await response.prepare(http)
        await response.write(take.response)
    if http.transport is not None:
        http.transport.close()
    return response
