"""Holding calls back ahead of a provider's known limits, first come, first served.

One queue per account, shared by every session that calls it. Limits are kept over any sliding
window of sixty seconds. Tokens are guessed on entry (four bytes a token) and put right when the
provider has said what they were. A call too large for the window goes when the window is empty.

Where the limits are adaptive there is one more, on calls at a time, that nobody has to know: it is
halved by every 429 (once for those of one moment), nothing goes before what Retry-After says, and
it grows by one for each round of calls that went well. V. Jacobson, "Congestion avoidance and
control", SIGCOMM 1988.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from codingagentbench.gateway.upstream import RateLimits

_WINDOW_S: Final = 60.0
_BYTES_PER_TOKEN: Final = 4
_START: Final = 16.0  # calls at a time, where no limit is known
_MOST: Final = 256.0
_PAUSE_S: Final = 1.0  # after a 429 that does not say how long; doubled by each that follows
_LONGEST_S: Final = 120.0


class Throttled(NamedTuple):
    """A provider asked for fewer calls."""

    retry_after_s: float | None


class Pressure(NamedTuple):
    """How an account is doing."""

    running: int
    waiting: int
    window: float | None  # calls at a time that go now; None: it is not adaptive
    paused_s: float  # nothing goes before that
    throttled: int  # 429s so far


class Queue(Protocol):
    """What calls wait in before they go to an account: here, or one for several machines."""

    async def enter(self, *, request_bytes: int) -> Ticket:
        """Waits for its turn. Every ticket must be given back with :meth:`leave`."""

    def leave(
        self, ticket: Ticket, *, tokens: int | None, throttled: Throttled | None = None
    ) -> None:
        """The call is over; ``tokens`` is what it really cost, ``None`` when nobody knows."""

    def pressure(self) -> Pressure:
        """How it stands now, as far as is known here."""


@dataclass(eq=False)
class Ticket:
    """One admitted call: when it went, and what it is taken to cost in tokens."""

    at: float
    tokens: int
    number: int


class Admission:
    """The queue before one account."""

    def __init__(self, limits: RateLimits, *, window_s: float = _WINDOW_S) -> None:
        self._limits, self._window_s = limits, window_s
        self._sent: deque[Ticket] = deque()
        self._running = 0
        known = limits.concurrency
        self._most = _MOST if known is None else float(known)
        self._grown = min(_START, self._most) if limits.adaptive else None
        self._paused_until = 0.0
        self._issued = self._eased_at = self._throttled = self._in_a_row = 0
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

    def leave(
        self, ticket: Ticket, *, tokens: int | None, throttled: Throttled | None = None
    ) -> None:
        """The call is over; ``tokens`` is what it really cost, ``None`` when nobody knows."""
        self._running -= 1
        if tokens is not None:
            ticket.tokens = tokens
        if throttled is not None:
            self._ease(ticket, throttled)
        elif self._grown is not None and tokens is not None:
            self._in_a_row = 0
            self._grown = min(self._most, self._grown + 1 / self._grown)
        self._pump()

    def pressure(self) -> Pressure:
        """How it stands now."""
        now = asyncio.get_running_loop().time()
        waiting = sum(not turn.done() for turn, _ in self._waiting)
        paused = max(0.0, self._paused_until - now)
        return Pressure(self._running, waiting, self._grown, paused, self._throttled)

    def _ease(self, ticket: Ticket, throttled: Throttled) -> None:
        """Fewer at a time, and none for a while; calls that went before the last easing say
        nothing new."""
        self._throttled += 1
        if self._grown is None:
            return
        now = asyncio.get_running_loop().time()
        if ticket.number > self._eased_at:
            self._eased_at = self._issued
            self._grown = max(1.0, min(self._grown, self._running + 1.0) / 2)
            self._in_a_row += 1
        pause = throttled.retry_after_s
        if pause is None:
            pause = _PAUSE_S * 2.0 ** (self._in_a_row - 1)
        self._paused_until = max(self._paused_until, now + min(pause, _LONGEST_S))

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
            self._issued += 1
            ticket = Ticket(now, tokens, self._issued)
            self._sent.append(ticket)
            self._running += 1
            turn.set_result(ticket)
        self._rearm()

    def _fits(self, tokens: int) -> bool:
        limits = self._limits
        if self._grown is not None and self._running >= int(self._grown):
            return False
        if self._paused_until > asyncio.get_running_loop().time():
            return False
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
        if not self._waiting:
            return
        loop = asyncio.get_running_loop()
        times = [self._sent[0].at + self._window_s] if self._sent else []
        if self._paused_until > loop.time():
            times.append(self._paused_until)
        if times:
            self._timer = loop.call_at(min(times) + 0.001, self._pump)
