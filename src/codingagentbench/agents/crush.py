"""Crush, https://github.com/charmbracelet/crush: chat completions; its own tools. Unverified."""

from __future__ import annotations

import json

from codingagentbench.agents.model import Agent, Launch, LaunchRequest, Release
from codingagentbench.agents.prompts import as_message, fed
from codingagentbench.gateway.dialects import Dialect

_PROGRAM = "{prefix}/bin/crush"


def launch(request: LaunchRequest) -> Launch:
    """How Crush is started headless on ``request.prompt``, after its public documentation."""
    folder = f"{request.home}/.config/crush"
    prompt = f"{folder}/prompt.md"
    argv = (
        *(_PROGRAM.format(prefix=request.prefix), "run", "--quiet"),
        *("--model", f"custom/{request.endpoint.model}"),
    )
    env = {
        "MODEL_API_KEY": request.endpoint.key,
        "CRUSH_DISABLE_METRICS": "1",
        "CRUSH_DISABLE_PROVIDER_AUTO_UPDATE": "1",
        "DO_NOT_TRACK": "1",
    }
    files = {
        f"{folder}/crush.json": json.dumps(_config(request), indent=1),
        prompt: as_message(request.prompt),
    }
    return Launch(argv=fed(argv, prompt), env=env, files=files)


def _config(request: LaunchRequest) -> object:
    model = {"id": request.endpoint.model, "name": request.endpoint.model}
    limits = {"context_window": 128000, "default_max_tokens": 8192}
    provider = {
        "type": "openai-compat",
        "base_url": request.endpoint.url,
        "api_key": "$MODEL_API_KEY",
        "models": [{**model, **limits}],
    }
    chosen = {"provider": "custom", "model": request.endpoint.model}
    return {
        "providers": {"custom": provider},
        "models": {"large": chosen, "small": chosen},
        "options": {"disable_metrics": True, "disable_provider_auto_update": True},
    }


CRUSH = Agent(
    name="crush",
    version="0.96.1",
    homepage="https://github.com/charmbracelet/crush",
    install=Release(
        url="https://github.com/charmbracelet/crush/releases/download/v{version}/"
        "crush_{version}_Linux_{machine}.tar.gz",
        program="crush",
        machines={"x86_64": "x86_64", "aarch64": "arm64"},
    ),
    dialects=(Dialect.CHAT,),
    launch=launch,
    version_argv=(_PROGRAM, "--version"),
    state_files=(".crush",),
    unverified="its download (GitHub releases) could not be reached where this was written",
)
