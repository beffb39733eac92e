"""What a model's name leads to: a built-in model, or a remote endpoint and all it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from codingagentbench.endpoints.personas import Persona
from codingagentbench.gateway.dialects import Dialect


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class EndpointLimits(_Value):
    """What an endpoint allows; ``None`` is no known limit."""

    requests_per_minute: int | None = Field(None, gt=0)
    tokens_per_minute: int | None = Field(None, gt=0)
    concurrency: int | None = Field(None, gt=0)


class Price(_Value):
    """US dollars per million tokens. ``cached`` and ``cache_write``: ``None`` is as ``input``."""

    input: float = Field(ge=0)
    output: float = Field(ge=0)
    cached: float | None = Field(None, ge=0)
    cache_write: float | None = Field(None, ge=0)


@dataclass(frozen=True, kw_only=True)
class Remote:
    """Somebody's model endpoint, and what a gateway needs to forward to it.

    ``base_url`` is what ``/chat/completions``, ``/responses`` or ``/messages`` is added to.
    ``headers`` may hold secrets (they can come from the environment): only their names are public.
    """

    base_url: str
    key: SecretStr | None
    dialects: tuple[Dialect, ...]
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    drop_fields: tuple[str, ...] = ()
    limits: EndpointLimits = field(default_factory=EndpointLimits)
    model: str  # as the endpoint calls it
    price: Price | None = None


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where the calls for ``model`` go: exactly one of ``persona`` and ``remote`` is set."""

    model: str  # as it was asked for, without the endpoint's name
    endpoint: str
    persona: Persona | None = None
    remote: Remote | None = None

    @property
    def builtin(self) -> bool:
        return self.persona is not None

    @property
    def dialects(self) -> tuple[Dialect, ...]:
        """What is spoken there; a built-in model speaks them all."""
        return self.remote.dialects if self.remote else tuple(Dialect)

    def secrets(self) -> dict[str, str]:
        """Values that must never be written, with the label each is replaced by."""
        if self.remote is None:
            return {}
        key = self.remote.key
        found = {value: f"header {name}" for name, value in self.remote.headers.items()}
        found = {value: label for value, label in found.items() if len(value) >= MIN_SECRET}
        return {**found, **({key.get_secret_value(): "upstream key"} if key else {})}

    def public(self) -> dict[str, Any]:
        """This target for a record: nothing in it is secret."""
        about: dict[str, Any] = {"model": self.model, "endpoint": self.endpoint}
        if self.remote is None:
            return {**about, "builtin": True}
        return {
            **about,
            "builtin": False,
            "base_url": self.remote.base_url,
            "upstream_model": self.remote.model,
            "dialects": [dialect.value for dialect in self.remote.dialects],
            "headers": sorted(self.remote.headers),
            "drop_fields": list(self.remote.drop_fields),
            "limits": self.remote.limits.model_dump(exclude_none=True),
            "price": self.remote.price and self.remote.price.model_dump(exclude_none=True),
        }


#: Shorter values cannot be told apart from ordinary text, so they could not be taken out of it.
MIN_SECRET = 8  # characters
