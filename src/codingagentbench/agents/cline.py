"""Cline CLI, https://cline.bot: chat completions; edits through its own tools."""

from __future__ import annotations

import json

from codingagentbench.agents.claims import Claimed, json_in, number
from codingagentbench.agents.model import Agent, Claims, Launch, LaunchRequest, Npm
from codingagentbench.agents.prompts import as_message, piped
from codingagentbench.agents.taking import rules_at, servers_at
from codingagentbench.gateway.dialects import Dialect

_PROGRAM = "{prefix}/node_modules/cline/bin/cline"
_GLOBAL = {"telemetryOptOut": True, "autoUpdateEnabled": False}


def launch(request: LaunchRequest) -> Launch:
    """How Cline is started headless on ``request.prompt``; touches nothing.

    Without the local session backend it leaves a daemon behind.
    """
    settings = f"{request.home}/.cline/data/settings"
    prompt = f"{request.home}/.cline/prompt.md"
    argv = (
        *(request.node or "node", _PROGRAM.format(prefix=request.prefix)),
        *("--auto-approve", "true", "-P", "openai-compatible", "-m", request.endpoint.model),
    )
    files = {
        f"{settings}/global-settings.json": json.dumps(_GLOBAL),
        f"{settings}/providers.json": json.dumps(_providers(request)),
        prompt: as_message(request.prompt),
    }
    return Launch(
        argv=piped(argv, prompt), env={"CLINE_SESSION_BACKEND_MODE": "local"}, files=files
    )


def _providers(request: LaunchRequest) -> object:
    settings = {
        "provider": "openai-compatible",
        "apiKey": request.endpoint.key,
        "model": request.endpoint.model,
        "baseUrl": request.endpoint.url,
    }
    entry = {
        "settings": settings,
        "updatedAt": "2026-01-01T00:00:00.000Z",
        "tokenSource": "manual",
    }
    return {
        "version": 1,
        "lastUsedProvider": "openai-compatible",
        "modes": {},
        "providers": {"openai-compatible": entry},
    }


def claimed(text: str) -> Claimed | None:
    """The aggregate of the session's own file."""
    for value in json_in(text):
        usage = value.get("metadata") if isinstance(value, dict) else None
        if isinstance(usage, dict) and "aggregateUsage" in usage:
            return {
                "input": number(usage, "aggregateUsage", "inputTokens"),
                "cached": number(usage, "aggregateUsage", "cacheReadTokens"),
                "output": number(usage, "aggregateUsage", "outputTokens"),
            }
    return None


CLINE = Agent(
    name="cline",
    version="3.0.65",
    homepage="https://cline.bot",
    install=Npm(package="cline"),
    dialects=(Dialect.CHAT,),
    launch=launch,
    takes={
        "rules": rules_at("Documents/Cline/Rules/rules.md"),
        "mcp": servers_at(".cline/data/settings/cline_mcp_settings.json"),
    },
    claims=Claims(files=(".cline/data/sessions/*/*.json",), read=claimed),
    version_argv=("{node}", _PROGRAM, "--version"),
    retries="5 in 67 s on 429; waits as Retry-After asks",
    own_timeout="300 s on a silent server",
    phones=("otel.cline.bot", "data.cline.bot"),
    still_phones=("data.cline.bot",),
    notes="Its settings file holds the key. Reads a prompt from a pipe, but not from a file.",
)
