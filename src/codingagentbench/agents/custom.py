"""An agent described in a TOML file: no Python to write. See docs/agents-howto.md."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from codingagentbench.agents.digest import digest_tree
from codingagentbench.agents.model import Agent, Folder, Launch, LaunchRequest, Npm, Pip
from codingagentbench.agents.prompts import as_message, fed
from codingagentbench.errors import AgentError
from codingagentbench.gateway.dialects import Dialect

_HOLE: Final = re.compile(r"\{\{|\}\}|\{([A-Za-z_]+)\}")
_HOLES: Final[Mapping[str, Callable[[LaunchRequest], str | None]]] = {
    "model": lambda r: r.endpoint.model,
    "url": lambda r: r.endpoint.url,
    "key": lambda r: r.endpoint.key,
    "dialect": lambda r: r.endpoint.dialect.value,
    "prompt_file": lambda r: _prompt_file(r),
    "prefix": lambda r: r.prefix,
    "python": lambda r: r.python,
    "node": lambda r: r.node,
    "workspace": lambda r: r.workspace,
    "home": lambda r: r.home,
    "tmp": lambda r: r.tmp,
}


class _Install(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    folder: str | None = None  # beside the file
    npm: str | None = None  # a package, at ``version``
    pip: str | None = None
    extra: tuple[str, ...] = ()  # further requirements of pip
    python: str = ">=3.10,<3.13"


class _File(BaseModel):
    """The file, as it is written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9.-]{0,63}$")
    version: str = Field(pattern=r"^[0-9][0-9A-Za-z.+-]{0,63}$")
    argv: tuple[str, ...] = Field(min_length=1)
    dialects: tuple[Dialect, ...] = Field(min_length=1)
    homepage: str = ""
    install: _Install = _Install()
    stdin: Literal["nothing", "prompt"] = "nothing"
    env: Mapping[str, str] = {}
    files: Mapping[str, str] = {}
    version_argv: tuple[str, ...] = ()
    state_files: tuple[str, ...] = ()
    streams: bool = True
    edits: Literal["tools", "text"] = "tools"
    memory_mb: int = 2048
    notes: str = ""


def is_custom(name: str) -> bool:
    """Whether ``name`` is a path of a file rather than the name of an agent."""
    return name.endswith(".toml") or "/" in name


def load_custom(path: Path, *, taken: Mapping[str, Agent]) -> Agent:
    """The agent in the file at ``path``.

    Its version carries a digest over the file and the folder that goes with it, so that another
    content is another agent. Raises :class:`AgentError` in one sentence.
    """
    text, told = _read(path)
    if told.name in taken:
        raise AgentError(
            f"'{told.name}' is the name of an agent that is known", where=str(path), do="rename it"
        )
    for where, value in _texts(told):
        _check(value, where=f"{path}: {where}")
    if any("{key}" in word for word in told.argv):
        raise AgentError(
            "'{key}' stands in argv, which everyone on a machine can read",
            where=str(path),
            do="hand it over in [env] or [files]",
        )
    install = _install(told, path)
    version = told.version
    if isinstance(install, Folder):
        folder = digest_tree(install.path).files if install.path is not None else ""
        version += "+" + hashlib.sha256((text + folder).encode()).hexdigest()[:12]
        _check_program(told, install, path)
    return Agent(
        name=told.name,
        version=version,
        homepage=told.homepage,
        install=install,
        dialects=told.dialects,
        launch=lambda request: _launch(told, request),
        version_argv=told.version_argv or ("/bin/echo", version),
        state_files=told.state_files,
        streams=told.streams,
        edits=told.edits,
        memory_mb=told.memory_mb,
        notes=told.notes,
    )


def _read(path: Path) -> tuple[str, _File]:
    try:
        text = path.read_text("utf-8")
        data: dict[str, Any] = tomllib.loads(text)
    except FileNotFoundError:
        do = "give the name of an agent (cab agents list) or the path of its file"
        raise AgentError("there is no such agent file", where=str(path), do=do) from None
    except OSError as wrong:
        raise AgentError(f"cannot be read: {wrong.strerror}", where=str(path)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise AgentError(f"not valid TOML: {wrong}", where=str(path)) from None
    try:
        return text, _File.model_validate(data)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        message = first["msg"][:1].lower() + first["msg"][1:]
        raise AgentError(
            f"key '{key}': {message}", where=str(path), do="see docs/agents-howto.md"
        ) from None


def _install(told: _File, path: Path) -> Npm | Pip | Folder:
    how = told.install
    given = [name for name in ("folder", "npm", "pip") if getattr(how, name) is not None]
    if len(given) > 1:
        raise AgentError(f"[install] gives both {' and '.join(given)}", where=str(path))
    if how.npm is not None:
        return Npm(package=how.npm)
    if how.pip is not None:
        return Pip(package=how.pip, python=how.python, extra=how.extra)
    if how.folder is None:
        return Folder(path=None)
    folder = (path.parent / how.folder).resolve()
    if not folder.is_dir():
        raise AgentError(f"key 'install.folder': there is no folder {folder}", where=str(path))
    return Folder(path=folder)


def _check_program(told: _File, install: Folder, path: Path) -> None:
    """A program in the agent's own folder has to be there; what the system has is seen later."""
    root = "{prefix}/"
    for word in told.argv:
        inside = install.path / word.removeprefix(root) if install.path is not None else None
        if word.startswith(root) and (inside is None or not inside.exists()):
            raise AgentError(
                f"argv names {word}, and there is no such file",
                where=str(path),
                do="put it into the folder that [install] names",
            )


def _texts(told: _File) -> list[tuple[str, str]]:
    return [
        *(("argv", word) for word in (*told.argv, *told.version_argv)),
        *((f"env.{name}", value) for name, value in told.env.items()),
        *((f"files.{name}", part) for name, value in told.files.items() for part in (name, value)),
    ]


def _check(text: str, *, where: str) -> None:
    for hole in _HOLE.finditer(text):
        if hole[1] is not None and hole[1] not in _HOLES:
            known = ", ".join(f"{{{name}}}" for name in _HOLES)
            raise AgentError(
                f"unknown placeholder '{hole[0]}'",
                where=where,
                do=f"use one of {known}; write {{{{ and }}}} for braces",
            )


def _launch(told: _File, request: LaunchRequest) -> Launch:
    prompt = _prompt_file(request)
    argv = tuple(_filled(word, request) for word in told.argv)
    files = {_filled(k, request): _filled(v, request) for k, v in told.files.items()}
    return Launch(
        argv=fed(argv, prompt) if told.stdin == "prompt" else argv,
        env={name: _filled(value, request) for name, value in told.env.items()},
        files={**files, prompt: as_message(request.prompt)},
    )


def _filled(text: str, request: LaunchRequest) -> str:
    def put(hole: re.Match[str]) -> str:
        return hole[0][0] if hole[1] is None else _HOLES[hole[1]](request) or ""

    return _HOLE.sub(put, text)


def _prompt_file(request: LaunchRequest) -> str:
    return f"{request.home}/.prompt.md"
