"""What a request asks for, and the request as it goes up: changed only where it must be."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from codingagentbench.gateway.dialects import Dialect
from codingagentbench.gateway.tap import Strip
from codingagentbench.gateway.upstream import Upstream

#: Fields that clients change from one retry to the next without meaning another request.
_VOLATILE: Final = ("metadata", "client_metadata", "prompt_cache_key", "user", "stream_options")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request body as far as it can be read; ``value`` is empty when it is not a JSON object."""

    body: bytes
    value: Mapping[str, Any] = field(default_factory=dict)
    named: str | None = None  # the model, where the path names it
    streams: bool = False  # streamed, where the path says so

    @property
    def model(self) -> str | None:
        model = self.named or self.value.get("model")
        return model[:200] if isinstance(model, str) else None

    @property
    def streamed(self) -> bool:
        return self.streams or self.value.get("stream") is True

    @property
    def wants_usage(self) -> bool:
        """Whether a chat client asked for the usage at its stream's end."""
        options = self.value.get("stream_options")
        return isinstance(options, Mapping) and options.get("include_usage") is True


def identity_of(body: bytes) -> bytes:
    """Equal for retries of one request: the body without what clients change as they retry."""
    value = read_request(body).value
    if not value:
        return hashlib.sha256(body).digest()
    left = {key: value for key, value in value.items() if key not in _VOLATILE}
    return hashlib.sha256(json.dumps(left, sort_keys=True).encode()).digest()


def read_request(body: bytes) -> Asked:
    """Reads a body; what is not JSON is kept as it came and goes up as it came."""
    try:
        value = json.loads(body) if body else None
    except (ValueError, RecursionError):
        value = None
    return Asked(body=body, value=value if isinstance(value, dict) else {})


@dataclass(kw_only=True)
class Outgoing:
    """What is sent up. ``rewritten`` says what is not as the agent wrote it.

    ``body`` is let go once it was sent: an answer takes long, and many are under way.
    """

    body: bytes
    rewritten: tuple[str, ...] = ()
    strip: Strip = Strip.NOTHING


def outgoing(asked: Asked, *, dialect: Dialect | None, upstream: Upstream) -> Outgoing:
    """Drops fields, renames the model and asks for usage, as ``upstream`` says; else untouched."""
    if not asked.value:
        return Outgoing(body=asked.body)
    changed: dict[str, Any] = dict(asked.value)
    notes = [f"-{name}" for name in upstream.drop_fields if _drop(changed, name)]
    if asked.named is not None:
        renamed = upstream.model not in (None, asked.named)
        out = _written(asked, changed, notes, Strip.NOTHING)
        return replace(out, rewritten=(*notes, "model")) if renamed else out
    if upstream.model is not None and changed.get("model") != upstream.model:
        changed["model"] = upstream.model
        notes.append("model")
    if dialect is not Dialect.CHAT or not asked.streamed or not upstream.add_usage:
        return _written(asked, changed, notes, Strip.NOTHING)
    strip = Strip.NOTHING if asked.wants_usage else Strip.LAST
    if upstream.continuous_usage:
        notes.append("+stream_options.continuous_usage_stats")
        options = {"include_usage": True, "continuous_usage_stats": True}
        changed["stream_options"] = _options(changed) | options
        return _written(asked, changed, notes, Strip.NOTHING if asked.wants_usage else Strip.EVERY)
    if asked.wants_usage:
        return _written(asked, changed, notes, strip)
    if not notes and "stream_options" not in changed:
        spliced = _spliced(asked.body, b'"stream_options":{"include_usage":true},')
        return Outgoing(body=spliced, rewritten=("+stream_options.include_usage",), strip=strip)
    changed["stream_options"] = _options(changed) | {"include_usage": True}
    return _written(asked, changed, [*notes, "+stream_options.include_usage"], strip)


def _written(asked: Asked, changed: dict[str, Any], notes: list[str], strip: Strip) -> Outgoing:
    body = json.dumps(changed, separators=(",", ":")).encode() if notes else asked.body
    return Outgoing(body=body, rewritten=tuple(notes), strip=strip)


def _options(value: Mapping[str, Any]) -> dict[str, Any]:
    options = value.get("stream_options")
    return dict(options) if isinstance(options, Mapping) else {}


def _spliced(body: bytes, member: bytes) -> bytes:
    """``member`` put first into a non-empty JSON object; every other byte stays as it is."""
    at = body.index(b"{") + 1
    return body[:at] + member + body[at:]


def _drop(value: dict[str, Any], name: str) -> bool:
    """Removes ``a.b`` without touching the agent's own object; false when it is not there."""
    head, dot, rest = name.partition(".")
    if head not in value:
        return False
    if not dot:
        del value[head]
        return True
    inner = value[head]
    if not isinstance(inner, dict):
        return False
    value[head] = inner = dict(inner)
    return _drop(inner, rest)
