"""How an outcome looks and reads: a glyph, a word, a colour, whose it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from codingagentbench.scoring import Outcome


@dataclass(frozen=True)
class Look:
    """``said`` is the sentence of the banner; ``whose`` the party that the outcome came from."""

    glyph: str
    word: str
    colour: str  # a class in page.css, from the Okabe-Ito set; never the only sign
    whose: str
    said: str


LOOKS: Final[Mapping[str, Look]] = {
    Outcome.PASSED: Look("✓", "passed", "green", "agent", "Passed: the task was solved."),
    Outcome.FAILED: Look("✗", "failed", "vermilion", "agent", "Failed: the task was not solved."),
    Outcome.NO_CHANGE: Look(
        "○", "no change", "grey", "agent", "No change: the agent ended without touching the task."
    ),
    Outcome.TIMED_OUT: Look(
        "◔",
        "timed out",
        "orange",
        "agent",
        "Timed out: the agent was still running when its time was up.",
    ),
    Outcome.OVER_BUDGET: Look(
        "▲", "over budget", "purple", "agent", "Over budget: the agent spent all it was allowed."
    ),
    Outcome.REFUSED: Look("⊘", "refused", "blue", "agent", "Refused: the agent declined the task."),
    Outcome.RATE_LIMITED: Look(
        "‖", "rate limited", "sky", "provider", "Rate limited: the provider throttled the calls."
    ),
    Outcome.PROVIDER_ERROR: Look(
        "↯", "provider error", "sky", "provider", "Provider error: the provider did not answer."
    ),
    Outcome.INCOMPATIBLE: Look(
        "≠",
        "incompatible",
        "yellow",
        "pairing",
        "Incompatible: this agent and this endpoint did not get to speak to each other.",
    ),
    Outcome.SANDBOX_FAILED: Look(
        "▣", "sandbox failed", "yellow", "harness", "Sandbox failed: the attempt could not be held."
    ),
    Outcome.VERIFIER_FAILED: Look(
        "?", "verifier failed", "yellow", "task", "Verifier failed: nobody knows if it was solved."
    ),
    Outcome.HARNESS_FAILED: Look(
        "✱", "harness failed", "yellow", "harness", "Harness failed: the attempt was not completed."
    ),
    Outcome.UNSUPPORTED: Look(
        "–", "unsupported", "yellow", "machine", "Unsupported: this machine cannot run this task."
    ),
}

#: For a record of a later version than this page knows.
_UNKNOWN: Final = Look("·", "unknown", "grey", "harness", "This outcome is not known here.")

#: What the party of an unscored outcome is called in a sentence.
_PARTIES: Final[Mapping[str, str]] = {
    "provider": "The cause was the model's provider, not the agent",
    "pairing": "The cause was the pairing of agent and endpoint, not the agent's skill",
    "harness": "The cause was the harness, not the agent",
    "task": "The cause was the task's verifier, not the agent",
    "machine": "The cause was the machine, not the agent",
}

NOT_SCORED: Final = "the attempt counts neither as a success nor as a failure"


def look(outcome: str) -> Look:
    """The look of an outcome's name."""
    return LOOKS.get(outcome, _UNKNOWN)


def standing(outcome: str, *, scored: bool) -> str:
    """The sentence that says what the outcome does to the figures below it."""
    if scored:
        return "Scores are shown as recorded."
    return f"{_PARTIES.get(look(outcome).whose, 'The attempt was not completed')}: {NOT_SCORED}."
