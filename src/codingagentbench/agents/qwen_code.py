"""Qwen Code, https://github.com/QwenLM/qwen-code: chat completions; its own tools."""

from __future__ import annotations

import json

from codingagentbench.agents.claims import Claimed, lines_of_json, number, summed, under
from codingagentbench.agents.model import Agent, Claims, Launch, LaunchRequest, Npm
from codingagentbench.agents.prompts import as_message, fed
from codingagentbench.agents.taking import rules_at, servers_at, skills_in
from codingagentbench.gateway.dialects import Dialect

_PROGRAM = "{prefix}/node_modules/@qwen-code/qwen-code/cli-entry.js"
_SETTINGS = {
    "general": {"disableAutoUpdate": True, "enableAutoUpdate": False, "disableUpdateNag": True},
    "privacy": {"usageStatisticsEnabled": False},
    "telemetry": {"enabled": False},
    "security": {"auth": {"selectedType": "openai"}},
}


def launch(request: LaunchRequest) -> Launch:
    """How Qwen Code is started headless on ``request.prompt``; touches nothing."""
    folder = f"{request.home}/.qwen"
    prompt = f"{folder}/prompt.md"
    argv = (
        *(request.node or "node", _PROGRAM.format(prefix=request.prefix)),
        *("--yolo", "--auth-type", "openai", "--model", request.endpoint.model),
    )
    env = {
        "OPENAI_BASE_URL": request.endpoint.url,
        "OPENAI_API_KEY": request.endpoint.key,
        "OPENAI_MODEL": request.endpoint.model,
    }
    files = {
        f"{folder}/settings.json": json.dumps(_SETTINGS, indent=1),
        prompt: as_message(request.prompt),
    }
    return Launch(argv=fed(argv, prompt), env=env, files=files)


def claimed(text: str) -> Claimed | None:
    """The models' totals of every session."""
    return summed(
        {
            "input": number(one, "inputTokens"),
            "cached": number(one, "cachedTokens"),
            "output": number(one, "outputTokens"),
        }
        for row in lines_of_json(text)
        for one in under(row, "models")
    )


QWEN_CODE = Agent(
    name="qwen-code",
    version="0.24.4",
    homepage="https://github.com/QwenLM/qwen-code",
    install=Npm(package="@qwen-code/qwen-code"),
    dialects=(Dialect.CHAT,),
    launch=launch,
    takes={
        "rules": rules_at(".qwen/QWEN.md"),
        "mcp": servers_at(".qwen/settings.json"),
        "skills": skills_in(".qwen/skills"),
    },
    claims=Claims(files=(".qwen/usage_record.jsonl",), read=claimed),
    version_argv=("{node}", _PROGRAM, "--version"),
    retries="in waves of 60 to 300 s, for most of an hour on 429; waits as Retry-After asks",
    own_timeout="120 s a try on a silent server",
    phones=("*.rum.aliyuncs.com",),
    notes="Needs Node 22. Works for about 2 s after the last answer.",
)
