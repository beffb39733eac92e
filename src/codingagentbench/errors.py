"""Every error this package raises on purpose, and the exit code each one means.

CabError                    2   what was wrong, where, what to do: one sentence, no traceback
├── UsageError              2   the command line or a call's arguments
│   └── UnknownName         2   no such agent, model, task, ...; names the nearest
├── TaskError               2   a task folder that cannot be loaded
├── AgentError              2   an agent that cannot be launched as asked
│   ├── NotInstalled        2
│   └── InstallFailed       3
├── EndpointError           2   a provider that is not configured, a key that is not set
├── GatewayError            3   the recording gateway itself
├── SandboxError            3   the sandbox could not do what it was asked
│   ├── NoProgram           2   what it was to run is not there
│   └── SandboxUnavailable  2   this machine lacks what the backend needs
└── ResultsError            3   a results folder that cannot be read or written
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import ClassVar


class CabError(Exception):
    """The root. ``str()`` of it is one sentence: what, where, what to do."""

    exit_code: ClassVar[int] = 2

    def __init__(self, what: str, *, where: str | None = None, do: str | None = None) -> None:
        self.what, self.where, self.do = what, where, do
        text = what if where is None else f"{where}: {what}"
        super().__init__(text if do is None else f"{text}; {do}")


class UsageError(CabError):
    """The arguments do not make sense together, or one of them does not parse."""


class UnknownName(UsageError):
    """No such thing; the message names the nearest one that exists."""

    def __init__(self, kind: str, name: str, known: Iterable[str], *, do: str) -> None:
        near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.4)
        self.kind, self.name, self.nearest = kind, name, near[0] if near else None
        meant = f" (did you mean '{near[0]}'?)" if near else ""
        super().__init__(f"unknown {kind} '{name}'{meant}", do=do)


class TaskError(CabError):
    """A task folder is incomplete or wrong: the message has file, key and what is wrong."""


class AgentError(CabError):
    """An agent cannot be launched as asked (a dialect it does not speak, an option it lacks)."""


class NotInstalled(AgentError):
    """The agent is known but not installed; the message has the command that installs it."""


class InstallFailed(AgentError):
    """The package manager failed; the message ends with its own last words."""

    exit_code = 3


class EndpointError(CabError):
    """A model endpoint is unknown, half configured, or its key is not set."""


class GatewayError(CabError):
    """The gateway could not start or could not write its ledger."""

    exit_code = 3


class SandboxError(CabError):
    """A sandbox could not be built, run or torn down."""

    exit_code = 3


class SandboxUnavailable(SandboxError):
    """The machine lacks what the backend needs; the message has the command that mends it."""

    exit_code = 2


class NoProgram(SandboxError):
    """The program that a sandbox was to run does not exist in it."""

    exit_code = 2


class ResultsError(CabError):
    """A results folder cannot be read or written, or a record in it is not whole."""

    exit_code = 3
