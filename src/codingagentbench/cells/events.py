"""What an attempt says while it goes on, for whoever shows it to a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """The steps of one attempt, in order."""

    WORKSPACE = "workspace"
    AGENT = "agent"
    CHANGES = "changes"
    VERIFY = "verify"
    DONE = "done"


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something happened: a phase began, or a model call of the running agent ended."""

    cell_id: str
    phase: Phase
    seconds: float  # since the attempt began
    calls: int = 0
    failed_calls: int = 0
    tokens: int = 0  # input + output, as far as known
    tool: str | None = None  # the tool that the agent called last


#: Called in the event loop; must return at once.
OnEvent = Callable[[Event], None]


def silent(event: Event) -> None:
    """For callers who do not want to know."""
