"""The verbs as they are documented: what they print, and their exit codes."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import click
import jsonschema
import pytest
import typer

from codingagentbench.cli.app import app
from codingagentbench.endpoints import BuiltinServer
from codingagentbench.gateway import Ledger
from codingagentbench.tasks import find_task

from .conftest import CAB, Cab, environment

RUST, PYTHON = "mutations/rust-error-negated", "polyglot/python-reverse-string"
VERBS = (
    *(
        (verb,)
        for verb in ("quickstart", "run", "check", "reproduce", "doctor", "gateway", "schema")
    ),
    *(("tasks", verb) for verb in ("list", "show", "new", "validate", "mutate")),
    *(("suites", verb) for verb in ("list", "check", "make", "seal", "verify")),
    *(("agents", verb) for verb in ("list", "install", "remove", "show")),
    *(("results", verb) for verb in ("list", "show", "check", "rescore")),
)


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_every_verb_has_help_with_examples(cab: Cab, verb: tuple[str, ...]) -> None:
    done = cab(*verb, "--help")
    assert 0 == done.returncode
    assert "Examples:" in done.stdout
    assert "Usage: cab" in done.stdout


def commands(group: click.Command, path: str = "cab") -> Iterator[tuple[str, click.Command]]:
    """Every command that is no group of others, with all its words."""
    for name, command in getattr(group, "commands", {}).items():
        words = f"{path} {name}"
        yield from commands(command, words) if hasattr(command, "commands") else [(words, command)]


def test_no_verb_is_without_an_example_of_its_own() -> None:
    verbs = dict(commands(typer.main.get_command(app)))
    del verbs["cab run-cell"]  # the old name of cab run
    assert len(verbs) > 50
    for words, command in verbs.items():
        assert f"{words} " in f"{command.epilog} ", words
        assert command.help, words


def test_help_imports_nothing_heavy() -> None:
    """What takes long to import is imported by the verb that needs it."""
    heavy = ("pydantic", "aiohttp", "rich.table", "jinja2", "opentelemetry", "asyncio")
    code = (
        "import sys; sys.argv=['cab','--help']\n"
        "from codingagentbench.cli.app import app\n"
        "try: app()\nexcept SystemExit: pass\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [str(CAB.with_name("python")), "-c", code], capture_output=True, text=True, check=True
    )
    assert "[]" == done.stdout.splitlines()[-1]


def test_run_prints_a_story_and_leaves_a_page(cab: Cab, tmp_path: Path, pi_here: None) -> None:
    done = cab("run", "-a", "pi", "-m", "oracle", "-t", PYTHON)
    assert 0 == done.returncode, done.stderr
    steps = [line.split()[0] for line in done.stdout.splitlines()]
    assert ["pi", "workspace", "agent", "changes", "verify", "passed", "page"] == steps
    page = tmp_path / done.stdout.splitlines()[-1].split()[-1]
    assert "<title>" in page.read_text()


def test_run_cell_takes_the_words_of_the_published_pages(cab: Cab, pi_here: None) -> None:
    done = cab("run-cell", "--tui", "pi", "--model", "oracle", "--task", PYTHON, "--json")
    assert 0 == done.returncode, done.stderr
    (record,) = json.loads(done.stdout)
    assert "passed" == record["scores"]["verdict"]["outcome"]
    record.pop("folder")
    schema = json.loads(cab("schema").stdout)
    jsonschema.Draft202012Validator(schema).validate(record)


def test_results_are_listed_shown_checked_and_rescored(
    cab: Cab, tmp_path: Path, pi_here: None
) -> None:
    assert 0 == cab("run", "-a", "pi", "-m", "oracle", "-t", PYTHON, "--quiet").returncode
    (listed,) = json.loads(cab("results", "list", "--json").stdout)
    assert ("passed", True) == (listed["outcome"], listed["scored"])
    assert "verify" in cab("results", "show", "pi/oracle").stdout
    assert "1 attempts checked, 0 with problems" in cab("results", "check").stdout
    rescored = cab("results", "rescore", "--methodology", "0.1", "--write", "--json")
    (change,) = json.loads(rescored.stdout)
    assert ("1.0", "0.1") == (change["before"]["methodology"], change["after"]["methodology"])
    shown = json.loads(cab("results", "show", "pi/oracle", "--json").stdout)
    assert "0.1" == shown["scores"]["methodology"]
    assert 0 == cab("results", "check").returncode
    back = json.loads(cab("results", "rescore", "--write", "--json").stdout)
    assert change["before"] == back[0]["after"]
    path = next((tmp_path / "cab-results").rglob("terminal.cast"))
    path.write_text("forged")
    done = cab("results", "check")
    assert 1 == done.returncode
    assert "terminal.cast was changed after the run" in done.stdout


def test_without_a_sandbox_only_when_asked_and_the_record_says_so(cab: Cab, pi_here: None) -> None:
    done = cab("run", "-a", "pi", "-m", "oracle", "-t", PYTHON, "--sandbox", "none", "--json")
    (record,) = json.loads(done.stdout)
    if record["scores"]["verdict"]["outcome"] == "sandbox_failed":
        # As root it drops to a user of its own, who cannot pass through a private home folder.
        assert 3 == done.returncode
        assert 0 == os.geteuid()
        return
    assert ("none", "host") == (record["exit"]["backend"], record["exit"]["network"])


def test_doctor_says_what_each_thing_is_needed_for(cab: Cab) -> None:
    done = cab("doctor", "--json")
    findings = json.loads(done.stdout)
    assert all(f["needed_for"] for f in findings)
    assert [] == [f["what"] for f in findings if f["essential"] and not f["ok"]]
    assert {"Python", "npm", "codex"} <= {f["what"] for f in findings}


async def test_the_gateway_alone_records_anyone_s_agent(tmp_path: Path) -> None:
    async with BuiltinServer() as provider:
        conversation = provider.open(persona="idle", task=find_task(RUST))
        process = await asyncio.create_subprocess_exec(
            CAB,
            *("gateway", "--upstream", conversation.base_url(), "--key-env", "PROVIDER_KEY"),
            cwd=tmp_path,
            env=environment(tmp_path, PROVIDER_KEY=conversation.key),
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdout is not None
        said = [(await process.stdout.readline()).decode() for _ in range(4)]
        url, key = said[0].split()[-1], said[3].split()[-1]
        await asyncio.to_thread(_ask, url, key)
        process.send_signal(signal.SIGINT)
        rest = (await process.stdout.read()).decode()
        assert 0 == await process.wait()
        truth = conversation.truth().totals
    assert re.search(r"1 calls, 0 failed", rest)
    ledger = Ledger.model_validate_json((tmp_path / "traffic" / "ledger.json").read_bytes())
    assert (truth.input, truth.output) == (ledger.totals.input, ledger.totals.output)
    everything = b"".join(p.read_bytes() for p in (tmp_path / "traffic").rglob("*") if p.is_file())
    assert conversation.key.encode() not in everything
    assert 1 == len((tmp_path / "traffic" / "calls.jsonl").read_text().splitlines())


def _ask(url: str, key: str) -> None:
    body = json.dumps({"model": "any", "messages": [{"role": "user", "content": "hello"}]})
    request = urllib.request.Request(
        f"{url}/chat/completions", body.encode(), {"Authorization": f"Bearer {key}"}
    )
    urllib.request.urlopen(request, timeout=20).read()


def test_the_package_is_run_as_a_module_too(tmp_path: Path) -> None:
    argv = [sys.executable, "-m", "codingagentbench", "--version"]
    done = subprocess.run(argv, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == subprocess.run([CAB, "--version"], capture_output=True, text=True).stdout
