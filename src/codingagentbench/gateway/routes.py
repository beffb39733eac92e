"""Which requests exist: a closed table. What is not in it is answered here, with 404."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from codingagentbench.gateway.dialects import Dialect

_KEY_PREFIX: Final = "/s/"


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """One request that agents make. ``generates``: a model answers it, so it costs tokens."""

    method: str
    path: str  # below the base URL
    dialect: Dialect | None = None  # None: shared by the dialects
    generates: bool = False
    local: bool = False  # answered by the gateway itself


ENDPOINTS: Final = (
    Endpoint(method="POST", path="/chat/completions", dialect=Dialect.CHAT, generates=True),
    Endpoint(method="POST", path="/responses", dialect=Dialect.RESPONSES, generates=True),
    Endpoint(method="POST", path="/responses/compact", dialect=Dialect.RESPONSES, generates=True),
    Endpoint(method="POST", path="/messages", dialect=Dialect.MESSAGES, generates=True),
    Endpoint(method="POST", path="/messages/count_tokens", dialect=Dialect.MESSAGES),
    Endpoint(method="GET", path="/models"),
    Endpoint(method="GET", path="/", local=True),
    Endpoint(method="HEAD", path="/", local=True),
)

_TABLE: Final = {(e.method, e.path): e for e in ENDPOINTS}


@dataclass(frozen=True, kw_only=True)
class Target:
    """A request's path taken apart: the key in it, if any, and the endpoint, if there is one."""

    path: str  # without the key and the query, fit to be recorded
    query: str
    key: str | None
    endpoint: Endpoint | None

    @property
    def dialect(self) -> Dialect:
        """Whose shape an error takes: the endpoint's, else what the path looks like."""
        if self.endpoint is not None and self.endpoint.dialect is not None:
            return self.endpoint.dialect
        for part, dialect in (("/messages", Dialect.MESSAGES), ("/responses", Dialect.RESPONSES)):
            if part in self.path:
                return dialect
        return Dialect.CHAT


def resolve(method: str, raw: str) -> Target:
    """Takes a raw request target apart. Escapes, dots and other hosts never match an endpoint."""
    path, _, query = raw.partition("?")
    key = None
    if path.startswith(_KEY_PREFIX):
        key, slash, rest = path[len(_KEY_PREFIX) :].partition("/")
        path = slash + rest or "/"
    bare = path[3:] or "/" if path == "/v1" or path.startswith("/v1/") else path
    if len(bare) > 1:
        bare = bare.removesuffix("/")
    return Target(path=path[:200], query=query, key=key, endpoint=_TABLE.get((method, bare)))
