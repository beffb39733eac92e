"""Every agent this package knows: one line each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from codingagentbench.agents.aider import AIDER
from codingagentbench.agents.claude_code import CLAUDE_CODE
from codingagentbench.agents.cline import CLINE
from codingagentbench.agents.codex import CODEX
from codingagentbench.agents.copilot import COPILOT
from codingagentbench.agents.crush import CRUSH
from codingagentbench.agents.custom import is_custom, load_custom
from codingagentbench.agents.gemini_cli import GEMINI_CLI
from codingagentbench.agents.goose import GOOSE
from codingagentbench.agents.gptme import GPTME
from codingagentbench.agents.kilo import KILO
from codingagentbench.agents.mini_swe_agent import MINI_SWE_AGENT
from codingagentbench.agents.model import Agent
from codingagentbench.agents.opencode import OPENCODE
from codingagentbench.agents.openhands import OPENHANDS
from codingagentbench.agents.pi import PI
from codingagentbench.agents.plandex import PLANDEX
from codingagentbench.agents.qwen_code import QWEN_CODE
from codingagentbench.errors import UnknownName

_ALL = (
    *(AIDER, CLAUDE_CODE, CLINE, CODEX, COPILOT, CRUSH, GEMINI_CLI, GOOSE, GPTME, KILO),
    *(MINI_SWE_AGENT, OPENCODE, OPENHANDS, PI, PLANDEX, QWEN_CODE),
)

AGENTS: Final[Mapping[str, Agent]] = {agent.name: agent for agent in _ALL}

#: Those that a first look and every run of the tests use: between them they speak every dialect
#: of OpenAI and Anthropic, edit by tools and by text, and are quick to install and to start.
CORE: Final = ("aider", "codex", "opencode", "pi")


def named(text: str) -> Agent:
    """As :func:`get`, of ``NAME``, ``NAME@VERSION`` or the path of a file."""
    name, _, version = (text, "", "") if is_custom(text) else text.partition("@")
    return get(name, version or None)


def get(name: str, version: str | None = None) -> Agent:
    """The agent called ``name``, at ``version`` or at the one it is pinned to.

    A path of a TOML file is an agent of the caller's own. Raises :class:`UnknownName` with the
    nearest that exists, or :class:`AgentError` for what is wrong with the file.
    """
    if is_custom(name):
        return load_custom(Path(name).expanduser(), taken=AGENTS)
    if name not in AGENTS:
        raise UnknownName("agent", name, AGENTS, do="see: cab agents list")
    return AGENTS[name] if version is None else replace(AGENTS[name], version=version)
