"""Sums, waiting and reconciliation: pure, so said exactly."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from codingagentbench.gateway import Call, Dialect, Difference, ErrorClass, Ledger, Usage, reconcile
from codingagentbench.gateway.totals import totals_of, waiting_ms


def call(index: int = 0, **fields: Any) -> Call:
    given = {
        "index": index,
        "logical": index,
        "dialect": Dialect.CHAT,
        "method": "POST",
        "path": "/v1/chat/completions",
        "model": "m",
        "started_at": datetime(2026, 1, 1, tzinfo=UTC),
        "offset_ms": 0.0,
        "duration_ms": 0.0,
        "status": 200,
        "request_sha256": "0" * 64,
        "request_bytes": 2,
    }
    return Call(**(given | fields))


def test_nothing_is_not_zero() -> None:
    """A figure that no call had stays unknown; one that some had is their sum."""
    calls = [call(0, usage=Usage(input=3)), call(1), call(2, usage=Usage(input=4, output=0))]
    totals = totals_of(calls)
    assert (totals.input, totals.output, totals.cached, totals.usd) == (7, 0, None, None)
    assert (totals.calls, totals.unmetered_calls) == (3, 2)


def test_what_was_refused_here_is_no_call() -> None:
    calls = [call(0, error=ErrorClass.BUDGET), call(1, error=ErrorClass.REJECTED), call(2)]
    totals = totals_of(calls)
    assert (totals.calls, totals.refused_calls, totals.failed_calls) == (1, 2, 0)


def test_one_unknown_price_makes_the_sum_unknown() -> None:
    known = Usage(input=1, output=1, raw={})
    calls = [call(0, usage=known, model="a"), call(1, usage=known, model="b"), call(2)]
    prices = {"a": 1.0, "b": 2.0}
    assert totals_of(calls, price=lambda c: prices.get(c.model or "")).usd == 3.0
    del prices["b"]
    assert totals_of(calls, price=lambda c: prices.get(c.model or "")).usd is None


def test_waiting_is_queueing_failures_and_pauses_before_retries() -> None:
    """0-100 queued; 200-300 failed; 300-900 pause; 900-1000 failed again; 1000-1500 pause."""
    calls = [
        call(0, offset_ms=0.0, queue_ms=100.0, duration_ms=100.0),
        call(1, offset_ms=200.0, duration_ms=100.0, error=ErrorClass.RATE_LIMITED),
        call(2, logical=1, offset_ms=900.0, duration_ms=100.0, error=ErrorClass.SERVER_ERROR),
        call(3, logical=1, offset_ms=1500.0, duration_ms=700.0),
    ]
    assert waiting_ms(calls) == 100.0 + 100.0 + 600.0 + 100.0 + 500.0


def test_a_call_left_hanging_is_waited_for_until_the_hang_up() -> None:
    """Not while its reply is read on for the record; and not when something had come."""
    hung = {"duration_ms": 90_000.0, "aborted": True, "status": None}
    assert waiting_ms([call(0, hung_up_ms=30_000.0, **hung)]) == 30_000.0
    assert waiting_ms([call(0, hung_up_ms=9_000.0, **hung)]) == 0.0
    assert waiting_ms([call(0, hung_up_ms=30_000.0, ttft_ms=5.0, **hung)]) == 0.0
    assert waiting_ms([call(0, hung_up_ms=70.0, error=ErrorClass.TIMEOUT, **hung)]) == 70.0


def test_each_moment_waits_once() -> None:
    """Two calls fail at the same time, a third waits in the queue meanwhile."""
    calls = [
        call(0, offset_ms=0.0, duration_ms=100.0, error=ErrorClass.TIMEOUT),
        call(1, offset_ms=50.0, duration_ms=100.0, error=ErrorClass.TIMEOUT),
        call(2, offset_ms=20.0, queue_ms=200.0, duration_ms=5.0),
    ]
    assert waiting_ms(calls) == 220.0


def test_an_agents_own_mistakes_are_no_waiting() -> None:
    """Or an agent could stop its clock with requests that it knows to be wrong."""
    errors = (ErrorClass.CLIENT_ERROR, ErrorClass.BUDGET, ErrorClass.REJECTED, None)
    for error in errors:
        calls = [
            call(0, offset_ms=0.0, duration_ms=50.0, error=error),
            call(1, logical=0, offset_ms=9000.0, duration_ms=50.0, error=error),
        ]
        assert waiting_ms(calls) == 0.0


_CALLS = st.builds(
    lambda index, logical, at, queue, took, error: call(
        index, logical=logical, offset_ms=at, queue_ms=queue, duration_ms=took, error=error
    ),
    index=st.integers(0, 99),
    logical=st.integers(0, 3),
    at=st.floats(0, 1000),
    queue=st.floats(0, 100),
    took=st.floats(0, 1000),
    error=st.sampled_from([None, *ErrorClass]),
)


@given(st.lists(_CALLS, max_size=8))
def test_waiting_is_bounded_and_blind_to_order(calls: list[Call]) -> None:
    """Never negative, never more than the session's span; the order of the rows says nothing."""
    waited = waiting_ms(calls)
    ends = [c.offset_ms + c.queue_ms + (c.duration_ms or 0.0) for c in calls]
    assert 0.0 <= waited <= max(ends, default=0.0) + 1e-6
    if len({(c.offset_ms, c.logical) for c in calls}) == len(calls):
        assert waiting_ms(calls[::-1]) == waited


@given(st.lists(_CALLS, max_size=6), _CALLS)
def test_a_further_call_never_takes_waiting_away_from_the_others(
    calls: list[Call], more: Call
) -> None:
    """Unless it is the retry that an earlier failure was waiting for."""
    apart = more.model_copy(update={"logical": 99})
    assert waiting_ms([*calls, apart]) >= waiting_ms(calls) - 1e-6


def test_reconciliation_names_what_differs() -> None:
    usage = Usage(input=100, cached=10, output=20)
    calls = (call(usage=usage),)
    ledger = Ledger(calls=calls, totals=totals_of(calls))
    theirs = {"calls": 1, "input": 100, "output": 20, "cached": 10, "reasoning": 0}
    assert reconcile(ledger, upstream_total=theirs) == ()
    found = reconcile(ledger, upstream_total=theirs, claimed={"input": 90, "steps": 4})
    assert found == (Difference(figure="input", against="claimed", ours=100, theirs=90),)
    assert found[0].by == -10
