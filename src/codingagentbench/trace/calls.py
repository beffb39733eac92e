"""Model calls as spans, with the GenAI attributes of OpenTelemetry's semantic conventions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, Protocol

from codingagentbench.trace.recorder import Given, Recorder
from codingagentbench.trace.spans import SpanKind


class UsageLike(Protocol):
    """Tokens of a call; ``None`` is "not said". ``input`` includes what was cached."""

    @property
    def input(self) -> int | None: ...
    @property
    def cached(self) -> int | None: ...
    @property
    def cache_write(self) -> int | None: ...
    @property
    def output(self) -> int | None: ...
    @property
    def reasoning(self) -> int | None: ...


class CallLike(Protocol):
    """One HTTP request to a model and its answer, as the gateway's ledger has it."""

    @property
    def index(self) -> int: ...
    @property
    def logical(self) -> int: ...
    @property
    def dialect(self) -> str | None: ...
    @property
    def method(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def model(self) -> str | None: ...
    @property
    def background(self) -> bool: ...
    @property
    def streamed(self) -> bool: ...
    @property
    def started_at(self) -> datetime: ...
    @property
    def queue_ms(self) -> float: ...
    @property
    def ttft_ms(self) -> float | None: ...
    @property
    def duration_ms(self) -> float | None: ...
    @property
    def status(self) -> int | None: ...
    @property
    def finish(self) -> str | None: ...
    @property
    def served_model(self) -> str | None: ...
    @property
    def error(self) -> str | None: ...
    @property
    def error_detail(self) -> str | None: ...
    @property
    def aborted(self) -> bool: ...
    @property
    def usage(self) -> UsageLike: ...
    @property
    def request_sha256(self) -> str: ...


#: The conventions name a provider by the interface that was spoken, where nothing else is known.
_PROVIDERS: Final[Mapping[str, str]] = {
    "chat": "openai",
    "responses": "openai",
    "messages": "anthropic",
}


def record_calls(
    recorder: Recorder,
    calls: Iterable[CallLike],
    *,
    provider: str | None = None,
    parent_id: str | None = None,
) -> None:
    """One ``model_call`` span for each call, named ``chat MODEL``.

    A call without an end (the agent died first) gets a length of its queueing alone.
    ``parent_id``: the span of the agent's process; without it, the span that is open now.
    """
    for call in calls:
        recorder.add(
            SpanKind.MODEL_CALL,
            _name(call),
            started_at=call.started_at,
            duration_ms=call.queue_ms + (call.duration_ms or 0.0),
            attributes=call_attributes(call, provider=provider),
            error=_error(call),
            parent_id=parent_id,
        )


def call_attributes(call: CallLike, *, provider: str | None = None) -> Mapping[str, Given]:
    """The attributes of one call's span. Names under ``cab.`` are ours."""
    usage = call.usage
    model_call = call.dialect is not None and call.method == "POST"
    return {
        "gen_ai.operation.name": "chat" if model_call else None,
        "gen_ai.provider.name": provider or _PROVIDERS.get(call.dialect or ""),
        "gen_ai.request.model": call.model,
        "gen_ai.request.stream": call.streamed,
        "gen_ai.response.model": call.served_model,
        "gen_ai.response.finish_reasons": [call.finish] if call.finish else None,
        "gen_ai.response.time_to_first_chunk": _seconds(call.ttft_ms),
        "gen_ai.usage.input_tokens": usage.input,
        "gen_ai.usage.output_tokens": usage.output,
        "gen_ai.usage.cache_read.input_tokens": usage.cached,
        "gen_ai.usage.cache_creation.input_tokens": usage.cache_write,
        "gen_ai.usage.reasoning.output_tokens": usage.reasoning,
        "http.request.method": call.method,
        "http.response.status_code": call.status,
        "url.path": call.path,
        "error.type": str(call.error) if call.error else None,
        "cab.call.index": call.index,
        "cab.call.logical": call.logical,
        "cab.call.background": call.background,
        "cab.call.aborted": call.aborted,
        "cab.call.queue_ms": call.queue_ms,
        "cab.call.request_sha256": call.request_sha256,
    }


def _name(call: CallLike) -> str:
    if call.dialect is None or call.method != "POST":
        return f"{call.method} {call.path}"
    return f"chat {call.model}" if call.model else "chat"


def _error(call: CallLike) -> str | None:
    if not call.error:
        return None
    return f"{call.error}: {call.error_detail}" if call.error_detail else str(call.error)


def _seconds(ms: float | None) -> float | None:
    return None if ms is None else ms / 1000
