"""A results folder: attempts appear whole, in their place, or not at all."""

from __future__ import annotations

import hashlib
import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codingagentbench.cells import CellSpec, Identity, Record, TaskIdentity, Timing
from codingagentbench.errors import ResultsError
from codingagentbench.gateway import Budget
from codingagentbench.results import (
    Draft,
    Store,
    cell_path,
    check_files,
    load_record,
    replace_record,
)
from codingagentbench.sandboxes import Limits
from codingagentbench.scoring import Evidence, score
from codingagentbench.scoring import Timing as ScoredTiming
from codingagentbench.tasks import find_task

TASK = find_task("polyglot/python-reverse-string")
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def a_record(run: int = 1) -> Record:
    spec = CellSpec(
        agent="pi",
        agent_version="1",
        model="maker/model",
        task=TASK.id,
        run=run,
        dialect="chat",
        timeout_s=1,
        budget=Budget(),
        limits=Limits(),
    )
    timing = ScoredTiming(started_at=NOW, ended_at=NOW, wall_s=0.0)
    return Record(
        cell_id=spec.id,
        spec=spec,
        identity=Identity(
            harness_version="0",
            agent_digest="sha256:0",
            endpoint={},
            task=TaskIdentity(
                id=TASK.id,
                version=TASK.version,
                title=TASK.title,
                language=TASK.language,
                digest=TASK.digest,
                prompt=TASK.prompt,
                expected=TASK.expected,
                protected=TASK.protected,
                expects_refusal=False,
            ),
        ),
        timing=Timing(started_at=NOW, ended_at=NOW, wall_s=0.0),
        scores=score(TASK, Evidence(timing=timing)),
    )


def draft(store: Store, run: int | None = None) -> Draft:
    return store.draft(sweep="local", agent="pi", model="maker/model", task=TASK.id, run=run)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "results").open()


def test_what_is_published_can_be_read_back(store: Store) -> None:
    with draft(store) as new:
        (new.folder / "terminal.cast").write_text("{}\n")
        stored = new.publish(a_record())
    expected = "local/pi/maker/model/polyglot/python-reverse-string/run1/attempt1"
    assert store.root / expected == stored.folder
    assert stored.record == load_record(stored.folder)
    assert [stored.folder] == list(store.all())
    assert {"terminal.cast": hashlib.sha256(b"{}\n").hexdigest()} == stored.record.files
    checked = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=stored.folder, check=False)
    assert 0 == checked.returncode


def test_a_draft_is_seen_by_nobody(store: Store) -> None:
    with draft(store) as new:
        (new.folder / "record.json").write_text("{}")
        assert [] == list(store.all())
    assert [] == list(store.all())
    assert [] == list((store.root / ".drafts").iterdir())


def test_each_run_gets_the_next_free_number(store: Store) -> None:
    numbers = []
    for _ in range(3):
        with draft(store) as new:
            numbers.append(new.run)
            new.publish(a_record(new.run))
    assert [1, 2, 3] == numbers


def test_a_run_that_is_asked_for_gets_another_attempt(store: Store) -> None:
    for number in (1, 2):
        with draft(store, run=1) as new:
            assert number == new.publish(a_record()).record.attempt


def test_a_run_that_somebody_works_on_is_passed_over(store: Store) -> None:
    with draft(store) as first, draft(Store(store.root).open()) as second:
        assert [1, 2] == [first.run, second.run]
        assert first.folder.is_dir()
        with pytest.raises(ResultsError, match="another run is working"):
            draft(store, run=1)


def test_what_a_dead_harness_left_is_cleared_and_its_number_used_again(store: Store) -> None:
    """The lock of a draft goes with its process, whatever it died of."""
    child = os.fork()
    if child == 0:
        draft(store)
        os._exit(0)
    os.waitpid(child, 0)
    assert 1 == len(list((store.root / ".drafts").iterdir()))
    again = Store(store.root).open()
    assert [] == list((store.root / ".drafts").iterdir())
    with draft(again) as new:
        assert 1 == new.run


@pytest.mark.parametrize("damage", ["change", "remove", "add", "record"])
def test_a_file_that_is_not_as_recorded_is_named(store: Store, damage: str) -> None:
    with draft(store) as new:
        (new.folder / "terminal.cast").write_text("{}\n")
        folder = new.publish(a_record()).folder
    assert () == check_files(folder)
    path = folder / {"add": "more.txt", "record": "record.json"}.get(damage, "terminal.cast")
    if damage == "remove":
        path.unlink()
    elif damage == "record":
        path.write_text(path.read_text().replace('"run": 1', '"run": 2'))
    else:
        path.write_text("other")
    (problem,) = check_files(folder)
    assert path.name in problem


@pytest.mark.parametrize("text", ["", "{", "{}", '{"schema_version": "1.0"}', "\x00"])
def test_half_a_record_is_never_believed(store: Store, text: str) -> None:
    with draft(store) as new:
        folder = new.publish(a_record()).folder
    (folder / "record.json").write_text(text)
    with pytest.raises(ResultsError, match="not a whole record"):
        load_record(folder)


def test_a_rescored_record_is_whole_again(store: Store) -> None:
    with draft(store) as new:
        stored = new.publish(a_record())
    replace_record(stored.folder, stored.record.model_copy(update={"output_tail": "other"}))
    assert () == check_files(stored.folder)
    assert "other" == load_record(stored.folder).output_tail


@given(st.lists(st.text(min_size=1, max_size=30), min_size=4, max_size=4))
def test_no_name_leads_out_of_the_folder(names: list[str]) -> None:
    sweep, agent, model, task = (n.encode("utf-8", "replace").decode() for n in names)
    path = cell_path(sweep, agent, model, task)
    assert not path.is_absolute()
    assert not {"..", ".", ""} & set(path.parts)
    assert all(not part.startswith(".") or part.strip(".") for part in path.parts)
