"""The config file: named endpoints, without any key in it.

default = "nebula"

[endpoints.nebula]
base_url = "https://llm.example.org/v1"
dialects = ["chat", "responses"]
key_env = "NEBULA_KEY"
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, field_validator

from codingagentbench.endpoints.targets import Price
from codingagentbench.errors import EndpointError
from codingagentbench.gateway.dialects import Dialect
from codingagentbench.gateway.upstream import RateLimits

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class EndpointConfig(_Value):
    """One ``[endpoints.NAME]`` table.

    ``dialects``: by default those that the host is known for, else chat alone.
    ``header_env``: header -> the environment variable that holds its value.
    ``auth``, ``add_usage`` and ``continuous_usage`` are as the gateway has them.
    ``models``: a model as it is asked for -> its id at the endpoint.
    ``prices``: by id at the endpoint.
    """

    base_url: str
    dialects: tuple[Dialect, ...] = ()
    key_env: str | None = None
    key_file: str | None = None
    headers: Mapping[str, str] = {}
    header_env: Mapping[str, str] = {}
    drop_fields: tuple[str, ...] = ()
    auth: Literal["auto", "bearer", "x-api-key"] = "auto"
    add_usage: bool = True
    continuous_usage: bool = False
    limits: RateLimits | None = None
    models: Mapping[str, str] = {}
    prices: Mapping[str, Price] = {}

    @field_validator("headers")
    @classmethod
    def _no_keys(cls, headers: Mapping[str, str]) -> Mapping[str, str]:
        for name in headers:
            if re.search("auth|key|token|cookie|secret", name, re.IGNORECASE):
                raise ValueError(f"{name} looks like a key: name its variable in header_env")
        return headers


class Config(_Value):
    """The whole file. ``default`` is the endpoint used when none is named."""

    default: str | None = None
    endpoints: Mapping[Name, EndpointConfig] = {}


def config_path(environ: Mapping[str, str]) -> Path:
    """Where the file is looked for: ``CAB_CONFIG``, else the user's config folder."""
    if given := environ.get("CAB_CONFIG"):
        return Path(given)
    base = environ.get("XDG_CONFIG_HOME") or str(Path(environ.get("HOME") or "~") / ".config")
    return Path(base).expanduser() / "codingagentbench" / "config.toml"


def load_config(path: Path, *, required: bool) -> Config:
    """The file's content; an empty config when there is no file and none is ``required``.

    Raises ``EndpointError`` that names the file and the line or the key that is wrong.
    """
    try:
        text = path.read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        if not required:
            return Config()
        raise EndpointError("there is no such config file", where=str(path)) from None
    except (OSError, UnicodeDecodeError) as wrong:
        reason = getattr(wrong, "strerror", None) or "it is not UTF-8 text"
        raise EndpointError(f"cannot be read: {reason}", where=str(path)) from wrong
    try:
        config = Config.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as wrong:
        raise EndpointError(f"not valid TOML: {wrong}", where=str(path)) from wrong
    except ValidationError as wrong:
        raise _explained(wrong, path) from wrong
    if config.default is not None and config.default not in config.endpoints:
        known = ", ".join(config.endpoints) or "none"
        what = f"'default' names '{config.default}', which is not among the endpoints ({known})"
        raise EndpointError(what, where=str(path))
    return config


def _explained(wrong: ValidationError, path: Path) -> EndpointError:
    first = wrong.errors(include_url=False, include_input=False)[0]
    key, last = ".".join(map(str, first["loc"])), str(first["loc"][-1])
    if first["type"] != "extra_forbidden":
        return EndpointError(f"'{key}': {first['msg'].lower()}", where=str(path))
    if re.search(r"^(api_?)?key$|token|secret", last, re.IGNORECASE):
        what, do = f"'{key}': keys are never written here", "name it by key_env or key_file"
        return EndpointError(what, where=str(path), do=do)
    known = [*EndpointConfig.model_fields, *Config.model_fields, *RateLimits.model_fields]
    near = difflib.get_close_matches(last, known, n=1)
    meant = f" (did you mean '{near[0]}'?)" if near else ""
    return EndpointError(f"unknown key '{key}'{meant}", where=str(path))
