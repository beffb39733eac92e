"""The agents themselves, installed once, each in a sandbox that reaches nothing but a model."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from codingagentbench.agents import AGENTS, CORE, Agent, Installed, Launch, install
from codingagentbench.gateway.dialects import Dialect
from codingagentbench.globs import matches
from codingagentbench.sandboxes import (
    Command,
    Exit,
    Mount,
    base_env,
    changes,
    open_sandbox,
    prepare,
)

from .model_server import SAYS, ModelServer
from .requests import KEY, MODEL, request_for

pytestmark = [pytest.mark.agents, pytest.mark.timeout(600)]

PORT = 8080


def _case(agent: Agent, *more: Dialect) -> object:
    """Those outside the core take their time to install and to start: by night."""
    marks = [] if agent.name in CORE else [pytest.mark.nightly]
    return pytest.param(agent, *more, id="-".join((agent.name, *more)), marks=marks)


SEEN = [agent for agent in AGENTS.values() if not agent.unverified]
EVERY = pytest.mark.parametrize("agent", [_case(agent) for agent in SEEN])
EACH_DIALECT = pytest.mark.parametrize(
    ("agent", "dialect"), [_case(agent, dialect) for agent in SEEN for dialect in agent.dialects]
)
#: Where a prompt is told apart from everything else that an agent says.
PROMPT = '/say "one" & `two`\n\n  $HOME \\ thrée\nand nothing else'


@dataclass(frozen=True)
class Run:
    exit: Exit
    output: str
    model: ModelServer
    changed: tuple[str, ...]


async def start(found: Installed, launch: Launch, scratch: Path, *, terminal: bool) -> Run:
    """One run of an agent on a small tree, with nothing of the host but the system and itself."""
    tree = scratch / "tree"
    (tree / "src").mkdir(parents=True)
    (tree / "src" / "lib.py").write_text("def add(a, b):\n    return a - b\n")
    (tree / "AGENTS.md").write_text("Be brief.\n")
    (scratch / "slot").mkdir(mode=0o711)
    model, output = ModelServer(), bytearray()
    async with open_sandbox().attempt(scratch / "slot") as slot:
        workspace = prepare(tree, at=scratch / "work", owner=slot.owner, method="copy")
        done = await slot.run(
            Command(
                argv=launch.argv,
                env={**base_env(), **launch.env},
                mounts=tuple(Mount(source=s, target=t) for t, s in found.mounts.items()),
                files={path: text.encode() for path, text in launch.files.items()},
                port=PORT,
                terminal=(120, 32) if terminal else None,
                timeout_s=120,
            ),
            workspace=workspace,
            on_listen=model.serve,
            sink=lambda _at, piece: output.extend(piece),
        )
        await model.close()
    changed = tuple(file.path for file in changes(workspace).files)
    return Run(done, output.decode(errors="replace"), model, changed)


@pytest.fixture
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that another user may pass through."""
    folder = tmp_path_factory.mktemp("run")
    for path in (folder, folder.parent, folder.parent.parent):
        os.chmod(path, 0o711)
    return folder


@EVERY
async def test_the_version_is_the_pinned_one(agent: Agent, scratch: Path) -> None:
    """It starts read-only, as another user, from a path that it was not installed at."""
    found = install(agent)
    places = {"prefix": "/opt/agent", "python": found.python, "node": found.node}
    argv = tuple(word.format_map(places) for word in agent.version_argv)
    run = await start(found, Launch(argv=argv), scratch, terminal=False)
    assert 0 == run.exit.code, run.output
    assert agent.version in run.output


@EACH_DIALECT
async def test_it_asks_the_model_and_nothing_else(
    agent: Agent, dialect: Dialect, scratch: Path
) -> None:
    """In each dialect: the model and the key it was given, the prompt unchanged; and a run in
    which the model does nothing leaves nothing in the workspace but declared litter."""
    found = install(agent)
    launch = agent.launch(request_for(agent, dialect=dialect, port=PORT, prompt=PROMPT))
    run = await start(found, launch, scratch, terminal=True)
    assert 0 == run.exit.code, run.output
    assert run.model.asked, run.output
    assert [] == run.model.strayed
    assert {(MODEL, KEY)} == {(asked.model, asked.key) for asked in run.model.asked}
    assert 1 == sum(PROMPT in text for text in texts(run.model.asked[0].body)), run.model.asked[0]
    assert SAYS.split()[0] in run.output
    litter = (*agent.state_files, *(f"{glob}/**" for glob in agent.state_files))
    assert [] == [path for path in run.changed if not matches(path, litter)]
    assert agent.streams == run.model.asked[0].streamed


@EVERY
async def test_a_prompt_of_300_kb_arrives_whole(agent: Agent, scratch: Path) -> None:
    prompt = "\n".join(f"line {number}" for number in range(30_000))
    found = install(agent)
    launch = agent.launch(request_for(agent, port=PORT, prompt=prompt))
    run = await start(found, launch, scratch, terminal=False)
    assert run.model.asked, run.output
    assert any(prompt in text for text in texts(run.model.asked[0].body)), run.output


def texts(value: object) -> list[str]:
    """Every string anywhere in a JSON value."""
    match value:
        case str():
            return [value]
        case dict():
            return [text for item in value.values() for text in texts(item)]
        case list():
            return [text for item in value for text in texts(item)]
        case _:
            return []
