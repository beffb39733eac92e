"""What an agent is (a pinned CLI and how to install it) and what a launch is (a value)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from codingagentbench.agents.plugins import Kind, Taker
from codingagentbench.gateway.dialects import Dialect


@dataclass(frozen=True, kw_only=True)
class Npm:
    """Installed by npm into a prefix of its own.

    ``node``: the major version it runs on, brought along; ``None`` for a native program.
    ``setup``: a script of the package itself that has to run once after the install. No other
    install script runs.
    """

    package: str
    node: int | None = 22
    setup: str | None = None


@dataclass(frozen=True, kw_only=True)
class Pip:
    """Installed by pip into an environment of its own; ``extra`` are further requirements.

    Only wheels are installed, but for the packages in ``built``, of which there is none.
    """

    package: str
    python: str = ">=3.10,<3.13"
    extra: tuple[str, ...] = ()
    built: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Release:
    """A program fetched as an archive from a release page.

    ``url`` has ``{version}`` and ``{machine}`` in it; ``machines``: this platform's name -> theirs;
    ``program``: where the program lies in the archive. Nothing of it is run while installing.
    """

    url: str
    program: str
    machines: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Folder:
    """A folder of the user's own, copied; ``None``: nothing, the program is the system's."""

    path: Path | None


@dataclass(frozen=True, kw_only=True)
class ModelEndpoint:
    """What an agent is told of its model: the gateway's address inside, and this attempt's key."""

    url: str  # "http://127.0.0.1:PORT/v1" for chat and responses; without /v1 for messages
    key: str  # the session's, worthless elsewhere and after the attempt
    dialect: Dialect
    model: str


@dataclass(frozen=True, kw_only=True)
class LaunchRequest:
    """Everything an adapter may look at. Paths are those inside the sandbox."""

    prompt: str
    endpoint: ModelEndpoint
    prefix: str  # where the agent's install lies inside, e.g. /opt/agent
    python: str | None  # the interpreter of a Pip install, inside
    node: str | None  # the node binary of an Npm install, inside
    workspace: str
    home: str
    tmp: str


@dataclass(frozen=True, kw_only=True)
class Launch:
    """How one run is started: argv, environment, files to place. A value, not an action."""

    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)  # absolute path inside -> content


@dataclass(frozen=True, kw_only=True)
class Claims:
    """Where an agent says what it used, and how that is read; see ``agents.claims``.

    ``files``: globs under HOME whose contents ``read`` gets, one after the other; without any it
    gets the last of what the agent printed.
    """

    read: Callable[[str], Mapping[str, int] | None]
    files: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Agent:
    """One CLI under test, at its pinned version."""

    name: str
    version: str
    homepage: str
    install: Npm | Pip | Release | Folder
    dialects: tuple[Dialect, ...]  # the first is the default
    launch: Callable[[LaunchRequest], Launch]
    version_argv: tuple[str, ...]  # prints the version; "{prefix}", "{python}", "{node}" filled in
    state_files: tuple[str, ...] = ()  # globs of its own droppings in the workspace: litter
    streams: bool = True
    edits: Literal["tools", "text"] = "tools"  # what a model is given to act with
    memory_mb: int = 2048  # what it needs to run at all
    takes: Mapping[Kind, Taker] = field(default_factory=dict)  # plugins that it has a place for
    claims: Claims | None = None  # None: it tells nobody
    background: str = ""  # model calls that nobody asked for, and whether they are switched off
    retries: str = ""  # what it does by itself when a call fails, as shipped
    own_timeout: str = ""  # when it gives up a silent server by itself
    phones: tuple[str, ...] = ()  # host names it asks for as shipped
    still_phones: tuple[str, ...] = ()  # those of them that no setting stops
    unverified: str = ""  # why it was never seen to run; "" where it was
    notes: str = ""


@dataclass(frozen=True, kw_only=True)
class Installed:
    """One version of an agent on this machine."""

    agent: str
    version: str
    prefix: Path  # on the host
    digest: str  # "sha256:..." over every installed file
    mounts: Mapping[str, Path]  # inside path -> host path, prefix included
    python: str | None  # inside
    node: str | None  # inside
    #: Inside path -> digest of the tree there, by which an image is known that has it.
    digests: Mapping[str, str] = field(default_factory=dict)
