"""Resilience over pairs of runs, and what an injected fault means for an outcome."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codingagentbench.gateway import ErrorClass
from codingagentbench.scoring import Outcome, Pair, Run, resilience, score

from .make import call, changes, evidence, ledger_of, task, verified

GOOD = Run(solved=True, calls=4, seconds=10.0, tokens=1000)


def test_half_of_the_tasks_survive() -> None:
    slow = Run(solved=True, calls=7, seconds=25.0, tokens=1600)
    lost = Run(solved=False, calls=1, seconds=2.0, tokens=10)
    axis = resilience([Pair(calm=GOOD, faulted=slow), Pair(calm=GOOD, faulted=lost)])
    assert (0.5, 2, 1) == (axis.resilience, axis.calm_solved, axis.still_solved)
    assert (3.0, 15.0, 600.0) == (axis.extra_calls, axis.extra_seconds, axis.extra_tokens)


def test_what_calm_does_not_solve_says_nothing() -> None:
    failed = Run(solved=False, calls=2, seconds=1.0)
    axis = resilience([Pair(calm=failed, faulted=GOOD), Pair(calm=None, faulted=GOOD)])
    assert (None, 0, None, 1) == (
        axis.resilience,
        axis.calm_solved,
        axis.extra_calls,
        axis.unscored,
    )


runs = st.builds(
    Run,
    solved=st.booleans(),
    calls=st.integers(0, 50),
    seconds=st.floats(0, 1000),
    tokens=st.none() | st.integers(0, 10**6),
)
pairs = st.lists(st.builds(Pair, calm=st.none() | runs, faulted=st.none() | runs))


@given(pairs)
def test_it_is_a_share_and_losing_more_never_raises_it(found: list[Pair]) -> None:
    axis = resilience(found)
    assert axis.resilience is None or 0 <= axis.resilience <= 1
    lost = Run(solved=False, calls=0, seconds=0.0)
    worse = resilience([*found, Pair(calm=GOOD, faulted=lost)])
    assert worse.resilience is not None
    assert worse.resilience <= (1 if axis.resilience is None else axis.resilience)


@pytest.mark.parametrize(
    ("error", "provider"),
    [
        (ErrorClass.RATE_LIMITED, Outcome.RATE_LIMITED),
        (ErrorClass.SERVER_ERROR, Outcome.PROVIDER_ERROR),
        (ErrorClass.RESET, Outcome.PROVIDER_ERROR),
    ],
)
def test_our_own_fault_is_scored_and_the_providers_is_not(
    error: ErrorClass, provider: Outcome
) -> None:
    """The same calls, the same giving up: only whose doing it was differs."""
    nothing = {"changes": changes(), "verification": verified(failing=("adds",))}
    theirs = evidence(ledger=ledger_of(call(0), call(1, error)), **nothing)
    ours = evidence(ledger=ledger_of(call(0), call(1, error, injected="x")), **nothing)
    assert provider == score(task(), theirs).outcome
    assert Outcome.NO_CHANGE == score(task(), ours).outcome
    both = ledger_of(call(0, error, injected="x"), call(1, error))
    assert provider == score(task(), evidence(ledger=both, **nothing)).outcome
