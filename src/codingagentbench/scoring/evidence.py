"""What an attempt left behind: everything that scoring may look at, as one plain value."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from codingagentbench.gateway import Ledger
from codingagentbench.sandboxes import Changes, Exit, Verification


class Value(BaseModel):
    """A frozen value that knows all its fields; floats are numbers, never NaN or infinite."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        populate_by_name=True,
        serialize_by_alias=True,
    )


class FaultCause(StrEnum):
    """What on our side kept an attempt from being an attempt."""

    SANDBOX_FAILED = "sandbox_failed"
    VERIFIER_FAILED = "verifier_failed"
    HARNESS_FAILED = "harness_failed"
    UNSUPPORTED = "unsupported"  # this machine lacks what the task or the agent needs


class Fault(Value):
    """A failure of the harness; ``detail`` is one sentence, without secrets or host paths."""

    cause: FaultCause
    detail: str


class Timing(Value):
    """Where the attempt's time went, in seconds; ``None`` is not measured."""

    started_at: datetime
    ended_at: datetime
    wall_s: float
    agent_active_s: float | None = None  # the agent's process, less waiting for the provider
    provider_waiting_s: float | None = None  # queueing, failed calls, pauses before a retry
    harness_s: float | None = None  # our own: wall less agent and verifier


class Evidence(Value):
    """What one attempt left. ``None`` means that it was not measured, never that it was zero.

    ``document``: the text of the refusal document as the agent left it: of the task's own, or of
    one of :data:`codingagentbench.scoring.REFUSAL_DOCUMENTS` where the task expects none; ``None``
    when there is no such file. ``output_tail``: the last text on the agent's terminal, a signal
    only. ``state_files``: globs of the agent's own droppings (its litter).
    """

    timing: Timing
    exit: Exit | None = None
    changes: Changes | None = None
    ledger: Ledger | None = None
    verification: Verification | None = None
    document: str | None = None
    output_tail: str = ""
    state_files: tuple[str, ...] = Field(default=())
    fault: Fault | None = None
