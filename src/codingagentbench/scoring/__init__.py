"""Scores: a pure function of task, evidence and methodology. No clock, no disk, no network."""

from codingagentbench.scoring.axes import AXES, AxisMeaning
from codingagentbench.scoring.blast_radius import BlastRadius
from codingagentbench.scoring.classify import classify
from codingagentbench.scoring.composite import Composite
from codingagentbench.scoring.evidence import Evidence, Fault, FaultCause, Timing
from codingagentbench.scoring.instructions import InstructionFidelity
from codingagentbench.scoring.integrity import Integrity
from codingagentbench.scoring.latency import Latency
from codingagentbench.scoring.methodology import (
    METHODOLOGIES,
    Methodology,
    blast_radius_v0_1,
    composite_v0_1,
    composite_v1_0,
    cost_v0_1,
    latency_v0_1,
)
from codingagentbench.scoring.outcome import POLICY, Outcome, Policy, Verdict
from codingagentbench.scoring.pass_rate import PassRate
from codingagentbench.scoring.patches import FilePatch, parse_patch
from codingagentbench.scoring.refusal import REFUSAL_DOCUMENTS, Refusal
from codingagentbench.scoring.resilience import Pair, Resilience, Run, resilience
from codingagentbench.scoring.rules import RuleVerdict
from codingagentbench.scoring.scores import Axes, Scores, score
from codingagentbench.scoring.tokens import Tokens

__all__ = [
    "AXES",
    "METHODOLOGIES",
    "POLICY",
    "REFUSAL_DOCUMENTS",
    "Axes",
    "AxisMeaning",
    "BlastRadius",
    "Composite",
    "Evidence",
    "Fault",
    "FaultCause",
    "FilePatch",
    "InstructionFidelity",
    "Integrity",
    "Latency",
    "Methodology",
    "Outcome",
    "Pair",
    "PassRate",
    "Policy",
    "Refusal",
    "Resilience",
    "RuleVerdict",
    "Run",
    "Scores",
    "Timing",
    "Tokens",
    "Verdict",
    "blast_radius_v0_1",
    "classify",
    "composite_v0_1",
    "composite_v1_0",
    "cost_v0_1",
    "latency_v0_1",
    "parse_patch",
    "resilience",
    "score",
]
