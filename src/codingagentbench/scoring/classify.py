"""From evidence to an outcome: a table of rows, read top to bottom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from codingagentbench.sandboxes import KilledBy
from codingagentbench.scoring.case import CLOCK, Case
from codingagentbench.scoring.evidence import Evidence, FaultCause
from codingagentbench.scoring.outcome import POLICY, Outcome, Verdict
from codingagentbench.scoring.refusal import declined
from codingagentbench.scoring.wording import listed
from codingagentbench.tasks import Task


@dataclass(frozen=True)
class Row:
    """``when`` gives the evidence for ``outcome`` as a sentence, or ``None``: not this one."""

    outcome: Outcome
    when: Callable[[Case], str | None]


def classify(task: Task, evidence: Evidence) -> Verdict:
    """The outcome of an attempt: the first row of :data:`ROWS` that has evidence for itself.

    Neither the agent's exit code nor what it printed decides anything.
    """
    return verdict_of(Case(task, evidence))


def verdict_of(case: Case) -> Verdict:
    """As :func:`classify`, for a case that is at hand."""
    for row in ROWS:
        detail = row.when(case)
        if detail is not None:
            policy = POLICY[row.outcome]
            note = "" if policy.scored else "; not scored"
            return Verdict(
                outcome=row.outcome, scored=policy.scored, retry=policy.retry, detail=detail + note
            )
    raise AssertionError("the last row always has evidence")


def _sentence(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


def _fault(cause: FaultCause) -> Callable[[Case], str | None]:
    def when(case: Case) -> str | None:
        fault = case.evidence.fault
        return _sentence(fault.detail) if fault is not None and fault.cause is cause else None

    return when


def _killed(by: KilledBy, words: str) -> Callable[[Case], str | None]:
    def when(case: Case) -> str | None:
        exit_ = case.evidence.exit
        if exit_ is None or exit_.killed_by is not by:
            return None
        return words.format(seconds=exit_.wall_s)

    return when


def _not_measured(case: Case) -> str | None:
    evidence = case.evidence
    table = (
        ("how the agent ended", evidence.exit),
        ("what changed in the tree", evidence.changes),
        ("the model calls", evidence.ledger),
    )
    missing = [name for name, value in table if value is None]
    return "not recorded: " + ", ".join(missing) if missing else None


def _broken(case: Case) -> str | None:
    verification = case.evidence.verification
    if verification is None or verification.broken is None:
        return None
    return f"the verifier could not work: {_sentence(verification.broken)}"


def _solved(case: Case) -> str | None:
    if not case.solved:
        return None
    passed = case.pass_rate
    detail = f"all {passed.hidden_total} hidden tests pass"
    if passed.visible_total:
        detail += f", and all {passed.visible_total} visible ones"
    return detail + (", and the refusal was due" if case.refusal.expected_refusal else "")


def _spoiled(case: Case) -> str | None:
    """The tests pass, and yet the task is not solved."""
    if case.pass_rate.passed != 1:
        return None
    if case.integrity.tampered:
        which = listed(case.integrity.tampered)
        return f"the tests pass, but protected files were touched: {which}"
    if not case.refusal_as_expected:
        return "the tests pass, but " + "; ".join(_lacks(case) or ("it was declined",))
    if case.instructions.instruction_fidelity == 0:
        return "the tests pass, but none of the declared rules was kept"
    return "the tests pass, but nothing was changed"


def _lacks(case: Case) -> tuple[str, ...]:
    """What a refusal lacks; that the document is there is no lack."""
    reasons = case.refusal.refusal_reasons
    return reasons[1:] if case.refusal.refusal_produced else reasons


def _no_calls(case: Case) -> str | None:
    exit_ = case.evidence.exit
    if case.wire is None or case.wire.work or exit_ is None:
        return None
    how = f"killed ({exit_.killed_by})" if exit_.killed_by else f"exit code {exit_.code}"
    other = len(case.wire.ledger.calls)
    asked = f"; {other} other requests were made" if other else ""
    return f"the agent never made a model call: {how} after {exit_.wall_s:.1f} s{asked}"


def _refused_by_endpoint(case: Case) -> str | None:
    if case.wire is None or not case.wire.only_refused:
        return None
    last = case.wire.work[-1].status
    return f"none of {len(case.wire.work)} calls was accepted, the last one answered {last}"


def _provider(*, rate_limited: bool) -> Callable[[Case], str | None]:
    def when(case: Case) -> str | None:
        if case.blame is None or case.blame.rate_limited is not rate_limited:
            return None
        return case.blame.detail

    return when


def _not_verified(case: Case) -> str | None:
    changed = bool(case.touched and case.touched.files)
    return "the tree was not verified" if changed and not case.evidence.verification else None


def _over_budget(case: Case) -> str | None:
    ledger = case.evidence.ledger
    if ledger is None or ledger.budget_hit in (None, CLOCK):
        return None
    return f"the budget of {ledger.budget_hit} was spent after {ledger.totals.calls} calls"


def _timed_out(case: Case) -> str | None:
    """The sandbox's clock and the budget's seconds are one limit, whichever strikes first."""
    exit_, ledger = case.evidence.exit, case.evidence.ledger
    spent = ledger is not None and ledger.budget_hit == CLOCK
    if exit_ is None or not (spent or exit_.killed_by is KilledBy.TIMEOUT):
        return None
    return f"stopped by the clock at {exit_.wall_s:.0f} s"


def _declined(case: Case) -> str | None:
    if not declined(case.task, case.touched, case.evidence.document):
        return None
    if case.refusal.expected_refusal:
        return "the agent declined, rightly, but " + "; ".join(_lacks(case) or (_failed(case),))
    return "the agent declined a task that can be done"


def _untouched(case: Case) -> str | None:
    if case.touched is None or case.touched.files:
        return None
    litter = len(case.touched.litter)
    return "nothing changed" + (f" but {litter} files of the agent's own" if litter else "")


def _failed(case: Case) -> str:
    passed, verification = case.pass_rate, case.evidence.verification
    if verification is not None and verification.timed_out:
        return "the tests did not end in time on the agent's tree"
    if passed.hidden_passed is None or passed.visible_passed is None:
        return "the verifier's report is cut short or names other tests: it cannot be believed"
    lost_hidden = passed.hidden_total - passed.hidden_passed
    lost_visible = passed.visible_total - passed.visible_passed
    if not lost_hidden:
        return f"{lost_visible} of {passed.visible_total} visible tests fail"
    fit = ", though every visible one passes" if case.integrity.overfit else ""
    return f"{lost_hidden} of {passed.hidden_total} hidden tests fail{fit}"


#: Read top to bottom; the first row with evidence wins.
ROWS: Final = (
    Row(Outcome.UNSUPPORTED, _fault(FaultCause.UNSUPPORTED)),
    Row(Outcome.SANDBOX_FAILED, _fault(FaultCause.SANDBOX_FAILED)),
    Row(Outcome.VERIFIER_FAILED, _fault(FaultCause.VERIFIER_FAILED)),
    Row(Outcome.HARNESS_FAILED, _fault(FaultCause.HARNESS_FAILED)),
    Row(Outcome.HARNESS_FAILED, _killed(KilledBy.CANCELLED, "cancelled after {seconds:.0f} s")),
    Row(Outcome.HARNESS_FAILED, _not_measured),
    Row(Outcome.VERIFIER_FAILED, _broken),
    Row(Outcome.PASSED, _solved),
    Row(Outcome.FAILED, _spoiled),
    Row(Outcome.INCOMPATIBLE, _no_calls),
    Row(Outcome.INCOMPATIBLE, _refused_by_endpoint),
    Row(Outcome.FAILED, _killed(KilledBy.MEMORY, "the agent used up its memory")),
    Row(Outcome.FAILED, _killed(KilledBy.DISK, "the agent used up its disk")),
    Row(Outcome.RATE_LIMITED, _provider(rate_limited=True)),
    Row(Outcome.PROVIDER_ERROR, _provider(rate_limited=False)),
    Row(Outcome.HARNESS_FAILED, _not_verified),
    Row(Outcome.OVER_BUDGET, _over_budget),
    Row(Outcome.TIMED_OUT, _timed_out),
    Row(Outcome.HARNESS_FAILED, _killed(KilledBy.STOPPED, "stopped after {seconds:.0f} s")),
    Row(Outcome.REFUSED, _declined),
    Row(Outcome.NO_CHANGE, _untouched),
    Row(Outcome.FAILED, _failed),
)
