"""The text for starting an agent by hand does what an attempt does."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from codingagentbench.agents import (
    AGENTS,
    Agent,
    Launch,
    LaunchRequest,
    ModelEndpoint,
    describe,
    wiring,
)
from codingagentbench.agents.prompts import shell_line
from codingagentbench.gateway.dialects import Dialect

SPOKEN = [(agent, dialect) for agent in AGENTS.values() for dialect in agent.dialects]
VALUES = {
    "YOUR_ENDPOINT": "http://127.0.0.1:9/v1",
    "YOUR_KEY": "key-0123456789",
    "YOUR_MODEL_ID": "maker/model-1",
    "YOUR_PROMPT": 'Mend `it`, for $5 \\ or "less".',
}
#: Stands in for every program: says how it was called.
SPY = """#!/bin/sh
for word in "$@"; do printf '%s\\0' "$word"; done >"$SEEN/argv"
env -0 >"$SEEN/env"
cat >"$SEEN/stdin"
echo "$HOME" >"$SEEN/home"
"""


@pytest.mark.parametrize(("agent", "dialect"), SPOKEN, ids=[f"{a.name}-{d}" for a, d in SPOKEN])
def test_the_text_does_what_a_launch_does(agent: Agent, dialect: Dialect, tmp_path: Path) -> None:
    """Run by a shell, it gives the same argv, environment, files and input as the launch value."""
    agent_root, node_root = str(tmp_path / "agent"), str(tmp_path / "node")
    program = started(agent.launch(by_hand(dialect, home="/h", agent=agent_root, node=node_root)))
    program.parent.mkdir(parents=True)
    program.write_text(SPY)
    program.chmod(0o755)
    env = {
        "PATH": os.environ["PATH"],
        "SEEN": str(tmp_path),
        "TMPDIR": str(tmp_path),
        "AGENT": agent_root,
        "NODE": node_root,
        **VALUES,
    }
    subprocess.run(["sh", "-eu", "-c", wiring(agent, dialect)], env=env, check=True)

    home = (tmp_path / "home").read_text().strip()
    launch = agent.launch(by_hand(dialect, home=home, agent=agent_root, node=node_root))
    argv, fed_from = shell_line(launch.argv)
    own = argv[3:] if argv[0] == "/bin/sh" else argv[1:]  # sh FILE PROGRAM ..., or PROGRAM ...
    assert list(own) == (tmp_path / "argv").read_text().split("\0")[:-1]
    seen = dict(line.split("=", 1) for line in (tmp_path / "env").read_text().split("\0")[:-1])
    assert dict(launch.env) == {name: seen[name] for name in launch.env}
    for path, content in launch.files.items():
        assert content.rstrip("\n") == Path(path).read_text().rstrip("\n")
    stdin = Path(fed_from).read_text() if fed_from else ""
    assert stdin == (tmp_path / "stdin").read_text()


def by_hand(dialect: Dialect, *, home: str, agent: str, node: str) -> LaunchRequest:
    """What the reader of the text puts in its holes."""
    return LaunchRequest(
        prompt=VALUES["YOUR_PROMPT"],
        endpoint=ModelEndpoint(
            url=VALUES["YOUR_ENDPOINT"],
            key=VALUES["YOUR_KEY"],
            dialect=dialect,
            model=VALUES["YOUR_MODEL_ID"],
        ),
        prefix=agent,
        python=f"{agent}/bin/python",
        node=f"{node}/bin/node",
        workspace=".",
        home=home,
        tmp="/tmp",
    )


def started(launch: Launch) -> Path:
    """The program of a launch: behind the shell that feeds it, or the script that starts it."""
    argv, _ = shell_line(launch.argv)
    return Path(argv[2] if argv[0] == "/bin/sh" else argv[0])


def test_the_readers_own_settings_are_left_alone(tmp_path: Path) -> None:
    for agent in AGENTS.values():
        assert wiring(agent).startswith('export HOME="$(mktemp -d)"')


def test_a_description_says_where_an_agent_comes_from() -> None:
    codex = describe(AGENTS["codex"])
    assert ("npm @openai/codex@0.169.0", "Node 22") == (codex.package, codex.runtime)
    aider = describe(AGENTS["aider"])
    assert "pip aider-chat==0.86.2" == aider.package
