"""What the tests of this room start from."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from codingagentbench.endpoints import BuiltinServer
from codingagentbench.tasks.model import Refusal, Task

from .samples import copy_tree, make_task


@pytest.fixture
def task(tmp_path: Path) -> Task:
    """One file to change in a place where the old line occurs twice, and one awkward new file."""
    return make_task(tmp_path / "task")


@pytest.fixture
def refusal_task(tmp_path: Path) -> Task:
    """A task to decline, whose solution is the document."""
    refusal = Refusal(document="REFUSAL.md", facts=(("test_a", "a test"), ("test_b",)))
    return make_task(
        tmp_path / "refusal-task",
        solution={"REFUSAL.md": "test_a and test_b disagree\n"},
        refusal=refusal,
    )


@pytest.fixture
def root(task: Task, tmp_path: Path) -> Path:
    """A fresh copy of the task's tree, to work in."""
    return copy_tree(task, tmp_path / "work")


@pytest.fixture
async def server() -> AsyncIterator[BuiltinServer]:
    async with BuiltinServer() as running:
        yield running
