"""Which requests exist: a closed table. What is not in it is answered here, with 404."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

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

#: Gemini's endpoints have the model in their path.
_GEMINI: Final = re.compile(
    r"/models/(?P<model>[A-Za-z0-9][A-Za-z0-9._/-]*)"
    r":(?P<verb>generateContent|streamGenerateContent|countTokens)"
)

_TABLE: Final = {(e.method, e.path): e for e in ENDPOINTS}


#: What a path that is no endpoint's looks like, and whose clients ask for such.
_LOOKS: Final = (
    ("/messages", Dialect.MESSAGES),
    ("/responses", Dialect.RESPONSES),
    ("/v1beta/", Dialect.GEMINI),
)


def gemini_call(path: str) -> tuple[str, str] | None:
    """The model and the verb of a path below Gemini's base; ``None`` for any other path."""
    found = _GEMINI.fullmatch(path)
    if found is None or any(part in ("", ".", "..") for part in found["model"].split("/")):
        return None
    return found["model"], found["verb"]


@dataclass(frozen=True, kw_only=True)
class Target:
    """A request's path taken apart: the key in it, if any, and the endpoint, if there is one."""

    path: str  # without the key and the query, fit to be recorded
    query: str
    key: str | None
    endpoint: Endpoint | None
    model: str | None = None  # where it stands in the path
    streams: bool = False  # the path says that the answer is to be streamed

    def path_for(self, model: str | None) -> str:
        """The endpoint's path, with ``model`` in the place of the path's own, where it has one."""
        assert self.endpoint is not None
        path = self.endpoint.path
        if self.model is None or model is None:
            return path
        return f"/models/{model}{path[path.rindex(':') :]}"

    @property
    def dialect(self) -> Dialect:
        """Whose shape an error takes: the endpoint's, else what the path looks like."""
        if self.endpoint is not None and self.endpoint.dialect is not None:
            return self.endpoint.dialect
        for part, dialect in _LOOKS:
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
    if (gemini := _gemini(method, path, query, key)) is not None:
        return gemini
    bare = path[3:] or "/" if path == "/v1" or path.startswith("/v1/") else path
    if len(bare) > 1:
        bare = bare.removesuffix("/")
    return Target(path=path[:200], query=query, key=key, endpoint=_TABLE.get((method, bare)))


@functools.lru_cache(maxsize=256)
def generates_at(method: str, path: str) -> bool:
    """Whether a model answers what is asked at ``path``."""
    endpoint = resolve(method, path).endpoint
    return endpoint is not None and endpoint.generates


def _gemini(method: str, path: str, query: str, key: str | None) -> Target | None:
    """A call of Gemini's; its clients may put the key into the query, where it does not stay."""
    call = gemini_call(path.removeprefix("/v1beta").removeprefix("/v1"))
    if call is None or method != "POST":
        return None
    model, verb = call
    parts = [part for part in query.split("&") if part]
    keys = [unquote(part[4:]) for part in parts if part.startswith("key=")]
    endpoint = Endpoint(
        method="POST",
        path=f"/models/{model}:{verb}",
        dialect=Dialect.GEMINI,
        generates=verb != "countTokens",
    )
    return Target(
        path=path[:200],
        query="&".join(part for part in parts if not part.startswith("key=")),
        key=key or next(iter(keys), None),
        endpoint=endpoint,
        model=model[:200],
        streams=verb == "streamGenerateContent",
    )
