"""Attempts to another place and back: whole, once, and nothing that leads out."""

from __future__ import annotations

from pathlib import Path

import pytest

from codingagentbench.errors import ResultsError, UsageError
from codingagentbench.results import Moved, Store, Stored, check_files, pull, push

from .test_store import a_record


def publish(store: Store, *, run: int) -> Stored:
    record = a_record(run)
    spec = record.spec
    with store.draft(
        sweep=spec.sweep, agent=spec.agent, model=spec.model, task=spec.task, run=run
    ) as draft:
        (draft.folder / "verifier.txt").write_text("all is well\n")
        return draft.publish(record)


def test_there_and_back(tmp_path: Path) -> None:
    store = Store(tmp_path / "a").open()
    first, second = publish(store, run=1), publish(store, run=2)
    url = f"file://{tmp_path}/bucket"
    assert Moved(copied=2, there=0) == push(store, url)
    assert Moved(copied=0, there=2) == push(store, url)
    other = Store(tmp_path / "b").open()
    assert Moved(copied=2, there=0) == pull(other, url)
    assert Moved(copied=0, there=2) == pull(other, url)
    for stored in (first, second):
        folder = other.root / stored.folder.relative_to(store.root)
        assert () == check_files(folder)
    (second.folder / "notes.txt").write_text("added")
    assert ("notes.txt was added after the run",) == check_files(second.folder)


def test_what_does_not_come_out_whole_is_not_taken(tmp_path: Path) -> None:
    store = Store(tmp_path / "a").open()
    stored = publish(store, run=1)
    push(store, f"file://{tmp_path}/bucket")
    there = tmp_path / "bucket" / stored.folder.relative_to(store.root) / "record.json"
    there.write_text(there.read_text() + " ")
    other = Store(tmp_path / "b").open()
    with pytest.raises(ResultsError, match=r"record\.json was changed after the run"):
        pull(other, f"file://{tmp_path}/bucket")
    assert [] == list(other.all())


def test_a_place_that_nobody_knows(tmp_path: Path) -> None:
    store = Store(tmp_path / "a").open()
    with pytest.raises(UsageError, match="no place that fsspec knows"):
        push(store, "nothing-such://bucket")
