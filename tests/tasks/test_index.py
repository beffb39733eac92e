"""The index of a folder of tasks: what it lists is what is there, however often it is asked."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from codingagentbench.errors import TaskError, UnknownName
from codingagentbench.tasks import corpus_root, find_task, listed_tasks, load_task, summary_of

ONE = "polyglot/python-reverse-string"


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAB_DATA", str(tmp_path / "data"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three tasks with ids of their own."""
    for number in range(3):
        folder = tmp_path / "own" / "made" / f"task-{number}"
        shutil.copytree(corpus_root() / ONE, folder)
        config = (folder / "task.toml").read_text()
        config = config.replace(ONE, f"made/task-{number}").replace('"polyglot"', '"made"')
        (folder / "task.toml").write_text(config)
    return tmp_path / "own"


def read_again(root: Path) -> int:
    """How many tasks an index of ``root`` reads anew."""
    seen: list[tuple[int, int]] = []
    listed_tasks(root, progress=lambda done, total: seen.append((done, total)))
    assert [(n + 1, len(seen)) for n in range(len(seen))] == seen
    return len(seen)


def test_the_index_says_what_the_tasks_say(root: Path) -> None:
    for _ in range(2):
        found = listed_tasks(root)
        assert ["made/task-0", "made/task-1", "made/task-2"] == [one.id for one in found]
        assert [summary_of(load_task(one.folder)) for one in found] == [o.summary for o in found]


def test_only_what_changed_is_read_again(root: Path) -> None:
    assert 3 == read_again(root)
    assert 0 == read_again(root)
    prompt = root / "made" / "task-1" / "prompt.md"
    prompt.write_text("Something else is asked for now.")
    assert 1 == read_again(root)
    shutil.rmtree(root / "made" / "task-2")
    assert 0 == read_again(root)
    assert 2 == len(listed_tasks(root))


def test_a_broken_task_is_listed_with_its_fault_until_it_is_mended(root: Path) -> None:
    config = root / "made" / "task-0" / "task.toml"
    good = config.read_text()
    config.write_text("id = ")
    assert "not valid TOML" in str(listed_tasks(root)[0].error)
    assert "not valid TOML" in str(listed_tasks(root)[0].error)
    config.write_text(good)
    assert None is listed_tasks(root)[0].error


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "0", "tasks": {}}', "\x00" * 9])
def test_a_cache_that_cannot_be_read_costs_only_time(root: Path, tmp_path: Path, text: str) -> None:
    listed_tasks(root)
    (cache,) = (tmp_path / "data" / "index").iterdir()
    cache.write_text(text)
    assert 3 == read_again(root)
    assert 0 == read_again(root)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_data_folder_that_cannot_be_written_is_no_fault(root: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o500)
    assert 3 == len(listed_tasks(root))


def test_a_duplicate_id_is_told_by_both_names(root: Path) -> None:
    shutil.copytree(root / "made" / "task-0", root / "made" / "twin")
    twin = listed_tasks(root)[-1]
    assert "key 'id' is 'made/task-0', but the folder makes it 'made/twin'" in str(twin.error)
    with pytest.raises(TaskError, match="two tasks cannot share an id"):
        find_task("made/twin", root=root)
    assert "made/task-0" == find_task("made/task-0", root=root).id


def test_names_with_odd_bytes_are_listed_as_broken(root: Path) -> None:
    (root / "made" / "task-0").rename(os.fsdecode(os.fsencode(root / "made") + b"/t\xff\n"))
    errors = [one.error for one in listed_tasks(root) if one.error]
    assert 1 == len(errors)
    assert "key 'id'" in str(errors[0])


def test_an_unknown_task_names_the_nearest(root: Path) -> None:
    with pytest.raises(UnknownName, match="did you mean 'made/task-1'"):
        find_task("made/tsk-1", root=root)
