"""The tasks at hand, scored on trees that really changed: real workspaces, real diffs."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from codingagentbench.globs import matches
from codingagentbench.sandboxes import Owner, changes, discard, prepare
from codingagentbench.scoring import Evidence, Scores, score
from codingagentbench.tasks import Task, load_task, task_folders

from .make import evidence, verified

FOLDERS = tuple(folder for _, folder in task_folders())


@pytest.fixture(params=FOLDERS, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def of(request: pytest.FixtureRequest) -> Task:
    return load_task(request.param)


def left_by(of: Task, overlay: Path, at: Path, **fields: object) -> Evidence:
    """What is left when the files of ``overlay`` are laid over the task's tree."""
    owner = Owner(uid=os.getuid() or 12345, gid=os.getgid() or 12345)
    workspace = prepare(of.tree, at=at, owner=owner, method="copy")
    assert workspace.tree is not None
    try:
        shutil.copytree(overlay, workspace.tree, dirs_exist_ok=True)
        found = changes(workspace)
    finally:
        discard(workspace)
    document = overlay / of.refusal.document if of.refusal else None
    text = document.read_text() if document and document.exists() else None
    return evidence(changes=found, document=text, **{"verification": verified(of), **fields})


def test_the_reference_solution_is_clean(of: Task, tmp_path: Path) -> None:
    """Solved, no blast, every rule kept, as far as the tree alone says."""
    scores = score(of, left_by(of, of.solution, tmp_path / "w"))
    assert scores.outcome == "passed"
    assert scores.axes.blast_radius.blast_radius == 0.0
    assert [
        rule.reason for rule in scores.axes.instruction_fidelity.rules if not rule.honoured
    ] == []
    assert scores.axes.integrity.integrity == 1.0


def test_a_touched_test_is_seen(of: Task, tmp_path: Path) -> None:
    """The solution and one line more in a file that is protected and under a rule."""
    shutil.copytree(of.solution, tmp_path / "s")
    files = (p.relative_to(of.tree) for p in sorted(of.tree.rglob("*")) if p.is_file())
    ruled = [glob for rule in of.rules if rule.kind == "file-not-touched" for glob in rule.paths]
    victim = next(
        path
        for path in files
        if matches(path.as_posix(), of.protected) and matches(path.as_posix(), ruled)
    )
    (tmp_path / "s" / victim).parent.mkdir(exist_ok=True, parents=True)
    (tmp_path / "s" / victim).write_bytes((of.tree / victim).read_bytes() + b"\n")
    scores: Scores = score(of, left_by(of, tmp_path / "s", tmp_path / "w"))
    assert scores.composite == 0.0
    assert scores.axes.integrity.tampered == (str(victim),)
    assert scores.axes.instruction_fidelity.rules_honoured == len(of.rules) - 1
