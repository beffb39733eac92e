"""What a model's name leads to: a built-in model, or an endpoint and all it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from codingagentbench import keyshapes
from codingagentbench.endpoints.personas import Persona
from codingagentbench.gateway.dialects import Dialect
from codingagentbench.gateway.upstream import Upstream
from codingagentbench.gateway.values import Usage

#: Shorter values cannot be told apart from ordinary text, so they could not be taken out of it.
MIN_SECRET = 8  # characters


class Price(BaseModel):
    """US dollars per million tokens. ``cached`` and ``cache_write``: ``None`` is as ``input``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    input: float = Field(ge=0)
    output: float = Field(ge=0)
    cached: float | None = Field(None, ge=0)
    cache_write: float | None = Field(None, ge=0)

    def usd(self, usage: Usage) -> float | None:
        """What these tokens cost, in US dollars; ``None`` when they are not known."""
        if usage.input is None or usage.output is None:
            return None
        cached, written = usage.cached or 0, usage.cache_write or 0
        rows = (
            (usage.input - cached - written, self.input),
            (cached, self.input if self.cached is None else self.cached),
            (written, self.input if self.cache_write is None else self.cache_write),
            (usage.output, self.output),
        )
        return sum(tokens * price for tokens, price in rows) / 1_000_000


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where the calls for ``model`` go: exactly one of ``persona`` and ``upstream`` is set.

    ``upstream`` is what a gateway session is opened with; its ``repr`` shows no secret.
    ``price`` is set where the configuration gives one.
    """

    model: str  # as it was asked for, without the endpoint's name
    endpoint: str
    persona: Persona | None = None
    upstream: Upstream | None = None
    price: Price | None = None
    secret_headers: tuple[str, ...] = ()  # names of the upstream's headers that hold secrets

    @property
    def builtin(self) -> bool:
        return self.persona is not None

    @property
    def dialects(self) -> tuple[Dialect, ...]:
        """What is spoken there; a built-in model speaks them all."""
        return self.upstream.dialects if self.upstream else tuple(Dialect)

    def secrets(self) -> dict[str, str]:
        """Values that must never be written, with the label that replaces each."""
        if self.upstream is None:
            return {}
        key, headers = self.upstream.key, self.upstream.headers
        found = {_plain(headers[name]): f"header {name}" for name in self.secret_headers}
        return {**found, **({key.get_secret_value(): "upstream key"} if key else {})}

    def public(self) -> dict[str, Any]:
        """This target for a record: nothing in it is secret."""
        about: dict[str, Any] = {"model": self.model, "endpoint": self.endpoint}
        if self.upstream is None:
            return {**about, "builtin": True}
        limits = self.upstream.limits
        return {
            **about,
            "builtin": False,
            "base_url": keyshapes.taken_out(self.upstream.base_url.encode()).decode(),
            "upstream_model": self.upstream.model or self.model,
            "dialects": [dialect.value for dialect in self.upstream.dialects],
            "headers": sorted(self.upstream.headers),
            "drop_fields": list(self.upstream.drop_fields),
            "limits": limits.model_dump(exclude_none=True) if limits else {},
            "price": self.price.model_dump(exclude_none=True) if self.price else None,
        }


def _plain(value: SecretStr | str) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else value
