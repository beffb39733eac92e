"""Plandex, https://plandex.ai: chat completions; edits by its own plans. Unverified."""

from __future__ import annotations

import json

from codingagentbench.agents.model import Agent, Launch, LaunchRequest, Release
from codingagentbench.agents.prompts import as_message
from codingagentbench.gateway.dialects import Dialect

_PROGRAM = "{prefix}/bin/plandex"

#: A plan belongs to a folder, and models are known to the server only once they were read in.
_START = """\
"$1" models custom --file "$(dirname "$0")/models.json" --save
"$1" new --full
exec "$@"
"""


def launch(request: LaunchRequest) -> Launch:
    """How Plandex would be started headless on ``request.prompt``, after its documentation."""
    own = f"{request.home}/.plandex-run"
    argv = (
        *("/bin/sh", f"{own}/start.sh", _PROGRAM.format(prefix=request.prefix)),
        *("tell", "--file", f"{own}/prompt.md", "--apply", "--auto-exec", "--skip-menu", "--stop"),
    )
    files = {
        f"{own}/start.sh": _START,
        f"{own}/models.json": json.dumps(_models(request), indent=1),
        f"{own}/prompt.md": as_message(request.prompt),
    }
    env = {"MODEL_API_KEY": request.endpoint.key, "PLANDEX_SKIP_UPGRADE": "1"}
    return Launch(argv=argv, env=env, files=files)


def _models(request: LaunchRequest) -> object:
    name = request.endpoint.model
    provider = {
        "name": "custom",
        "baseUrl": request.endpoint.url,
        "apiKeyEnvVar": "MODEL_API_KEY",
    }
    model = {
        "modelId": name,
        "publisher": "custom",
        "description": name,
        "defaultMaxConvoTokens": 32000,
        "maxTokens": 128000,
        "maxOutputTokens": 8192,
        "reservedOutputTokens": 8192,
        "preferredOutputFormat": "xml",
        "providers": [{"provider": "custom", "customProvider": "custom", "modelName": name}],
    }
    roles = ("planner", "architect", "coder", "summarizer", "builder", "wholeFileBuilder")
    more = ("names", "commitMessages", "autoContinue")
    pack = {"name": "custom", "description": name, **dict.fromkeys((*roles, *more), name)}
    return {"providers": [provider], "models": [model], "modelPacks": [pack]}


PLANDEX = Agent(
    name="plandex",
    version="2.2.1",
    homepage="https://plandex.ai",
    install=Release(
        url="https://github.com/plandex-ai/plandex/releases/download/cli%2Fv{version}/"
        "plandex_{version}_linux_{machine}.tar.gz",
        program="plandex",
        machines={"x86_64": "amd64", "aarch64": "arm64"},
    ),
    dialects=(Dialect.CHAT,),
    launch=launch,
    version_argv=(_PROGRAM, "version"),
    state_files=(".plandex*",),
    unverified="its download (GitHub releases) could not be reached where this was written, and it "
    "works only beside a Plandex server, which a sandbox without network does not have",
)
