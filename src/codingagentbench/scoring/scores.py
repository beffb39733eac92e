"""Scores: a pure function of a task, an attempt's evidence and a methodology's version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from codingagentbench.scoring.blast_radius import BlastRadius, blast_radius
from codingagentbench.scoring.case import Case
from codingagentbench.scoring.classify import verdict_of
from codingagentbench.scoring.composite import (
    Composite,
    composite_as_published,
    composite_as_solved,
)
from codingagentbench.scoring.evidence import Evidence, Value
from codingagentbench.scoring.instructions import (
    InstructionFidelity,
    instruction_fidelity_v0_1,
)
from codingagentbench.scoring.integrity import Integrity, integrity_v0_1
from codingagentbench.scoring.latency import Latency, latency
from codingagentbench.scoring.methodology import DEFAULT, blast_radius_v0_1, methodology_of
from codingagentbench.scoring.outcome import Outcome, Verdict
from codingagentbench.scoring.pass_rate import PassRate
from codingagentbench.scoring.refusal import Refusal, refusal_v0_1
from codingagentbench.scoring.tokens import Tokens, tokens
from codingagentbench.scoring.touched import touched
from codingagentbench.tasks import Task


class Axes(Value):
    """Every axis with all that it is made of; null is "not measured"."""

    pass_rate: PassRate
    tokens: Tokens
    latency: Latency
    blast_radius: BlastRadius
    refusal: Refusal
    integrity: Integrity
    instruction_fidelity: InstructionFidelity
    composite: Composite


class Scores(Value):
    """What an attempt came to. The verdict is the same under every methodology."""

    methodology: str
    verdict: Verdict
    axes: Axes

    @property
    def outcome(self) -> Outcome:
        return self.verdict.outcome

    @property
    def composite(self) -> float | None:
        """In 0..1; ``None`` for an attempt that is not scored."""
        return self.axes.composite.composite


def score(task: Task, evidence: Evidence, methodology: str = DEFAULT) -> Scores:
    """Score one attempt; the same arguments always give the same scores.

    Raises :class:`codingagentbench.errors.UnknownName` for a methodology there is not.
    """
    version = methodology_of(methodology).version
    case = Case(task, evidence)
    verdict = verdict_of(case)
    return Scores(methodology=version, verdict=verdict, axes=_AXES[version](case, verdict))


def _axes_v1_0(case: Case, verdict: Verdict) -> Axes:
    passed = case.pass_rate.passed
    spent = tokens(case.evidence.ledger, passed=passed)
    time = latency(case.evidence)
    blast = blast_radius(case.touched, case.evidence.changes)
    components = {
        "pass_rate": passed,
        "integrity": case.integrity.integrity,
        "refusal_as_expected": case.refusal_as_expected,
        "tokens_per_correct_task": spent.tokens_per_correct_task,
        "agent_active_ms": time.agent_active_ms,
        "blast_radius": blast.blast_radius,
    }
    return Axes(
        pass_rate=case.pass_rate,
        tokens=spent,
        latency=time,
        blast_radius=blast,
        refusal=case.refusal,
        integrity=case.integrity,
        instruction_fidelity=case.instructions,
        composite=composite_as_solved(components, scored=verdict.scored),
    )


def _axes_v0_1(case: Case, verdict: Verdict) -> Axes:
    """As published: every change counts, and what was not measured is 0 (which is perfect).

    Tokens are the gateway's. The published system recorded none, so its cost was always 1; here a
    run without tokens still gets that, and one with tokens the formula that the methodology names.
    """
    evidence, passed = case.evidence, case.pass_rate.passed or 0
    spent = tokens(evidence.ledger, passed=passed)
    time, blast = latency(evidence), _blast_v0_1(case)
    refused = refusal_v0_1(case.task, case.touched, evidence.document, evidence.output_tail)
    kept = integrity_v0_1(case.task, case.touched, case.pass_rate)
    recorded = bool(spent.total_tokens)
    components = {
        "pass_rate": passed,
        "integrity": kept.integrity,
        "blast_radius": blast.blast_radius,
        "tokens_per_correct_task": (spent.total_tokens if passed else None) if recorded else 0,
        "wall_clock_ms": time.wall_clock_ms,
        "expected_refusal": refused.expected_refusal,
        "refusal_produced": refused.refusal_produced,
    }
    return Axes(
        pass_rate=case.pass_rate,
        tokens=spent,
        latency=time,
        blast_radius=blast,
        refusal=refused,
        integrity=kept,
        instruction_fidelity=instruction_fidelity_v0_1(case.task),
        composite=composite_as_published(components, ran=evidence.exit is not None),
    )


def _blast_v0_1(case: Case) -> BlastRadius:
    """The published blast axis: no litter, and 0 where nothing changed or nothing is known."""
    changes = case.evidence.changes
    if changes is None:
        return BlastRadius(blast_radius=0.0)
    everything = touched(case.task, changes, state_files=(), byproducts=())
    axis = blast_radius(everything, changes)
    figure = blast_radius_v0_1(changes, case.task.expected)
    return axis.model_copy(update={"blast_radius": figure})


#: How each methodology fills the axes.
_AXES: Final[Mapping[str, Callable[[Case, Verdict], Axes]]] = {
    "0.1": _axes_v0_1,
    "1.0": _axes_v1_0,
}
