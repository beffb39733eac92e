"""Every agent this package knows: one line each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from codingagentbench.agents.aider import AIDER
from codingagentbench.agents.codex import CODEX
from codingagentbench.agents.model import Agent
from codingagentbench.agents.opencode import OPENCODE
from codingagentbench.agents.pi import PI
from codingagentbench.errors import UnknownName

AGENTS: Final[Mapping[str, Agent]] = {agent.name: agent for agent in (AIDER, CODEX, OPENCODE, PI)}


def get(name: str, version: str | None = None) -> Agent:
    """The agent called ``name``, at ``version`` or at the one it is pinned to.

    Raises :class:`UnknownName` with the nearest that exists.
    """
    if name not in AGENTS:
        raise UnknownName("agent", name, AGENTS, do="see: cab agents list")
    return AGENTS[name] if version is None else replace(AGENTS[name], version=version)
