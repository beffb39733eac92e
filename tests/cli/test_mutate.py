"""``cab tasks mutate`` as a person calls it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from .conftest import CAB, Cab, environment

SEEDS = str(Path(__file__).parents[1] / "corpus" / "seeds")


@pytest.fixture(autouse=True)
def fresh_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAB_DATA", str(tmp_path / "data"))


def test_it_makes_tasks_that_the_other_verbs_take(cab: Cab) -> None:
    words = ("tasks", "mutate", "--seed", "3", "--count", "3", "--language", "python")
    done = cab(*words, "--seeds", SEEDS)
    assert 0 == done.returncode, done.stderr
    assert "3 tasks in mutants" in done.stdout
    listed = json.loads(cab("tasks", "list", "--tasks", "mutants", "--json").stdout)
    assert 3 == len(listed)
    again = json.loads(cab(*words, "--seeds", SEEDS, "--json").stdout)
    assert {row["id"] for row in listed} == {row["id"] for row in again["made"]}
    assert 0 == again["ran"]


def test_fewer_than_asked_for_is_said_and_is_no_success(cab: Cab) -> None:
    words = ("--seed", "3", "--count", "5000", "--language", "python", "--seeds", SEEDS)
    done = cab("tasks", "mutate", *words)
    assert 1 == done.returncode
    assert "of 5000 tasks were made: these seeds have no more" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--count", "3"), "Missing option '--seed'"),
        (("--seed", "3", "--count", "0"), "Invalid value for '--count'"),
        (("--seed", "3", "--count", "3", "--seeds", "nowhere"), "no such folder of seeds"),
        (("--seed", "3", "--count", "3", "--seeds", SEEDS, "--language", "cobol"), "no seed in"),
        (("--seed", "3", "--count", "3", "--seeds", SEEDS, "--language", "python", "--into",
          "/proc/none"), "a task cannot be written"),
    ],
)  # fmt: skip
def test_bad_words_give_one_sentence(cab: Cab, words: tuple[str, ...], said: str) -> None:
    done = cab("tasks", "mutate", *words)
    assert 2 == done.returncode
    assert said in " ".join(done.stderr.replace("│", " ").split())
    assert "Traceback" not in done.stderr


def test_interrupted_it_leaves_whole_tasks_and_no_process(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [CAB, "tasks", "mutate", "--seed", "3", "--count", "60", "--language", "python",
         "--seeds", SEEDS, "--into", "out"],
        cwd=tmp_path, env=environment(tmp_path), stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    place = tmp_path / "out" / "mutations"
    for _ in range(600):
        if place.is_dir() and len(os.listdir(place)) >= 3:
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode != 0
    assert "Traceback" not in said
    for task in place.iterdir():
        assert {"task.toml", "prompt.md", "tree", "verifier", "solution"} == set(os.listdir(task))
    assert [] == [
        path
        for path in Path("/proc").glob("[0-9]*")
        if _words(path).find(b"mutants_runner.py") >= 0 and _marked(path, tmp_path)
    ]


def _words(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""


def _marked(process: Path, folder: Path) -> bool:
    try:
        return str(folder).encode() in (process / "environ").read_bytes()
    except OSError:
        return False
