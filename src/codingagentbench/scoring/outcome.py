"""Outcomes: what may become of an attempt, and what follows from each. Policy as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from codingagentbench.scoring.evidence import Value


class Outcome(StrEnum):
    """What became of an attempt. The first six are the agent's own and are scored."""

    PASSED = "passed"
    FAILED = "failed"
    NO_CHANGE = "no_change"
    TIMED_OUT = "timed_out"
    OVER_BUDGET = "over_budget"
    REFUSED = "refused"
    RATE_LIMITED = "rate_limited"
    PROVIDER_ERROR = "provider_error"
    INCOMPATIBLE = "incompatible"
    SANDBOX_FAILED = "sandbox_failed"
    VERIFIER_FAILED = "verifier_failed"
    HARNESS_FAILED = "harness_failed"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True)
class Policy:
    """Whether an outcome counts, and whether a further attempt is worth making."""

    outcome: Outcome
    scored: bool
    retry: bool


#: One row for each outcome.
POLICY: Final[Mapping[Outcome, Policy]] = {
    row.outcome: row
    for row in (
        Policy(Outcome.PASSED, scored=True, retry=False),
        Policy(Outcome.FAILED, scored=True, retry=False),
        Policy(Outcome.NO_CHANGE, scored=True, retry=False),
        Policy(Outcome.TIMED_OUT, scored=True, retry=False),
        Policy(Outcome.OVER_BUDGET, scored=True, retry=False),
        Policy(Outcome.REFUSED, scored=True, retry=False),
        Policy(Outcome.RATE_LIMITED, scored=False, retry=True),
        Policy(Outcome.PROVIDER_ERROR, scored=False, retry=True),
        Policy(Outcome.INCOMPATIBLE, scored=False, retry=False),
        Policy(Outcome.SANDBOX_FAILED, scored=False, retry=True),
        Policy(Outcome.VERIFIER_FAILED, scored=False, retry=True),
        Policy(Outcome.HARNESS_FAILED, scored=False, retry=True),
        Policy(Outcome.UNSUPPORTED, scored=False, retry=False),
    )
}


class Verdict(Value):
    """An outcome with its policy; ``detail`` is one sentence with the evidence for it."""

    outcome: Outcome
    scored: bool
    retry: bool
    detail: str
