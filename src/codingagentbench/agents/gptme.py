"""gptme, https://gptme.org: chat completions; edits through its own tools."""

from __future__ import annotations

from codingagentbench.agents.claims import Claimed, lines_of_json, number, summed
from codingagentbench.agents.model import Agent, Claims, Launch, LaunchRequest, Pip
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


def claimed(text: str) -> Claimed | None:
    """Each answer of the log has its own; what was cached is not in its input."""
    return summed(
        {
            "input": number(row, "metadata", "usage", "input_tokens")
            + number(row, "metadata", "usage", "cache_read_tokens"),
            "cached": number(row, "metadata", "usage", "cache_read_tokens"),
            "output": number(row, "metadata", "usage", "output_tokens"),
        }
        for row in lines_of_json(text)
        if isinstance(row, dict) and isinstance(row.get("metadata"), dict)
    )


GPTME = Agent(
    name="gptme",
    version="0.35.1",
    homepage="https://gptme.org",
    install=Pip(package="gptme"),
    dialects=(Dialect.CHAT,),
    launch=launch,
    claims=Claims(files=(".local/share/gptme/logs/*/conversation.jsonl",), read=claimed),
    version_argv=("{python}", "-m", "gptme", "--version"),
    retries="10 in 308 s on 429; waits as Retry-After asks",
    phones=("openaipublic.blob.core.windows.net",),
    still_phones=("openaipublic.blob.core.windows.net",),
)
