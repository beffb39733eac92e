"""A tape: the recorded calls of one attempt, with their bodies, in the order they were made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from codingagentbench.endpoints.replay.normal import request_digest
from codingagentbench.errors import EndpointError, GatewayError
from codingagentbench.gateway import Call, ErrorClass, Ledger, read_body
from codingagentbench.gateway.dialects import Dialect

#: Calls that the gateway answered by itself never reached an endpoint.
_OURS: Final = frozenset((ErrorClass.BUDGET, ErrorClass.REJECTED))


@dataclass(frozen=True, kw_only=True)
class Take:
    """One recorded call. ``broken``: the connection ended before the answer did."""

    index: int
    dialect: Dialect
    path: str  # as the agent asked: "/v1/chat/completions"
    request: bytes
    digest: str  # of the normalised request
    response: bytes
    status: int | None
    streamed: bool
    retry_after_s: float | None
    broken: bool


@dataclass(frozen=True)
class Tape:
    """Every call of an attempt that an endpoint answered, or failed to."""

    takes: tuple[Take, ...]


def load_tape(ledger: Ledger, bodies: Path) -> Tape:
    """The tape of a ledger whose bodies lie in ``bodies``.

    Raises ``EndpointError`` when a body is missing or is not what its digest says.
    """
    return Tape(tuple(_take(call, bodies) for call in ledger.calls if _told(call)))


def _told(call: Call) -> bool:
    return call.method == "POST" and call.dialect is not None and call.error not in _OURS


def _take(call: Call, bodies: Path) -> Take:
    assert call.dialect is not None
    request = _body(call, "request", call.request_body, bodies)
    response = _body(call, "reply", call.response_body, bodies)
    return Take(
        index=call.index,
        dialect=call.dialect,
        path=call.path,
        request=request,
        digest=request_digest(request),
        response=response,
        status=call.status,
        streamed=call.streamed,
        retry_after_s=call.retry_after_s,
        broken=call.status is None or call.error is ErrorClass.RESET,
    )


def _body(call: Call, what: str, digest: str | None, bodies: Path) -> bytes:
    size = call.request_bytes if what == "request" else call.response_bytes
    if digest is None and size:
        raise EndpointError(
            f"the {what} of call {call.index} was not kept", do="only whole records can be replayed"
        )
    try:
        return b"" if digest is None else read_body(bodies, digest)
    except GatewayError as wrong:
        raise EndpointError(
            f"the {what} of call {call.index} is missing, or is not what was recorded",
            where=wrong.where,
            do="fetch the record again; it cannot be replayed like this",
        ) from None
