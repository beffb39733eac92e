"""What each agent is started with: values only, nothing runs."""

from __future__ import annotations

import json
import tomllib
from urllib.parse import urlsplit

import pytest

from codingagentbench.agents import AGENTS, Agent, get
from codingagentbench.agents.prompts import as_message, fed, shell_line
from codingagentbench.errors import UnknownName
from codingagentbench.gateway.dialects import Dialect

from .requests import KEY, MODEL, request_for

EVERY = pytest.mark.parametrize("agent", AGENTS.values(), ids=AGENTS)
SPOKEN = [(agent, dialect) for agent in AGENTS.values() for dialect in agent.dialects]
EACH_DIALECT = pytest.mark.parametrize(
    ("agent", "dialect"), SPOKEN, ids=[f"{a.name}-{d}" for a, d in SPOKEN]
)
AWKWARD = "--help \"me\"\n\n$HOME `id` \\ ${x} and 'so' on: ü 漢\n"


@EACH_DIALECT
def test_the_key_never_stands_in_argv(agent: Agent, dialect: Dialect) -> None:
    """Everyone on a machine can read everyone's argv."""
    launch = agent.launch(request_for(agent, dialect=dialect))
    assert [] == [word for word in launch.argv if KEY in word]
    told = (*launch.env.values(), *launch.files.values())
    assert 1 == sum(KEY in text for text in told)


@EACH_DIALECT
def test_the_endpoint_is_told_once(agent: Agent, dialect: Dialect) -> None:
    """In the environment or in one file, and nowhere is there another address."""
    request = request_for(agent, dialect=dialect)
    launch = agent.launch(request)
    told = [text for text in (*launch.env.values(), *launch.files.values()) if "http" in text]
    assert 1 == len(told)
    assert 1 == told[0].count("http")
    assert urlsplit(request.endpoint.url).netloc in told[0]


@EVERY
def test_files_lie_in_home_and_nowhere_in_the_workspace(agent: Agent) -> None:
    launch = agent.launch(request_for(agent))
    assert [] == [path for path in launch.files if not path.startswith("/home/agent/")]


@EVERY
def test_a_prompt_of_any_length_and_spelling_goes_by_file(agent: Agent) -> None:
    """One argument is limited to 128 KiB, and a shell or an option parser could read it."""
    for prompt in (AWKWARD, "x" * 500_000):
        launch = agent.launch(request_for(agent, prompt=prompt))
        assert [] == [word for word in launch.argv if len(word) > 4096 or "me" in word.split('"')]
        assert 1 == sum(prompt in content for content in launch.files.values())


@EVERY
def test_a_launch_is_a_pure_value(agent: Agent) -> None:
    assert agent.launch(request_for(agent)) == agent.launch(request_for(agent))


@EVERY
def test_the_model_reaches_every_agent(agent: Agent) -> None:
    launch = agent.launch(request_for(agent))
    told = (*launch.argv, *launch.env.values(), *launch.files.values())
    assert any(MODEL in text for text in told)


@EVERY
def test_nothing_of_the_host_is_used(agent: Agent) -> None:
    """The program and its interpreter are those mounted into the sandbox, or the base system's."""
    argv, _ = shell_line(agent.launch(request_for(agent)).argv)
    program = argv[2] if argv[0] == "/bin/sh" else argv[0]
    assert program.startswith(("/opt/agent/", "/opt/node/"))


def test_aider() -> None:
    launch = get("aider").launch(request_for(get("aider")))
    assert ("/opt/agent/bin/python", "-m", "aider", "--model", f"openai/{MODEL}") == launch.argv[
        2:7
    ]
    assert {"--no-check-update", "--analytics-disable", "--no-auto-commits"} < set(launch.argv)
    assert {
        "OPENAI_API_BASE": "http://127.0.0.1:8080/v1",
        "OPENAI_API_KEY": KEY,
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",
        "PYTHONHASHSEED": "0",
    } == launch.env


def test_aider_gets_a_repository_to_look_about_in() -> None:
    """Without one its model is shown no file at all; one that is there is left alone."""
    launch = get("aider").launch(request_for(get("aider")))
    assert "/bin/sh" == launch.argv[0]
    script = launch.files[launch.argv[1]]
    assert script.startswith("if ! git rev-parse --git-dir")
    assert "git init" in script


def test_codex() -> None:
    launch = get("codex").launch(request_for(get("codex")))
    argv, prompt = shell_line(launch.argv)
    assert ("exec", "--skip-git-repo-check") == argv[2:4]
    assert ("--model", MODEL, "-") == argv[-3:]
    assert "/home/agent/.codex/prompt.md" == prompt
    assert {"MODEL_API_KEY": KEY, "CODEX_HOME": "/home/agent/.codex"} == launch.env
    config = tomllib.loads(launch.files["/home/agent/.codex/config.toml"])
    provider = config["model_providers"][config["model_provider"]]
    assert "http://127.0.0.1:8080/v1" == provider["base_url"]
    assert ("responses", "MODEL_API_KEY", False) == (
        provider["wire_api"],
        provider["env_key"],
        provider["supports_websockets"],
    )
    assert {"plugins": False, "apps": False, "remote_plugin": False} == config["features"]
    assert (False, False) == (config["analytics"]["enabled"], config["check_for_update_on_startup"])


def test_opencode() -> None:
    launch = get("opencode").launch(request_for(get("opencode")))
    argv, prompt = shell_line(launch.argv)
    assert ("run", "--title", "task", "--model", f"custom/{MODEL}") == argv[1:]
    assert "/home/agent/.config/opencode/prompt.md" == prompt
    config = json.loads(launch.files["/home/agent/.config/opencode/opencode.json"])
    options = config["provider"]["custom"]["options"]
    assert {
        "baseURL": "http://127.0.0.1:8080/v1",
        "apiKey": "{env:MODEL_API_KEY}",
    } == options
    assert [MODEL] == list(config["provider"]["custom"]["models"])
    assert {"*": "allow"} == config["permission"]
    assert "1" == launch.env["OPENCODE_DISABLE_MODELS_FETCH"]


@pytest.mark.parametrize(
    ("dialect", "api", "url"),
    [
        (Dialect.CHAT, "openai-completions", "http://127.0.0.1:8080/v1"),
        (Dialect.RESPONSES, "openai-responses", "http://127.0.0.1:8080/v1"),
        (Dialect.MESSAGES, "anthropic-messages", "http://127.0.0.1:8080"),
    ],
)
def test_pi(dialect: Dialect, api: str, url: str) -> None:
    launch = get("pi").launch(request_for(get("pi"), dialect=dialect))
    models = json.loads(launch.files["/home/agent/.pi/agent/models.json"])
    provider = models["providers"]["custom"]
    assert (api, url, "$MODEL_API_KEY") == (
        provider["api"],
        provider["baseUrl"],
        provider["apiKey"],
    )
    assert [MODEL] == [model["id"] for model in provider["models"]]
    assert ("1", "0") == (launch.env["PI_OFFLINE"], launch.env["PI_TELEMETRY"])


def test_feeding_a_file_can_be_undone() -> None:
    assert (("a", "b c"), "/p") == shell_line(fed(("a", "b c"), "/p"))
    assert (("a",), None) == shell_line(("a",))


@pytest.mark.parametrize("prompt", ["/help", "!ls", "@file", "-x"])
def test_a_prompt_is_never_a_command(prompt: str) -> None:
    assert f"\n{prompt}" == as_message(prompt)
    assert f"do {prompt}" == as_message(f"do {prompt}")


def test_an_unknown_agent_names_the_nearest() -> None:
    with pytest.raises(UnknownName, match="did you mean 'opencode'"):
        get("opncode")


def test_another_version_is_the_same_agent() -> None:
    assert ("0.86.1", get("aider").launch) == (
        get("aider", "0.86.1").version,
        get("aider", "0.86.1").launch,
    )
