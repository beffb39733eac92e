"""A sweep being run: cells begun as slots come free, until all are done or something stops it.

What there is to do is read from the records, every time: nothing else has to survive a crash.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from codingagentbench.errors import CabError
from codingagentbench.gateway import Pressure
from codingagentbench.results import Index, Row
from codingagentbench.sweeps.events import OnSweep, SweepEvent, What
from codingagentbench.sweeps.file import SweepFile
from codingagentbench.sweeps.forecast import Forecast
from codingagentbench.sweeps.plan import Planned
from codingagentbench.sweeps.scheduling import Scheduler, Todo, Wait
from codingagentbench.sweeps.spending import Spent
from codingagentbench.sweeps.states import State


class WorkerLost(CabError):
    """The process or machine that a cell ran on is gone; nothing of the cell was published."""

    exit_code = 3


@dataclass(frozen=True, kw_only=True)
class Ran:
    """One attempt that is published: its folder, and on which node of a cluster it ran."""

    folder: Path
    node: str | None = None


class Engine(Protocol):
    """Where cells are run: on this machine, or on several."""

    @property
    def jobs(self) -> int:
        """How many cells at a time."""

    @property
    def memory_mb(self) -> int | None:
        """What all agents together may be declared to need; ``None`` where others see to it."""

    async def run(self, cell: Planned) -> Ran:
        """One attempt, published.

        Raises :class:`WorkerLost` when the cell has to be begun anew.
        """

    def pressure(self, cell: Planned) -> Pressure | None:
        """How the endpoint of ``cell`` is doing."""


class EndedBy(StrEnum):
    ITSELF = "itself"  # nothing is left to do
    BUDGET = "budget"
    STOP = "stop"


@dataclass(frozen=True, kw_only=True)
class End:
    """Why a session of a sweep ended; ``left``: cells neither scored nor given up."""

    by: EndedBy
    detail: str
    left: int


@dataclass
class Stop:
    """Asked for from outside: ``soon`` begins no further cell, ``now`` ends those that run."""

    soon: asyncio.Event = field(default_factory=asyncio.Event)
    now: asyncio.Event = field(default_factory=asyncio.Event)

    def ask(self) -> None:
        """The first time soon, the second time now."""
        if self.soon.is_set():
            self.now.set()
        self.soon.set()

    def ask_now(self) -> None:
        """Both at once."""
        self.soon.set()
        self.now.set()


@dataclass(kw_only=True)
class Drive:
    """One session of a sweep."""

    file: SweepFile
    states: list[State]
    index: Index
    engine: Engine
    forecast: Forecast
    spent: Spent
    on_event: OnSweep
    stop: Stop
    clock: Callable[[], float] = time.monotonic
    lost_limit: int = 20  # workers that may be lost in a row

    async def run(self) -> End:
        """Until the end, whatever it is. Raises what the engine raises, with all cells ended."""
        self._scheduler = scheduler = Scheduler(
            self.states,
            jobs=self.engine.jobs,
            memory_mb=self.engine.memory_mb,
            retry=self.file.retry,
            forecast=self.forecast,
            seed=self.file.seed,
        )
        self._running: dict[asyncio.Task[Ran], Todo] = {}
        self._began, self._lost = self.clock(), 0
        self._say(What.STARTED, detail=f"{scheduler.left} cells to do")
        stopping = [asyncio.create_task(_set(e)) for e in (self.stop.soon, self.stop.now)]
        try:
            end = await self._loop(scheduler, stopping)
        finally:
            for task in (*self._running, *stopping):
                task.cancel()
            await asyncio.gather(*self._running, *stopping, return_exceptions=True)
        self._say(What.FINISHED, detail=end.detail)
        return end

    @property
    def scheduler(self) -> Scheduler:
        """What is known of the cells that are left; there once :meth:`run` has begun."""
        return self._scheduler

    async def _loop(self, scheduler: Scheduler, stopping: list[asyncio.Task[None]]) -> End:
        closed: End | None = None  # why no further cell is begun
        while True:
            pause: float | None = None
            closed = closed or self._closed(scheduler)
            scheduler.jobs = self.engine.jobs
            while closed is None:
                what = scheduler.next(self.clock(), self.engine.pressure)
                if not isinstance(what, Todo):
                    pause = what.seconds if isinstance(what, Wait) else None
                    break
                self._begin(scheduler, what)
                closed = self._closed(scheduler)
            if not self._running and (closed is not None or not scheduler.left):
                return closed or End(by=EndedBy.ITSELF, detail="all cells are done", left=0)
            watched: list[asyncio.Task[None] | asyncio.Task[Ran]] = [
                *self._running,
                *(one for one in stopping if not one.done()),
            ]
            await asyncio.wait(watched, timeout=pause, return_when=asyncio.FIRST_COMPLETED)
            if self.stop.now.is_set():
                left = scheduler.left
                return End(by=EndedBy.STOP, detail="stopped; running cells were ended", left=left)
            for task in [one for one in self._running if one.done()]:
                self._end(scheduler, task)

    def _closed(self, scheduler: Scheduler) -> End | None:
        hours = (self.clock() - self._began) / 3600
        spent = self.spent.exhausted(self.file.budget, hours=hours)
        if spent is not None and scheduler.left:
            self._say(What.BUDGET, detail=spent)
            return End(by=EndedBy.BUDGET, detail=spent, left=scheduler.left)
        if self.stop.soon.is_set():
            self._say(What.STOPPING, detail="running cells are finished; once more to end them")
            return End(by=EndedBy.STOP, detail="stopped", left=scheduler.left)
        return None

    def _begin(self, scheduler: Scheduler, todo: Todo) -> None:
        scheduler.began(todo)
        self._say(What.BEGUN, cell=todo.cell.id)
        self._running[asyncio.create_task(self._attempt(todo.cell))] = todo

    async def _attempt(self, cell: Planned) -> Ran:
        return await self.engine.run(cell)

    def _end(self, scheduler: Scheduler, task: asyncio.Task[Ran]) -> None:
        todo = self._running.pop(task)
        try:
            ran = task.result()
        except WorkerLost as error:
            scheduler.abandoned(todo)
            self._lost += 1
            self._say(What.LOST, cell=todo.cell.id, detail=str(error))
            if self._lost >= self.lost_limit:
                raise
            return
        self._lost = 0
        row = self.index.add(ran.folder)
        self.spent.add(row)
        pause = scheduler.ended(todo, row, self.clock())
        what = What.ENDED if pause is None else What.RETRY
        self._say(what, cell=todo.cell.id, row=row, seconds=pause, node=ran.node)

    def _say(
        self,
        what: What,
        *,
        cell: str | None = None,
        row: Row | None = None,
        seconds: float | None = None,
        detail: str | None = None,
        node: str | None = None,
    ) -> None:
        event = SweepEvent(what=what, cell=cell, row=row, seconds=seconds, detail=detail, node=node)
        self.on_event(event)


async def _set(event: asyncio.Event) -> None:
    await event.wait()
