"""codex, https://github.com/openai/codex: Responses; edits through its shell tool."""

from __future__ import annotations

import re

from codingagentbench.agents.claims import Claimed, amount
from codingagentbench.agents.model import Agent, Claims, Launch, LaunchRequest, Npm
from codingagentbench.agents.prompts import fed
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


CODEX = Agent(
    name="codex",
    version="0.169.0",
    homepage="https://github.com/openai/codex",
    install=Npm(package="@openai/codex"),
    dialects=(Dialect.RESPONSES,),
    launch=launch,
    claims=Claims(read=claimed),
    version_argv=("{node}", "{prefix}/node_modules/@openai/codex/bin/codex.js", "--version"),
    retries="none on 429 without Retry-After, else 5 a turn; up to 29 on 500; waits as "
    "Retry-After asks",
    own_timeout="none before the answer begins, then 300 s",
    phones=("github.com", "api.github.com", "chatgpt.com"),
    notes="Sends facts of the repository along with each call.",
)
