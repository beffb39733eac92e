"""Which cell is begun next. Told of the time and of what happens; does nothing by itself."""

from __future__ import annotations

import heapq
import random
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from codingagentbench.gateway import Pressure
from codingagentbench.results import Row
from codingagentbench.sweeps.file import Retry
from codingagentbench.sweeps.forecast import Forecast
from codingagentbench.sweeps.plan import Planned
from codingagentbench.sweeps.states import Standing, State

#: From here on the slowest goes first: as many cells as run at a time, so many times over.
_TAIL = 4
_LOOK_AGAIN_S = 5.0


@dataclass(frozen=True, order=True)
class Todo:
    """A cell to be begun. ``place`` is its place in the fair order."""

    place: int
    cell: Planned = field(compare=False)
    tried: int = field(compare=False)


@dataclass(frozen=True)
class Wait:
    """Nothing can be begun now; look again in so many seconds, or when a cell has ended."""

    seconds: float


@dataclass
class _Lane:
    """The cells of one endpoint."""

    waiting: deque[Todo] = field(default_factory=deque)
    running: int = 0


class Scheduler:
    """Fair order, limits of endpoints and of the machine, retries after a pause.

    A cell that has to wait holds nothing: it is simply not begun.
    """

    def __init__(
        self,
        states: Iterable[State],
        *,
        jobs: int,
        memory_mb: int | None,
        retry: Retry,
        forecast: Forecast,
        seed: int,
    ) -> None:
        self.jobs = jobs  # may change while it goes on
        self._memory, self._retry, self._forecast = memory_mb, retry, forecast
        self._chance = random.Random(seed)  # noqa: S311 - jitter, not a secret
        self._lanes: dict[str, _Lane] = {}
        self._later: list[tuple[float, Todo]] = []
        self.running: dict[str, Todo] = {}
        self.left = 0  # neither scored nor given up, running ones included
        for place, state in enumerate(states):
            if state.standing in (Standing.TODO, Standing.RETRY):
                todo = Todo(place, state.cell, len(state.attempts))
                self._lane(todo).waiting.append(todo)
                self.left += 1

    def next(
        self, now: float, pressure: Callable[[Planned], Pressure | None]
    ) -> Todo | Wait | None:
        """The cell to begin at ``now`` (monotonic seconds); ``None`` when all are done."""
        if not self.left:
            return None
        while self._later and self._later[0][0] <= now:
            due = heapq.heappop(self._later)[1]
            self._lane(due).waiting.appendleft(due)
        if len(self.running) >= self.jobs:
            return Wait(_LOOK_AGAIN_S)
        wait = _LOOK_AGAIN_S
        if self._later:
            wait = min(wait, self._later[0][0] - now)
        heads = []
        for lane in self._lanes.values():
            if not lane.waiting:
                continue
            seen = pressure(lane.waiting[0].cell)
            if seen is not None and seen.paused_s > 0:
                wait = min(wait, seen.paused_s)
            elif seen is None or seen.window is None or lane.running < int(seen.window):
                heads.append(lane)
        chosen = self._choose(heads)
        return Wait(max(wait, 0.01)) if chosen is None else chosen.waiting[0]

    def began(self, todo: Todo) -> None:
        """``todo``, the one given by :meth:`next`, runs now."""
        lane = self._lane(todo)
        assert lane.waiting[0] is todo
        lane.waiting.popleft()
        lane.running += 1
        self.running[todo.cell.id] = todo

    def ended(self, todo: Todo, row: Row, now: float) -> float | None:
        """What came of it; the pause before it is tried again, ``None`` when it is not."""
        self._stopped(todo)
        self._forecast.learn(row)
        tried = todo.tried + 1
        if not row.retry or tried >= self._retry.attempts:
            self.left -= 1
            return None
        longest = min(self._retry.wait_s * 2.0 ** (tried - 1), self._retry.longest_s)
        pause = longest * self._chance.uniform(0.5, 1.0)
        heapq.heappush(self._later, (now + pause, Todo(todo.place, todo.cell, tried)))
        return pause

    def abandoned(self, todo: Todo) -> None:
        """It was ended from outside and left no attempt: to be begun anew some other time."""
        self._stopped(todo)
        self._lane(todo).waiting.appendleft(todo)

    def expected_s(self) -> float:
        """Seconds until all is done, by the forecast, with every slot busy."""
        waiting = [todo for lane in self._lanes.values() for todo in lane.waiting]
        waiting += [todo for _, todo in self._later]
        seconds = sum(self._forecast.of(todo.cell.pair).seconds for todo in waiting)
        running = [self._forecast.of(todo.cell.pair).seconds for todo in self.running.values()]
        return (seconds + sum(running) / 2) / self.jobs

    def _choose(self, lanes: list[_Lane]) -> _Lane | None:
        if self.left <= self.jobs * _TAIL:
            for lane in lanes:  # few are left: the slowest of each to its head
                slowest = max(lane.waiting, key=lambda t: self._forecast.of(t.cell.pair).seconds)
                lane.waiting.remove(slowest)
                lane.waiting.appendleft(slowest)
            lanes.sort(key=lambda lane: -self._forecast.of(lane.waiting[0].cell.pair).seconds)
        else:
            lanes.sort(key=lambda lane: lane.waiting[0])
        return next((lane for lane in lanes if self._fits(lane.waiting[0])), None)

    def _fits(self, todo: Todo) -> bool:
        """Whether the machine has the memory that its agent is declared to need; a cell that
        would never fit is begun alone."""
        if self._memory is None or not self.running:
            return True
        taken = sum(t.cell.pair.request.agent.memory_mb for t in self.running.values())
        return taken + todo.cell.pair.request.agent.memory_mb <= self._memory

    def _stopped(self, todo: Todo) -> None:
        self._lane(todo).running -= 1
        del self.running[todo.cell.id]

    def _lane(self, todo: Todo) -> _Lane:
        return self._lanes.setdefault(todo.cell.pair.endpoint, _Lane())
