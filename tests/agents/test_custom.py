"""An agent from a TOML file: what it becomes, and what is said of a file that is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from codingagentbench.agents import Agent, get, install, named, ready, wiring
from codingagentbench.agents.prompts import shell_line
from codingagentbench.errors import AgentError
from codingagentbench.gateway.dialects import Dialect

from .requests import KEY, MODEL, request_for

EXAMPLE = Path(__file__).parents[2] / "examples" / "tiny" / "agent.toml"
PLAIN = """\
name = "mine"
version = "2.1"
argv = ["{prefix}/bin/go", "--model", "{model}", "{prompt_file}"]
dialects = ["responses", "chat"]
state_files = [".mine"]

[install]
folder = "own"

[env]
KEY = "{key}"

[files]
"{home}/.mine.json" = '{{"url": "{url}", "dialect": "{dialect}"}}'
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(PLAIN)
    (tmp_path / "own" / "bin").mkdir(parents=True)
    (tmp_path / "own" / "bin" / "go").write_text("#!/bin/sh\n")
    (tmp_path / "own" / "bin" / "go").chmod(0o700)
    return path


def test_every_placeholder_is_filled(file: Path) -> None:
    agent = get(str(file))
    launch = agent.launch(request_for(agent, prompt="-x\n"))
    prompt = launch.argv[-1]
    assert ("/opt/agent/bin/go", "--model", MODEL) == launch.argv[:3]
    assert "\n-x\n" == launch.files[prompt]
    assert {"KEY": KEY} == launch.env
    told = json.loads(launch.files["/home/agent/.mine.json"])
    assert {"url": "http://127.0.0.1:8080/v1", "dialect": "responses"} == told
    assert (Dialect.RESPONSES, Dialect.CHAT) == agent.dialects


def test_the_prompt_can_be_its_input(file: Path) -> None:
    file.write_text('stdin = "prompt"\n' + PLAIN)
    agent = get(str(file))
    launch = agent.launch(request_for(agent, prompt="do it"))
    argv, prompt = shell_line(launch.argv)
    assert "/opt/agent/bin/go" == argv[0]
    assert prompt is not None
    assert "do it" == launch.files[prompt]


def test_another_content_is_another_agent(file: Path) -> None:
    first = get(str(file)).version
    (file.parent / "own" / "bin" / "go").write_text("#!/bin/sh\nexit 1\n")
    second = get(str(file)).version
    file.write_text(PLAIN + "\n")
    third = get(str(file)).version
    assert 3 == len({first, second, third})
    assert all(version.startswith("2.1+") for version in (first, second, third))


def test_it_is_copied_once_and_readable_by_all(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAB_DATA", str(file.parent / "data"))
    found = ready(get(str(file)))
    program = found.prefix / "bin" / "go"
    assert 0o755 == program.stat().st_mode & 0o777
    assert found == install(get(str(file)))
    assert found.digest.startswith("sha256:")


def test_it_has_wiring_like_any_other(file: Path) -> None:
    text = wiring(get(str(file)))
    assert "$AGENT/bin/go" in text
    assert "$YOUR_MODEL_ID" in text


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{model}", "{modle}", "unknown placeholder '{modle}'"),
        ('"{prefix}/bin/go"', '"{prefix}/bin/stop"', "there is no such file"),
        ('"{prompt_file}"', '"{key}"', "stands in argv"),
        ('name = "mine"', 'name = "pi"', "is the name of an agent that is known"),
        ('name = "mine"', 'name = "../x"', "key 'name'"),
        ('name = "mine"', "", "key 'name': field required"),
        ('"responses"', '"morse"', "key 'dialects.0'"),
        ('version = "2.1"', 'version = "new"', "key 'version'"),
        ("state_files", "statefiles", "key 'statefiles'"),
        ('folder = "own"', 'folder = "other"', "there is no folder"),
        ('folder = "own"', 'folder = "own"\nnpm = "x"', "gives both folder and npm"),
        ("argv = [", "argv = ", "not valid TOML"),
        ("argv =", "argv = []\nold =", "key 'argv'"),
        ("{url}", "{URL}", "unknown placeholder '{URL}'"),
    ],
)
def test_what_is_wrong_is_named_with_the_file(file: Path, old: str, new: str, said: str) -> None:
    assert old in PLAIN
    file.write_text(PLAIN.replace(old, new))
    with pytest.raises(AgentError) as caught:
        get(str(file))
    assert said in str(caught.value)
    assert str(file) in str(caught.value)


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(AgentError, match="no such agent file"):
        named("./nothing.toml")


def test_the_example_loads() -> None:
    agent: Agent = named(str(EXAMPLE))
    assert ("tiny", False) == (agent.name, agent.streams)
