"""``cab suites`` and the list of tasks, as a person calls them."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from codingagentbench.tasks import corpus_root

from .conftest import Cab

ONE = "polyglot/python-reverse-string"


def test_a_suite_is_made_sealed_and_opened(cab: Cab, tmp_path: Path) -> None:
    assert 0 == cab("suites", "make", "mine", "polyglot/python-*", "-o", "mine.toml").returncode
    assert "are as pinned" in cab("suites", "check", "./mine.toml").stdout
    assert 0 == cab("suites", "seal", "mine.toml", "-o", "sealed.toml").returncode
    assert "polyglot" not in (tmp_path / "sealed.toml").read_text()
    assert 0 == cab("suites", "verify", "sealed.toml", "mine.toml").returncode
    mine = tmp_path / "mine.toml"
    mine.write_text(mine.read_text().replace('version = "1.0"', 'version = "1.1"', 1))
    done = cab("suites", "verify", "sealed.toml", "mine.toml")
    assert (1, True) == (done.returncode, "NOT what was sealed: version" in done.stdout)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("suites", "check", "quik"), "did you mean 'quick'?"),
        (("suites", "check", "./none.toml"), "no such suite file"),
        (("suites", "make", "m", "nothing/*", "-o", "m.toml"), "unknown task 'nothing/*'"),
        (("suites", "make", "Bad Name", ONE, "-o", "m.toml"), "cannot make this suite: name"),
        (("suites", "make", "m", ONE, "-o", "config.toml"), "the file is there already"),
        (("suites", "make", "m", ONE, "-o", "no/where.toml"), "cannot be written"),
        (("suites", "verify", "config.toml", "config.toml"), "key 'name' is missing"),
        (("tasks", "list", "--suite", "quik"), "did you mean 'quick'?"),
        (("tasks", "list", "--language", "pyton"), "did you mean 'python'?"),
        (("tasks", "list", "--difficulty", "eazy"), "unknown difficulty 'eazy'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_bad_input_is_one_sentence(cab: Cab, words: tuple[str, ...], said: str) -> None:
    done = cab(*words)
    assert 2 == done.returncode
    assert said in done.stderr
    assert 1 == len(done.stderr.strip().splitlines())


def test_tasks_are_listed_by_what_they_are(cab: Cab) -> None:
    every = json.loads(cab("tasks", "list", "--json").stdout)
    python = json.loads(cab("tasks", "list", "--language", "python", "--json").stdout)
    assert [task for task in every if task["language"] == "python"] == python
    quick = json.loads(cab("tasks", "list", "--suite", "quick", "--json").stdout)
    assert {task["id"] for task in quick} < {task["id"] for task in every}


def test_a_task_with_odd_bytes_in_its_name_is_listed_as_broken(cab: Cab, tmp_path: Path) -> None:
    odd = os.fsdecode(os.fsencode(tmp_path / "own" / "polyglot") + b"/odd\xff\x1b[31m\nname")
    shutil.copytree(corpus_root() / ONE, odd)
    for words in ((), ("--json",)):
        done = cab("tasks", "list", "--tasks", "own", *words)
        assert 2 == done.returncode, done.stderr
        assert "Traceback" not in done.stderr
        assert "\x1b[31m" not in done.stdout
        assert "but the folder makes it" in done.stdout
