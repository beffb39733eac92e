"""What an attempt may spend, and what a provider is known to allow."""

from __future__ import annotations

import asyncio
import json
import time

import pytest

from codingagentbench.gateway import Budget, Call, Dialect, ErrorClass, Progress, RateLimits
from codingagentbench.gateway.admission import Admission, Throttled

from .bench import Bench, Visit
from .wire import INPUT, OUTPUT, told_by


@pytest.mark.parametrize("dialect", list(Dialect))
async def test_a_spent_budget_is_refused_in_the_dialect(bench: Bench, dialect: Dialect) -> None:
    """With 400, which no agent tries again; the provider hears nothing of it."""
    agent = await bench.open(budget=Budget(calls=2))
    assert [200, 200] == [(await agent.ask(dialect))[0] for _ in range(2)]
    assert not agent.session.budget_spent.is_set()
    status, body = await agent.ask(dialect)
    said = json.loads(body)
    code, kind = told_by(said)
    assert (status, code) == (400, "budget_spent")
    assert kind in ("invalid_request_error", "INVALID_ARGUMENT")
    assert (dialect is Dialect.MESSAGES) == (said.get("type") == "error")
    assert agent.session.budget_spent.is_set()
    ledger = await agent.session.close()
    assert ledger.budget_hit == "calls"
    assert [None, None, ErrorClass.BUDGET] == [call.error for call in ledger.calls]
    assert (2, 1, 0) == (
        ledger.totals.calls,
        ledger.totals.refused_calls,
        ledger.totals.failed_calls,
    )
    assert len(bench.provider.visits) == 2


BUDGETS = [
    (Budget(tokens=INPUT + OUTPUT), "tokens"),
    (Budget(usd=0.5), "usd"),
    (Budget(seconds=0.0), "seconds"),
]


@pytest.mark.parametrize(("budget", "name"), BUDGETS)
async def test_each_limit_has_its_name(bench: Bench, budget: Budget, name: str) -> None:
    agent = await bench.open(budget=budget, price=lambda call: 0.5)
    answers = [(await agent.ask(Dialect.CHAT, stream=True))[0] for _ in range(2)]
    assert answers == ([400, 400] if name == "seconds" else [200, 400])
    assert agent.session.ledger().budget_hit == name


async def test_an_unmet_budget_stops_nothing(bench: Bench) -> None:
    budget = Budget(calls=3, tokens=2 * (INPUT + OUTPUT) + 1, usd=9.0, seconds=60)
    agent = await bench.open(budget=budget, price=lambda call: None)
    assert [200, 200, 200] == [(await agent.ask(Dialect.CHAT))[0] for _ in range(3)]
    ledger = agent.session.ledger()
    assert (ledger.budget_hit, ledger.totals.usd) == (None, None)


async def test_tokens_count_as_soon_as_they_are_known(bench: Bench) -> None:
    """A codex closes its socket after the last event and asks again at once."""
    agent = await bench.open(budget=Budget(tokens=1))
    async with agent.request(Dialect.RESPONSES, stream=True) as reply:
        while b"response.completed" not in await reply.content.readany():
            pass
        assert (await agent.ask(Dialect.RESPONSES, stream=True))[0] == 400


async def test_counting_tokens_and_listing_cost_no_call(bench: Bench) -> None:
    agent = await bench.open(budget=Budget(calls=1))
    url = f"http://{agent.address}/v1/models"
    for _ in range(3):
        async with agent.client.get(url, headers=agent.headers(Dialect.CHAT)) as reply:
            assert reply.status == 200
    assert (await agent.ask(Dialect.CHAT))[0] == 200


async def test_prices_add_up(bench: Bench) -> None:
    def price(call: Call) -> float | None:
        return (call.usage.output or 0) / 100

    agent = await bench.open(price=price)
    await agent.ask(Dialect.CHAT)
    await agent.ask(Dialect.MESSAGES, stream=True)
    assert agent.session.ledger().totals.usd == pytest.approx(2 * OUTPUT / 100)


async def test_progress_is_told_as_it_happens(bench: Bench) -> None:
    seen: list[Progress] = []
    agent = await bench.open(on_progress=seen.append)
    used = {"role": "assistant", "tool_calls": [{"function": {"name": "edit"}}]}
    messages = [{"role": "user", "content": "x"}, used, {"role": "tool", "content": "ok"}]
    await agent.ask(Dialect.CHAT, stream=True, messages=messages)
    await asyncio.sleep(0)
    tokens = INPUT + OUTPUT
    assert seen == [
        Progress(calls=1, running=1, failed=0, tokens=0, last_tool="edit"),
        Progress(calls=1, running=0, failed=0, tokens=tokens, last_tool="edit"),
    ]


async def test_concurrency_is_shared_by_the_sessions_of_an_account(bench: Bench) -> None:
    """Six calls of two sessions, two at a time; the others wait, and the rows say how long."""
    running = most = 0
    well = bench.provider.script

    async def script(visit: Visit) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.1)
        running -= 1
        await well(visit)

    bench.provider.script = script
    limits = {"limits": RateLimits(concurrency=2)}
    agents = [await bench.open(upstream=limits) for _ in range(2)]
    await asyncio.gather(*(agent.ask(Dialect.CHAT) for agent in agents for _ in range(3)))
    assert most == 2
    ledgers = [await agent.session.close() for agent in agents]
    waits = sorted(call.queue_ms for ledger in ledgers for call in ledger.calls)
    assert waits[1] < 50 <= waits[2]
    assert waits[3] < 150 <= waits[4]
    for ledger in ledgers:
        assert ledger.totals.queue_ms == sum(call.queue_ms for call in ledger.calls)


async def test_whoever_leaves_the_queue_is_never_sent(bench: Bench) -> None:
    hold = asyncio.Event()
    well = bench.provider.script

    async def script(visit: Visit) -> None:
        await hold.wait()
        await well(visit)

    bench.provider.script = script
    agent = await bench.open(upstream={"limits": RateLimits(concurrency=1)})
    first = asyncio.create_task(agent.ask(Dialect.CHAT))
    await asyncio.sleep(0.05)
    await agent.hang_up_after(0, Dialect.MESSAGES)
    await asyncio.sleep(0.1)
    hold.set()
    await first
    assert (await agent.ask(Dialect.RESPONSES))[0] == 200
    ledger = await agent.session.close()
    assert [False, True, False] == [call.aborted for call in ledger.calls]
    assert (2, 2) == (len(bench.provider.visits), ledger.totals.calls)


async def test_requests_a_minute() -> None:
    """Three go at once, the rest when the window has moved on."""
    admission = Admission(RateLimits(requests_per_minute=3), window_s=0.3)
    began = time.monotonic()

    async def one() -> float:
        admission.leave(await admission.enter(request_bytes=10), tokens=1)
        return time.monotonic() - began

    times = sorted(await asyncio.gather(*(one() for _ in range(7))))
    assert times[2] < 0.2
    assert 0.3 <= times[3] < 0.55
    assert 0.3 <= times[5] < 0.55
    assert 0.6 <= times[6]


async def test_tokens_a_minute() -> None:
    """The guess holds calls back until the truth is known; a giant goes when nothing else does."""
    admission = Admission(RateLimits(tokens_per_minute=100), window_s=0.3)
    began = time.monotonic()
    first = await admission.enter(request_bytes=4 * 80)
    waiting = asyncio.create_task(admission.enter(request_bytes=4 * 50))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    admission.leave(first, tokens=10)
    await asyncio.wait_for(waiting, 0.1)
    giant = await asyncio.wait_for(admission.enter(request_bytes=4 * 5000), 2.0)
    assert time.monotonic() - began >= 0.3
    admission.leave(giant, tokens=None)


async def test_fewer_at_a_time_after_a_429_and_none_before_it_allows() -> None:
    """Halved once for the 429s of one moment; then it grows again, by one a round."""
    admission = Admission(RateLimits(concurrency=8, adaptive=True), window_s=0.3)
    tickets = [await admission.enter(request_bytes=4) for _ in range(8)]
    began = time.monotonic()
    for ticket in tickets:
        admission.leave(ticket, tokens=None, throttled=Throttled(0.3))
    seen = admission.pressure()
    assert (0, 4.0, 8) == (seen.running, seen.window, seen.throttled)
    assert 0.2 < seen.paused_s < 0.31

    async def one() -> float:
        ticket = await admission.enter(request_bytes=4)
        await asyncio.sleep(0.02)
        admission.leave(ticket, tokens=5)
        return time.monotonic() - began

    first, *_ = await asyncio.gather(*(one() for _ in range(12)))
    assert 0.3 <= first < 0.5
    window = admission.pressure().window
    assert window is not None
    assert 6 <= window <= 7


async def test_a_429_that_names_no_time_is_waited_for_longer_each_time() -> None:
    admission = Admission(RateLimits(adaptive=True))
    pauses = []
    for _ in range(3):
        ticket = await admission.enter(request_bytes=4)
        admission.leave(ticket, tokens=None, throttled=Throttled(None))
        pauses.append(admission.pressure().paused_s)
        admission._paused_until = 0.0
    assert [1, 2, 4] == [round(pause) for pause in pauses]
    assert 2.0 >= (admission.pressure().window or 99)
