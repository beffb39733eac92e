"""Tasks from seeds: the same each time, kept for a reason, whole after an interruption."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

from codingagentbench.corpus.mutants import MutantReport, chosen_seeds, make_mutants
from codingagentbench.errors import TaskError
from codingagentbench.sandboxes import Verification, open_sandbox, verify
from codingagentbench.sandboxes import resolve_toolchain as resolve
from codingagentbench.tasks import KIT, Task, folder_digest, load_task
from codingagentbench.tasks.mutation import LANGUAGES, OPERATORS

SEEDS = Path(__file__).parent / "seeds"
QUICK = ("python", "javascript")
SLOW = tuple(name for name in LANGUAGES if name != "python")
ALL = ["python", *(pytest.param(name, marks=pytest.mark.nightly) for name in SLOW)]


@pytest.fixture(autouse=True)
def fresh_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing is known from before."""
    monkeypatch.setenv("CAB_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def make(
    into: Path, *, count: int, languages: tuple[str, ...] = ("python",), number: int = 5,
    jobs: int = 2, root: Path = SEEDS,
) -> MutantReport:  # fmt: skip
    return asyncio.run(
        make_mutants(
            seeds=chosen_seeds(root, languages), number=number, count=count, into=into, jobs=jobs
        )
    )


def bytes_below(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_mode, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


def verified(task: Task, tree: Path, scratch: Path) -> Verification:
    return asyncio.run(
        verify(
            sandbox=open_sandbox(), task=task, scratch=scratch, kit=KIT, tree=tree,
            toolchains=[resolve(name) for name in task.toolchain],
        )
    )  # fmt: skip


def test_the_same_number_gives_the_same_bytes_whatever_the_workers(
    tmp_path: Path, fresh_memory: Path
) -> None:
    one = make(tmp_path / "one", count=16, languages=QUICK, jobs=1)
    shutil.rmtree(fresh_memory)
    two = make(tmp_path / "two", count=16, languages=QUICK, jobs=2)
    assert [row.id for row in one.made] == [row.id for row in two.made]
    assert 16 == len({row.id for row in one.made})
    assert bytes_below(tmp_path / "one") == bytes_below(tmp_path / "two")
    assert Counter({"python": 8, "javascript": 8}) == Counter(row.language for row in one.made)


def test_what_is_known_is_not_run_again_and_changes_nothing(tmp_path: Path) -> None:
    first = make(tmp_path / "one", count=10)
    again = make(tmp_path / "two", count=10)
    assert first.ran > 0
    assert 0 == again.ran
    assert bytes_below(tmp_path / "one") == bytes_below(tmp_path / "two")


def test_a_larger_draw_begins_with_the_smaller_one(tmp_path: Path) -> None:
    few = make(tmp_path / "few", count=6)
    many = make(tmp_path / "many", count=12)
    assert [row.id for row in few.made] == [row.id for row in many.made][:6]
    other = make(tmp_path / "other", count=6, number=6)
    assert {row.id for row in few.made} != {row.id for row in other.made}


@pytest.mark.parametrize("language", ALL)
def test_every_operator_gives_tasks_that_the_tests_notice(language: str, tmp_path: Path) -> None:
    report = make(tmp_path / "all", count=1000, languages=(language,))
    assert {operator.name for operator in OPERATORS} == {row.operator for row in report.made}
    assert report.drawn == sum(report.tried.values())
    assert len(report.made) == sum(n for (_, _, why), n in report.tried.items() if not why)
    assert 0 < len(report.made) < report.drawn
    for row in report.made:
        assert row.id == load_task(row.folder).id


@pytest.mark.parametrize("language", ALL)
def test_a_kept_mutant_fails_and_its_solution_passes(language: str, tmp_path: Path) -> None:
    (row,) = make(tmp_path / "tasks", count=1, languages=(language,)).made
    task = load_task(row.folder)
    start = verified(task, task.tree, tmp_path)
    assert start.sound
    for suite in ("hidden", "visible"):
        outcomes = [t.outcome for t in start.tests if t.suite == suite]
        assert "fail" in outcomes
        assert {"pass", "fail"} >= set(outcomes)
    healthy = tmp_path / "healthy"
    shutil.copytree(task.tree, healthy)
    shutil.copytree(task.solution, healthy, dirs_exist_ok=True)
    done = verified(task, healthy, tmp_path)
    assert done.sound
    assert {"pass"} == {t.outcome for t in done.tests}


def test_an_interruption_leaves_whole_tasks_and_the_next_run_goes_on(tmp_path: Path) -> None:
    whole = make(tmp_path / "whole", count=16)
    into = tmp_path / "broken-off"
    shutil.rmtree(os.environ["CAB_DATA"])

    async def interrupted() -> None:
        enough = asyncio.Event()
        work = asyncio.ensure_future(
            make_mutants(
                seeds=chosen_seeds(SEEDS, ["python"]), number=5, count=16, into=into,
                on_progress=lambda p: enough.set() if p.written >= 5 else None,
            )
        )  # fmt: skip
        await enough.wait()
        work.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await work
        assert work.cancelled()

    asyncio.run(interrupted())
    left = [path.name for path in (into / "mutations").iterdir()]
    assert 5 <= len(left) < 16
    for name in left:
        assert folder_digest(into / "mutations" / name) == folder_digest(
            tmp_path / "whole" / "mutations" / name
        )
    again = make(into, count=16)
    assert again.ran < whole.ran
    assert bytes_below(tmp_path / "whole") == bytes_below(into)


def test_other_content_in_the_place_of_a_task_is_not_overwritten(tmp_path: Path) -> None:
    (row,) = make(tmp_path / "tasks", count=1).made
    (row.folder / "prompt.md").write_text("my own words\n")
    with pytest.raises(TaskError, match="is there already, with other content"):
        make(tmp_path / "tasks", count=1)
    assert "my own words\n" == (row.folder / "prompt.md").read_text()


def test_a_seed_that_fails_its_own_tests_is_named(tmp_path: Path) -> None:
    shutil.copytree(SEEDS / "python", tmp_path / "seeds" / "python")
    source = tmp_path / "seeds" / "python" / "locker" / "tree" / "src" / "locker.py"
    source.write_text(source.read_text().replace("base = 3", "base = 4"))
    with pytest.raises(TaskError, match="does not pass its own tests") as caught:
        make(tmp_path / "tasks", count=3, root=tmp_path / "seeds")
    assert "python/locker" in str(caught.value)
    assert not (tmp_path / "tasks").exists()


def test_languages_are_known_by_both_their_names() -> None:
    assert ["cpp/locker"] == [seed.id for seed in chosen_seeds(SEEDS, ["c++"])]
    assert ["cpp/locker"] == [seed.id for seed in chosen_seeds(SEEDS, ["cpp"])]
    with pytest.raises(TaskError, match="no seed in 'cobol'; known: cpp, go, java"):
        chosen_seeds(SEEDS, ["cobol"])
