"""Spans: what happened when, through OpenTelemetry, kept as plain values."""

from codingagentbench.trace.calls import CallLike, UsageLike, call_attributes, record_calls
from codingagentbench.trace.recorder import SEMCONV, OpenSpan, Recorder
from codingagentbench.trace.spans import Span, SpanKind

__all__ = [
    "SEMCONV",
    "CallLike",
    "OpenSpan",
    "Recorder",
    "Span",
    "SpanKind",
    "UsageLike",
    "call_attributes",
    "record_calls",
]
