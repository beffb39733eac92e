"""Harbor folders become drafts, or one sentence that says why not. Nothing is run here."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from codingagentbench.errors import CabError
from codingagentbench.tasks.importing import Draft, LeftOut, find_harbor_tasks

SETS = Path(__file__).parent / "importsets" / "harbor"
Change = Callable[[Path], object]


def changed(tmp_path: Path, *changes: Change, name: str = "sum-column") -> Draft:
    """A good task with something about it changed, read."""
    folder = tmp_path / name
    shutil.copytree(SETS / name, folder)
    for change in changes:
        change(folder)
    (found,) = find_harbor_tasks(folder)
    return found.read()


def why_not(tmp_path: Path, *changes: Change) -> str:
    with pytest.raises(LeftOut) as error:
        changed(tmp_path, *changes)
    assert "\n" not in str(error.value)
    return f"{error.value.status}: {error.value}"


def write(path: str, text: str) -> Change:
    def change(folder: Path) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)

    return change


def more(text: str, table: str = "environment") -> Change:
    """``text`` as the first lines of a table of task.toml."""

    def change(folder: Path) -> None:
        path = folder / "task.toml"
        whole = path.read_text()
        assert f"[{table}]\n" in whole
        path.write_text(whole.replace(f"[{table}]\n", f"[{table}]\n{text}\n"))

    return change


def top(text: str) -> Change:
    def change(folder: Path) -> None:
        path = folder / "task.toml"
        path.write_text(text + "\n" + path.read_text())

    return change


def test_what_a_draft_says(tmp_path: Path) -> None:
    made = changed(tmp_path)
    assert {
        "id": "harbor/sum-column",
        "version": "1.0",
        "title": "sum-column",
        "language": "python",
        "category": "harbor",
        "difficulty": "easy",
        "toolchain": ["python"],
        "workdir": "/app",
        "env": {"DEBIAN_FRONTEND": "noninteractive", "SHEET": "/app/data/catch.csv"},
        "paths": {"expected": ["**"], "protected": []},
        "timeouts": {"agent": 300.0, "verifier": 60.0},
        "verifier": {
            "command": ["python3", "-I", "verify.py"],
            "carry": ["**"],
            "hidden": ["reward"],
            "mounts": {"/tests": "tests"},
            "scratch": ["/logs"],
        },
    } == made.config
    assert {
        "data/catch.csv": (SETS / "sum-column/environment/catch.csv").read_bytes(),
        "out/header.txt": b"boat,day,kg\n",
        "out/empty": b"",
    } == {path: content.data for path, content in made.tree.items()}
    assert made.solve is not None
    assert ["solve.sh", "total.sh"] == sorted(made.solve.files)


def test_keys_that_are_not_followed_are_named() -> None:
    (found,) = find_harbor_tasks(SETS / "first-note")
    assert (
        "task.toml: agent.user is not followed: everything runs as one user that is not privileged",
        "task.toml: environment.colour is unknown and not followed",
        "task.toml asks for 8,192 MB of memory; a sandbox has 4,096 MB",
        "task.toml: environment.docker_image: python:3.12-slim is stood in for by this machine's "
        "own programs",
        "the working folder is empty to begin with; .keep stands in it",
    ) == found.read().warnings


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (top("odd = 1"), "task.toml: odd is unknown and not followed"),
        (more("[whatever.deep]\nx = 1\n[environment]"), "task.toml: whatever.deep.x is unknown"),
        (more('network_mode = "public"'), "network_mode is 'public', but there is no network"),
        (more('env = { PATH = "/app/bin" }'), "the variable PATH is not a task's to set"),
        (more('env = { "a b" = "1" }'), "the variable a b is not a task's to set"),
        (more('user = "root"', "verifier"), "task.toml: verifier.user is not followed"),
    ],
)
def test_warnings(tmp_path: Path, change: Change, words: str) -> None:
    def only(folder: Path) -> None:
        change(folder)
        text = (folder / "task.toml").read_text().replace("[environment]\n[", "[")
        if text.count("[environment]") > 1:
            text = text.replace("[environment]\n", "", 1)
        (folder / "task.toml").write_text(text)

    assert any(words in warning for warning in changed(tmp_path, only).warnings)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (write("environment/compose.yml", "x"), "environment/compose.yml: compose files are not"),
        (more("gpus = 1"), "task.toml asks for a GPU (environment.gpus)"),
        (more('mcp_servers = [{ name = "x" }]'), "MCP servers (environment.mcp_servers)"),
        (more('healthcheck = { command = "x" }'), "a service that has to be up"),
        (more('os = "windows"'), "environment.os is windows"),
        (top("[[steps]]\nname = 'a'"), "more than one step (steps)"),
        (more('env = { KEY = "${API_KEY}" }'), "wants ${API_KEY} of this machine"),
        (more('workdir = "/"'), "its working folder cannot be /"),
        (more('workdir = "/usr/src/app"'), "/usr/src/app: /usr belongs to the sandbox"),
        (more('workdir = "/elsewhere"'), "outside its working folder /elsewhere"),
        (lambda f: (f / "solution/solve.sh").unlink(), "it has no solution/solve.sh"),
        (lambda f: (f / "tests/test.sh").rename(f / "tests/test.bat"), "tests are for Windows"),
        (lambda f: (f / "task.toml").rename(f / "task.yaml"), "older layout, with task.yaml"),
        (write("tests/test.sh", "set -e\npip install x\n"), "test.sh line 2 needs the network"),
        (write("tests/test.sh", "if ! curl -s https://x | sh; then\nfi\n"), "line 1 needs the"),
        (write("tests/test.sh", "# curl\nuvx pytest\n"), "line 2 needs the network: uvx pytest"),
        (write("tests/test.sh", "cd /app && python3 -m pip install x\n"), "line 1 needs the"),
    ],
)
def test_what_is_not_supported_is_said(tmp_path: Path, change: Change, why: str) -> None:
    said = why_not(tmp_path, change)
    assert said.startswith("unsupported: ")
    assert why in said


@pytest.mark.parametrize(
    "line",
    ["curl -s http://localhost:8000", "command -v curl", "python3 my_pip.py", "echo apt-get x"],
)
def test_tests_that_only_look_like_the_network(tmp_path: Path, line: str) -> None:
    assert changed(tmp_path, write("tests/test.sh", line + "\n")).id == "harbor/sum-column"


def link(name: str, target: str) -> Change:
    def change(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        os.symlink(target, folder / name)

    return change


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (write("task.toml", "["), "task.toml is not valid TOML"),
        (write("task.toml", "agent = 1"), "task.toml: agent is no table"),
        (lambda f: (f / "task.toml").unlink(), "task.toml is missing"),
        (lambda f: (f / "instruction.md").unlink(), "instruction.md is missing"),
        (write("instruction.md", " \n"), "instruction.md is empty"),
        (lambda f: (f / "tests/test.sh").unlink(), "tests/test.sh is missing"),
        (lambda f: (f / "environment/Dockerfile").unlink(), "there is no environment/Dockerfile"),
        (link("instruction.md", "/etc/passwd"), "instruction.md is reached through a link"),
        (link("environment/passwd", "/etc/passwd"), "is a link that leaves the folder"),
        (link("tests/up", "../../x"), "tests/up is a link that leaves the folder"),
        (lambda f: os.mkfifo(f / "tests" / "pipe"), "tests/pipe is no plain file"),
        (lambda f: (f / "environment" / "a\x1bb").touch(), "a name with odd characters"),
        (more("[agent]\ntimeout_sec = -1"), "not valid TOML"),
        (more("env = 3"), "task.toml: environment.env is no table"),
        (more("env = { A = 3 }"), "task.toml: environment.env.A is no text"),
        (more('env = { A = "x\\u0000--bind\\u0000/" }'), "task.toml: environment.env.A is no var"),
        (more('env = { "A=B" = "x" }'), "task.toml: environment.env.A=B is no variable"),
        (write("instruction.md", "say\0"), "instruction.md is no text: it has a NUL character"),
        (more("workdir = 3"), "task.toml: environment.workdir is 3, no text"),
        (write("task.toml", "[agent]\ntimeout_sec = 'x'"), "agent.timeout_sec is 'x', no number"),
        (write("task.toml", "[agent]\ntimeout_sec = nan"), "agent.timeout_sec is nan, no number"),
        (write("task.toml", "[agent]\ntimeout_sec = true"), "timeout_sec is True, no number"),
        (more("[metadata.codingagentbench]\nid = 3", "metadata"), "codingagentbench.id makes no"),
        (more("[metadata.codingagentbench]\nid = '../x'", "metadata"), "an id like ../x cannot be"),
        (more("[metadata.codingagentbench]\npaths = []", "metadata"), "paths makes no sense"),
        (
            more("[metadata.codingagentbench]\nrules = [{a = 1979-05-27}]", "metadata"),
            "rules makes",
        ),
    ],
)
def test_foreign_folders_are_not_believed(tmp_path: Path, change: Change, why: str) -> None:
    said = why_not(tmp_path, change)
    assert said.startswith("broken: ")
    assert why in said
    assert "root:" not in said


def test_a_folder_of_tasks() -> None:
    """Below folders of any name; what is in a task is not looked into for others."""
    names = [found.name for found in find_harbor_tasks(SETS)]
    assert ["first-note", "needs-compose", "needs-network", "sum-column"] == names
    (one,) = find_harbor_tasks(SETS / "sum-column")
    assert "sum-column" == one.name


def test_a_folder_without_tasks(tmp_path: Path) -> None:
    with pytest.raises(CabError, match="no task here"):
        find_harbor_tasks(tmp_path)
    with pytest.raises(CabError, match="no such folder"):
        find_harbor_tasks(tmp_path / "gone")


def test_what_dockerignore_names_is_not_copied(tmp_path: Path) -> None:
    made = changed(
        tmp_path,
        write("environment/.dockerignore", "# not these\n*.md\n!keep.md\nDockerfile\nsecret/\n"),
        write("environment/notes.md", "x"),
        write("environment/keep.md", "x"),
        write("environment/secret/key", "x"),
        write("environment/Dockerfile", "FROM debian\nWORKDIR /app\nCOPY . .\n"),
    )
    assert [".dockerignore", "catch.csv", "keep.md"] == sorted(made.tree)
