"""``kill -9`` at any moment: the sweep is resumed, no cell is lost, none is there twice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from codingagentbench.results import check_files, load_record

from .kit import make_sweep, opened

CAB = Path(sys.executable).with_name("cab")


def start(file: Path, scratch: Path) -> subprocess.Popen[bytes]:
    words = ("sweep", "run", str(file), "--tasks", str(file.parent / "tasks"), "--quiet")
    return subprocess.Popen(
        [CAB, *words, "--results", str(file.parent / "r"), "--jobs", "3"],
        env={**os.environ, "CAB_SCRATCH": str(scratch)},
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("kills", [pytest.param(8), pytest.param(50, marks=[pytest.mark.nightly])])
def test_killed_at_random_moments(kills: int, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    file = make_sweep(tmp_path, tasks=30, runs=max(kills, 4))
    chance, interrupted = random.Random(kills), 0
    for _ in range(kills):
        process = start(file, scratch)
        time.sleep(chance.uniform(0.2, 1.6))
        if process.poll() is None:
            interrupted += 1
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    last = start(file, scratch)
    said = last.communicate(timeout=600)[1]
    assert 0 == last.returncode, said.decode()
    assert interrupted >= kills * 0.8

    found = opened(file)
    planned = {state.cell.id for state in found.states}
    assert planned == {one.cell for one in found.rows}
    assert {1} == set(Counter(row.cell for row in found.rows).values())
    assert {"passed"} == {row.outcome for row in found.rows}
    for row in found.rows:
        folder = found.store.root / row.path
        assert () == check_files(folder)
        assert row.cell == load_record(folder).cell_id
    assert [] == list((found.store.root / ".drafts").iterdir())
    assert [] == list(scratch.iterdir())
    log = (found.home.folder / "events.jsonl").read_text().splitlines()
    events = [json.loads(line) for line in log]
    assert kills + 1 >= sum(one["event"] == "started" for one in events) > 0

    again = start(file, scratch)
    assert 0 == again.wait(60)
    assert len(found.rows) == len(opened(file).rows)
