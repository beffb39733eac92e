"""Plugins: read, added to a launch in each agent's own convention, and what is said of bad ones."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path

import pytest

from codingagentbench.agents import AGENTS, Agent, Plugin, get, load_plugin, with_plugins
from codingagentbench.errors import AgentError

from .requests import KEY, request_for

EXAMPLE = Path(__file__).parents[2] / "examples" / "house-rules"
TAKING = [agent for agent in AGENTS.values() if agent.takes]
HOME = "/home/agent"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(EXAMPLE, tmp_path / "p")
    return tmp_path / "p"


def house_rules() -> Plugin:
    return load_plugin(EXAMPLE / "plugin.toml")


def test_all_of_it_is_read() -> None:
    plugin = house_rules()
    assert ("rules", "mcp", "skills") == plugin.kinds
    assert ["SKILL.md"] == list(plugin.skills["release-notes"])
    assert ["glossary.py"] == list(plugin.files)
    assert plugin.digest.startswith("sha256:")


def test_another_byte_is_another_plugin(folder: Path) -> None:
    first = load_plugin(folder / "plugin.toml")
    (folder / "server" / "glossary.py").open("a").write("\n")
    second = load_plugin(folder / "plugin.toml")
    (folder / "rules.md").write_text("be brief")
    assert 3 == len({p.digest for p in (first, second, load_plugin(folder / "plugin.toml"))})


@pytest.mark.parametrize("agent", TAKING, ids=lambda agent: agent.name)
def test_what_an_agent_takes_is_in_its_launch(agent: Agent) -> None:
    plain = agent.launch(request_for(agent))
    launch, (added,) = with_plugins(plain, [house_rules()], agent=agent, home=HOME)
    told = "\n".join((*launch.argv, *launch.env.values(), *launch.files.values()))
    assert set(agent.takes) == set(added.applied)
    assert {"rules", "mcp", "skills"} - set(agent.takes) == set(added.skipped)
    assert ("rules" in agent.takes) == ("House rules" in told)
    assert ("skills" in agent.takes) == ("past tense" in told)
    server = f"{HOME}/.plugins/house-rules/glossary.py"
    assert ("mcp" in agent.takes) == (server in launch.files)
    assert ("mcp" in agent.takes) == any(
        server in text for path, text in (*launch.files.items(), *launch.env.items())
    )
    assert [] == [path for path in launch.files if not path.startswith(HOME)]
    assert [] == [word for word in launch.argv if KEY in word]


@pytest.mark.parametrize("agent", AGENTS.values(), ids=AGENTS)
def test_nothing_added_is_the_agent_as_shipped(agent: Agent) -> None:
    plain = agent.launch(request_for(agent))
    assert (plain, ()) == with_plugins(plain, [], agent=agent, home=HOME)


@pytest.mark.parametrize("agent", [a for a in TAKING if "mcp" in a.takes], ids=lambda a: a.name)
def test_settings_stay_what_they_were(agent: Agent) -> None:
    """A server is one entry more in a file that can still be read."""
    plain = agent.launch(request_for(agent))
    launch, _ = with_plugins(plain, [house_rules()], agent=agent, home=HOME)
    for path, text in plain.files.items():
        if path.endswith(".json") and text:
            before, after = json.loads(text), json.loads(launch.files[path])
            assert before.items() <= {k: v for k, v in after.items() if k in before}.items()
        if path.endswith(".toml"):
            before, after = tomllib.loads(text), tomllib.loads(launch.files[path])
            assert before.items() <= after.items()
            assert "glossary" in after["mcp_servers"]


def test_two_plugins_are_added_in_their_order(folder: Path) -> None:
    (folder / "second.toml").write_text('name = "second"\nrules = "And be kind."\n')
    both = [house_rules(), load_plugin(folder / "second.toml")]
    agent = get("codex")
    launch, added = with_plugins(agent.launch(request_for(agent)), both, agent=agent, home=HOME)
    text = launch.files[f"{HOME}/.codex/AGENTS.md"]
    assert text.startswith("# House rules")
    assert text.endswith("And be kind.")
    assert ["house-rules", "second"] == [one.name for one in added]


def test_an_agent_without_any_notion_of_it_says_so() -> None:
    agent = get("mini-swe-agent")
    plain = agent.launch(request_for(agent))
    launch, (added,) = with_plugins(plain, [house_rules()], agent=agent, home=HOME)
    assert plain == launch
    assert () == added.applied
    assert {
        "rules": "mini-swe-agent has no place for rules of the user's own",
        "mcp": "mini-swe-agent has no place for MCP servers",
        "skills": "mini-swe-agent has no place for skills",
    } == added.skipped


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "key 'name': field required"),
        ('name = "x"', "there is nothing in this plugin"),
        ('name = "X y"\nrules = "a"', "key 'name'"),
        ('name = "x"\nrules = "a"\nrules_file = "b"', "gives both"),
        ('name = "x"\nrules_file = "b.md"', "there is no such file"),
        ('name = "x"\nskills = "none"', "there is no such folder"),
        ('name = "x"\nskills = "bad"', "skill 'one' has no SKILL.md"),
        ('name = "x"\nrules_file = "data.bin"', "is not text"),
        ('name = "x"\n[mcp.a]\ncommand = []', "key 'mcp.a.command'"),
        ('name = "x"\n[mcp.a]\ncmd = ["b"]', "key 'mcp.a.command': field required"),
        ("name = ", "not valid TOML"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "bad" / "one").mkdir(parents=True)
    (tmp_path / "bad" / "one" / "other.md").write_text("x")
    (tmp_path / "data.bin").write_bytes(b"\xff\xfe")
    path = tmp_path / "p.toml"
    path.write_text(text)
    with pytest.raises(AgentError) as caught:
        load_plugin(path)
    assert said in str(caught.value)


def test_a_plugin_that_is_not_there() -> None:
    with pytest.raises(AgentError, match="there is no such plugin"):
        load_plugin(Path("nothing.toml"))
