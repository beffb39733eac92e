"""One queue before each account for all nodes of a cluster: an actor, and what stands for it."""

from __future__ import annotations

import hashlib
from typing import Any

from codingagentbench.gateway import Admission, Pressure, RateLimits, Throttled, Ticket, Upstream

_CALM = Pressure(running=0, waiting=0, window=None, paused_s=0.0, throttled=0)


def account_of(upstream: Upstream) -> str:
    """A name for what shares one provider's limits, in which no secret can be read."""
    return hashlib.sha256(repr(upstream.account).encode()).hexdigest()[:16]


class Queues:
    """The actor: the real queues. Tickets of a node that died are given back for it."""

    def __init__(self) -> None:
        self._queues: dict[str, Admission] = {}
        self._out: dict[int, tuple[str, Admission, Ticket]] = {}  # number -> node, queue, ticket
        self._next = 0

    async def enter(self, node: str, account: str, limits: dict[str, Any], size: int) -> int:
        """Wait for a turn; the number of the ticket."""
        if account not in self._queues:
            self._queues[account] = Admission(RateLimits.model_validate(limits))
        queue = self._queues[account]
        ticket = await queue.enter(request_bytes=size)
        self._next += 1
        self._out[self._next] = (node, queue, ticket)
        return self._next

    async def leave(
        self, number: int, tokens: int | None, throttled: tuple[float | None] | None
    ) -> None:
        """Give a ticket back."""
        _, queue, ticket = self._out.pop(number)
        told = None if throttled is None else Throttled(*throttled)
        queue.leave(ticket, tokens=tokens, throttled=told)

    async def forget(self, node: str) -> None:
        """A node has died: its calls are over, what they cost is not known."""
        for number in [n for n, (owner, _, _) in self._out.items() if owner == node]:
            await self.leave(number, None, None)

    async def pressures(self) -> dict[str, Pressure]:
        """Of every account that was called."""
        return {account: queue.pressure() for account, queue in self._queues.items()}


class RemoteQueue:
    """A :class:`Queue` that waits in the actor's. ``actor`` is a handle of :class:`Queues`."""

    def __init__(self, actor: Any, *, node: str, upstream: Upstream) -> None:
        assert upstream.limits is not None
        self._actor, self._node = actor, node
        self._account, self._limits = account_of(upstream), upstream.limits.model_dump()

    async def enter(self, *, request_bytes: int) -> Ticket:
        """See :class:`Queue`."""
        call = self._actor.enter.remote(self._node, self._account, self._limits, request_bytes)
        return Ticket(at=0.0, tokens=0, number=await call)

    def leave(
        self, ticket: Ticket, *, tokens: int | None, throttled: Throttled | None = None
    ) -> None:
        """See :class:`Queue`; nobody waits for the answer."""
        told = None if throttled is None else tuple(throttled)
        self._actor.leave.remote(ticket.number, tokens, told)

    def pressure(self) -> Pressure:
        """Asked of the actor by whoever schedules; not known here."""
        return _CALM
