"""A small agent of the tests' own: a shell script that does what a test wants, with the key."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from codingagentbench.agents import Agent, Installed, Launch, LaunchRequest, Npm
from codingagentbench.cells import CellRequest, cell_request
from codingagentbench.gateway import Dialect


def scripted(script: str, prefix: Path, **asked: object) -> CellRequest:
    """A request whose agent runs ``script`` with sh; it finds $MODEL_URL and $MODEL_KEY."""
    prefix.mkdir(parents=True, exist_ok=True)
    (prefix / "run.sh").write_text(script)

    def launch(request: LaunchRequest) -> Launch:
        return Launch(
            argv=("/bin/sh", f"{request.prefix}/run.sh"),
            env={"MODEL_URL": request.endpoint.url, "MODEL_KEY": request.endpoint.key},
            files={f"{request.home}/config": f"key = {request.endpoint.key}\n"},
        )

    agent = Agent(
        name="scripted",
        version="1",
        homepage="",
        install=Npm(package="none"),
        dialects=(Dialect.CHAT,),
        launch=launch,
        version_argv=("true",),
    )
    installed = Installed(
        agent="scripted",
        version="1",
        prefix=prefix,
        digest="sha256:" + "0" * 64,
        mounts={"/opt/agent": prefix},
        python=None,
        node=None,
    )
    plain = cell_request(agent="codex", **asked)  # type: ignore[arg-type]
    return replace(plain, agent=agent, installed=installed, dialect=Dialect.CHAT)
