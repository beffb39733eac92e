"""GitHub Copilot CLI, https://github.com/github/copilot-cli: any dialect; its own tools."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from codingagentbench.agents.claims import Claimed, lines_of_json, number, summed, under
from codingagentbench.agents.model import Agent, Claims, Launch, LaunchRequest, Npm
from codingagentbench.agents.plugins import Server
from codingagentbench.agents.prompts import as_message, fed
from codingagentbench.agents.taking import plain, rules_at, servers_at, skills_in
from codingagentbench.gateway.dialects import Dialect

_PROGRAM = "{prefix}/node_modules/@github/copilot/npm-loader.js"

#: What Copilot calls each dialect: a type of provider, and the API of that provider.
_APIS: Final[Mapping[Dialect, Mapping[str, str]]] = {
    Dialect.CHAT: {
        "COPILOT_PROVIDER_TYPE": "openai",
        "COPILOT_PROVIDER_WIRE_API": "completions",
    },
    Dialect.RESPONSES: {
        "COPILOT_PROVIDER_TYPE": "openai",
        "COPILOT_PROVIDER_WIRE_API": "responses",
    },
    Dialect.MESSAGES: {"COPILOT_PROVIDER_TYPE": "anthropic"},
}


def launch(request: LaunchRequest) -> Launch:
    """How Copilot is started headless, offline and without a login, on ``request.prompt``."""
    home = f"{request.home}/.copilot"
    prompt = f"{home}/prompt.md"
    argv = (
        *(request.node or "node", _PROGRAM.format(prefix=request.prefix)),
        *("--model", request.endpoint.model),
        *("--allow-all-tools", "--allow-all-paths", "--no-color", "--no-auto-update"),
        *("--disable-builtin-mcps", "--disable-client-telemetry", "--no-ask-user"),
    )
    env = {
        "COPILOT_PROVIDER_BASE_URL": request.endpoint.url,
        "COPILOT_PROVIDER_API_KEY": request.endpoint.key,
        **_APIS[request.endpoint.dialect],
        "COPILOT_MODEL": request.endpoint.model,
        "COPILOT_PROVIDER_MAX_PROMPT_TOKENS": "200000",
        "COPILOT_PROVIDER_MAX_OUTPUT_TOKENS": "8192",
        "COPILOT_OFFLINE": "true",
        "COPILOT_AUTO_UPDATE": "false",
        "COPILOT_HOME": home,
    }
    return Launch(argv=fed(argv, prompt), env=env, files={prompt: as_message(request.prompt)})


def claimed(text: str) -> Claimed | None:
    """What the last event of a session says of each model."""
    ends = [
        row.get("data")
        for row in lines_of_json(text)
        if isinstance(row, dict) and row.get("type") == "session.shutdown"
    ]
    return summed(
        {
            "input": number(one, "usage", "inputTokens"),
            "cached": number(one, "usage", "cacheReadTokens"),
            "output": number(one, "usage", "outputTokens"),
        }
        for one in under(ends[-1] if ends else None, "modelMetrics")
    )


def _server(server: Server) -> Mapping[str, Any]:
    return {"type": "local", **plain(server), "tools": ["*"]}


COPILOT = Agent(
    name="copilot",
    version="1.0.102",
    homepage="https://github.com/github/copilot-cli",
    install=Npm(package="@github/copilot"),
    dialects=(Dialect.CHAT, Dialect.RESPONSES, Dialect.MESSAGES),
    launch=launch,
    takes={
        "rules": rules_at(".copilot/copilot-instructions.md"),
        "mcp": servers_at(".copilot/mcp-config.json", shape=_server),
        "skills": skills_in(".copilot/skills"),
    },
    claims=Claims(files=(".copilot/session-state/*/events.jsonl",), read=claimed),
    version_argv=("{node}", _PROGRAM, "--version"),
    retries="5 in about 60 s on 429; waits as Retry-After asks",
    phones=("api.github.com",),
    notes="Unpacks 240 MiB into HOME at every start in a fresh one.",
)
