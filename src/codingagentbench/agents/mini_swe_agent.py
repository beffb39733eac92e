"""mini-SWE-agent, https://mini-swe-agent.com: chat completions; one tool, a shell."""

from __future__ import annotations

from codingagentbench.agents.claims import Claimed, json_in, number, summed, under
from codingagentbench.agents.model import Agent, Claims, Launch, LaunchRequest, Pip
from codingagentbench.gateway.dialects import Dialect

#: mini takes its task as an argument only, and one argument is limited to 128 KiB.
_START = """\
import runpy
import sys

with open(sys.argv.pop(1), encoding="utf-8") as prompt:
    sys.argv += ["--task", prompt.read()]
runpy.run_module("minisweagent.run.mini", run_name="__main__", alter_sys=True)
"""


def launch(request: LaunchRequest) -> Launch:
    """How mini is started headless on ``request.prompt``; touches nothing."""
    own = f"{request.home}/.config/mini-swe-agent"
    argv = (
        *(request.python or "python3", f"{own}/start.py", f"{own}/prompt.md"),
        *("--yolo", "--exit-immediately", "--model", f"openai/{request.endpoint.model}"),
        *("--output", f"{own}/trajectory.json"),
    )
    env = {
        "OPENAI_API_BASE": request.endpoint.url,
        "OPENAI_API_KEY": request.endpoint.key,
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",
        "MSWEA_CONFIGURED": "true",
        "MSWEA_COST_TRACKING": "ignore_errors",
    }
    files = {f"{own}/start.py": _START, f"{own}/prompt.md": request.prompt}
    return Launch(argv=argv, env=env, files=files)


def claimed(text: str) -> Claimed | None:
    """Each message of the trajectory that was an answer has its own."""
    trajectory = next(json_in(text), None)
    return summed(
        {
            "input": number(row, "extra", "response", "usage", "prompt_tokens"),
            "output": number(row, "extra", "response", "usage", "completion_tokens"),
        }
        for row in under(trajectory, "messages")
        if number(row, "extra", "response", "usage", "total_tokens")
    )


MINI_SWE_AGENT = Agent(
    name="mini-swe-agent",
    version="2.4.6",
    homepage="https://mini-swe-agent.com",
    install=Pip(package="mini-swe-agent", extra=("mcp",)),
    dialects=(Dialect.CHAT,),
    launch=launch,
    claims=Claims(files=(".config/mini-swe-agent/trajectory.json",), read=claimed),
    version_argv=(
        *("{python}", "-c"),
        "import importlib.metadata as m; print(m.version('mini-swe-agent'))",
    ),
    streams=False,
    retries="up to 30 (3 of its client for each of 10) in 275 s; waits as Retry-After asks",
    phones=("raw.githubusercontent.com",),
)
