"""The drawn time: nothing outside the scale, and a bounded drawing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codingagentbench.gateway import ErrorClass
from codingagentbench.site.timeline import CALLS_SHOWN, SPANS_SHOWN, since, ticks, timeline

from . import make


def test_lanes_lie_on_the_scale() -> None:
    line = timeline(make.record())
    assert line.total_ms == pytest.approx(5420)
    for lane in line.lanes:
        assert 0 <= lane.start <= lane.start + lane.width <= 100.001
    (container,) = [lane for lane in line.lanes if lane.kind == "container"]
    assert container.start == pytest.approx(100 * 20 / 5420, abs=0.01)
    assert container.width == pytest.approx(100 * 3400 / 5420, abs=0.01)


def test_calls_are_drawn_by_how_they_ended() -> None:
    calls = [make.call(0), make.call(1, background=True), make.throttled(2)]
    line = timeline(make.record(ledger=make.ledger(calls)))
    assert ["model calls (1)", "background calls (1)", "failed calls (1)"] == [
        lane.label for lane in line.call_lanes
    ]


def test_many_calls_cost_no_more_than_the_scale_has_steps() -> None:
    calls = [make.call(n, every_ms=30) for n in range(3000)]
    line = timeline(make.record(ledger=make.ledger(calls), exit=make.ended(wall_s=95)))
    assert all(len(lane.path) < 12_000 for lane in line.call_lanes)
    assert len(line.calls) == CALLS_SHOWN
    assert 3000 == len(line.calls) + line.calls_left_out
    assert [0, 2999] == [line.calls[0].call.index, line.calls[-1].call.index]
    assert len(line.spans) <= SPANS_SHOWN
    for lane in line.call_lanes:
        for left, width in re.findall(r"M(\d+) 0h(\d+)v", lane.path):
            assert 0 <= int(left) < int(left) + int(width) <= 1000


def test_spans_of_our_own_are_never_left_out_for_those_of_calls() -> None:
    calls = [make.call(n, every_ms=10) for n in range(150)]
    kinds = {row.span.kind.value for row in timeline(make.record(ledger=make.ledger(calls))).spans}
    assert {"task_setup", "adapter_run", "container", "verification", "cleanup"} < kinds


def test_nothing_measured_draws_an_empty_scale() -> None:
    line = timeline(make.nothing())
    assert () == line.lanes == line.call_lanes == line.calls
    assert line.total_ms > 0


def test_parents_that_go_round_in_a_circle_are_only_so_deep() -> None:
    of = make.record()
    first, second, *rest = of.spans
    twisted = (
        first.model_copy(update={"parent_id": second.span_id}),
        second.model_copy(update={"parent_id": first.span_id}),
        *rest,
    )
    assert timeline(of.model_copy(update={"spans": twisted})).spans


@given(st.floats(min_value=1, max_value=1e8))
def test_ticks_are_few_and_on_the_scale(total: float) -> None:
    marks = list(ticks(total))
    assert 3 <= len(marks) <= 10
    assert "0" == marks[0].label
    assert all(0 <= mark.at <= 100 for mark in marks)


def test_a_reader_is_led_to_where_it_happened() -> None:
    limited = make.rate_limited()
    assert any(call.error is ErrorClass.RATE_LIMITED for call in limited.ledger.calls)
    hit = next(c for c in limited.ledger.calls if c.error is ErrorClass.RATE_LIMITED)
    moment = since(hit.started_at, limited.timing.started_at)
    assert moment == timeline(limited).begin_ms
    stalled = make.timed_out()
    last = max(stalled.ledger.calls, key=lambda call: call.started_at)
    begin = timeline(stalled).begin_ms
    assert since(last.started_at, stalled.timing.started_at) <= begin <= timeline(stalled).total_ms
    assert 0 < begin
    assert 0 == timeline(make.record()).begin_ms
