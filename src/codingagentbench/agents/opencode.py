"""opencode, https://opencode.ai: chat completions; edits through its own tools."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from codingagentbench.agents.model import Agent, Launch, LaunchRequest, Npm
from codingagentbench.agents.plugins import Server
from codingagentbench.agents.prompts import as_message, fed
from codingagentbench.agents.taking import rules_at, servers_at, skills_in
from codingagentbench.gateway.dialects import Dialect

_PROGRAM = "{prefix}/node_modules/opencode-ai/bin/opencode.exe"


def launch(request: LaunchRequest) -> Launch:
    """How opencode is started headless on ``request.prompt``; touches nothing.

    The lock file beside the configuration says that the plugin package, which opencode would
    otherwise fetch at every start, is there. The title spares the hidden call that asks for one.
    """
    config = f"{request.home}/.config/opencode"
    model = f"custom/{request.endpoint.model}"
    plugin = {"dependencies": {"@opencode-ai/plugin": "*"}}
    files = {
        f"{config}/opencode.json": json.dumps(_config(request, model), indent=1),
        f"{config}/node_modules/.keep": "",
        f"{config}/package-lock.json": json.dumps({"lockfileVersion": 3, "packages": {"": plugin}}),
        f"{config}/prompt.md": as_message(request.prompt),
    }
    program = _PROGRAM.format(prefix=request.prefix)
    argv = (program, "run", "--title", "task", "--model", model)
    env = {
        "MODEL_API_KEY": request.endpoint.key,
        "OPENCODE_DISABLE_AUTOUPDATE": "1",
        "OPENCODE_DISABLE_MODELS_FETCH": "1",
        "OPENCODE_DISABLE_LSP_DOWNLOAD": "1",
        "OPENCODE_DISABLE_DEFAULT_PLUGINS": "1",
    }
    return Launch(argv=fed(argv, f"{config}/prompt.md"), env=env, files=files)


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


def _server(server: Server) -> Mapping[str, Any]:
    return {"type": "local", "command": list(server.command), "environment": server.env}


OPENCODE = Agent(
    name="opencode",
    version="1.18.33",
    homepage="https://opencode.ai",
    install=Npm(package="opencode-ai", node=None, setup="postinstall.mjs"),
    dialects=(Dialect.CHAT,),
    launch=launch,
    takes={
        "rules": rules_at(".config/opencode/AGENTS.md"),
        "mcp": servers_at(".config/opencode/opencode.json", "mcp", shape=_server),
        "skills": skills_in(".config/opencode/skills"),
    },
    version_argv=(_PROGRAM, "--version"),
    background="a title for the session; spared by --title",
    retries="8 in 80 s on 429; waits as Retry-After asks",
    own_timeout="300 s a try on a silent server",
    phones=("models.opencode.ai", "registry.npmjs.org"),
    notes="Peaks at about 650 MiB; unpacks a 5 MiB library into TMPDIR at every start.",
)
