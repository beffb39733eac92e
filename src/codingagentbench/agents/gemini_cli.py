"""Gemini CLI, https://github.com/google-gemini/gemini-cli: the Gemini API; its own tools."""

from __future__ import annotations

import json

from codingagentbench.agents.model import Agent, Launch, LaunchRequest, Npm
from codingagentbench.agents.prompts import as_message, fed
from codingagentbench.agents.taking import rules_at, servers_at, skills_in
from codingagentbench.gateway.dialects import Dialect

_PROGRAM = "{prefix}/node_modules/@google/gemini-cli/bundle/gemini.js"
_SETTINGS = {
    "general": {"disableAutoUpdate": True, "enableAutoUpdate": False, "disableUpdateNag": True},
    "privacy": {"usageStatisticsEnabled": False},
    "telemetry": {"enabled": False},
    "security": {"auth": {"selectedType": "gemini-api-key"}},
}


def launch(request: LaunchRequest) -> Launch:
    """How Gemini CLI is started headless on ``request.prompt``; touches nothing."""
    folder = f"{request.home}/.gemini"
    prompt = f"{folder}/prompt.md"
    argv = (
        *(request.node or "node", _PROGRAM.format(prefix=request.prefix)),
        *("--yolo", "--skip-trust", "--model", request.endpoint.model),
    )
    env = {
        "GOOGLE_GEMINI_BASE_URL": request.endpoint.url,
        "GEMINI_API_KEY": request.endpoint.key,
        "GEMINI_TELEMETRY_ENABLED": "false",
    }
    files = {
        f"{folder}/settings.json": json.dumps(_SETTINGS, indent=1),
        prompt: as_message(request.prompt),
    }
    return Launch(argv=fed(argv, prompt), env=env, files=files)


GEMINI_CLI = Agent(
    name="gemini-cli",
    version="0.61.0",
    homepage="https://github.com/google-gemini/gemini-cli",
    install=Npm(package="@google/gemini-cli"),
    dialects=(Dialect.GEMINI,),
    launch=launch,
    takes={
        "rules": rules_at(".gemini/GEMINI.md"),
        "mcp": servers_at(".gemini/settings.json"),
        "skills": skills_in(".gemini/skills"),
    },
    version_argv=("{node}", _PROGRAM, "--version"),
    retries="9 in 234 s on 429, not as long as Retry-After asks",
    own_timeout="60 s a try on a silent server",
    notes="Its exit code is the HTTP status modulo 256, and 0 after SIGTERM.",
)
