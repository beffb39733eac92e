"""Any evidence at all, for properties that must hold of every attempt."""

from __future__ import annotations

from hypothesis import strategies as st

from codingagentbench.gateway import Call, ErrorClass, Ledger
from codingagentbench.sandboxes import Changes, Exit, KilledBy, Verification
from codingagentbench.scoring import Evidence, Fault, FaultCause, Timing

from .make import DOCUMENT, NOON, call, change, changes, ended, ledger_of, task, verified

PATHS = (
    "src/sums.py",
    "src/other.py",
    "tests/test_sums.py",
    "AGENTS.md",
    "REFUSAL.md",
    ".agent/log",
    "src/__pycache__/sums.cpython-311.pyc",
    "tests/__pycache__/test_sums.pyc",
    "requirements.txt",
    "name with\nnewline",
    "tests/\x1b[31mred\n",
    *(f"tests/many/{n}" for n in range(9)),
)
seconds = st.floats(0, 1000, allow_nan=False)
maybe_seconds = st.none() | seconds


@st.composite
def calls(draw: st.DrawFn, index: int) -> Call:
    error = draw(st.none() | st.sampled_from(list(ErrorClass)))
    return call(
        index,
        error,
        method=draw(st.sampled_from(["POST", "POST", "POST", "GET"])),
        background=draw(st.booleans()),
        streamed=draw(st.booleans()),
        aborted=draw(st.booleans()),
        offset_ms=1000 * draw(seconds),
        duration_ms=draw(st.none() | seconds.map(lambda s: 1000 * s)),
        ttft_ms=draw(st.none() | st.just(100.0)),
        status=draw(st.none() | st.sampled_from([200, 400, 429, 503])),
    )


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    made = [draw(calls(index)) for index in range(draw(st.integers(0, 6)))]
    tokens = st.none() | st.integers(0, 10**7)
    return ledger_of(
        *made,
        budget_hit=draw(st.none() | st.sampled_from(["calls", "tokens", "usd", "seconds"])),
        input=draw(tokens),
        output=draw(tokens),
        unmetered_calls=draw(st.sampled_from([0, 0, 1])),
        waiting_ms=1000 * draw(seconds),
    )


@st.composite
def trees(draw: st.DrawFn) -> Changes:
    kinds = st.sampled_from(["added", "removed", "modified"])
    paths = draw(st.lists(st.sampled_from(PATHS), unique=True, max_size=9))
    lines = st.integers(0, 9)
    return changes(*(change(p, draw(kinds), added=draw(lines), removed=draw(lines)) for p in paths))


@st.composite
def verifications(draw: st.DrawFn) -> Verification:
    failing = draw(st.sampled_from([(), (), ("adds",), ("starts",), ("adds", "divides")]))
    return verified(
        failing=failing,
        sound=draw(st.sampled_from([True, True, False])),
        timed_out=draw(st.sampled_from([False, False, True])),
        broken=draw(st.sampled_from([None, None, None, "no compiler"])),
    )


def exits() -> st.SearchStrategy[Exit]:
    killed = st.none() | st.sampled_from(list(KilledBy))
    return st.builds(
        lambda code, wall, by: ended(code, wall_s=wall, killed_by=by),
        st.integers(0, 255),
        seconds,
        killed,
    )


def timings() -> st.SearchStrategy[Timing]:
    return st.builds(
        Timing,
        started_at=st.just(NOON),
        ended_at=st.just(NOON),
        wall_s=st.floats(-1, 1000),
        agent_active_s=st.none() | st.floats(-1, 1000),
        provider_waiting_s=maybe_seconds,
        harness_s=maybe_seconds,
    )


def attempts() -> st.SearchStrategy[Evidence]:
    """Whatever an attempt may leave, sense or nonsense."""
    causes = st.sampled_from(list(FaultCause))
    faults = st.builds(Fault, cause=causes, detail=st.just("it broke"))
    return st.builds(
        Evidence,
        timing=timings(),
        exit=st.none() | exits(),
        changes=st.none() | trees(),
        ledger=st.none() | ledgers(),
        verification=st.none() | verifications(),
        document=st.none() | st.sampled_from(["", DOCUMENT, "no"]),
        output_tail=st.sampled_from(["", "I cannot do this", "HTTP 429 rate limit"]),
        state_files=st.sampled_from([(), (".agent/**",), ("**",)]),
        fault=st.sampled_from([None, None, None]) | faults,
    )


def likely_solved() -> st.SearchStrategy[Evidence]:
    """Attempts whose tests pass, so that properties of solved ones are not vacuous."""
    return st.builds(
        Evidence,
        timing=timings(),
        exit=exits().map(lambda e: e.model_copy(update={"killed_by": None})),
        changes=trees().map(
            lambda t: t.model_copy(
                update={"files": (change("src/sums.py"), *_apart(t, "src/sums.py"))}
            )
        ),
        ledger=ledgers(),
        verification=st.just(verified(task())),
        state_files=st.sampled_from([(), (".agent/**",)]),
    )


def _apart(tree: Changes, path: str) -> list[object]:
    return [file for file in tree.files if file.path != path]
