"""The outcome follows what the gateway and the sandbox saw: one case a row."""

from __future__ import annotations

import pytest

from codingagentbench.gateway import ErrorClass
from codingagentbench.sandboxes import KilledBy
from codingagentbench.scoring import (
    POLICY,
    Evidence,
    Fault,
    FaultCause,
    Outcome,
    classify,
)

from .make import (
    DOCUMENT,
    call,
    change,
    changes,
    ended,
    evidence,
    ledger,
    ledger_of,
    refusal_task,
    rightly_refused,
    task,
    verified,
)

OK = None
LIMITED, SERVER, CONNECT, AUTH, CLIENT = (
    ErrorClass.RATE_LIMITED,
    ErrorClass.SERVER_ERROR,
    ErrorClass.CONNECT,
    ErrorClass.AUTH,
    ErrorClass.CLIENT_ERROR,
)
FAILING = verified(failing=("adds",))
CLOCK = ended(137, wall_s=600.0, killed_by=KilledBy.TIMEOUT)
HANGING = {"status": None, "ttft_ms": None, "aborted": True}


def lost(**fields: object) -> Evidence:
    """An attempt that changed the source and left a failing test."""
    return evidence(**{"verification": FAILING, **fields})


def idle(**fields: object) -> Evidence:
    return lost(**{"changes": changes(), **fields})


#: (name, evidence, outcome, a part of the sentence that says why)
CASES = [
    ("solved", evidence(), "passed", "all 3 hidden tests pass, and all 1 visible ones"),
    ("solved on the way", evidence(ledger=ledger(LIMITED, OK, SERVER)), "passed", "hidden"),
    ("solved, then stopped by the clock", evidence(exit=CLOCK), "passed", "hidden"),
    ("solved without any call", evidence(ledger=ledger()), "passed", "hidden"),
    ("tests fail", lost(), "failed", "1 of 3 hidden tests fail, though every visible one passes"),
    (
        "a visible test fails",
        evidence(verification=verified(failing=("starts",))),
        "failed",
        "1 of 1 visible tests fail",
    ),
    (
        "solved, tests edited too",
        evidence(changes=changes("src/sums.py", "tests/test_sums.py")),
        "failed",
        "protected files were touched: tests/test_sums.py",
    ),
    (
        "a report that is cut short",
        evidence(verification=verified(sound=False)),
        "failed",
        "cannot be believed",
    ),
    (
        "tests that hang",
        evidence(verification=verified(sound=False, timed_out=True)),
        "failed",
        "did not end in time",
    ),
    ("nothing done", idle(), "no_change", "nothing changed"),
    (
        "nothing but litter",
        idle(changes=changes(".agent.log", ".agent.d/db"), state_files=(".agent*",)),
        "no_change",
        "but 2 files of the agent's own",
    ),
    (
        "declined without need",
        idle(changes=changes(change("REFUSAL.md", "added")), document=DOCUMENT),
        "refused",
        "declined a task that can be done",
    ),
    (
        "an empty document is no refusal",
        lost(changes=changes(change("REFUSAL.md", "added")), document=" \n"),
        "failed",
        "hidden tests fail",
    ),
    (
        "a document beside an edit is no refusal",
        lost(changes=changes("src/sums.py", change("REFUSAL.md", "added")), document=DOCUMENT),
        "failed",
        "hidden tests fail",
    ),
    ("over budget", lost(ledger=ledger(OK, budget_hit="tokens")), "over_budget", "tokens"),
    (
        "over the budget of calls by its own work",
        lost(ledger=ledger(OK, OK, OK, LIMITED, budget_hit="calls")),
        "over_budget",
        "calls",
    ),
    (
        "over the budget of calls by the provider's refusals",
        idle(ledger=ledger(LIMITED, OK, LIMITED, LIMITED, budget_hit="calls")),
        "rate_limited",
        "answered 429 to 3 of 4 calls",
    ),
    (
        "out of seconds, by the gateway's clock",
        lost(exit=ended(143, killed_by="stopped"), ledger=ledger(OK, budget_hit="seconds")),
        "timed_out",
        "clock",
    ),
    (
        "out of seconds, lost to the provider",
        idle(
            exit=ended(143, wall_s=30.0, killed_by="stopped"),
            ledger=ledger(*[LIMITED] * 9, budget_hit="seconds"),
        ),
        "rate_limited",
        "last 9 of 9",
    ),
    ("timed out", lost(exit=CLOCK), "timed_out", "stopped by the clock at 600 s"),
    (
        "timed out a moment after a failure",
        lost(
            exit=CLOCK,
            ledger=ledger_of(call(0), call(1, SERVER, offset_ms=595_000.0)),
        ),
        "timed_out",
        "clock",
    ),
    (
        "retried for ever",
        idle(exit=CLOCK, ledger=ledger(*[LIMITED] * 9)),
        "rate_limited",
        "answered 429 to the last 9 of 9 calls; not scored",
    ),
    (
        "stuck for the last two minutes",
        lost(exit=CLOCK, ledger=ledger_of(call(0), call(1, CONNECT, offset_ms=480_000.0))),
        "provider_error",
        "could not be reached in the last 1 of 2 calls",
    ),
    (
        "waiting made up most of it",
        lost(exit=CLOCK, ledger=ledger(LIMITED, OK, LIMITED, OK, waiting_ms=400_000.0)),
        "rate_limited",
        "answered 429 to 2 of 4 calls",
    ),
    (
        "held back by the known limit",
        lost(exit=CLOCK, ledger=ledger(OK, OK, waiting_ms=400_000.0)),
        "rate_limited",
        "400 of 600 s were spent waiting",
    ),
    (
        "the provider hangs",
        idle(
            exit=CLOCK,
            ledger=ledger_of(call(0, offset_ms=1000.0, duration_ms=None, **HANGING)),
        ),
        "provider_error",
        "had not answered the last 1 of 1 calls",
    ),
    (
        "a stream without a first byte for its last 100 s",
        lost(
            exit=CLOCK,
            ledger=ledger_of(call(0), call(1, offset_ms=5e5, duration_ms=1e5, **HANGING)),
        ),
        "provider_error",
        "had not answered",
    ),
    (
        "a long answer that is not streamed looks the same, and is not excused",
        lost(
            exit=CLOCK,
            ledger=ledger_of(
                call(0), call(1, offset_ms=5e5, duration_ms=1e5, streamed=False, **HANGING)
            ),
        ),
        "timed_out",
        "clock",
    ),
    (
        "the same, when the gateway saw the silence",
        lost(
            exit=CLOCK,
            ledger=ledger_of(
                call(0),
                call(
                    1, ErrorClass.TIMEOUT, offset_ms=5e5, duration_ms=1e5, streamed=False
                ).model_copy(update=HANGING),
            ),
        ),
        "timed_out",
        "clock",
    ),
    (
        "killed while an answer was being streamed",
        lost(exit=CLOCK, ledger=ledger_of(call(0), call(1, aborted=True))),
        "timed_out",
        "clock",
    ),
    (
        "gave up on 429",
        idle(ledger=ledger(OK, OK, *[LIMITED] * 9)),
        "rate_limited",
        "the provider answered 429 to the last 9 of 11 calls; not scored",
    ),
    (
        "gave up on 429 after some work",
        lost(exit=ended(0), ledger=ledger(OK, LIMITED)),
        "rate_limited",
        "last 1 of 2",
    ),
    (
        "gave up on 503",
        idle(ledger=ledger(SERVER, SERVER)),
        "provider_error",
        "answered 503 to the last 2 of 2",
    ),
    ("wrong key", idle(ledger=ledger(AUTH)), "provider_error", "refused the key (401)"),
    (
        "broken streams",
        idle(ledger=ledger_of(call(0, ErrorClass.RESET, status=200))),
        "provider_error",
        "broke the connection",
    ),
    (
        "nonsense",
        idle(ledger=ledger(ErrorClass.BAD_REPLY)),
        "provider_error",
        "no reply of its dialect",
    ),
    (
        "silence that the gateway cut off",
        idle(ledger=ledger(ErrorClass.TIMEOUT)),
        "provider_error",
        "fell silent",
    ),
    (
        "silence that the agent cut off",
        idle(ledger=ledger_of(call(0, duration_ms=15_000.0, **HANGING))),
        "provider_error",
        "had not answered",
    ),
    (
        "an answer that is not streamed, cut off by an impatient agent",
        idle(ledger=ledger_of(call(0, duration_ms=15_000.0, streamed=False, **HANGING))),
        "no_change",
        "nothing changed",
    ),
    (
        "more 429 than 503 at the end",
        idle(ledger=ledger(OK, LIMITED, LIMITED, SERVER)),
        "rate_limited",
        "last 2 of 4",
    ),
    ("survived a failure", lost(ledger=ledger(LIMITED, SERVER, OK)), "failed", "hidden tests"),
    (
        "a background call failed last",
        lost(ledger=ledger_of(call(0), call(1, SERVER, background=True))),
        "failed",
        "hidden tests",
    ),
    (
        "hung up at once, by itself",
        lost(ledger=ledger_of(call(0), call(1, duration_ms=50.0, **HANGING))),
        "failed",
        "hidden tests",
    ),
    (
        "every request refused",
        idle(ledger=ledger(CLIENT, CLIENT)),
        "incompatible",
        "none of 2 calls was accepted, the last one answered 400; not scored",
    ),
    (
        "every request refused, for ever",
        idle(exit=CLOCK, ledger=ledger(CLIENT, CLIENT)),
        "incompatible",
        "none of 2 calls",
    ),
    ("a request refused after good ones", idle(ledger=ledger(OK, CLIENT)), "no_change", "nothing"),
    (
        "no call at all",
        idle(exit=ended(3), ledger=ledger()),
        "incompatible",
        "never made a model call: exit code 3 after 20.0 s",
    ),
    (
        "no call that the gateway knows",
        idle(ledger=ledger(ErrorClass.REJECTED, ErrorClass.REJECTED)),
        "incompatible",
        "2 other requests were made",
    ),
    (
        "only a list of models",
        idle(ledger=ledger_of(call(0, method="GET", path="/v1/models"))),
        "incompatible",
        "never made a model call",
    ),
    (
        "out of memory",
        lost(exit=ended(137, killed_by=KilledBy.MEMORY), ledger=ledger(OK, SERVER)),
        "failed",
        "memory",
    ),
    ("cancelled", evidence(exit=ended(137, killed_by="cancelled")), "harness_failed", "cancelled"),
    ("stopped for no reason", lost(exit=ended(1, killed_by="stopped")), "harness_failed", "stop"),
    ("no exit", evidence(exit=None), "harness_failed", "how the agent ended"),
    ("no changes", evidence(changes=None), "harness_failed", "what changed"),
    ("no ledger", evidence(ledger=None), "harness_failed", "the model calls"),
    ("not verified", evidence(verification=None), "harness_failed", "was not verified"),
    ("not verified, nothing to verify", idle(verification=None), "no_change", "nothing changed"),
    (
        "a verifier that cannot work",
        evidence(verification=verified(broken="rustc is not in the sandbox")),
        "verifier_failed",
        "rustc is not in the sandbox; not scored",
    ),
    *(
        (cause, evidence(fault=Fault(cause=cause, detail="It broke.")), cause, "It broke; not")
        for cause in FaultCause
    ),
]


@pytest.mark.parametrize(
    ("left", "outcome", "why"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_outcome(left: Evidence, outcome: str, why: str) -> None:
    """On an ordinary task."""
    verdict = classify(task(), left)
    assert outcome == verdict.outcome
    assert why in verdict.detail
    assert "\n" not in verdict.detail
    policy = POLICY[verdict.outcome]
    assert (policy.scored, policy.retry) == (verdict.scored, verdict.retry)


REFUSALS = [
    ("declined as it should be", rightly_refused(), "passed", "the refusal was due"),
    (
        "declined without the facts",
        rightly_refused(document="No.", verification=verified(refusal_task(), failing=("adds",))),
        "refused",
        "does not state: test_a, test_b",
    ),
    (
        "declined with the facts, and the verifier wants more",
        rightly_refused(verification=verified(refusal_task(), failing=("adds",))),
        "refused",
        "rightly, but 1 of 3 hidden tests fail",
    ),
    (
        "declined without the facts, whatever the verifier says",
        rightly_refused(document="Only test_a stands in the way."),
        "failed",
        "does not state: test_b",
    ),
    (
        "declined, and something else changed",
        rightly_refused(changes=changes(change("REFUSAL.md", "added"), "src/sums.py")),
        "failed",
        "the tests pass, but changed besides the document: src/sums.py",
    ),
    (
        "only words",
        rightly_refused(
            changes=changes(),
            document=None,
            output_tail="I refuse: this cannot be done.",
            verification=verified(refusal_task(), failing=("adds",)),
        ),
        "no_change",
        "nothing changed",
    ),
]


@pytest.mark.parametrize(
    ("left", "outcome", "why"), [c[1:] for c in REFUSALS], ids=[c[0] for c in REFUSALS]
)
def test_outcome_where_a_refusal_is_due(left: Evidence, outcome: str, why: str) -> None:
    verdict = classify(refusal_task(), left)
    assert outcome == verdict.outcome
    assert why in verdict.detail


def test_every_outcome_has_a_policy_and_a_case() -> None:
    seen = {case[2] for case in CASES}
    assert set(Outcome) == set(POLICY) == {Outcome(name) for name in seen}


def test_what_is_tried_again() -> None:
    """Unscored outcomes, but for those that would only happen again."""
    again = {row.outcome for row in POLICY.values() if row.retry}
    unscored = {row.outcome for row in POLICY.values() if not row.scored}
    assert unscored - {Outcome.INCOMPATIBLE, Outcome.UNSUPPORTED} == again
