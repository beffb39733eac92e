"""Holding calls back ahead of a provider's known limits, first come, first served.

One queue per account, shared by every session that calls it. Limits are kept over any sliding
window of sixty seconds. Tokens are guessed on entry (four bytes a token) and put right when the
provider has said what they were. A call too large for the window goes when the window is empty.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import Final

from codingagentbench.gateway.upstream import RateLimits

_WINDOW_S: Final = 60.0
_BYTES_PER_TOKEN: Final = 4


@dataclass(eq=False)
class Ticket:
    """One admitted call: when it went, and what it is taken to cost in tokens."""

    at: float
    tokens: int


class Admission:
    """The queue before one account."""

    def __init__(self, limits: RateLimits, *, window_s: float = _WINDOW_S) -> None:
        self._limits, self._window_s = limits, window_s
        self._sent: deque[Ticket] = deque()
        self._running = 0
        self._waiting: deque[tuple[asyncio.Future[Ticket], int]] = deque()
        self._timer: asyncio.TimerHandle | None = None

    async def enter(self, *, request_bytes: int) -> Ticket:
        """Waits for its turn. Every ticket must be given back with :meth:`leave`."""
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[Ticket] = loop.create_future()
        self._waiting.append((turn, request_bytes // _BYTES_PER_TOKEN + 1))
        self._pump()
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.leave(turn.result(), tokens=0)
            raise

    def leave(self, ticket: Ticket, *, tokens: int | None) -> None:
        """The call is over; ``tokens`` is what it really cost, ``None`` when nobody knows."""
        self._running -= 1
        if tokens is not None:
            ticket.tokens = tokens
        self._pump()

    def _pump(self) -> None:
        """Admits whoever can go now, and comes back when the next one can."""
        now = asyncio.get_running_loop().time()
        while self._sent and self._sent[0].at <= now - self._window_s:
            self._sent.popleft()
        while self._waiting:
            turn, tokens = self._waiting[0]
            if turn.done():  # whoever waited has gone
                self._waiting.popleft()
                continue
            if not self._fits(tokens):
                break
            self._waiting.popleft()
            ticket = Ticket(now, tokens)
            self._sent.append(ticket)
            self._running += 1
            turn.set_result(ticket)
        self._rearm()

    def _fits(self, tokens: int) -> bool:
        limits = self._limits
        if limits.concurrency is not None and self._running >= limits.concurrency:
            return False
        if not self._sent:
            return True
        requests, most = limits.requests_per_minute, limits.tokens_per_minute
        if requests is not None and len(self._sent) >= requests:
            return False
        return most is None or sum(t.tokens for t in self._sent) + tokens <= most

    def _rearm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._waiting and self._sent:
            when = self._sent[0].at + self._window_s + 0.001
            self._timer = asyncio.get_running_loop().call_at(when, self._pump)
