"""What the gateway is told and what it leaves: limits in, one row per HTTP attempt out."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict

from codingagentbench.gateway.dialects import Dialect


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ErrorClass(StrEnum):
    """Why a call did not end well, by what was seen on the wire."""

    RATE_LIMITED = "rate_limited"  # 429 (and 529 of Anthropic)
    AUTH = "auth"  # 401, 403
    CLIENT_ERROR = "client_error"  # other 4xx: the request itself was not accepted
    SERVER_ERROR = "server_error"  # 5xx, or an error event inside a 200 stream
    CONNECT = "connect"  # no connection to the provider
    TIMEOUT = "timeout"  # the provider said nothing for too long
    RESET = "reset"  # the connection broke, or a stream ended without its last event
    BAD_REPLY = "bad_reply"  # 200, but not what the dialect says a reply is
    BUDGET = "budget"  # refused by the gateway: the attempt's budget is spent
    REJECTED = "rejected"  # refused by the gateway: wrong key, unknown path


class Usage(_Value):
    """Tokens of one call. ``None`` is "the provider did not say", which is not 0.

    ``input`` includes ``cached`` and ``cache_write``; ``output`` includes ``reasoning``.
    """

    input: int | None = None
    cached: int | None = None
    cache_write: int | None = None
    output: int | None = None
    reasoning: int | None = None
    raw: dict[str, Any] | None = None  # the provider's own usage object, untouched


class Call(_Value):
    """One HTTP request of the agent and its answer. Times in milliseconds, sizes in bytes."""

    index: int  # 0, 1, ... in the order the requests arrived
    logical: int  # retries of one request (same body) share this number
    dialect: Dialect | None
    method: str
    path: str
    model: str | None
    background: bool = False  # titles, summaries, compaction, token counting: not the work itself
    streamed: bool = False
    started_at: datetime  # UTC
    offset_ms: float  # since the session was opened
    queue_ms: float = 0.0  # held back here, ahead of a known limit
    ttft_ms: float | None = None  # to the first content byte of the answer's body
    duration_ms: float | None = None  # from sending upstream to the last byte
    status: int | None = None
    retry_after_s: float | None = None
    finish: str | None = None  # as the provider said it: stop, tool_calls, max_output_tokens, ...
    served_model: str | None = None  # as the provider itself named what answered
    rewritten: tuple[str, ...] = ()  # what was changed on the way up: "-field", "+field", "model"
    injected: str | None = None  # what we ourselves let go wrong in this call, e.g. "status 429"
    error: ErrorClass | None = None
    error_detail: str | None = None  # one line, redacted
    aborted: bool = False  # the agent hung up before the answer's end
    hung_up_ms: float | None = None  # from sending upstream to that; the answer was read on
    usage: Usage = Usage()
    request_sha256: str
    request_bytes: int
    response_bytes: int = 0
    request_body: str | None = None  # sha256 of the stored, redacted body; None when not kept
    response_body: str | None = None


class Budget(_Value):
    """What one attempt may spend; ``None`` is no limit. The harness's clock holds ``seconds``."""

    calls: int | None = None
    tokens: int | None = None  # input + output
    usd: float | None = None
    seconds: float | None = None


class Totals(_Value):
    """Sums over the calls of one attempt; a token sum is ``None`` when no call had that figure."""

    calls: int = 0  # sent to the provider to be answered by a model, well or not
    refused_calls: int = 0  # never sent: budget spent, wrong key, unknown path
    failed_calls: int = 0  # of ``calls``
    unmetered_calls: int = 0  # answered with 200, but usage is unknown
    input: int | None = None
    cached: int | None = None
    output: int | None = None
    reasoning: int | None = None
    usd: float | None = None  # None when a price is unknown
    queue_ms: float = 0.0
    model_ms: float = 0.0  # sum of the calls' durations
    waiting_ms: float = 0.0  # union of the intervals in which the agent waited for the provider:
    # queueing here, failed calls, and the pauses between a failed call and its retry


class Ledger(_Value):
    """Everything one session saw."""

    calls: tuple[Call, ...] = ()
    totals: Totals = Totals()
    budget_hit: str | None = None  # "calls", "tokens", "usd" or "seconds"
    translated: bool = False  # dialects were translated (never silently)
