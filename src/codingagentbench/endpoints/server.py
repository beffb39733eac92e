"""The built-in model server: one listener on loopback, any number of conversations behind it."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Final, Self

from aiohttp import web

from codingagentbench.endpoints.builtin import Conversation
from codingagentbench.endpoints.conversation import Request
from codingagentbench.endpoints.edits import Plan
from codingagentbench.endpoints.options import Options
from codingagentbench.endpoints.personas import PERSONAS
from codingagentbench.endpoints.wire import WIRES, Answer, BadRequest, Wire
from codingagentbench.errors import UnknownName
from codingagentbench.gateway.dialects import Dialect
from codingagentbench.gateway.routes import gemini_call
from codingagentbench.tasks.model import Task

_MAX_BODY: Final = 256 * 2**20  # bytes; a conversation with large files is no error of the agent's

#: Where each dialect is spoken, below a conversation's address; ``/v1`` may be left out.
_PATHS: Final = {
    "chat/completions": Dialect.CHAT,
    "responses": Dialect.RESPONSES,
    "messages": Dialect.MESSAGES,
}

#: Headers other than a bearer token that clients put the key in.
_KEYS: Final = ("x-api-key", "x-goog-api-key")

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class BuiltinServer:
    """Serves the built-in models to everyone who has a conversation's address and key.

    ``async with BuiltinServer() as server:`` listens on a free loopback port until the block
    ends. :meth:`open` makes a conversation; what it cost is :meth:`Conversation.truth`.
    """

    def __init__(self, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self._host, self._port = host, port
        self._conversations: dict[str, Conversation] = {}
        self._runner: web.AppRunner | None = None
        self._origin = ""

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=_MAX_BODY)
        for path, dialect in _PATHS.items():
            for prefix in ("/{token}/v1/", "/{token}/"):
                app.router.add_post(prefix + path, self._generate(dialect))
        for prefix in ("/{token}/v1/", "/{token}/"):
            app.router.add_post(prefix + "messages/count_tokens", self._count)
            app.router.add_get(prefix + "models", self._models)
        for version in ("v1", "v1beta"):
            app.router.add_post(f"/{{token}}/{version}/models/{{call:.+}}", self._gemini)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
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

    def open(
        self,
        *,
        persona: str = "oracle",
        task: Task | None = None,
        plan: Plan | None = None,
        options: Options | None = None,
    ) -> Conversation:
        """A conversation of its own for one attempt: the persona's plan for ``task``, or ``plan``.

        Raises ``UnknownName`` for a persona that does not exist.
        """
        if persona not in PERSONAS:
            known = ", ".join(PERSONAS)
            raise UnknownName("built-in model", persona, PERSONAS, do=f"choose one of {known}")
        if plan is None:
            plan = PERSONAS[persona].plan(task) if task else Plan()
        conversation = Conversation(
            persona=persona, plan=plan, options=options or Options(), origin=self._origin
        )
        self._conversations[conversation.token] = conversation
        return conversation

    def close(self, conversation: Conversation) -> None:
        """Forgets a conversation: its address answers 404 from now on, its truth can be kept."""
        self._conversations.pop(conversation.token, None)

    def _generate(self, dialect: Dialect) -> _Handler:
        wire = WIRES[dialect]

        async def handle(http: web.Request) -> web.StreamResponse:
            conversation = self._admit(http, wire)
            request = _parsed(await _json(http, wire), wire)
            return await _answered(http, conversation, request, wire)

        return handle

    async def _gemini(self, http: web.Request) -> web.StreamResponse:
        """What other dialects have in the body stands in the path here."""
        wire = WIRES[Dialect.GEMINI]
        conversation = self._admit(http, wire)
        call = gemini_call(f"/models/{http.match_info['call']}")
        if call is None:
            raise _refusal(web.HTTPNotFound, wire, "no such method")
        model, verb = call
        told = {"model": model, "stream": verb == "streamGenerateContent"}
        request = _parsed({**await _json(http, wire), **told}, wire)
        if verb == "countTokens":
            return web.json_response({"totalTokens": conversation.count(request)})
        return await _answered(http, conversation, request, wire)

    async def _count(self, http: web.Request) -> web.StreamResponse:
        wire = WIRES[Dialect.MESSAGES]
        conversation = self._admit(http, wire)
        request = _parsed({"model": "any", **await _json(http, wire)}, wire)
        return web.json_response({"input_tokens": conversation.count(request)})

    async def _models(self, http: web.Request) -> web.StreamResponse:
        conversation = self._admit(http, WIRES[Dialect.CHAT])
        row = {
            "id": conversation.persona,
            "object": "model",
            "type": "model",
            "display_name": conversation.persona,
            "created": 0,
            "created_at": "1970-01-01T00:00:00Z",
            "owned_by": "builtin",
        }
        first = {"first_id": row["id"], "last_id": row["id"], "has_more": False}
        return web.json_response({"object": "list", "data": [row], **first})

    def _admit(self, http: web.Request, wire: Wire) -> Conversation:
        conversation = self._conversations.get(http.match_info["token"])
        if conversation is None:
            raise _refusal(web.HTTPNotFound, wire, "no such conversation")
        bearer = http.headers.get("Authorization", "").removeprefix("Bearer ")
        given = next((http.headers[name] for name in _KEYS if name in http.headers), bearer)
        if not hmac.compare_digest(given.encode(), conversation.key.encode()):
            raise _refusal(web.HTTPUnauthorized, wire, "wrong or missing API key")
        return conversation


async def _answered(
    http: web.Request, conversation: Conversation, request: Request, wire: Wire
) -> web.StreamResponse:
    answer = conversation.answer(request)
    await asyncio.sleep(conversation.options.first_delay_s)
    if answer.request.stream:
        return await _stream(http, conversation, answer, wire)
    response = web.json_response(wire.body(answer), headers=_request_id(answer))
    await response.prepare(http)
    with contextlib.suppress(ConnectionError):
        await response.write_eof()
        conversation.delivered(answer)
    return response


async def _stream(
    http: web.Request, conversation: Conversation, answer: Answer, wire: Wire
) -> web.StreamResponse:
    headers = {"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-cache"}
    response = web.StreamResponse(headers={**headers, **_request_id(answer)})
    await response.prepare(http)
    with contextlib.suppress(ConnectionError):
        for frame in wire.frames(answer):
            await response.write(frame)
            await asyncio.sleep(conversation.options.delay_s)
        await response.write_eof()
        conversation.delivered(answer)
    return response


def _request_id(answer: Answer) -> dict[str, str]:
    return {"x-request-id": f"req_{answer.id}", "request-id": f"req_{answer.id}"}


def _parsed(body: dict[str, Any], wire: Wire) -> Request:
    try:
        return wire.parse(body)
    except BadRequest as wrong:
        raise _refusal(web.HTTPBadRequest, wire, str(wrong)) from wrong


async def _json(http: web.Request, wire: Wire) -> dict[str, Any]:
    try:
        body = json.loads(await http.read())
    except ValueError as wrong:
        raise _refusal(web.HTTPBadRequest, wire, "the body is not JSON") from wrong
    if not isinstance(body, dict):
        raise _refusal(web.HTTPBadRequest, wire, "the body is not a JSON object")
    return body


def _refusal(kind: type[web.HTTPError], wire: Wire, message: str) -> web.HTTPError:
    text = json.dumps(wire.error(kind.status_code, message))
    return kind(text=text, content_type="application/json")
