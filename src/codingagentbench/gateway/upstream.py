"""Where calls go: base URLs, key, dialects, limits, and what is changed on the way up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator
from yarl import URL

from codingagentbench.gateway.dialects import Dialect

_VERSIONED = re.compile(r"/v\d+[a-z0-9]*$")
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_LINE = re.compile(r"[\x20-\x7e]*")
#: Headers that carry the key where it is no bearer token. These clients add the version themselves.
_KEY_HEADERS = {Dialect.MESSAGES: "x-api-key", Dialect.GEMINI: "x-goog-api-key"}
_VISIBLE = re.compile(r"[\x21-\x7e]+")


class RateLimits(BaseModel):
    """What the provider is known to allow; the gateway queues ahead of it. ``None``: no limit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    requests_per_minute: int | None = Field(None, ge=1)
    tokens_per_minute: int | None = Field(None, ge=1)
    concurrency: int | None = Field(None, ge=1)
    adaptive: bool = False  # also fewer calls at a time after a 429, and more again when it is well


class Upstream(BaseModel):
    """A provider as the gateway calls it. The key and secret headers never leave the gateway.

    ``base_url`` is what an OpenAI client would be given (``https://host/v1``); a bare host gets
    ``/v1``. For Messages, whose clients add ``/v1`` themselves, a base that does not end in a
    version gets it too: ``https://api.anthropic.com`` and ``https://host/anthropic`` both work.
    For Gemini it is ``/v1beta``. ``base_urls`` names another base for single dialects.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    base_url: str
    key: SecretStr | None = None
    dialects: tuple[Dialect, ...] = tuple(Dialect)
    base_urls: Mapping[Dialect, str] = {}
    auth: Literal["auto", "bearer", "x-api-key"] = "auto"  # auto: as the dialect's clients do
    headers: Mapping[str, SecretStr | str] = {}  # set on every request, over the agent's own
    drop_fields: tuple[str, ...] = ()  # request fields the provider does not accept; "a.b" works
    add_usage: bool = True  # ask for usage at the end of chat streams
    continuous_usage: bool = False  # vLLM, SGLang: usage in every chunk, known when cut short
    model: str | None = None  # the model's name upstream, when it is not the agent's
    number_calls: bool = False  # send each call's index up, as "x-cab-call"
    connect_timeout_s: float = Field(20.0, gt=0)
    idle_timeout_s: float = Field(600.0, gt=0)  # silence between two bytes
    limits: RateLimits | None = None

    @field_validator("key")
    @classmethod
    def _sendable(cls, key: SecretStr | None) -> SecretStr | None:
        if key is None:
            return None
        value = key.get_secret_value().strip()
        if not _VISIBLE.fullmatch(value):
            raise ValueError("the key is empty or has characters that no header can carry")
        return SecretStr(value)

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        for text in (self.base_url, *self.base_urls.values()):
            _check_base(text)
        for name, value in self.headers.items():
            if not _NAME.fullmatch(name) or not _LINE.fullmatch(_plain(value)):
                raise ValueError(f"'{name}' or its value cannot be sent as an HTTP header")
        if not self.dialects:
            raise ValueError("an upstream must speak at least one dialect")
        return self

    def url(self, *, dialect: Dialect, path: str, query: str = "") -> URL:
        """The address of an endpoint, e.g. ``path="/chat/completions"``; never another host."""
        base = _base(self.base_urls.get(dialect, self.base_url), dialect)
        return URL(f"{base}{path}{'?' + query if query else ''}", encoded=True)

    def auth_headers(self, dialect: Dialect) -> dict[str, str]:
        """The headers that carry the key, and those that were configured."""
        found: dict[str, str] = {}
        if self.key is not None:
            value = self.key.get_secret_value()
            header = _KEY_HEADERS.get(dialect) if self.auth == "auto" else self.auth
            bearer = header in (None, "bearer")
            found = {"Authorization": f"Bearer {value}"} if bearer else {str(header): value}
        return found | {name: _plain(value) for name, value in self.headers.items()}

    @property
    def secrets(self) -> tuple[str, ...]:
        """Everything that must not be written anywhere: the key and the secret headers' values."""
        headers = [v.get_secret_value() for v in self.headers.values() if isinstance(v, SecretStr)]
        key = [] if self.key is None else [self.key.get_secret_value()]
        return tuple(value for value in key + headers if len(value) >= 4)

    @property
    def account(self) -> tuple[object, ...]:
        """What shares one provider's limits: same bases, same secrets, same limits."""
        return (self.base_url, tuple(sorted(self.base_urls.items())), self.secrets, self.limits)


def _plain(value: SecretStr | str) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else value


def _check_base(text: str) -> None:
    url = URL(text)
    if url.scheme not in ("http", "https") or not url.host:
        raise ValueError(f"'{text}' is no http or https address; write it like https://host/v1")
    if url.user or url.password or url.query_string or url.fragment:
        raise ValueError("a base URL has no user, password, query or fragment; set the key apart")


def _base(text: str, dialect: Dialect) -> str:
    base = text.rstrip("/")
    bare = URL(base).path in ("", "/")
    version = "/v1beta" if dialect is Dialect.GEMINI else "/v1"
    if bare or (dialect in _KEY_HEADERS and not _VERSIONED.search(base)):
        return base + version
    return base
