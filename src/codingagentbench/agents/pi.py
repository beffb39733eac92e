"""pi, https://github.com/earendil-works/pi: any dialect; edits through its own tools."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from codingagentbench.agents.model import Agent, Launch, LaunchRequest, Npm
from codingagentbench.agents.prompts import as_message, fed
from codingagentbench.agents.taking import rules_at, skills_in
from codingagentbench.gateway.dialects import Dialect

_PROGRAM = "{prefix}/node_modules/@earendil-works/pi-coding-agent/dist/bundle/cli.js"

#: What pi calls each dialect.
_APIS: Final[Mapping[Dialect, str]] = {
    Dialect.CHAT: "openai-completions",
    Dialect.RESPONSES: "openai-responses",
    Dialect.MESSAGES: "anthropic-messages",
}


def launch(request: LaunchRequest) -> Launch:
    """How pi is started headless on ``request.prompt``; touches nothing."""
    folder = f"{request.home}/.pi/agent"
    prompt = f"{folder}/prompt.md"
    provider = {
        "baseUrl": request.endpoint.url,
        "api": _APIS[request.endpoint.dialect],
        "apiKey": "$MODEL_API_KEY",
        "compat": {"supportsDeveloperRole": False, "supportsReasoningEffort": False},
        "models": [
            {
                "id": request.endpoint.model,
                "name": request.endpoint.model,
                "reasoning": False,
                "input": ["text"],
                "contextWindow": 128000,
                "maxTokens": 8192,
                "cost": {"input": 0, "output": 0, "cacheRead": 0, "cacheWrite": 0},
            }
        ],
    }
    argv = (
        *(request.node or "node", _PROGRAM.format(prefix=request.prefix)),
        *("--print", "--no-session", "--offline"),
        *("--provider", "custom", "--model", request.endpoint.model),
        *("--no-extensions", "--no-skills", "--no-prompt-templates"),
    )
    env = {
        "MODEL_API_KEY": request.endpoint.key,
        "PI_OFFLINE": "1",
        "PI_SKIP_VERSION_CHECK": "1",
        "PI_TELEMETRY": "0",
    }
    models = json.dumps({"providers": {"custom": provider}}, indent=1)
    files = {f"{folder}/models.json": models, prompt: as_message(request.prompt)}
    return Launch(argv=fed(argv, prompt), env=env, files=files)


PI = Agent(
    name="pi",
    version="0.87.1",
    homepage="https://github.com/earendil-works/pi",
    install=Npm(package="@earendil-works/pi-coding-agent"),
    dialects=(Dialect.CHAT, Dialect.RESPONSES, Dialect.MESSAGES),
    launch=launch,
    takes={
        "rules": rules_at(".pi/agent/AGENTS.md"),
        "skills": skills_in(".pi/agent/skills", without=("--no-skills",)),
    },
    version_argv=("{node}", _PROGRAM, "--version"),
    retries="3, with 2 s and more between, not as long as Retry-After asks",
    own_timeout="300 s a try on a silent server",
    notes="Prints only its last words. Needs Node 22.19 or later.",
)
