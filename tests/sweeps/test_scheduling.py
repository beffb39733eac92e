"""Which cell goes next: fair, within limits, retried after a pause; waiting holds nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codingagentbench.gateway import Pressure
from codingagentbench.sweeps import (
    Forecast,
    Pair,
    Plan,
    Planned,
    Scheduler,
    Standing,
    State,
    Todo,
    Wait,
    load_sweep,
)
from codingagentbench.sweeps.file import Retry

from .kit import make_sweep, opened, row


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    file = make_sweep(tmp_path_factory.mktemp("sweep"), tasks=1)
    return opened(file).plan.pairs[0]


def cells(pair: Pair, *, agents: int, tasks: int, runs: int, endpoints: int = 1) -> list[Planned]:
    """A plan's cells, of made-up pairs."""
    pairs = tuple(
        replace(
            pair,
            agent=f"a{a}",
            endpoint=f"e{a % endpoints}",
            cell=f"s/a{a}/m/c/t{t}#run",
            request=replace(
                pair.request, task=pair.request.task.model_copy(update={"id": f"c/t{t}"})
            ),
        )
        for a in range(agents)
        for t in range(tasks)
    )
    file = load_sweep_like(runs)
    return list(Plan(file=file, pairs=pairs, missing=()).cells())


def load_sweep_like(runs: int):  # type: ignore[no-untyped-def]
    from codingagentbench.sweeps import SweepFile

    return SweepFile.model_validate(
        {"name": "s", "agents": ["a"], "models": ["m"], "tasks": ["t"], "runs": runs}
    )


def scheduler(
    planned: list[Planned], *, jobs: int = 4, attempts: int = 3, memory: int | None = None
) -> Scheduler:
    states = [State(cell=c, standing=Standing.TODO, attempts=()) for c in planned]
    return Scheduler(
        states,
        jobs=jobs,
        memory_mb=memory,
        retry=Retry(attempts=attempts, wait_s=10, longest_s=60),
        forecast=Forecast(()),
        seed=1,
    )


def open_door(cell: Planned) -> Pressure | None:
    return None


def test_after_any_number_of_cells_every_agent_has_had_as_many(pair: Pair) -> None:
    """The order is fair: no agent is ever ahead by more than the pairs of one task."""
    planned = cells(pair, agents=5, tasks=8, runs=3)
    assert 120 == len({one.id for one in planned})
    counted: Counter[str] = Counter()
    for one in planned:
        counted[one.pair.agent] += 1
        assert max(counted.values()) - min(counted[f"a{n}"] for n in range(5)) <= 1
    assert [one.run for one in planned] == sorted(one.run for one in planned)


def test_the_order_is_that_of_the_seed(pair: Pair) -> None:
    once = [one.id for one in cells(pair, agents=3, tasks=5, runs=2)]
    assert once == [one.id for one in cells(pair, agents=3, tasks=5, runs=2)]


def test_an_endpoint_that_is_paused_holds_up_nobody_else(pair: Pair) -> None:
    plan = scheduler(cells(pair, agents=2, tasks=6, runs=1, endpoints=2), jobs=100)

    def pressure(cell: Planned) -> Pressure | None:
        paused = Pressure(running=0, waiting=0, window=4.0, paused_s=7.0, throttled=1)
        return paused if cell.pair.endpoint == "e0" else None

    begun = []
    while isinstance(todo := plan.next(0.0, pressure), Todo):
        plan.began(todo)
        begun.append(todo.cell.pair.endpoint)
    assert ["e1"] * 6 == begun
    assert Wait(5.0) == todo


def test_no_more_cells_of_an_endpoint_than_calls_go_through(pair: Pair) -> None:
    plan = scheduler(cells(pair, agents=1, tasks=20, runs=1), jobs=100)
    window = Pressure(running=0, waiting=0, window=3.7, paused_s=0.0, throttled=0)
    while isinstance(todo := plan.next(0.0, lambda cell: window), Todo):
        plan.began(todo)
    assert 3 == len(plan.running)


def test_memory_is_not_promised_twice(pair: Pair) -> None:
    """Agents declare 64 MB each; one alone is begun however little there is."""
    plan = scheduler(cells(pair, agents=1, tasks=9, runs=1), jobs=9, memory=200)
    while isinstance(todo := plan.next(0.0, open_door), Todo):
        plan.began(todo)
    assert 3 == len(plan.running)
    alone = scheduler(cells(pair, agents=1, tasks=1, runs=1), memory=1)
    assert isinstance(alone.next(0.0, open_door), Todo)


def test_what_is_not_the_agents_fault_is_tried_again_after_a_growing_pause(pair: Pair) -> None:
    plan = scheduler(cells(pair, agents=1, tasks=1, runs=1))
    failed = row("x", outcome="rate_limited", scored=False, retry=True)
    now, pauses = 0.0, []
    while isinstance(todo := plan.next(now, open_door), Todo):
        plan.began(todo)
        pause = plan.ended(todo, failed, now)
        pauses.append(pause)
        if pause is not None:
            assert isinstance(plan.next(now + pause - 0.01, open_door), Wait)
            now += pause
    assert None is todo
    assert 5 <= (pauses[0] or 0) <= 10
    assert 10 <= (pauses[1] or 0) <= 20
    assert None is pauses[2]


def test_near_the_end_the_slowest_goes_first(pair: Pair) -> None:
    planned = cells(pair, agents=1, tasks=30, runs=1)
    known = [
        row(one.id, agent="a0", model=one.pair.model, task=one.pair.task, wall_s=float(n))
        for n, one in enumerate(planned)
    ]
    states = [State(cell=c, standing=Standing.TODO, attempts=()) for c in planned]
    plan = Scheduler(
        states, jobs=2, memory_mb=None, retry=Retry(), forecast=Forecast(known), seed=1
    )
    begun = []
    while isinstance(todo := plan.next(0.0, open_door), Todo):
        plan.began(todo)
        begun.append(planned.index(todo.cell))
        plan.ended(todo, row("x", wall_s=None), 0.0)
    assert list(range(22)) == begun[:22]
    assert list(range(29, 21, -1)) == begun[22:]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_cell_comes_to_its_end_once(pair: Pair, data: st.DataObject) -> None:
    """Whatever fails, is lost or waits: each is begun until it is scored or given up."""
    planned = cells(pair, agents=3, tasks=3, runs=2, endpoints=2)
    plan = scheduler(planned, jobs=data.draw(st.integers(1, 6)), attempts=2)
    now, tries, done = 0.0, Counter[str](), set[str]()
    for _ in range(1000):
        step = plan.next(now, open_door)
        if step is None:
            break
        if isinstance(step, Wait):
            now += step.seconds
        else:
            plan.began(step)
        if plan.running and data.draw(st.booleans()):
            todo = plan.running[data.draw(st.sampled_from(sorted(plan.running)))]
            fate = data.draw(st.sampled_from(["scored", "failed", "lost"]))
            if fate == "lost":
                plan.abandoned(todo)
                continue
            tries[todo.cell.id] += 1
            scored = fate == "scored"
            if plan.ended(todo, row("x", scored=scored, retry=not scored), now) is None:
                assert todo.cell.id not in done
                done.add(todo.cell.id)
                assert scored or 2 == tries[todo.cell.id]
    else:
        return  # the draws never let it end
    assert {one.id for one in planned} == done


def test_the_file_says_what_is_wrong(tmp_path: Path) -> None:
    file = make_sweep(tmp_path)
    assert "small" == load_sweep(file).name
