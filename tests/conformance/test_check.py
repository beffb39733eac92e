"""A small agent that is in nobody's list, checked as any other; and one of each fault in it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from codingagentbench.agents import Agent, get, ready
from codingagentbench.cells import Bench, Record
from codingagentbench.conformance import PROBES, Conformance, check
from codingagentbench.conformance.reading import solved
from tests.dockerd import Dockerd

pytestmark = [pytest.mark.timeout(300)]
EXAMPLE = Path(__file__).parents[2] / "examples" / "tiny"


async def checked(agent: Agent, *, sandbox: str = "bubblewrap", **asked: object) -> Conformance:
    async with Bench(sandbox=sandbox) as bench:
        return await check(agent, ready(agent), bench=bench, sandbox=sandbox, **asked)  # type: ignore[arg-type]


def variant(tmp_path: Path, old: str, new: str) -> Agent:
    """The example with one thing in it changed."""
    shutil.copytree(EXAMPLE, tmp_path / "tiny")
    script = tmp_path / "tiny" / "tiny.py"
    text = script.read_text()
    assert old in text
    script.write_text(text.replace(old, new, 1))
    toml = tmp_path / "tiny" / "agent.toml"
    toml.write_text(toml.read_text().replace('name = "tiny"', 'name = "variant"'))
    return get(str(toml))


async def test_the_example_conforms(tmp_path: Path) -> None:
    done = await checked(get(str(EXAMPLE / "agent.toml")), keep=tmp_path / "kept")
    assert [] == [row for row in done.rows if row.basic and row.verdict != "ok"]
    assert done.conforms
    assert not done.provisional
    survived = {row.name for row in done.rows if row.verdict == "ok"}
    assert {"429", "429, Retry-After: 1", "500", "503", "malformed event"} <= survived
    assert {"slow drip", "stops on SIGTERM", "leaves no process"} <= survived
    assert "bad" == done.row("empty reply").verdict
    assert "still waits" in done.row("hang").said
    assert "equal to the endpoint's count" in done.row("tokens on the wire").said
    kept = {path.parent.name for path in (tmp_path / "kept").glob("*/record.json")}
    assert {"calm", "hang", "cut-stream", "429-Retry-After-1"} <= kept
    record = json.loads((tmp_path / "kept" / "calm" / "record.json").read_text())
    for outcome, verdict in (("failed", "bad"), ("sandbox_failed", "unknown")):
        record["scores"]["verdict"]["outcome"] = outcome
        row = solved("solves Python", Record.model_validate(record))
        assert (verdict, True) == (row.verdict, row.basic), "what is ours is not held against it"


@pytest.mark.docker
async def test_in_containers_the_same_is_seen(dockerd: Dockerd) -> None:
    """What it leaves and asks for too, which is looked at inside."""
    agent = get(str(EXAMPLE / "agent.toml"))
    some = [probe for probe in PROBES if probe.name in ("429", "refused key", "cut stream")]
    rows = {}
    for sandbox in ("bubblewrap", "docker"):
        if sandbox == "docker":
            assert dockerd.with_base(), "it is all that an agent out of a folder needs"
        done = await checked(agent, probes=some, sandbox=sandbox)
        assert sandbox == done.sandbox
        assert done.conforms
        rows[sandbox] = {row.name: row.verdict for row in done.rows}
    assert rows["bubblewrap"] == rows["docker"]


AT_WORK = "messages = [{"
LOOP = "while True:\n    messages.append("


@pytest.mark.parametrize(
    ("old", "new", "row", "verdict", "said"),
    [
        (AT_WORK, 'open("notes.txt", "w").write("mine")\nmessages = [{',
         "litter", "bad", "notes.txt"),
        (AT_WORK, 'subprocess.Popen(["sleep", "99"], start_new_session=True)\nmessages = [{',
         "leaves no process", "bad", "sleep"),
        (AT_WORK, 'import socket\ntry: socket.getaddrinfo("telemetry.example.com", 80)\n'
         "except OSError: pass\nmessages = [{",
         "phones home", "bad", "telemetry.example.com"),
        (AT_WORK, "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nmessages = [{",
         "stops on SIGTERM", "bad", "had to be killed"),
        ('sys.exit(f"the model failed: {wrong}")', "sys.exit(0)",
         "exit code tells the truth", "bad", "0 after 1 calls"),
        (AT_WORK, 'open(os.environ["HOME"] + "/big", "wb").write(bytes(5 << 20))\nmessages = [{',
         "HOME", "told", "5.0 MiB"),
        (AT_WORK, "sys.exit(7)\nmessages = [{", "starts without network", "bad", "7"),
    ],
    ids=["litter", "daemon", "phones", "deaf", "liar", "home", "never"],
)  # fmt: skip
async def test_a_fault_of_the_agent_is_seen(
    tmp_path: Path, old: str, new: str, row: str, verdict: str, said: str
) -> None:
    few = [probe for probe in PROBES if probe.name in ("hang", "refused key")]
    found = (await checked(variant(tmp_path, old, new), probes=few)).row(row)
    assert verdict == found.verdict, found
    assert said in found.said


async def test_a_version_that_is_another_is_told(tmp_path: Path) -> None:
    agent = variant(tmp_path, AT_WORK, AT_WORK)
    toml = tmp_path / "tiny" / "agent.toml"
    toml.write_text(toml.read_text().replace("tiny 1.0", "tiny 0.9"))
    done = await checked(get(str(toml)), probes=())
    assert "bad" == done.row("installs and says its version").verdict
    assert not done.conforms
    assert agent.version != done.version
