"""What an install says while it goes on: values, handed to whoever asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """Where an install is; each agent passes through some of these, in this order."""

    WAITING = "waiting"  # another process is installing the same thing
    RUNTIME = "runtime"  # Node is fetched
    FETCHING = "fetching"
    INSTALLING = "installing"
    COMPILING = "compiling"  # Python sources to bytecode
    CHECKING = "checking"  # the digest over every file
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Progress:
    """One thing that happened. ``done`` counts packages since the phase began."""

    agent: str
    version: str
    phase: Phase
    detail: str = ""  # the package at hand, or the error
    done: int = 0
    total: int | None = None  # None while it is not known
    seconds: float = 0.0  # since this agent's install began


#: Called from the thread that does the work, one call at a time over all of them.
OnProgress = Callable[[Progress], None]


def silent(progress: Progress) -> None:
    """For callers who do not want to know."""
