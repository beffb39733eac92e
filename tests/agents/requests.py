"""Launch requests as a cell makes them."""

from __future__ import annotations

from codingagentbench.agents import Agent, LaunchRequest, ModelEndpoint, Npm, Pip
from codingagentbench.gateway.dialects import Dialect

KEY = "session-key-0123456789"
MODEL = "maker/model-1"


def request_for(
    agent: Agent,
    *,
    prompt: str = "Fix the bug in src/lib.py",
    dialect: Dialect | None = None,
    port: int = 8080,
) -> LaunchRequest:
    spoken = dialect or agent.dialects[0]
    root = "" if spoken in (Dialect.MESSAGES, Dialect.GEMINI) else "/v1"
    node = isinstance(agent.install, Npm) and agent.install.node is not None
    return LaunchRequest(
        prompt=prompt,
        endpoint=ModelEndpoint(
            url=f"http://127.0.0.1:{port}{root}", key=KEY, dialect=spoken, model=MODEL
        ),
        prefix="/opt/agent",
        python="/opt/agent/bin/python" if isinstance(agent.install, Pip) else None,
        node="/opt/node/bin/node" if node else None,
        workspace="/workspace",
        home="/home/agent",
        tmp="/tmp",
    )
