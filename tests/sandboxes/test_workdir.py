"""A task may say where its tree lies, what else its verifier sees, and what it may write."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError
from verifykit import task_of, verified

from codingagentbench.tasks import Task, Verifier

BOTH = "say one pass\nsay two pass\nprintf '{\"done\": 2}\\n' >&3\n"
PLACES = """
test "$CAB_WORKSPACE" = /app && test -f /app/src/main.txt || exit 3
test "$GREETING" = hello || exit 4
test "$(cat /tests/expected.txt)" = right || exit 5
touch /tests/new 2>/dev/null && exit 6
mkdir -p /logs/verifier && echo 1 > /logs/verifier/reward.txt || exit 7
test "$(ls /logs)" = verifier || exit 8
echo changed > /app/src/main.txt || exit 9
test -e /workspace/src && exit 10
"""


def asking(folder: Path, script: str) -> Task:
    task = task_of(
        folder,
        script=script,
        workdir="/app",
        env={"GREETING": "hello"},
    )
    (task.hidden / "tests").mkdir()
    (task.hidden / "tests" / "expected.txt").write_text("right\n")
    more = {"mounts": {"/tests": "tests"}, "scratch": ("/logs",)}
    verifier = Verifier.model_validate(task.verifier.model_dump() | more)
    return task.model_copy(update={"verifier": verifier})


def test_a_verifier_sees_what_its_task_asks_for(tmp_path: Path) -> None:
    """Twice, since what one run writes to its scratch is gone with it."""
    task = asking(tmp_path / "task", PLACES + BOTH)
    for _ in range(2):
        done, _changes = verified(task)
        assert (0, True, None) == (done.exit_code, done.sound, done.broken), done.output
    assert ["expected.txt"] == [path.name for path in (task.hidden / "tests").iterdir()]


def test_without_a_sandbox_a_tree_lies_nowhere_else(tmp_path: Path) -> None:
    """There is no such place on the host, and none is made there."""
    done, _changes = verified(asking(tmp_path / "task", BOTH), backend="none")
    assert "the task's tree has to lie at /app; that needs a sandbox: bubblewrap" == done.broken


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("/", "an absolute path of plain names"),
        ("app", "an absolute path of plain names"),
        ("/app/../etc", "an absolute path of plain names"),
        ("/app/", "an absolute path of plain names"),
        ("/a b", "an absolute path of plain names"),
        ("/usr/lib", "/usr belongs to the sandbox"),
        ("/home", "/home/agent belongs to the sandbox"),
        ("/home/agent", "/home/agent belongs to the sandbox"),
        ("/verifier", "/verifier belongs to the sandbox"),
    ],
)
def test_places_that_cannot_be_asked_for(place: str, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        Verifier(command=("true",), hidden=("one",), mounts={place: "tests"})


@pytest.mark.parametrize(
    "more",
    [
        {"mounts": {"/app/tests": "tests"}},
        {"scratch": ("/app",)},
        {"mounts": {"/tests": "tests"}, "scratch": ("/tests/logs",)},
    ],
)
def test_places_are_apart(tmp_path: Path, more: dict[str, object]) -> None:
    task = task_of(tmp_path / "task", script=BOTH, workdir="/app")
    fields = {name: getattr(task, name) for name in Task.model_fields}
    verifier = {"command": ("true",), "hidden": ("one",)} | more
    with pytest.raises(ValidationError, match="cannot both be places inside"):
        Task(**fields | {"verifier": verifier})


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".hidden", "/tests"])
def test_only_folders_of_the_verifier_are_shown(name: str) -> None:
    with pytest.raises(ValidationError):
        Verifier(command=("true",), hidden=("one",), mounts={"/tests": name})


def test_a_value_cannot_end_and_begin_something_else(tmp_path: Path) -> None:
    """bwrap's options are told apart by NUL characters: one in a value could be an option."""
    with pytest.raises(ValidationError, match="a NUL character cannot be in the environment"):
        task_of(tmp_path / "task", script=BOTH, env={"A": "x\0--bind\0/\0/app"})
    task = task_of(tmp_path / "other", script=BOTH).model_copy(update={"env": {"A": "\0--x"}})
    done, _changes = verified(task)
    assert "a NUL character in what a sandbox is told; remove it" == done.broken


@pytest.mark.parametrize("name", ["PATH", "HOME", "LD_PRELOAD", "CAB_KIT", "1X", "A B", ""])
def test_variables_that_are_not_a_tasks_to_set(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValidationError):
        task_of(tmp_path / "task", script=BOTH, env={name: "x"})
