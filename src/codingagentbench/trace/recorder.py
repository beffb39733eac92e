"""Spans through OpenTelemetry, collected in memory: no global provider, nothing is sent out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from codingagentbench.trace.spans import Attribute, Span, SpanKind

if TYPE_CHECKING:
    from opentelemetry.context import Context
    from opentelemetry.sdk.trace import ReadableSpan
    from opentelemetry.trace import Span as OtelSpan
    from opentelemetry.trace import SpanContext

#: The version of the semantic conventions that names and units of attributes follow.
SEMCONV: Final = "1.44.0"
_SCHEMA: Final = f"https://opentelemetry.io/schemas/{SEMCONV}"

#: Where a span's kind is kept among its OpenTelemetry attributes.
_KIND: Final = "cab.kind"
_MS: Final = 1_000_000  # nanoseconds

#: What an attribute may be given as; ``None`` leaves it out.
Given = str | bool | int | float | Sequence[str] | Sequence[int] | Sequence[float] | None


class OpenSpan:
    """A span that is still going on."""

    def __init__(self, owner: Recorder, otel: OtelSpan) -> None:
        self._owner, self._otel = owner, otel

    @property
    def span_id(self) -> str:
        return f"{self._otel.get_span_context().span_id:016x}"

    def set(self, **attributes: Given) -> None:
        """Say more about it; a later value replaces an earlier one."""
        for name, value in attributes.items():
            if value is not None:
                self._otel.set_attribute(name, value)

    def fail(self, error: str) -> None:
        """It went wrong: one line that says how."""
        _fail(self._otel, error)


#: The innermost open span of the running task, of whichever recorder.
_CURRENT: ContextVar[OpenSpan | None] = ContextVar("codingagentbench.trace.current", default=None)


class Recorder:
    """Collects the spans of one attempt. Import and set-up of OpenTelemetry happen here.

    Times come from the monotonic clock, anchored once to the wall clock, so that a span never
    has a negative length. Spans nest by context, also across tasks of an event loop.
    """

    def __init__(self) -> None:
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import SpanLimits, TracerProvider
        from opentelemetry.sdk.trace.export import SimpleSpanProcessor
        from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
        from opentelemetry.sdk.trace.sampling import ALWAYS_ON

        self._anchor_ns, self._start_ns = time.time_ns(), time.perf_counter_ns()
        self._memory = InMemorySpanExporter()
        # Everything is said here, so that OTEL_* variables of the host change nothing.
        self._provider = TracerProvider(
            sampler=ALWAYS_ON,
            resource=Resource({"service.name": "codingagentbench"}),
            shutdown_on_exit=False,
            span_limits=SpanLimits(
                max_span_attributes=SpanLimits.UNSET,
                max_span_attribute_length=SpanLimits.UNSET,
            ),
        )
        self._provider._disabled = False  # OTEL_SDK_DISABLED means sending; this only keeps
        self._provider.add_span_processor(SimpleSpanProcessor(self._memory))
        self._contexts: dict[str, SpanContext] = {}
        self._tracer = self._provider.get_tracer("codingagentbench", schema_url=_SCHEMA)

    @contextmanager
    def span(self, kind: SpanKind, name: str, **attributes: Given) -> Iterator[OpenSpan]:
        """Time what happens inside; an exception marks the span as failed and goes on."""
        otel = self._start(kind, name, attributes, start_ns=self._now(), parent_id=None)
        current = OpenSpan(self, otel)
        token = _CURRENT.set(current)
        try:
            yield current
        except BaseException as error:
            _fail(otel, _one_line(error))
            raise
        finally:
            _CURRENT.reset(token)
            otel.end(end_time=self._now())

    def add(
        self,
        kind: SpanKind,
        name: str,
        *,
        started_at: datetime,
        duration_ms: float,
        attributes: Mapping[str, Given],
        error: str | None = None,
        parent_id: str | None = None,
    ) -> str:
        """A span that is over already; returns its id.

        Without ``parent_id`` its parent is the span that is open now.
        """
        start = int(started_at.timestamp() * 1e6) * 1000
        otel = self._start(kind, name, attributes, start_ns=start, parent_id=parent_id)
        if error is not None:
            _fail(otel, error)
        otel.end(end_time=start + max(int(duration_ms * _MS), 0))
        return f"{otel.get_span_context().span_id:016x}"

    def spans(self, *, redact: Callable[[str], str] | None = None) -> tuple[Span, ...]:
        """The finished spans by start; ``redact`` is applied to every text in them."""
        clean = redact or str
        done = sorted(self._memory.get_finished_spans(), key=lambda s: s.start_time or 0)
        return tuple(self._value(span, clean) for span in done)

    def _now(self) -> int:
        return self._anchor_ns + time.perf_counter_ns() - self._start_ns

    def _start(
        self,
        kind: SpanKind,
        name: str,
        attributes: Mapping[str, Given],
        *,
        start_ns: int,
        parent_id: str | None,
    ) -> OtelSpan:
        from opentelemetry.trace import SpanKind as OtelKind

        span = self._tracer.start_span(
            name,
            context=self._parent(parent_id),
            kind=OtelKind.CLIENT if kind is SpanKind.MODEL_CALL else OtelKind.INTERNAL,
            attributes={
                _KIND: kind.value,
                **{key: value for key, value in attributes.items() if value is not None},
            },
            start_time=start_ns,
        )
        context = span.get_span_context()
        self._contexts[f"{context.span_id:016x}"] = context
        return span

    def _parent(self, parent_id: str | None) -> Context:
        """The OpenTelemetry context in which a new span has the right parent."""
        from opentelemetry.context import Context
        from opentelemetry.trace import NonRecordingSpan, set_span_in_context

        current = _CURRENT.get()
        if parent_id is None and current is not None and current._owner is self:
            parent_id = current.span_id
        if parent_id is None:
            return Context()
        if parent_id not in self._contexts:
            raise ValueError(f"no span {parent_id} in this trace")
        return set_span_in_context(NonRecordingSpan(self._contexts[parent_id]), Context())

    def _value(self, span: ReadableSpan, clean: Callable[[str], str]) -> Span:
        start, end = span.start_time or 0, span.end_time or span.start_time or 0
        attributes = dict(span.attributes or {})
        kind = SpanKind(str(attributes.pop(_KIND)))
        since = timedelta(microseconds=start / 1000)
        return Span(
            span_id=_id(span),
            parent_id=f"{span.parent.span_id:016x}" if span.parent else None,
            kind=kind,
            name=clean(span.name),
            started_at=datetime(1970, 1, 1, tzinfo=UTC) + since,
            start_offset_ms=(start - self._anchor_ns) / _MS,
            duration_ms=(end - start) / _MS,
            attributes={key: _clean(value, clean) for key, value in attributes.items()},
            error=clean(span.status.description or "") or None,
        )


def _fail(otel: OtelSpan, error: str) -> None:
    from opentelemetry.trace import Status, StatusCode

    otel.set_status(Status(StatusCode.ERROR, error))


def _one_line(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _id(span: ReadableSpan) -> str:
    context = span.get_span_context()
    return f"{context.span_id:016x}" if context else ""


def _clean(value: Any, clean: Callable[[str], str]) -> Attribute:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool | int | float):
        return value
    return tuple(clean(item) if isinstance(item, str) else item for item in value)
