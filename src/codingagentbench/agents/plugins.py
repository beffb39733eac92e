"""What is added to an agent as shipped: rules, MCP servers, skills, from a TOML file."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from codingagentbench.errors import AgentError

if TYPE_CHECKING:
    from codingagentbench.agents.model import Agent, Launch

Kind = Literal["rules", "mcp", "skills"]
KINDS: Final[tuple[Kind, ...]] = ("rules", "mcp", "skills")

_LARGEST: Final = 1 << 20  # bytes of one file, and of all together
_FOLDER: Final = "{folder}"


class Server(BaseModel):
    """An MCP server that the agent starts, speaking over its standard input and output."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    command: tuple[str, ...] = Field(min_length=1)
    env: Mapping[str, str] = {}


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")
    rules: str | None = None  # the text
    rules_file: str | None = None  # or where it is
    mcp: Mapping[str, Server] = {}
    skills: str | None = None  # a folder of folders, each with a SKILL.md
    folder: str | None = None  # what the servers need; "{folder}" in their commands


@dataclass(frozen=True, kw_only=True)
class Plugin:
    """One plugin, read. Texts only; ``digest`` is over all of it."""

    name: str
    digest: str
    rules: str | None = None
    servers: Mapping[str, Server] = field(default_factory=dict)
    skills: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # name -> path -> text
    files: Mapping[str, str] = field(default_factory=dict)  # path below the folder -> text

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What is in it."""
        there = {"rules": self.rules is not None, "mcp": self.servers, "skills": self.skills}
        return tuple(kind for kind in KINDS if there[kind])


@dataclass(frozen=True, kw_only=True)
class Placing:
    """A launch being added to: the values of :class:`Launch`, and where HOME is."""

    argv: tuple[str, ...]
    env: Mapping[str, str]
    files: Mapping[str, str]
    home: str


#: How an agent takes one kind: from what is there to what it becomes.
Taker = Callable[[Placing, Plugin], Placing]


@dataclass(frozen=True, kw_only=True)
class Added:
    """What became of one plugin: kinds that the agent was given, and those it has no place for."""

    name: str
    digest: str
    applied: tuple[Kind, ...]
    skipped: Mapping[Kind, str]


def with_plugins(
    launch: Launch, plugins: Sequence[Plugin], *, agent: Agent, home: str
) -> tuple[Launch, tuple[Added, ...]]:
    """``launch`` of ``agent`` with ``plugins`` in its own convention."""
    placing = Placing(argv=launch.argv, env=launch.env, files=launch.files, home=home)
    done, added = add(placing, plugins, takes=agent.takes, agent=agent.name)
    return replace(launch, argv=done.argv, env=done.env, files=done.files), added


def add(
    placing: Placing, plugins: Sequence[Plugin], *, takes: Mapping[Kind, Taker], agent: str
) -> tuple[Placing, tuple[Added, ...]]:
    """``placing`` with all plugins, in their order, and what became of each."""
    found = []
    for plugin in plugins:
        applied = tuple(kind for kind in plugin.kinds if kind in takes)
        place = f"{placing.home}/.plugins/{plugin.name}"
        if "mcp" in applied:
            placed = {f"{place}/{path}": text for path, text in plugin.files.items()}
            placing = replace(placing, files={**placing.files, **placed})
        settled = _settled(plugin, place)
        for kind in applied:
            placing = takes[kind](placing, settled)
        skipped: dict[Kind, str] = {
            kind: f"{agent} has no place for {_WORDS[kind]}"
            for kind in plugin.kinds
            if kind not in takes
        }
        added = Added(name=plugin.name, digest=plugin.digest, applied=applied, skipped=skipped)
        found.append(added)
    return placing, tuple(found)


_WORDS: Final[Mapping[Kind, str]] = {
    "rules": "rules of the user's own",
    "mcp": "MCP servers",
    "skills": "skills",
}


def _settled(plugin: Plugin, place: str) -> Plugin:
    """The servers with the place of their files filled in."""
    servers = {
        name: Server(
            command=tuple(word.replace(_FOLDER, place) for word in one.command),
            env={key: value.replace(_FOLDER, place) for key, value in one.env.items()},
        )
        for name, one in plugin.servers.items()
    }
    return replace(plugin, servers=servers)


def load_plugin(path: Path) -> Plugin:
    """The plugin in a file. Raises :class:`AgentError` in one sentence."""
    told = _read(path)
    rules = told.rules
    if told.rules_file is not None:
        if rules is not None:
            raise AgentError("gives both 'rules' and 'rules_file'", where=str(path))
        rules = _text(path.parent / told.rules_file)
    skills: dict[str, dict[str, str]] = {}
    if told.skills is not None:
        for name, text in _texts(path.parent / told.skills).items():
            skill, _, rest = name.partition("/")
            skills.setdefault(skill, {})[rest] = text
    for skill, files in skills.items():
        if "SKILL.md" not in files:
            raise AgentError(f"skill '{skill}' has no SKILL.md", where=str(path))
    files = _texts(path.parent / told.folder) if told.folder is not None else {}
    whole = [told.name, rules, _plain(told.mcp), skills, files]
    plugin = Plugin(
        name=told.name,
        digest="sha256:" + hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest(),
        rules=rules,
        servers=told.mcp,
        skills=skills,
        files=files,
    )
    if not plugin.kinds:
        do = "give rules, [mcp.NAME] or skills"
        raise AgentError("there is nothing in this plugin", where=str(path), do=do)
    return plugin


def _plain(servers: Mapping[str, Server]) -> Any:
    return {name: one.model_dump(mode="json") for name, one in servers.items()}


def _read(path: Path) -> _File:
    try:
        return _File.model_validate(tomllib.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        raise AgentError("there is no such plugin", where=str(path)) from None
    except OSError as wrong:
        raise AgentError(f"cannot be read: {wrong.strerror}", where=str(path)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise AgentError(f"not valid TOML: {wrong}", where=str(path)) from None
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        said = first["msg"][:1].lower() + first["msg"][1:]
        raise AgentError(
            f"key '{key}': {said}", where=str(path), do="see docs/plugins.md"
        ) from None


def _texts(folder: Path) -> dict[str, str]:
    """Every file below ``folder`` by its path; links are not followed."""
    if not folder.is_dir():
        raise AgentError("there is no such folder", where=str(folder))
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and "__pycache__" not in path.parts:
            found[str(PurePosixPath(path.relative_to(folder)))] = _text(path)
    if sum(map(len, found.values())) > _LARGEST:
        raise AgentError("holds more than 1 MiB", where=str(folder))
    return found


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
        if len(data) > _LARGEST:
            raise AgentError("is larger than 1 MiB", where=str(path))
        return data.decode("utf-8")
    except FileNotFoundError:
        raise AgentError("there is no such file", where=str(path)) from None
    except OSError as wrong:
        raise AgentError(f"cannot be read: {wrong.strerror}", where=str(path)) from None
    except UnicodeDecodeError:
        raise AgentError("is not text", where=str(path), do="plugins hold text only") from None
