"""``cab tasks import`` and ``cab tasks export`` as a person calls them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Cab

SETS = Path(__file__).parents[1] / "tasks" / "importsets"
HARBOR, EXERCISM = SETS / "harbor", SETS / "exercism"


def test_a_table_says_what_became_of_each(cab: Cab) -> None:
    """Exit code 1 when something was left out; what was taken in is a task like any other."""
    done = cab("tasks", "import", "harbor", str(HARBOR), "--into", "out")
    assert 1 == done.returncode
    rows = {line.split()[0]: line for line in done.stdout.splitlines() if line}
    assert "imported     harbor/sum-column" in rows["sum-column"]
    assert "unsupported  environment/docker-compose.yaml" in rows["needs-compose"]
    assert "first-note: task.toml: environment.colour is unknown and not followed" in done.stdout
    assert "2 imported, 2 unsupported, 0 broken" in done.stdout
    listed = cab("tasks", "list", "--tasks", "out", "--json")
    assert ["harbor/first-note", "harbor/sum-column"] == [
        t["id"] for t in json.loads(listed.stdout)
    ]


def test_json_says_the_same(cab: Cab, tmp_path: Path) -> None:
    words = ("exercism", str(EXERCISM), "--language", "python", "--into", "out", "--json")
    done = cab("tasks", "import", *words)
    assert 1 == done.returncode
    assert [
        {
            "name": "python/exercises/practice/plain-functions",
            "status": "unsupported",
            "reason": "its tests are plain functions, which need pytest; unittest is known",
            "id": None,
            "folder": None,
            "warnings": [],
        },
        {
            "name": "python/exercises/practice/tide-table",
            "status": "imported",
            "reason": None,
            "id": "exercism/python-tide-table",
            "folder": "out/exercism/python-tide-table",
            "warnings": [],
        },
    ] == json.loads(done.stdout)
    assert (tmp_path / "out" / "exercism" / "python-tide-table" / "solution").is_dir()


def test_all_taken_in_is_exit_code_0(cab: Cab) -> None:
    """Quietly: only what went wrong is printed."""
    folder = str(EXERCISM / "python" / "exercises" / "practice" / "tide-table")
    done = cab("tasks", "import", "exercism", folder, "--into", "out", "--visible-tests", "-q")
    assert (0, "", "") == (done.returncode, done.stdout, done.stderr)
    proved = cab("tasks", "validate", "--tasks", "out", "--repeats", "2")
    assert (0, True) == (proved.returncode, "1 tasks, 0 unsound" in proved.stdout)


def test_unproved_is_possible(cab: Cab) -> None:
    folder = str(EXERCISM / "go")
    done = cab("tasks", "import", "exercism", folder, "--into", "out", "--no-prove", "-q")
    assert (0, "") == (done.returncode, done.stdout)


def test_export_writes_a_folder_a_task(cab: Cab, tmp_path: Path) -> None:
    words = ("harbor", "polyglot/python-*", "--into", "out")
    assert 0 == cab("tasks", "export", *words).returncode
    assert (tmp_path / "out" / "polyglot-python-reverse-string" / "tests" / "test.sh").is_file()
    again = cab("tasks", "export", *words)
    assert 1 == again.returncode
    assert "something is there already; remove it first" in again.stdout


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("import", "harbor", "gone"), "gone: no such folder"),
        (("import", "harbor", "."), ".: no task here"),
        (("import", "exercism", "."), ".: no exercise here"),
        (("import", "exercism", str(EXERCISM), "--language", "ada"), "unknown language 'ada'"),
        (("import", "exercism", str(EXERCISM), "--java-jars", "gone"), "gone: no such folder"),
        (("import", "harbor", str(HARBOR), "--into", "/proc/x"), "/proc/x: cannot be written"),
        (("export", "harbor", "nothing/*", "--into", "x"), "unknown task 'nothing/*'"),
    ],
)
def test_bad_input_is_one_sentence(cab: Cab, words: tuple[str, ...], why: str) -> None:
    done = cab("tasks", *words)
    assert (2, "") == (done.returncode, done.stdout)
    assert f"cab: {why}" in done.stderr
    assert 1 == len(done.stderr.strip().splitlines())


def test_a_name_that_moves_the_cursor(cab: Cab, tmp_path: Path) -> None:
    """Nothing of a foreign folder reaches the terminal as it is."""
    folder = tmp_path / "in" / "a\x1b[2Jb"
    shutil.copytree(HARBOR / "first-note", folder)
    (folder / "task.toml").write_text('"\\u001b[31m" = 1\n[agent]\ntimeout_sec = "\\u001b"\n')
    done = cab("tasks", "import", "harbor", "in", "--into", "out")
    assert (1, False) == (done.returncode, "\x1b" in done.stdout + done.stderr)


@pytest.mark.agents
def test_a_real_agent_works_where_the_task_says(cab: Cab, pi_here: None) -> None:
    """The tree lies at /app for it: the oracle solves the task, and doing nothing does not."""
    cab("tasks", "import", "harbor", str(HARBOR / "sum-column"), "--into", "out")
    for model, outcome in (("oracle", "passed"), ("idle", "no_change")):
        words = ("-m", model, "-t", "harbor/sum-column", "--tasks", "out", "--results", "results")
        done = cab("run", "-a", "pi", *words)
        assert outcome in done.stdout.split(), done.stdout + done.stderr
