"""Conversations with built-in models: who answers, and the true count of what was said."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field, replace

from pydantic import SecretStr

from codingagentbench.endpoints.conversation import Request
from codingagentbench.endpoints.edits import Plan
from codingagentbench.endpoints.engine import decide
from codingagentbench.endpoints.options import Options
from codingagentbench.endpoints.tokens import count, usage
from codingagentbench.endpoints.wire import Answer
from codingagentbench.gateway.dialects import Dialect
from codingagentbench.gateway.upstream import Upstream
from codingagentbench.gateway.values import Usage

#: What a model of the Responses dialect thinks before it speaks: so that reasoning is counted.
_THOUGHT = "Weighing what to do next."


@dataclass(frozen=True, kw_only=True)
class TrueCall:
    """One answered request as the endpoint itself knows it."""

    dialect: Dialect
    streamed: bool
    usage: Usage
    delivered: bool = False  # the whole answer was handed to the connection


@dataclass(frozen=True, kw_only=True)
class Truth:
    """What a conversation really cost: the figures a recording must agree with.

    A reply is counted in full when it is made, not when it is delivered: a model bills what it
    has said, whether or not the client stayed to hear it.
    """

    calls: tuple[TrueCall, ...] = ()

    @property
    def totals(self) -> Usage:
        """Sums over all calls; a figure that no call had stays ``None``."""

        def total(name: str) -> int | None:
            figures = [getattr(call.usage, name) for call in self.calls]
            known = [figure for figure in figures if figure is not None]
            return sum(known) if known else None

        names = ("input", "cached", "cache_write", "output", "reasoning")
        return Usage(**{name: total(name) for name in names})


@dataclass(kw_only=True)
class Conversation:
    """One attempt's own model: a secret address, a key, a plan, and what was said so far."""

    persona: str
    plan: Plan
    options: Options
    origin: str  # "http://127.0.0.1:PORT"
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    key: str = field(default_factory=lambda: "sk-" + secrets.token_hex(24), repr=False)
    _calls: dict[str, TrueCall] = field(default_factory=dict, repr=False)
    _prompt: bytes = field(default=b"", repr=False)

    @property
    def root_url(self) -> str:
        """The address without ``/v1``, as Anthropic's own clients want it."""
        return f"{self.origin}/{self.token}"

    def base_url(self, dialect: Dialect = Dialect.CHAT) -> str:
        """The address that ``/chat/completions``, ``/responses`` or ``/messages`` is added to."""
        return f"{self.root_url}/v1"

    def upstream(self) -> Upstream:
        """This conversation as a gateway session is opened with it."""
        return Upstream(base_url=self.base_url(), key=SecretStr(self.key))

    def truth(self) -> Truth:
        """All calls answered so far, with their true usage."""
        return Truth(calls=tuple(self._calls.values()))

    def answer(self, request: Request) -> Answer:
        """The reply to a request, counted."""
        reply = decide(request, self.plan, options=self.options)
        if request.dialect is Dialect.RESPONSES and (reply.text or reply.call):
            reply = replace(reply, reasoning=_THOUGHT)
        spent = usage(request, reply, previous=self._prompt)
        self._prompt = request.prompt
        answer = Answer(
            id=secrets.token_hex(12),
            created=int(time.time()),
            request=request,
            reply=reply,
            usage=spent,
            piece=self.options.piece,
        )
        self._calls[answer.id] = TrueCall(
            dialect=request.dialect, streamed=request.stream, usage=spent
        )
        return answer

    def delivered(self, answer: Answer) -> None:
        """Notes that the client stayed to the answer's end."""
        self._calls[answer.id] = replace(self._calls[answer.id], delivered=True)

    def count(self, request: Request) -> int:
        """Tokens of a prompt that is only asked about; no part of the truth."""
        return count(request.prompt)
