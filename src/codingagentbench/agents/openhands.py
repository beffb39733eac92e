"""OpenHands CLI, https://openhands.dev: chat completions; edits through its own tools."""

from __future__ import annotations

from codingagentbench.agents.claims import Claimed, json_in, number, summed, under
from codingagentbench.agents.model import Agent, Claims, Launch, LaunchRequest, Pip
from codingagentbench.agents.prompts import as_message
from codingagentbench.agents.taking import servers_at, skills_in
from codingagentbench.gateway.dialects import Dialect


def launch(request: LaunchRequest) -> Launch:
    """How OpenHands is started headless, as a plain process, on ``request.prompt``."""
    prompt = f"{request.home}/.openhands/prompt.md"
    argv = (
        *(request.python or "python3", "-m", "openhands_cli.entrypoint"),
        *("--headless", "--override-with-envs", "--file", prompt),
    )
    env = {
        "LLM_API_KEY": request.endpoint.key,
        "LLM_BASE_URL": request.endpoint.url,
        "LLM_MODEL": f"openai/{request.endpoint.model}",
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",
        "OPENHANDS_SUPPRESS_BANNER": "1",
        "OPENHANDS_WORK_DIR": request.workspace,
        "GIT_ALLOW_PROTOCOL": "file",
    }
    return Launch(argv=argv, env=env, files={prompt: as_message(request.prompt)})


def claimed(text: str) -> Claimed | None:
    """The conversation's totals, of the agent and of what it has condensed."""
    state = next(json_in(text), None)
    return summed(
        {
            "input": number(one, "accumulated_token_usage", "prompt_tokens"),
            "cached": number(one, "accumulated_token_usage", "cache_read_tokens"),
            "output": number(one, "accumulated_token_usage", "completion_tokens"),
        }
        for one in under(state, "stats", "usage_to_metrics")
    )


OPENHANDS = Agent(
    name="openhands",
    version="1.16.0",
    homepage="https://openhands.dev",
    install=Pip(package="openhands", python=">=3.12,<3.13", built=("func-timeout",)),
    dialects=(Dialect.CHAT,),
    launch=launch,
    takes={"mcp": servers_at(".openhands/mcp.json"), "skills": skills_in(".openhands/skills")},
    claims=Claims(files=(".openhands/conversations/*/base_state.json",), read=claimed),
    version_argv=("{python}", "-m", "openhands_cli.entrypoint", "--version"),
    streams=False,
    retries="14 (3 of its client for each of 5) in 140 s on 429; waits as Retry-After asks",
    own_timeout="300 s a try on a silent server",
    phones=("raw.githubusercontent.com", "github.com", "pypi.org"),
    still_phones=("pypi.org",),
    notes="Ends with exit code 0 even when every model call failed. Answers an empty reply with "
    "the next request, without end.",
)
