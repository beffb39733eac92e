"""Bad input gets one sentence that says what, where and what to do, and a meaningful exit code."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from codingagentbench.tasks import corpus_root

from .conftest import Cab

PYTHON = "polyglot/python-reverse-string"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("run", "-a", "codx", "-m", "oracle", "-t", PYTHON),
            "unknown agent 'codx' (did you mean 'codex'?)",
        ),
        (
            ("run", "-a", "pi", "-m", "oracle", "-t", "polyglot/python-reverse"),
            f"unknown task 'polyglot/python-reverse' (did you mean '{PYTHON}'?)",
        ),
        (("run", "-a", "pi", "-m", "orcle", "-t", PYTHON), "oracle"),
        (("run", "-a", "pi", "-m", "gpt", "-t", PYTHON), "CAB_ENDPOINT"),
        (("run", "-a", "pi", "-m", "oracle", "-t", PYTHON, "--sandbox", "bublewrap"), "bubblewrap"),
        (("run", "-a", "pi", "-m", "oracle", "-t", PYTHON, "--dialect", "gemini"), "chat"),
        (("run", "-a", "pi", "-m", "oracle", "-t", PYTHON, "--methodology", "7"), "1.0"),
        (("run", "-a", "pi", "-m", "oracle", "-t", "./nowhere"), "no such task folder"),
        (("tasks", "list", "--tasks", "nowhere"), "no such folder of tasks"),
        (("tasks", "list", "--category", "mutation"), "did you mean 'mutations'?"),
        (("agents", "install", "aidr"), "did you mean 'aider'?"),
        (("results", "show", "pi/oracle"), "unknown cell"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else "",
)
@pytest.mark.usefixtures("pi_here")
def test_one_sentence_and_exit_code_2(cab: Cab, words: tuple[str, ...], said: str) -> None:
    done = cab(*words)
    assert 2 == done.returncode, done.stderr
    assert said in done.stderr
    assert 1 == len(done.stderr.strip().splitlines())
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("pi_here")
def test_a_key_that_is_not_set(cab: Cab) -> None:
    words = ("run", "-a", "pi", "-m", "m", "-t", PYTHON, "--key-env", "MY_KEY")
    done = cab(*words, CAB_ENDPOINT="http://127.0.0.1:9/v1")
    assert 2 == done.returncode
    assert "MY_KEY" in done.stderr
    assert 1 == len(done.stderr.strip().splitlines())


def test_an_agent_that_is_not_installed(cab: Cab, tmp_path: Path) -> None:
    done = cab("run", "-a", "pi", "-m", "oracle", "-t", PYTHON, CAB_DATA=str(tmp_path / "data"))
    assert 2 == done.returncode
    assert "cab agents install pi@" in done.stderr


@pytest.mark.usefixtures("pi_here")
def test_a_results_folder_that_is_a_file(cab: Cab, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    words = ("run", "-a", "pi", "-m", "oracle", "-t", PYTHON, "--results", "taken")
    done = cab(*words)
    assert 3 == done.returncode
    assert "cannot be written" in done.stderr
    assert "--results" in done.stderr
    assert "mine" == (tmp_path / "taken").read_text()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KiB; needs root."""
    folder = tmp_path / "small"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small file system needs root")
@pytest.mark.usefixtures("pi_here")
def test_a_full_disk_publishes_nothing_and_says_so(cab: Cab, small_disk: Path) -> None:
    words = ("run", "-a", "pi", "-m", "oracle", "-t", PYTHON, "--results", str(small_disk / "r"))
    done = cab(*words)
    assert 3 == done.returncode, done.stderr
    assert "No space left" in done.stderr
    assert "free some space" in done.stderr
    assert "Traceback" not in done.stderr
    assert [] == list(small_disk.rglob("record.json"))


def test_a_broken_task_is_named_and_the_others_are_listed(cab: Cab, tmp_path: Path) -> None:
    shutil.copytree(corpus_root(), tmp_path / "own")
    (tmp_path / "own" / PYTHON / "prompt.md").unlink()
    done = cab("tasks", "list", "--tasks", "own", "--json")
    assert 2 == done.returncode
    assert "prompt.md: the file is missing" in done.stdout
    assert "mutations/rust-error-negated" in done.stdout


@pytest.mark.usefixtures("pi_here")
def test_a_verifier_that_hangs_ends_with_its_time(cab: Cab, tmp_path: Path) -> None:
    folder = tmp_path / "own" / PYTHON
    shutil.copytree(corpus_root() / PYTHON, folder)
    (folder / "verifier" / "verify.py").write_text("import time\ntime.sleep(3600)\n")
    config = folder / "task.toml"
    config.write_text(config.read_text().replace("verifier = 60", "verifier = 2"))
    done = cab("run", "-a", "pi", "-m", "oracle", "-t", PYTHON, "--tasks", "own")
    assert 3 == done.returncode, done.stdout
    assert "verifier_failed" in done.stdout


@pytest.mark.usefixtures("pi_here")
def test_a_solution_that_fails_fails(cab: Cab, tmp_path: Path) -> None:
    folder = tmp_path / "own" / PYTHON
    shutil.copytree(corpus_root() / PYTHON, folder)
    (folder / "solution" / "src" / "reverse.py").write_text("def reverse(text):\n    return 'x'\n")
    done = cab("run", "-a", "pi", "-m", "oracle", "-t", PYTHON, "--tasks", "own")
    assert 0 == done.returncode, done.stderr
    assert "failed" in done.stdout
    assert "hidden tests fail" in done.stdout
