"""gptme, https://gptme.org: chat completions; edits through its own tools."""

from __future__ import annotations

from codingagentbench.agents.model import Agent, Launch, LaunchRequest, Pip
from codingagentbench.agents.prompts import as_message, fed
from codingagentbench.gateway.dialects import Dialect


def launch(request: LaunchRequest) -> Launch:
    """How gptme is started headless on ``request.prompt``; touches nothing."""
    prompt = f"{request.home}/.config/gptme/prompt.md"
    argv = (
        *(request.python or "python3", "-m", "gptme", "--non-interactive"),
        *("--model", f"local/{request.endpoint.model}", "--tool-format", "tool"),
        *("--workspace", request.workspace),
    )
    env = {"OPENAI_BASE_URL": request.endpoint.url, "OPENAI_API_KEY": request.endpoint.key}
    return Launch(argv=fed(argv, prompt), env=env, files={prompt: as_message(request.prompt)})


GPTME = Agent(
    name="gptme",
    version="0.35.1",
    homepage="https://gptme.org",
    install=Pip(package="gptme"),
    dialects=(Dialect.CHAT,),
    launch=launch,
    version_argv=("{python}", "-m", "gptme", "--version"),
    retries="10 in 308 s on 429; waits as Retry-After asks",
    phones=("openaipublic.blob.core.windows.net",),
    still_phones=("openaipublic.blob.core.windows.net",),
)
