"""Which headers go up to the provider and which come down to the agent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from multidict import CIMultiDict

#: Headers that belong to one connection, carry somebody's keys, or that the gateway sets itself.
_NOT_UP: Final = frozenset(
    [
        "connection",
        "keep-alive",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "expect",
        "host",
        "content-length",
        "accept-encoding",
        "authorization",
        "x-api-key",
        "x-goog-api-key",
        "api-key",
        "cookie",
        "proxy-authorization",
        "x-http-method-override",
        "forwarded",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-cab-call",
    ]
)

#: A call's index in the ledger, for a proxy that has to tell calls apart.
CALL_HEADER: Final = "x-cab-call"

#: Headers that belong to one connection, or that speak of the provider's address.
_NOT_DOWN: Final = frozenset(
    [
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "content-encoding",
        "location",
        "set-cookie",
        "alt-svc",
        "strict-transport-security",
    ]
)


def headers_up(
    found: Mapping[str, str], *, secret: str, own: Mapping[str, str]
) -> CIMultiDict[str]:
    """The agent's headers without its key (``secret``), with the provider's (``own``)."""
    dropped = _NOT_UP.union(part.strip().lower() for part in found.get("Connection", "").split(","))
    headers = CIMultiDict(
        (name, value)
        for name, value in found.items()
        if name.lower() not in dropped and secret not in value and _sendable(value)
    )
    headers["Accept-Encoding"] = "identity"
    headers.update(own)
    return headers


def headers_down(
    found: Mapping[str, str], *, secrets: tuple[str, ...], whole: bool
) -> CIMultiDict[str]:
    """The provider's headers without any that quote a secret.

    ``whole``: the body goes down byte by byte as it came, so that its length still holds.
    """
    dropped = _NOT_DOWN if whole else _NOT_DOWN | {"content-length"}
    return CIMultiDict(
        (name, value)
        for name, value in found.items()
        if name.lower() not in dropped
        and not any(secret in value for secret in secrets)
        and _sendable(value)
    )


def _sendable(value: str) -> bool:
    """Whether a header's value can be written again; bytes that are not UTF-8 cannot."""
    return value.isascii() or not any("\ud800" <= char <= "\udfff" for char in value)
