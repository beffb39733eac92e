"""aider, https://aider.chat: chat completions; edits by SEARCH/REPLACE blocks in the reply."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from codingagentbench.agents.claims import Claimed, amount, summed
from codingagentbench.agents.model import Agent, Claims, Launch, LaunchRequest, Pip
from codingagentbench.agents.plugins import Placing, Plugin
from codingagentbench.agents.prompts import as_message
from codingagentbench.gateway.dialects import Dialect

#: What aider asks the network for when it is not told.
_FACTS = {
    "max_input_tokens": 128000,
    "max_output_tokens": 8192,
    "max_tokens": 8192,
    "litellm_provider": "openai",
    "mode": "chat",
}


#: aider finds its way about a tree by git; without a repository its model would see no file.
_START = """\
if ! git rev-parse --git-dir >/dev/null 2>&1; then
  git init -q && git add -A &&
  git -c user.name=start -c user.email=start@localhost commit -q -m start
fi
exec "$@"
"""


def launch(request: LaunchRequest) -> Launch:
    """How aider is started headless on ``request.prompt``; touches nothing.

    The prompt goes by file, whatever its length, and its own history files lie outside the
    workspace. The metadata file keeps it from asking the network what the model is.
    """
    model = f"openai/{request.endpoint.model}"
    own = f"{request.home}/.aider-run"
    files = {
        f"{own}/prompt.md": as_message(request.prompt),
        f"{own}/models.json": json.dumps({model: _FACTS}),
        f"{own}/start.sh": _START,
    }
    argv = (
        *("/bin/sh", f"{own}/start.sh", request.python or "python3", "-m", "aider"),
        *("--model", model, "--edit-format", "diff"),
        *("--message-file", f"{own}/prompt.md"),
        *("--model-metadata-file", f"{own}/models.json"),
        *("--chat-history-file", f"{own}/chat.md", "--input-history-file", f"{own}/input"),
        *("--yes-always", "--no-auto-commits", "--no-dirty-commits", "--no-gitignore"),
        *("--no-check-update", "--no-show-release-notes", "--analytics-disable"),
        *("--no-show-model-warnings", "--no-detect-urls", "--no-suggest-shell-commands"),
        *("--stream", "--no-pretty", "--no-fancy-input"),
    )
    env = {
        "OPENAI_API_BASE": request.endpoint.url,
        "OPENAI_API_KEY": request.endpoint.key,
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",
        "PYTHONHASHSEED": "0",  # it shows files in the order of a set: the same in every run
    }
    return Launch(argv=argv, env=env, files=files)


_SAID = re.compile(r"Tokens: ([\d.,]+[kM]?) sent, .*?([\d.,]+[kM]?) received")


def claimed(text: str) -> Claimed | None:
    """What it prints below each answer, rounded."""
    return summed({"input": amount(a), "output": amount(b)} for a, b in _SAID.findall(text))


def _rules(placing: Placing, plugin: Plugin) -> Placing:
    """A file that it is told to read."""
    path = f"{placing.home}/.aider-run/{plugin.name}.md"
    files = {**placing.files, path: plugin.rules or ""}
    return replace(placing, argv=(*placing.argv, "--read", path), files=files)


AIDER = Agent(
    name="aider",
    version="0.86.2",
    homepage="https://aider.chat",
    install=Pip(package="aider-chat"),
    dialects=(Dialect.CHAT,),
    launch=launch,
    takes={"rules": _rules},
    claims=Claims(read=claimed),
    version_argv=("{python}", "-m", "aider", "--version"),
    state_files=(".aider*",),
    retries="up to 26 in 83 s on 429 and 500; waits as Retry-After asks",
    own_timeout="none within 400 s of silence",
    phones=("pypi.org", "raw.githubusercontent.com"),
    notes="Ends with exit code 0 even when every model call failed. Does not read AGENTS.md by "
    "itself. Sees a tree only under git, so it makes a repository before it starts.",
    edits="text",
)
