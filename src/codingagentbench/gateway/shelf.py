"""Bodies on their way to the disk: stored in a thread, together, when there is a quiet moment.

What is stored must not be in the way of what is relayed: compressing and redacting one call's
bodies while the next one streams would show in its latency.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Final

from codingagentbench.gateway.bodies import BodyStore

#: Stored after this many seconds in which nothing more came ...
QUIET_S: Final = 0.02
#: ... but never later than this after the first, and at once when so many bytes are waiting.
LATEST_S: Final = 0.25
MOST_BYTES: Final = 1 << 20
#: Bytes waiting or being stored; beyond it agents wait until the disk has caught up.
FULL_BYTES: Final = 8 << 20

Digests = list[str | None]


@dataclass(frozen=True, kw_only=True)
class _Job:
    store: BodyStore
    bodies: tuple[Sequence[bytes], ...]
    done: asyncio.Future[Digests]


class Shelf:
    """The queue before the disk, shared by a gateway's sessions."""

    def __init__(self, pool: Executor) -> None:
        self._pool = pool
        self._jobs: list[_Job] = []
        self._bytes = 0  # in the queue
        self._held = 0  # in the queue or in the thread's hands
        self._room = asyncio.Event()
        self._room.set()
        self._first_at = 0.0
        self._timer: asyncio.TimerHandle | None = None

    async def put(self, store: BodyStore, *bodies: Sequence[bytes]) -> Digests:
        """Stores ``bodies`` and returns their digests. Raises ``OSError`` when one cannot be."""
        loop = asyncio.get_running_loop()
        if not self._jobs:
            self._first_at = loop.time()
        job = _Job(store=store, bodies=bodies, done=loop.create_future())
        self._jobs.append(job)
        size = sum(len(piece) for body in bodies for piece in body)
        self._bytes += size
        self._hold(size)
        if self._bytes >= MOST_BYTES:
            self.hurry()
        else:
            self._rearm(min(loop.time() + QUIET_S, self._first_at + LATEST_S))
        try:
            return await job.done
        finally:
            self._hold(-size)

    async def room(self) -> None:
        """Returns when there is room for more; at once, but for a disk that cannot keep up."""
        if not self._room.is_set():
            await self._room.wait()

    def _hold(self, size: int) -> None:
        self._held += size
        if self._held > FULL_BYTES:
            self._room.clear()
        else:
            self._room.set()

    def hurry(self) -> None:
        """Stores what is waiting, now."""
        self._disarm()
        jobs, self._jobs, self._bytes = self._jobs, [], 0
        if jobs:
            loop = asyncio.get_running_loop()
            self._pool.submit(_store_all, jobs, loop)

    def _rearm(self, when: float) -> None:
        self._disarm()
        self._timer = asyncio.get_running_loop().call_at(when, self.hurry)

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _store_all(jobs: list[_Job], loop: asyncio.AbstractEventLoop) -> None:
    """In a thread: each job's outcome goes back to the loop, all of them in one go."""
    outcomes: list[tuple[_Job, Digests | OSError]] = []
    for job in jobs:
        try:
            outcomes.append((job, [job.store.put(body) for body in job.bodies]))
        except OSError as wrong:
            outcomes.append((job, wrong))
    loop.call_soon_threadsafe(_tell, outcomes)


def _tell(outcomes: list[tuple[_Job, Digests | OSError]]) -> None:
    for job, outcome in outcomes:
        if job.done.done():
            continue  # whoever waited was cancelled
        if isinstance(outcome, OSError):
            job.done.set_exception(outcome)
        else:
            job.done.set_result(outcome)
