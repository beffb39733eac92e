"""From a model's name to where its calls go: config file, environment, flags; later wins."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from pydantic import SecretStr, ValidationError

from codingagentbench.endpoints.config import Config, EndpointConfig, config_path, load_config
from codingagentbench.endpoints.personas import PERSONAS
from codingagentbench.endpoints.targets import MIN_SECRET, Target
from codingagentbench.errors import EndpointError, UnknownName
from codingagentbench.gateway.dialects import Dialect
from codingagentbench.gateway.upstream import Upstream

#: What well-known hosts speak; every other one is taken to speak chat completions.
_KNOWN: Final[Mapping[str, tuple[Dialect, ...]]] = {
    "api.openai.com": (Dialect.CHAT, Dialect.RESPONSES),
    "api.anthropic.com": (Dialect.MESSAGES,),
    "generativelanguage.googleapis.com": (Dialect.GEMINI,),
}

#: Ends of a URL that people paste although the dialect adds them.
_TOO_LONG: Final = ("/chat/completions", "/responses", "/messages")


@dataclass(frozen=True, kw_only=True)
class _Key:
    """Where a key is: in a variable or in a file."""

    env: str | None = None
    file: Path | None = None


@dataclass(frozen=True, kw_only=True)
class _Choice:
    """One endpoint, chosen: its name, its table, and where its key is."""

    name: str
    table: EndpointConfig
    key: _Key
    where: str  # who said so, for messages


def resolve(
    model: str,
    *,
    endpoint: str | None = None,
    key_env: str | None = None,
    key_file: Path | None = None,
    config: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> Target:
    """Where the calls for ``model`` go.

    ``model`` is a built-in model's name, an id at the configured endpoint, or ``NAME:ID`` with the
    name of a configured endpoint. ``endpoint`` is such a name or a base URL. A key belongs to the
    endpoint that it was given for: ``CAB_KEY`` goes only to ``CAB_ENDPOINT`` or to a URL in
    ``endpoint``, never to a configured endpoint that names a key of its own.

    Raises ``EndpointError`` (or ``UnknownName``) in one sentence that never shows a key.
    """
    environ = os.environ if environ is None else environ
    path = config or config_path(environ)
    required = config is not None or bool(environ.get("CAB_CONFIG"))
    known = load_config(path, required=required)
    name, colon, rest = model.partition(":")
    if colon and rest and endpoint is None and name in known.endpoints:
        endpoint, model = name, rest
    elif model in PERSONAS:
        if endpoint is not None:
            what = f"model '{model}' is built in and uses no endpoint"
            raise EndpointError(what, do=f"drop --endpoint, or write NAME:{model}")
        return Target(model=model, endpoint="builtin", persona=PERSONAS[model])
    if not model.strip():
        raise EndpointError("the model's name is empty", do="give -m a model's id")
    flags = _Key(env=key_env, file=key_file)
    choice = _choose(model, known, endpoint=endpoint, flags=flags, environ=environ)
    return _target(model, choice, environ)


def _choose(
    model: str,
    config: Config,
    *,
    endpoint: str | None,
    flags: _Key,
    environ: Mapping[str, str],
) -> _Choice:
    """The endpoint: of the flag, else of the environment, else the config's default or only one."""
    said = endpoint or environ.get("CAB_ENDPOINT") or None
    where = "--endpoint" if endpoint else "CAB_ENDPOINT"
    flagged = flags if flags.env or flags.file else None
    if said is None:
        only = next(iter(config.endpoints)) if len(config.endpoints) == 1 else None
        said, where = config.default or only, "the config file"
    if said is None:
        raise _nowhere(model, config)
    if "://" in said:
        dialect = environ.get("CAB_DIALECT")
        table = EndpointConfig(base_url=said, dialects=_dialects(dialect) if dialect else ())
        own = _Key(env="CAB_KEY") if environ.get("CAB_KEY") else _Key()
        host = urlsplit(_base_url(said, where=where)).netloc
        return _Choice(name=host, table=table, key=flagged or own, where=where)
    if said not in config.endpoints:
        do = "name one of the config file, or give a base URL that starts with https://"
        raise UnknownName("endpoint", said, config.endpoints, do=do)
    table = config.endpoints[said]
    file = Path(table.key_file).expanduser() if table.key_file else None
    own = _Key(env=table.key_env, file=file)
    return _Choice(name=said, table=table, key=flagged or own, where=f"endpoint '{said}'")


def _nowhere(model: str, config: Config) -> EndpointError:
    if config.endpoints:
        names = ", ".join(config.endpoints)
        what = f"several endpoints are configured ({names}) and none is the default"
        return EndpointError(what, do=f"write NAME:{model}, or set 'default' in the config file")
    near = difflib.get_close_matches(model, PERSONAS, n=1)
    meant = f" (did you mean the built-in '{near[0]}'?)" if near else ""
    what = f"no endpoint is configured for model '{model}'{meant}"
    do = "set CAB_ENDPOINT to a base URL and CAB_KEY to its key, or add an endpoint to the config"
    return EndpointError(what, do=do)


def _target(model: str, choice: _Choice, environ: Mapping[str, str]) -> Target:
    table = choice.table
    url = _base_url(table.base_url, where=choice.where)
    key, upstream = _key(choice, environ), table.models.get(model, model)
    headers: dict[str, SecretStr | str] = dict(table.headers)
    for header, variable in table.header_env.items():
        value = _variable(variable, f"header {header} of {choice.where}", environ)
        headers[header] = SecretStr(value) if len(value) >= MIN_SECRET else value
    try:
        where_to = Upstream(
            base_url=url,
            key=key,
            dialects=table.dialects or _KNOWN.get(urlsplit(url).hostname or "", (Dialect.CHAT,)),
            auth=table.auth,
            headers=headers,
            drop_fields=table.drop_fields,
            add_usage=table.add_usage,
            continuous_usage=table.continuous_usage,
            model=upstream if upstream != model else None,
            limits=table.limits,
        )
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False)[0]
        raise EndpointError(first["msg"].lower(), where=choice.where) from None
    return Target(
        model=model,
        endpoint=choice.name,
        upstream=where_to,
        price=table.prices.get(upstream),
        secret_headers=tuple(h for h, v in headers.items() if isinstance(v, SecretStr)),
    )


def _base_url(text: str, *, where: str) -> str:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise EndpointError("the base URL cannot be read", where=where) from None
    if parts.username is not None or parts.password is not None:
        do = "give the key by CAB_KEY, --key-env or --key-file"
        raise EndpointError("the base URL holds a user or password", where=where, do=do)
    shown = f"'{text}' is not a base URL"
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        do = "it looks like https://host/v1"
        raise EndpointError(shown, where=where, do=do)
    if parts.query or parts.fragment:
        raise EndpointError("a base URL has no '?' and no '#'", where=where)
    path = parts.path.rstrip("/")
    for end in _TOO_LONG:
        if path.endswith(end):
            do = f"leave '{end}' away, it is added for each dialect"
            raise EndpointError(shown, where=where, do=do)
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def _dialects(text: str) -> tuple[Dialect, ...]:
    wanted = [part.strip() for part in text.split(",")]
    for part in wanted:
        if part not in list(Dialect):
            do = f"use {', '.join(Dialect)}, separated by commas"
            raise UnknownName("dialect", part, list(Dialect), do=do)
    return tuple(Dialect(part) for part in wanted)


def _key(choice: _Choice, environ: Mapping[str, str]) -> SecretStr | None:
    env, file = choice.key.env, choice.key.file
    if env and file:
        what = "both a key variable and a key file are given"
        raise EndpointError(what, where=choice.where, do="give one of them")
    if env:
        if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", env):
            # It may well be the key itself: not to be shown.
            what = "what is given as the key's variable is no variable's name"
            raise EndpointError(what, where=choice.where, do="give the name, not the key")
        return _checked(_variable(env, f"the key of {choice.where}", environ), f"${env}")
    return _checked(_file(file, choice.where), str(file)) if file else None


def _variable(name: str, use: str, environ: Mapping[str, str]) -> str:
    value = environ.get(name, "").strip()
    if not value:
        what = f"environment variable {name} is not set; it holds {use}"
        raise EndpointError(what, do=f"export {name}=...")
    return value


def _file(path: Path, where: str) -> str:
    try:
        value = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as wrong:
        reason = (getattr(wrong, "strerror", None) or "not text").lower()
        raise EndpointError(f"key file {path} cannot be read: {reason}", where=where) from wrong
    if not value:
        do = "put the key, and nothing else, in it"
        raise EndpointError(f"key file {path} is empty", where=where, do=do)
    return value


def _checked(value: str, source: str) -> SecretStr:
    if not value.isascii() or not value.isprintable() or " " in value:
        what = f"the key in {source} has characters that no HTTP header can carry"
        raise EndpointError(what, do="put the key alone there, on one line")
    if len(value) < MIN_SECRET:
        what = (
            f"the key in {source} has fewer than {MIN_SECRET} characters, "
            "too few to be told from ordinary text and kept out of what is recorded"
        )
        raise EndpointError(what, do="leave it unset where the endpoint needs no key")
    return SecretStr(value)
