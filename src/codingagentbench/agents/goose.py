"""goose, https://goose-docs.ai: chat completions; edits through its own tools. Unverified."""

from __future__ import annotations

from codingagentbench.agents.model import Agent, Launch, LaunchRequest, Release
from codingagentbench.agents.prompts import as_message
from codingagentbench.gateway.dialects import Dialect

_PROGRAM = "{prefix}/bin/goose"


def launch(request: LaunchRequest) -> Launch:
    """How goose is started headless on ``request.prompt``, after its public documentation.

    It takes the address of an OpenAI-like provider in two parts, host and path.
    """
    prompt = f"{request.home}/.config/goose/prompt.md"
    argv = (
        *(_PROGRAM.format(prefix=request.prefix), "run", "--no-session"),
        *("--with-builtin", "developer", "--instructions", prompt),
        *("--model", request.endpoint.model),
    )
    env = {
        "GOOSE_PROVIDER": "openai",
        "GOOSE_MODEL": request.endpoint.model,
        "OPENAI_HOST": f"{request.endpoint.url}/",
        "OPENAI_BASE_PATH": "chat/completions",
        "OPENAI_API_KEY": request.endpoint.key,
        "GOOSE_MODE": "auto",
        "GOOSE_DISABLE_KEYRING": "1",
        "GOOSE_TELEMETRY_ENABLED": "false",
    }
    return Launch(argv=argv, env=env, files={prompt: as_message(request.prompt)})


GOOSE = Agent(
    name="goose",
    version="1.50.0",
    homepage="https://github.com/aaif-goose/goose",
    install=Release(
        url="https://github.com/aaif-goose/goose/releases/download/v{version}/"
        "goose-{machine}-unknown-linux-gnu.tar.bz2",
        program="goose",
        machines={"x86_64": "x86_64", "aarch64": "aarch64"},
    ),
    dialects=(Dialect.CHAT,),
    launch=launch,
    version_argv=(_PROGRAM, "--version"),
    unverified="its download (GitHub releases) could not be reached where this was written",
)
