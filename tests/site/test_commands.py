"""Every command that a page of a site prints is run here, and does what the page says.

A site of real cells is made by the command line; then each text that can be copied from any of its
pages has to be known here by its label. A new one that nobody runs fails the test.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest

from codingagentbench.agents import AGENTS, install_many, installed
from codingagentbench.agents.store import NODE_INSIDE
from codingagentbench.cells import Record
from codingagentbench.results import load_record
from tests.agents.model_server import ModelServer

ROOT = Path(__file__).parents[2]
TASK = "polyglot/python-reverse-string"
AGENT_NAMES = ("aider", "codex", "pi")
SWEEP = f"""
name = "example"
agents = {json.dumps(AGENT_NAMES)}
models = ["oracle"]
tasks = ["{TASK}"]
"""

pytestmark = [pytest.mark.agents, pytest.mark.slow, pytest.mark.timeout(600)]


@dataclass(frozen=True)
class Copied:
    """A text that can be copied from a page."""

    page: Path
    label: str
    text: str

    @property
    def record(self) -> Record:
        return load_record(self.page.parent)


@dataclass(frozen=True)
class Example:
    """``base`` has the folders cab-results and cab-site, as for somebody who typed the commands."""

    base: Path

    @property
    def site(self) -> Path:
        return self.base / "cab-site"

    def run(self, text: str, *, cwd: Path | None = None, **more: str) -> str:
        """What a shell prints that is given ``text``; it has to succeed."""
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        env = {k: v for k, v in os.environ.items() if not k.startswith("CAB_") or k == "CAB_DATA"}
        done = subprocess.run(
            ["bash", "-eu", "-c", text],
            cwd=cwd or self.base,
            env={**env, "PATH": path, "CAB_CONFIG": str(self.base / "config.toml"), **more},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert 0 == done.returncode, f"{text}\n{done.stdout}\n{done.stderr}"
        return done.stdout


class _Copyable(HTMLParser):
    """Texts that can be copied, by their labels; short commands in the middle of sentences."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.short: list[str] = []
        self._label: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "pre" and told.get("class") == "copyable":
            self._label = str(told["aria-label"])
            self.found.append((self._label, ""))
        elif tag == "code" and "class" not in told:
            self._label = ""
            self.short.append("")

    def handle_data(self, data: str) -> None:
        if self._label:
            self.found[-1] = (self._label, self.found[-1][1] + data)
        elif self._label == "":
            self.short[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("pre", "code"):
            self._label = None


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Example]:
    missing = [AGENTS[name] for name in AGENT_NAMES if installed(AGENTS[name]) is None]
    install_many(tuple(missing))
    base = tmp_path_factory.mktemp("example")
    (base / "config.toml").touch()
    (base / "sweep.toml").write_text(SWEEP)
    made = Example(base)
    made.run("cab sweep run sweep.toml")
    made.run(f"cab run -a pi -m oracle -t {TASK} --faults flaky --sweep faulty")
    made.run("cab results seal example")
    made.run("cab site build --base-url https://host.example/bench")
    yield made
    shutil.rmtree(base, ignore_errors=True)


def pages(site: Path) -> Iterator[tuple[Path, _Copyable]]:
    for page in sorted(site.rglob("*.html")):
        seen = _Copyable()
        seen.feed(page.read_text())
        yield page, seen


def copied(example: Example, label: str) -> list[Copied]:
    """From every page; the texts of ``label``, a pattern."""
    found = [
        Copied(page, name, text)
        for page, seen in pages(example.site)
        for name, text in seen.found
        if re.fullmatch(label, name)
    ]
    assert found, f"no page has a text called {label}"
    return found


TESTED = {
    "Command that checks the files",
    "Command that checks the cell against the seal",
    "Command that plays the recording",
    "Command that runs this cell",
    "Command that runs this cell from its record",
    "Command that checks the agent from a wheel",
    *(f"Wiring of {name}" for name in AGENT_NAMES),
    "Markdown",
    "HTML",
    "Endpoint badge",
    "Command that checks a cell's files",
    "Command that checks a folder of results",
    "Command that runs a cell from its record",
    "Commands that read the data",
}
#: In sentences: what stands for a word of the reader's own is replaced.
SHORT = {
    "cab run --runs N": f"cab run --runs 2 -a pi -m oracle -t {TASK}",
    "cab compare A B": "cab compare 'pi x oracle' 'codex x oracle'",
    "cab check -a FILE": None,  # tests/cli/test_wheel.py
    "cab check -a pi": None,  # tests/conformance
    "pip wheel --no-deps .": None,  # below
}


def test_no_command_is_printed_that_is_not_run_here(example: Example) -> None:
    labels, short = set(), set()
    for _, seen in pages(example.site):
        labels |= {label for label, _ in seen.found}
        short |= {text for text in seen.short if text.startswith(("cab ", "pip ", "zstd "))}
    assert labels == TESTED
    assert short <= set(SHORT)


def test_short_commands(example: Example) -> None:
    for text in SHORT.values():
        if text is not None:
            example.run(text)


def test_the_files_are_those_of_the_record(example: Example, tmp_path: Path) -> None:
    for one in copied(example, "Command that checks the files"):
        said = example.run(one.text, cwd=one.page.parent)
        assert "record.json: OK" in said
    copy = tmp_path / "copy"
    shutil.copytree(one.page.parent, copy)
    (copy / "terminal.cast").write_text("another\n")
    with pytest.raises(AssertionError, match="FAILED"):
        example.run(one.text, cwd=copy)


def test_a_cell_is_as_sealed(example: Example, tmp_path: Path) -> None:
    found = copied(example, "Command that checks the cell against the seal")
    assert len(AGENT_NAMES) == len(found), "the other sweep has no seal"
    for one in found:
        assert "as sealed" in example.run(one.text, cwd=one.page.parent)
    copy = tmp_path / "copy"
    shutil.copytree(found[0].page.parent, copy)
    (copy / "record.json").write_text((copy / "record.json").read_text() + " ")
    with pytest.raises(AssertionError, match="not the one that was sealed"):
        example.run(found[0].text, cwd=copy)


def test_a_recording_is_played(example: Example) -> None:
    for one in copied(example, "Command that plays the recording"):
        on_a_terminal = f"script -qec {shlex.quote(one.text)} /dev/null"
        shown = example.run(on_a_terminal, cwd=one.page.parent)
        lines = (one.page.parent / "terminal.cast").read_text().splitlines()[1:]
        said = "".join(text for _, kind, text in map(json.loads, lines) if kind == "o")
        assert re.findall(r"\w{4,}", said) == re.findall(r"\w{4,}", shown)


def test_the_cell_is_run_again(example: Example) -> None:
    for one in copied(example, "Command that runs this cell"):
        shutil.rmtree(example.base / "again", ignore_errors=True)
        told = json.loads(example.run(f"{one.text} --results again --json"))
        spec = one.record.spec
        (again,) = (example.base / "again").rglob("record.json")
        run = load_record(again.parent)
        assert str(one.record.scores.verdict.outcome) in json.dumps(told)
        same = ("agent", "agent_version", "model", "task", "timeout_s", "budget", "faults")
        assert {n: getattr(spec, n) for n in same} == {n: getattr(run.spec, n) for n in same}


def test_the_cell_is_run_again_from_its_record(example: Example) -> None:
    for one in copied(example, "Command that runs this cell from its record"):
        assert "identical" in example.run(one.text)


def test_the_agent_is_wired_to_a_model_of_ones_own(example: Example, tmp_path: Path) -> None:
    for one in {c.label: c for c in copied(example, r"Wiring of .*")}.values():
        agent = AGENTS[one.label.removeprefix("Wiring of ")]
        here = installed(agent)
        assert here is not None
        with served() as (server, address):
            (tmp_path / agent.name).mkdir()
            example.run(
                one.text,
                cwd=tmp_path / agent.name,
                TMPDIR=str(tmp_path),
                AGENT=str(here.prefix),
                NODE=str(here.mounts.get(NODE_INSIDE, "")),
                YOUR_ENDPOINT=f"{address}/v1",
                YOUR_KEY="key-0123456789",
                YOUR_MODEL_ID="maker/model-1",
                YOUR_PROMPT="Say that you are done.",
            )
        assert {"key-0123456789"} == {asked.key for asked in server.asked}
        assert {"maker/model-1"} == {asked.model.removeprefix("openai/") for asked in server.asked}


class served:
    """The model server of the agents' tests, on a loop of its own."""

    def __enter__(self) -> tuple[ModelServer, str]:
        self._loop = asyncio.new_event_loop()
        self._server, started = ModelServer(), threading.Event()

        async def begin() -> None:
            listener = socket.create_server(("127.0.0.1", 0))
            self._port = listener.getsockname()[1]
            await self._server.serve(listener)
            started.set()

        def work() -> None:
            self._loop.run_until_complete(begin())
            self._loop.run_forever()

        self._thread = threading.Thread(target=work, daemon=True)
        self._thread.start()
        assert started.wait(10)
        return self._server, f"http://127.0.0.1:{self._port}"

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.run_until_complete(self._server.close())
        self._loop.close()


def test_what_is_embedded_leads_to_the_page(example: Example) -> None:
    for one in copied(example, r"Markdown|HTML"):
        links = re.findall(r"https://host\.example/bench/([^\s)\"]+)", one.text)
        assert {"index.html", "badge.svg"} == {Path(link).name for link in links}
        assert {one.page.parent} == {(example.site / link).parent for link in links}
        assert all((example.site / link).is_file() for link in links)
    for one in copied(example, "Endpoint badge"):
        assert 1 == json.loads(one.text)["schemaVersion"]
        assert json.loads(one.text) == json.loads((one.page.parent / "badge.json").read_text())


def test_commands_of_the_whole_site(example: Example) -> None:
    cell = next((example.base / "cab-results" / "example").rglob("record.json")).parent
    inside = cell.relative_to(example.base / "cab-results")
    record = load_record(cell)
    words = {
        "SWEEP/AGENT/MODEL/CATEGORY/TASK/run1/attempt1": str(inside),
        "FOLDER": "cab-results",
        "CELL": f"'{record.cell_id}'",
    }

    def filled(text: str) -> str:
        for word, meaning in words.items():
            text = text.replace(word, meaning)
        return text

    (files,) = copied(example, "Command that checks a cell's files")
    assert "OK" in example.run(filled(files.text), cwd=example.site)
    (results,) = copied(example, "Command that checks a folder of results")
    example.run(filled(results.text))
    (again,) = copied(example, "Command that runs a cell from its record")
    assert "identical" in example.run(filled(again.text))
    (data,) = copied(example, "Commands that read the data")
    said = example.run(data.text)
    assert '"$schema"' in said
    assert "pi" in said
    assert (example.base / "attempts.parquet").is_file()


@pytest.mark.parametrize(
    "name", [n if n == "pi" else pytest.param(n, marks=pytest.mark.nightly) for n in AGENT_NAMES]
)
def test_an_agent_is_checked_from_a_wheel_alone(example: Example, name: str) -> None:
    wheel = f"{sys.executable} -m pip wheel --no-deps -q -w . {ROOT}"
    texts = {c.text for c in copied(example, "Command that checks the agent from a wheel")}
    (text,) = (text for text in texts if f"-a {name}@" in text)
    assert "conforms" in example.run(f"{wheel} && {text}")
