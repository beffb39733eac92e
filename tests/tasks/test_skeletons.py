"""New tasks: whole as they are written, and never over something that is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from codingagentbench.errors import TaskError, UnknownName
from codingagentbench.tasks import load_task, new_task
from codingagentbench.tasks.skeleton_texts import SKELETONS


@pytest.mark.parametrize("language", SKELETONS)
def test_a_new_task_loads(tmp_path: Path, language: str) -> None:
    folder = new_task("mine/first", language=language, root=tmp_path)
    task = load_task(folder, expect="mine/first")
    assert (language, "mine") == (task.language, task.category)
    source = next(path for path in task.solution.rglob("*") if path.is_file())
    before = task.tree / source.relative_to(task.solution)
    assert before.read_text() != source.read_text()


@pytest.mark.parametrize("name", ["first", "Mine/first", "mine/", "../x/y", "mine/a/b", "mine/ä"])
def test_names_that_are_none(tmp_path: Path, name: str) -> None:
    with pytest.raises(TaskError, match="is no task's name"):
        new_task(name, root=tmp_path)
    assert [] == list(tmp_path.iterdir())


def test_nothing_is_written_over(tmp_path: Path) -> None:
    folder = new_task("mine/first", root=tmp_path)
    (folder / "prompt.md").write_text("My own.")
    with pytest.raises(TaskError, match="it is there already"):
        new_task("mine/first", root=tmp_path)
    assert "My own." == (folder / "prompt.md").read_text()


def test_an_unknown_language_and_a_place_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="did you mean 'python'"):
        new_task("mine/first", language="pyhton", root=tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(TaskError, match="cannot be written: Not a directory"):
        new_task("mine/first", root=tmp_path / "file")
