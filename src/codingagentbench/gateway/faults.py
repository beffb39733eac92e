"""What went wrong, by what was seen on the wire, and how the agent is told in its own dialect."""

from __future__ import annotations

import asyncio
import email.utils
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
from aiohttp.http_exceptions import HttpProcessingError

from codingagentbench.gateway.dialects import Dialect
from codingagentbench.gateway.values import ErrorClass

#: Statuses with a class of their own; other 4xx are CLIENT_ERROR, other 5xx SERVER_ERROR.
_STATUSES: Final[Mapping[int, ErrorClass]] = {
    401: ErrorClass.AUTH,
    403: ErrorClass.AUTH,
    429: ErrorClass.RATE_LIMITED,
    529: ErrorClass.RATE_LIMITED,  # Anthropic: overloaded
}

#: Codes and types of errors inside a 200 that say "too many"; any other is SERVER_ERROR.
_TOO_MANY: Final = frozenset(
    {"rate_limit_exceeded", "rate_limit_error", "overloaded_error", "429", "529"}
    | {"RESOURCE_EXHAUSTED"}
)

_KEYLIKE: Final = re.compile(r"\b(?:sk|pk|rk|key|cab)-[\w*.-]{6,}")


@dataclass(frozen=True, kw_only=True)
class Failure:
    """How a failed exchange with the provider is recorded, and the status the agent is given."""

    kind: type[BaseException]
    error: ErrorClass
    status: int
    says: str


#: Read top to bottom; the first row whose ``kind`` matches wins.
FAILURES: Final = (
    Failure(
        kind=aiohttp.ConnectionTimeoutError,
        error=ErrorClass.CONNECT,
        status=504,
        says="no connection to the provider in time",
    ),
    Failure(
        kind=asyncio.TimeoutError,
        error=ErrorClass.TIMEOUT,
        status=504,
        says="the provider said nothing for too long",
    ),
    Failure(
        kind=aiohttp.ClientConnectorError,
        error=ErrorClass.CONNECT,
        status=502,
        says="no connection to the provider",
    ),
    Failure(
        kind=aiohttp.ClientPayloadError,
        error=ErrorClass.RESET,
        status=502,
        says="the provider broke the connection",
    ),
    Failure(
        kind=aiohttp.ClientConnectionError,
        error=ErrorClass.RESET,
        status=502,
        says="the provider broke the connection",
    ),
    Failure(
        kind=OSError,
        error=ErrorClass.RESET,
        status=502,
        says="the provider broke the connection",
    ),
    Failure(
        kind=aiohttp.ClientError,
        error=ErrorClass.BAD_REPLY,
        status=502,
        says="the provider's answer is not HTTP",
    ),
    Failure(
        kind=HttpProcessingError,
        error=ErrorClass.BAD_REPLY,
        status=502,
        says="the provider's answer is not HTTP",
    ),
)

#: Everything that an exchange with the provider may raise.
RAISED: Final = tuple(dict.fromkeys(row.kind for row in FAILURES))


def failure_of(exc: BaseException) -> Failure:
    """The row for ``exc``, which must be one of :data:`RAISED`."""
    return next(row for row in FAILURES if isinstance(exc, row.kind))


def class_of_status(status: int) -> ErrorClass | None:
    """The class of a provider's status; ``None`` for success. A redirect is not followed."""
    if status in _STATUSES:
        return _STATUSES[status]
    if status >= 500:
        return ErrorClass.SERVER_ERROR
    if status >= 400:
        return ErrorClass.CLIENT_ERROR
    return ErrorClass.BAD_REPLY if status >= 300 else None


def class_of_event(error: object) -> ErrorClass:
    """The class of an error object found inside a 200."""
    if isinstance(error, Mapping):
        named = {str(error.get(key)) for key in ("code", "type", "status")}
        if named & _TOO_MANY:
            return ErrorClass.RATE_LIMITED
    return ErrorClass.SERVER_ERROR


def detail_of(error: object) -> str:
    """One line out of an error object or text."""
    if isinstance(error, Mapping):
        inner = error.get("error")
        error = inner if isinstance(inner, (Mapping, str)) else error
    if isinstance(error, Mapping):
        error = error.get("message") or error.get("code") or error.get("type") or ""
    line = " ".join(str(error).split())
    return _KEYLIKE.sub("[key]", line)[:300]


def retry_after(headers: Mapping[str, str]) -> float | None:
    """``Retry-After`` in seconds: from a number, an HTTP date, or OpenAI's ``retry-after-ms``."""
    if (ms := _number(headers.get("retry-after-ms"))) is not None:
        return ms / 1000
    value = headers.get("Retry-After")
    if value is None or (seconds := _number(value)) is not None:
        return seconds if value is not None else None
    try:
        when = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(round(when.timestamp() - time.time(), 3), 0.0)


def _number(text: str | None) -> float | None:
    try:
        value = float(text) if text is not None else -1.0
    except ValueError:
        return None
    return value if 0 <= value < float("inf") else None


#: Anthropic's names for statuses; OpenAI's for the same.
_ANTHROPIC: Final[Mapping[int, str]] = {
    400: "invalid_request_error",
    401: "authentication_error",
    404: "not_found_error",
    413: "request_too_large",
    426: "not_found_error",
    502: "api_error",
    503: "overloaded_error",
    504: "timeout_error",
}
#: Google's names for statuses, https://google.aip.dev/193.
_GOOGLE: Final[Mapping[int, str]] = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    404: "NOT_FOUND",
    413: "INVALID_ARGUMENT",
    502: "INTERNAL",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}
_OPENAI: Final[Mapping[int, str]] = {401: "authentication_error", 502: "server_error"} | {
    503: "server_error",
    504: "server_error",
}


def error_body(*, dialect: Dialect, status: int, code: str, message: str) -> bytes:
    """An error of the gateway's own as the dialect's clients read one."""
    body: dict[str, Any]
    if dialect is Dialect.MESSAGES:
        kind = _ANTHROPIC.get(status, "api_error")
        body = {"type": "error", "error": {"type": kind, "message": message, "code": code}}
    elif dialect is Dialect.GEMINI:
        named = _GOOGLE.get(status, "INVALID_ARGUMENT")
        body = {"error": {"code": status, "message": message, "status": named, "reason": code}}
    else:
        kind = _OPENAI.get(status, "invalid_request_error")
        body = {"error": {"message": message, "type": kind, "param": None, "code": code}}
    return json.dumps(body).encode()
