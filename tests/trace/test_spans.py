"""Spans are kept as plain values, nested rightly, and cost next to nothing."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from opentelemetry.semconv._incubating.attributes import gen_ai_attributes
from opentelemetry.semconv.schemas import Schemas

from codingagentbench.gateway import Call, Dialect, ErrorClass, Usage
from codingagentbench.trace import (
    SEMCONV,
    Recorder,
    Span,
    SpanKind,
    call_attributes,
    record_calls,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def model_call(**fields: object) -> Call:
    given: dict[str, object] = {
        "index": 0,
        "logical": 0,
        "dialect": Dialect.CHAT,
        "method": "POST",
        "path": "/v1/chat/completions",
        "model": "m-1",
        "streamed": True,
        "started_at": NOON,
        "offset_ms": 1500.0,
        "queue_ms": 20.0,
        "ttft_ms": 250.0,
        "duration_ms": 980.0,
        "status": 200,
        "finish": "tool_calls",
        "usage": Usage(input=1000, cached=400, output=50, reasoning=10),
        "request_sha256": "ab" * 32,
        "request_bytes": 10,
    }
    return Call.model_validate({**given, **fields})


def test_spans_nest_and_are_ordered_by_start() -> None:
    recorder = Recorder()
    with recorder.span(SpanKind.ADAPTER_RUN, "agent:task", timeout_s=600) as run:
        with recorder.span(SpanKind.TASK_SETUP, "prepare"):
            pass
        with recorder.span(SpanKind.CONTAINER, "launch", argv=["a", "b"], image=None) as inner:
            inner.set(exit_code=0)
        run.set(exit_code=0)
    with recorder.span(SpanKind.CLEANUP, "cleanup"):
        pass
    spans = recorder.spans()
    assert [s.name for s in spans] == ["agent:task", "prepare", "launch", "cleanup"]
    assert [None, run.span_id, run.span_id, None] == [s.parent_id for s in spans]
    assert spans[0].attributes == {"timeout_s": 600, "exit_code": 0}
    assert spans[2].attributes == {"argv": ("a", "b"), "exit_code": 0}, "None is left out"
    assert len({s.span_id for s in spans}) == 4


def test_times_are_true() -> None:
    """A span of 20 ms that began 10 ms into the trace."""
    recorder = Recorder()
    time.sleep(0.010)
    with recorder.span(SpanKind.VERIFICATION, "verify"):
        time.sleep(0.020)
    (span,) = recorder.spans()
    assert 10 <= span.start_offset_ms < 200
    assert 20 <= span.duration_ms < 200
    assert abs(span.started_at - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_failure_marks_its_span_and_goes_on() -> None:
    recorder = Recorder()
    with pytest.raises(OSError, match="full"), recorder.span(SpanKind.TASK_SETUP, "prepare"):
        raise OSError("the disk\nis full")
    with recorder.span(SpanKind.CLEANUP, "cleanup") as span:
        span.fail("something stayed")
    assert [s.error for s in recorder.spans()] == ["OSError: the disk is full", "something stayed"]


async def test_tasks_at_the_same_time_keep_their_own_parents() -> None:
    """One recorder an attempt, many attempts on one event loop."""

    async def attempt(name: str) -> tuple[Span, ...]:
        recorder = Recorder()
        with recorder.span(SpanKind.ADAPTER_RUN, name):
            await asyncio.sleep(0.01)
            with recorder.span(SpanKind.CONTAINER, name):
                await asyncio.sleep(0.01)
        return recorder.spans()

    for spans in await asyncio.gather(*(attempt(str(n)) for n in range(5))):
        outer, inner = spans
        assert outer.name == inner.name
        assert outer.span_id == inner.parent_id


def test_a_span_of_another_recorder_is_no_parent() -> None:
    one, two = Recorder(), Recorder()
    with one.span(SpanKind.ADAPTER_RUN, "one"), two.span(SpanKind.ADAPTER_RUN, "two"):
        pass
    assert None is two.spans()[0].parent_id


def test_secrets_are_taken_out_of_every_text() -> None:
    recorder = Recorder()
    with recorder.span(SpanKind.CONTAINER, "run sk-1", argv=["--key", "sk-1"], n=1) as span:
        span.fail("401 for sk-1")
    (clean,) = recorder.spans(redact=lambda text: text.replace("sk-1", "[key]"))
    assert "sk-1" not in clean.model_dump_json()
    assert (clean.name, clean.error) == ("run [key]", "401 for [key]")


def test_a_call_becomes_a_span() -> None:
    """Named, timed and attributed as the GenAI conventions have it."""
    recorder = Recorder()
    with recorder.span(SpanKind.CONTAINER, "launch") as container:
        pass
    record_calls(recorder, [model_call()], parent_id=container.span_id)
    span = next(s for s in recorder.spans() if s.kind is SpanKind.MODEL_CALL)
    assert (span.name, span.started_at, span.duration_ms) == ("chat m-1", NOON, 1000.0)
    assert container.span_id == span.parent_id
    assert None is span.error
    said = {key: value for key, value in span.attributes.items() if key.startswith("gen_ai.")}
    assert said == {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "m-1",
        "gen_ai.request.stream": True,
        "gen_ai.response.finish_reasons": ("tool_calls",),
        "gen_ai.response.time_to_first_chunk": 0.25,
        "gen_ai.usage.input_tokens": 1000,
        "gen_ai.usage.output_tokens": 50,
        "gen_ai.usage.cache_read.input_tokens": 400,
        "gen_ai.usage.reasoning.output_tokens": 10,
    }


def test_a_call_that_failed_says_so() -> None:
    recorder = Recorder()
    failed = model_call(
        error=ErrorClass.RATE_LIMITED, error_detail="slow down", status=429, duration_ms=None
    )
    record_calls(recorder, [failed], provider="mistral")
    (span,) = recorder.spans()
    assert span.error == "rate_limited: slow down"
    assert span.attributes["error.type"] == "rate_limited"
    assert span.attributes["gen_ai.provider.name"] == "mistral"
    assert span.duration_ms == 20.0, "no end was seen: only what it was held back"


def test_what_is_no_model_call_is_named_by_its_request() -> None:
    recorder = Recorder()
    record_calls(recorder, [model_call(method="GET", path="/v1/models", model=None, dialect=None)])
    (span,) = recorder.spans()
    assert span.name == "GET /v1/models"
    assert "gen_ai.operation.name" not in span.attributes


def test_an_unknown_parent_is_an_error() -> None:
    with pytest.raises(ValueError, match="no span"):
        record_calls(Recorder(), [model_call()], parent_id="0" * 16)


def test_names_are_those_of_the_pinned_conventions() -> None:
    known = {v for k, v in vars(gen_ai_attributes).items() if k.startswith("GEN_AI_")}
    used = {key for key in call_attributes(model_call()) if key.startswith("gen_ai.")}
    assert set() == used - known
    assert f"https://opentelemetry.io/schemas/{SEMCONV}" in {s.value for s in Schemas}


def test_the_hosts_settings_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """OTEL_* variables are about other people's telemetry."""
    monkeypatch.setenv("OTEL_SDK_DISABLED", "true")
    monkeypatch.setenv("OTEL_TRACES_SAMPLER", "always_off")
    monkeypatch.setenv("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "3")
    recorder = Recorder()
    with recorder.span(SpanKind.CLEANUP, "cleanup", text="longer than three"):
        pass
    (span,) = recorder.spans()
    assert span.attributes == {"text": "longer than three"}


def test_a_span_costs_less_than_a_millisecond() -> None:
    recorder = Recorder()
    started = time.perf_counter()
    for number in range(1000):
        with recorder.span(SpanKind.TOOL_CALL, "nothing", number=number):
            pass
    spans = recorder.spans()
    assert len(spans) == 1000
    assert time.perf_counter() - started < 1.0


def test_importing_the_room_imports_no_opentelemetry() -> None:
    code = "import sys, codingagentbench.trace; sys.exit('opentelemetry' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
