"""codex, https://github.com/openai/codex: Responses; edits through its shell tool."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from codingagentbench.agents.claims import Claimed, amount
from codingagentbench.agents.model import Agent, Claims, Launch, LaunchRequest, Npm
from codingagentbench.agents.plugins import Placing, Plugin
from codingagentbench.agents.prompts import fed
from codingagentbench.agents.taking import rules_at, skills_in
from codingagentbench.gateway.dialects import Dialect

_CONFIG = """\
model_provider = "custom"
approval_policy = "never"
sandbox_mode = "danger-full-access"
check_for_update_on_startup = false

[model_providers.custom]
name = "custom"
base_url = "{url}"
env_key = "MODEL_API_KEY"
wire_api = "responses"
supports_websockets = false

[features]
plugins = false
apps = false
remote_plugin = false

[analytics]
enabled = false
"""


def launch(request: LaunchRequest) -> Launch:
    """How codex is started headless on ``request.prompt``; touches nothing."""
    home = f"{request.home}/.codex"
    prompt = f"{home}/prompt.md"
    argv = (
        request.node or "node",
        f"{request.prefix}/node_modules/@openai/codex/bin/codex.js",
        *("exec", "--skip-git-repo-check", "--dangerously-bypass-approvals-and-sandbox"),
        *("--model", request.endpoint.model, "-"),
    )
    return Launch(
        argv=fed(argv, prompt),
        env={"MODEL_API_KEY": request.endpoint.key, "CODEX_HOME": home},
        files={
            f"{home}/config.toml": _CONFIG.format(url=request.endpoint.url),
            prompt: request.prompt,
        },
    )


_SAID = re.compile(r"tokens used\S*\s+([\d,]+)")


def claimed(text: str) -> Claimed | None:
    """Its last line: one number, in which the cached part of the input is left out."""
    said = _SAID.findall(text)
    return {"total": amount(said[-1])} if said else None


def _mcp(placing: Placing, plugin: Plugin) -> Placing:
    """A table for each in its TOML; JSON strings and lists are TOML, too."""
    place = f"{placing.home}/.codex/config.toml"
    text = placing.files[place]
    for name, one in plugin.servers.items():
        text += f"\n[mcp_servers.{json.dumps(name)}]\ncommand = {json.dumps(one.command[0])}\n"
        text += f"args = {json.dumps(list(one.command[1:]))}\n"
        rows = (f"{json.dumps(key)} = {json.dumps(value)}" for key, value in one.env.items())
        text += f"env = {{ {', '.join(rows)} }}\n" if one.env else ""
    return replace(placing, files={**placing.files, place: text})


CODEX = Agent(
    name="codex",
    version="0.169.0",
    homepage="https://github.com/openai/codex",
    install=Npm(package="@openai/codex"),
    dialects=(Dialect.RESPONSES,),
    launch=launch,
    takes={
        "rules": rules_at(".codex/AGENTS.md"),
        "mcp": _mcp,
        "skills": skills_in(".codex/skills"),
    },
    claims=Claims(read=claimed),
    version_argv=("{node}", "{prefix}/node_modules/@openai/codex/bin/codex.js", "--version"),
    retries="none on 429 without Retry-After, else 5 a turn; up to 29 on 500; waits as "
    "Retry-After asks",
    own_timeout="none before the answer begins, then 300 s",
    phones=("github.com", "api.github.com", "chatgpt.com"),
    notes="Sends facts of the repository along with each call.",
)
