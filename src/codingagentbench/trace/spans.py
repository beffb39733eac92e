"""A span: something that took time, as a plain value that a page can draw and a file can keep."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

#: What a span may say of itself: what OpenTelemetry allows, and nothing nested.
Attribute = str | bool | int | float | tuple[str, ...] | tuple[int, ...] | tuple[float, ...]


class SpanKind(StrEnum):
    """What kind of work a span was."""

    TASK_SETUP = "task_setup"  # the workspace is made
    TOOL_CALL = "tool_call"  # something put at the agent's disposal, e.g. its plugins
    CONTAINER = "container"  # the agent's process, start to last death
    ADAPTER_RUN = "adapter_run"  # the whole of the agent's turn, ours included
    MODEL_CALL = "model_call"  # one HTTP request to the model, as the gateway saw it
    VERIFICATION = "verification"  # the hidden tests
    CLEANUP = "cleanup"


class Span(BaseModel):
    """One span. ``start_offset_ms`` counts from the start of the trace; times are milliseconds.

    ``error`` is one line, ``None`` when it went well. ``attributes`` follow the GenAI semantic
    conventions of OpenTelemetry (:data:`codingagentbench.trace.SEMCONV`) where these have a name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    span_id: str  # 16 hexadecimal digits
    parent_id: str | None = None
    kind: SpanKind
    name: str
    started_at: datetime  # UTC
    start_offset_ms: float
    duration_ms: float
    attributes: Mapping[str, Attribute] = {}
    error: str | None = None
