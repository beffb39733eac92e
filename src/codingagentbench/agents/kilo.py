"""Kilo Code CLI, https://kilo.ai: chat completions; a fork of opencode; its own tools."""

from __future__ import annotations

import json
from dataclasses import replace

from codingagentbench.agents.model import Agent, Launch, LaunchRequest, Npm
from codingagentbench.agents.plugins import Placing, Plugin
from codingagentbench.agents.prompts import as_message, fed
from codingagentbench.agents.taking import rules_at, skills_in
from codingagentbench.gateway.dialects import Dialect

_PROGRAM = "{prefix}/node_modules/@kilocode/cli/bin/kilo"


def launch(request: LaunchRequest) -> Launch:
    """How Kilo is started headless on ``request.prompt``; touches nothing."""
    prompt = f"{request.home}/.config/kilo/prompt.md"
    model = f"custom/{request.endpoint.model}"
    argv = (
        *(request.node or "node", _PROGRAM.format(prefix=request.prefix)),
        *("run", "--auto", "--title", "task", "--model", model),
    )
    env = {
        "MODEL_API_KEY": request.endpoint.key,
        "KILO_CONFIG_CONTENT": json.dumps(_config(request, model)),
        "KILO_DISABLE_AUTOUPDATE": "1",
        "KILO_DISABLE_MODELS_FETCH": "1",
        "KILO_DISABLE_LSP_DOWNLOAD": "1",
        "KILO_DISABLE_DEFAULT_PLUGINS": "1",
        "KILO_DISABLE_SESSION_INGEST": "1",
        "KILO_TELEMETRY_LEVEL": "off",
        "KILO_PURE": "1",
    }
    return Launch(argv=fed(argv, prompt), env=env, files={prompt: as_message(request.prompt)})


def _config(request: LaunchRequest, model: str) -> object:
    provider = {
        "npm": "@ai-sdk/openai-compatible",
        "name": "custom",
        "options": {"baseURL": request.endpoint.url, "apiKey": "{env:MODEL_API_KEY}"},
        "models": {request.endpoint.model: {"limit": {"context": 128000, "output": 8192}}},
    }
    return {
        "autoupdate": False,
        "share": "disabled",
        "model": model,
        "small_model": model,
        "permission": {"*": "allow"},
        "enabled_providers": ["custom"],
        "provider": {"custom": provider},
    }


def _mcp(placing: Placing, plugin: Plugin) -> Placing:
    """Its whole configuration is one variable."""
    config = json.loads(placing.env["KILO_CONFIG_CONTENT"])
    for name, one in plugin.servers.items():
        entry = {"type": "local", "command": list(one.command), "environment": dict(one.env)}
        config.setdefault("mcp", {})[name] = entry
    return replace(placing, env={**placing.env, "KILO_CONFIG_CONTENT": json.dumps(config)})


KILO = Agent(
    name="kilo",
    version="7.7.7",
    homepage="https://kilo.ai",
    install=Npm(package="@kilocode/cli"),
    dialects=(Dialect.CHAT,),
    launch=launch,
    takes={
        "rules": rules_at(".config/kilo/AGENTS.md"),
        "mcp": _mcp,
        "skills": skills_in(".config/kilo/skills"),
    },
    version_argv=("{node}", _PROGRAM, "--version"),
    retries="5 in 76 s on 429; waits as Retry-After asks",
    phones=("models.dev", "us.i.posthog.com"),
    memory_mb=3072,
    notes="Takes about 10 s and 1.1 GiB to start.",
)
