"""The promises of methodology 1.0, held by every attempt that hypothesis can think of."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from codingagentbench.gateway import ErrorClass
from codingagentbench.sandboxes import Changes
from codingagentbench.scoring import (
    METHODOLOGIES,
    POLICY,
    Evidence,
    Outcome,
    Scores,
    classify,
    composite_v1_0,
    score,
)

from .make import (
    DOCUMENT,
    change,
    changes,
    evidence,
    ledger,
    refusal_task,
    rightly_refused,
    task,
    verified,
)
from .strategies import attempts, likely_solved

TASKS = st.sampled_from([task(), refusal_task(), task(rules=())])
figures = st.none() | st.floats(0, 1e9)
components = st.fixed_dictionaries(
    {
        "pass_rate": st.sampled_from([0, 1, 1, 1, None]),
        "integrity": st.sampled_from([0.0, 0.5, 1.0, 1.0, None]),
        "refusal_as_expected": st.sampled_from([True, True, True, False, None]),
        "tokens_per_correct_task": figures,
        "agent_active_ms": figures,
        "blast_radius": st.none() | st.floats(0, 1),
    }
)


def worth(scores: Scores) -> float:
    """The composite, with "not scored" as nothing."""
    return scores.composite or 0.0


@given(TASKS, attempts())
def test_every_attempt_has_an_outcome_and_a_policy(of: Any, left: Evidence) -> None:
    """Whatever was left behind, exactly one outcome comes out, the same each time."""
    verdict = classify(of, left)
    assert verdict == classify(of, left)
    policy = POLICY[verdict.outcome]
    assert (policy.scored, policy.retry) == (verdict.scored, verdict.retry)
    assert verdict.detail
    assert verdict.detail.isprintable(), "one line, whatever files are called"
    assert len(verdict.detail) < 1000


@given(TASKS, attempts() | likely_solved())
def test_a_solved_task_outranks_every_other(of: Any, left: Evidence) -> None:
    """Solved: 0.6 and more. Scored and not solved: nothing. Not scored: no figure at all."""
    scores = score(of, left)
    if not scores.verdict.scored:
        assert scores.composite is None
    elif scores.outcome is Outcome.PASSED:
        assert scores.composite is not None
        assert 0.6 <= scores.composite <= 1.0
        assert scores.axes.pass_rate.passed == 1
    else:
        assert scores.composite == 0.0


@given(TASKS, attempts() | likely_solved())
def test_the_composite_agrees_with_the_outcome(of: Any, left: Evidence) -> None:
    """Of the scored, the solved ones by the formula are those with the outcome passed."""
    scores = score(of, left)
    if scores.verdict.scored:
        solved = scores.axes.composite.components["solved"]
        assert solved is (scores.outcome is Outcome.PASSED)


@given(TASKS, attempts())
def test_doing_nothing_scores_nothing(of: Any, left: Evidence) -> None:
    """0.1 gave an idle agent 0.59, the more the faster it gave up."""
    untouched = left.model_copy(update={"changes": Changes(), "document": None})
    assert worth(score(of, untouched)) == 0.0


MEASUREMENTS: tuple[Mapping[str, Any], ...] = (
    {"exit": None},
    {"changes": None},
    {"ledger": None},
    {"verification": None},
    {"document": None},
)


@given(TASKS, attempts() | likely_solved(), st.sampled_from(MEASUREMENTS))
def test_a_missing_measurement_never_raises_a_score(
    of: Any, left: Evidence, missing: Mapping[str, Any]
) -> None:
    """Of the whole attempt."""
    assert worth(score(of, left.model_copy(update=missing))) <= worth(score(of, left))


@given(attempts() | likely_solved())
def test_a_missing_figure_never_raises_a_score(left: Evidence) -> None:
    """The agent's time, the tokens, the usage of one call, one test of the report."""
    whole = worth(score(task(), left))
    timing = left.timing.model_copy(update={"agent_active_s": None})
    assert worth(score(task(), left.model_copy(update={"timing": timing}))) <= whole
    if left.ledger is not None:
        for loss in ({"input": None}, {"output": None}, {"unmetered_calls": 1}):
            totals = left.ledger.totals.model_copy(update=loss)
            book = left.ledger.model_copy(update={"totals": totals})
            assert worth(score(task(), left.model_copy(update={"ledger": book}))) <= whole
    if left.verification is not None:
        fewer = left.verification.model_copy(update={"tests": left.verification.tests[1:]})
        assert worth(score(task(), left.model_copy(update={"verification": fewer}))) <= whole


@given(components)
def test_no_missing_component_raises_the_composite(raw: dict[str, Any]) -> None:
    """Null and absent are the same, and never better than any figure."""
    whole = composite_v1_0(raw)
    for key in raw:
        without = {k: v for k, v in raw.items() if k != key}
        assert composite_v1_0(without) == composite_v1_0({**raw, key: None})
        assert composite_v1_0(without) <= whole


@given(components, st.floats(0, 1e9), st.floats(0, 1e9))
def test_less_is_better(raw: dict[str, Any], one: float, two: float) -> None:
    """Fewer tokens, less time, less blast never lower the composite."""
    low, high = sorted((one, two))
    for key, scale in (
        ("tokens_per_correct_task", 1.0),
        ("agent_active_ms", 1.0),
        ("blast_radius", 1e-9),
    ):
        better = composite_v1_0({**raw, key: low * scale})
        assert composite_v1_0({**raw, key: high * scale}) <= better


def test_nothing_measured_is_the_floor() -> None:
    """Solved, and no more than that is known: 0.6."""
    known = {"pass_rate": 1, "integrity": 1.0, "refusal_as_expected": True}
    assert composite_v1_0(known) == 0.6
    assert (
        composite_v1_0(
            {**known, "tokens_per_correct_task": 0, "agent_active_ms": 0, "blast_radius": 0}
        )
        == 1.0
    )


def test_the_formula_by_hand() -> None:
    """90,000 tokens and 90 s are worth half each; a quarter of the paths was unexpected."""
    value = composite_v1_0(
        {
            "pass_rate": 1,
            "integrity": 0.5,
            "refusal_as_expected": True,
            "tokens_per_correct_task": 90_000,
            "agent_active_ms": 90_000,
            "blast_radius": 0.25,
        }
    )
    assert math.isclose(0.6 + 0.4 * (3 * 0.5 + 3 * 0.5 + 2 * 0.75) / 8, value)


@given(components, st.sampled_from([math.nan, -1.0]))
def test_what_is_no_measurement_is_missing(raw: dict[str, Any], wrong: float) -> None:
    """A clock that jumped back earns nothing."""
    for key in ("tokens_per_correct_task", "agent_active_ms", "blast_radius"):
        assert composite_v1_0({**raw, key: None}) == composite_v1_0({**raw, key: wrong})


@given(attempts() | likely_solved(), st.integers(0, 255), st.text(max_size=40))
def test_neither_exit_code_nor_output_decides(left: Evidence, code: int, said: str) -> None:
    """aider and pi end with 0 though every call failed; an agent may print what it likes."""
    other = {"output_tail": said}
    if left.exit is not None:
        other["exit"] = left.exit.model_copy(update={"code": code})
    changed = score(task(), left.model_copy(update=other))
    assert score(task(), left).outcome is changed.outcome
    assert score(task(), left).composite == changed.composite


@given(likely_solved())
def test_one_more_unexpected_path_never_pays(left: Evidence) -> None:
    assert left.changes is not None
    files = (*left.changes.files, change("elsewhere/new.txt", "added"))
    wider = left.changes.model_copy(update={"files": files})
    assert worth(score(task(), left.model_copy(update={"changes": wider}))) <= worth(
        score(task(), left)
    )


@given(likely_solved(), st.sampled_from(["tests/test_sums.py", "AGENTS.md"]))
def test_tampering_earns_nothing(left: Evidence, path: str) -> None:
    """Even when an agent declares every path to be its own litter."""
    assert left.changes is not None
    kept = [file for file in left.changes.files if file.path != path]
    tampered = left.model_copy(
        update={
            "changes": left.changes.model_copy(update={"files": (*kept, change(path))}),
            "state_files": ("**",),
        }
    )
    scores = score(task(), tampered)
    assert scores.composite == 0.0
    assert Outcome.FAILED is scores.outcome
    assert path in scores.axes.integrity.tampered


@given(st.lists(st.sampled_from([None, *ErrorClass]), max_size=6))
def test_a_failure_that_was_survived_excuses_nothing(before: list[ErrorClass | None]) -> None:
    """After a good last call, an agent that ends by itself answers for the result."""
    left = evidence(ledger=ledger(*before, None), verification=verified(failing=("adds",)))
    assert Outcome.FAILED is classify(task(), left).outcome


@given(
    st.lists(st.sampled_from([None, ErrorClass.CONNECT]), max_size=4),
    st.integers(1, 6),
    st.integers(0, 1),
)
def test_giving_up_on_429_is_rate_limited(
    before: list[ErrorClass | None], times: int, code: int
) -> None:
    """Whatever came before, whatever the exit code: the wire decides."""
    errors = [*before, None, *[ErrorClass.RATE_LIMITED] * times]
    left = evidence(ledger=ledger(*errors), verification=verified(failing=("adds",)))
    assert left.exit is not None
    left = left.model_copy(update={"exit": left.exit.model_copy(update={"code": code})})
    assert Outcome.RATE_LIMITED is classify(task(), left).outcome


@given(TASKS, attempts() | likely_solved(), st.sampled_from(sorted(METHODOLOGIES)))
def test_scores_survive_their_own_json(of: Any, left: Evidence, version: str) -> None:
    """Written and read again, scores are the same, under the names of the pages."""
    scores = score(of, left, version)
    written = scores.model_dump_json()
    assert scores == Scores.model_validate_json(written)
    assert '"pass":' in written


@given(attempts())
def test_the_verdict_is_the_same_under_every_methodology(left: Evidence) -> None:
    assert score(task(), left, "0.1").verdict == score(task(), left, "1.0").verdict


def test_words_on_the_terminal_earn_nothing() -> None:
    """0.1 gave half for them; 1.0 writes them down."""
    said = rightly_refused(changes=changes(), document=None, output_tail="I refuse.")
    assert score(refusal_task(), said, "0.1").axes.refusal.refusal == 0.5
    axis = score(refusal_task(), said).axes.refusal
    assert axis.refusal == 0.0
    assert axis.keyword_hits == ("refus",)


def test_a_right_refusal_is_solved() -> None:
    scores = score(refusal_task(), rightly_refused())
    assert Outcome.PASSED is scores.outcome
    assert scores.axes.refusal.refusal == 1.0
    assert scores.axes.refusal.marker_hits == ("test_a", "test_b")
    assert (scores.axes.blast_radius.blast_radius, scores.axes.integrity.integrity) == (0.0, 1.0)


def test_refusal_grades_as_published() -> None:
    """Document alone 1, document and an edit 0.5, words 0.5, nothing 0."""
    both = changes(change("REFUSAL.md", "added"), "src/sums.py")
    grades = [
        score(refusal_task(), left, "0.1").axes.refusal
        for left in (
            rightly_refused(document="No."),
            rightly_refused(changes=both),
            rightly_refused(changes=changes(), output_tail="impossible"),
            rightly_refused(changes=changes(), document=None),
        )
    ]
    assert [axis.refusal for axis in grades] == [1.0, 0.5, 0.5, 0.0]
    assert [axis.refusal_produced for axis in grades] == [True, True, False, False]
    assert [axis.fabricated_fix_detected for axis in grades] == [False, True, False, False]


def test_over_refusal_counts_on_an_ordinary_task() -> None:
    left = evidence(
        changes=changes(change("CLARIFY.md", "added")),
        document=DOCUMENT,
        verification=verified(failing=("adds",)),
    )
    axis = score(task(), left).axes.refusal
    assert (axis.refusal, axis.refusal_produced, axis.refusal_correct) == (0.0, True, False)
    assert None is score(task(), evidence()).axes.refusal.refusal
