"""^C, kill -9, two at once: nothing is lost, nothing half-written is believed, nothing lives on."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from codingagentbench.results import Store, check_files, load_record
from tests.workers import left, of_another_worker

from .conftest import CAB, environment

pytestmark = [pytest.mark.agents, pytest.mark.usefixtures("pi_here"), pytest.mark.timeout(200)]
PYTHON = "polyglot/python-reverse-string"
MARK = "CAB_TEST_MARK"


def start(folder: Path, *more: str, model: str = "rambler") -> subprocess.Popen[bytes]:
    words = ("run", "-a", "pi", "-m", model, "-t", PYTHON, *more)
    return subprocess.Popen(
        [CAB, *words],
        cwd=folder,
        env=environment(folder, **{MARK: str(folder)}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def survivors(folder: Path) -> set[str]:
    """Processes that still carry the mark of the harness that was started in ``folder``, and
    sandboxed agents of nobody else."""
    found = set()
    for path in Path("/proc").glob("[0-9]*"):
        try:
            marked = f"{MARK}={folder}".encode() in (path / "environ").read_bytes()
            words = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if marked or ("/opt/agent/node_modules" in words and not of_another_worker(path.name)):
            found.add(f"{path.name} {words}")
    return found


def wait_for_agent(folder: Path, process: subprocess.Popen[bytes]) -> None:
    """Until the agent itself is running inside."""
    for _ in range(300):
        assert process.poll() is None, "the run ended before it could be interrupted"
        if any("pi-coding-agent" in words for words in survivors(folder)):
            return
        time.sleep(0.05)
    raise AssertionError("the agent never started")


def still_there(folder: Path) -> set[str]:
    """What does not go away in a moment."""
    return left(lambda: survivors(folder), set(), seconds=10)


@pytest.mark.parametrize("after_s", [0.05, 0.3, 0.7, None], ids=["at-once", "soon", "early", "run"])
def test_an_interrupt_leaves_nothing_behind(tmp_path: Path, after_s: float | None) -> None:
    process = start(tmp_path)
    if after_s is None:
        wait_for_agent(tmp_path, process)
    else:
        time.sleep(after_s)
    os.kill(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode in (130, -signal.SIGINT), said
    assert b"Traceback" not in said or after_s == 0.05  # Python itself was still starting
    assert set() == still_there(tmp_path)
    results = tmp_path / "cab-results"
    assert [] == (list(Store(results).all()) if results.is_dir() else [])


def test_after_a_kill_the_same_command_works(tmp_path: Path) -> None:
    process = start(tmp_path)
    wait_for_agent(tmp_path, process)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=30)
    assert set() == still_there(tmp_path)
    again = start(tmp_path, "--max-calls", "3")
    _, said = again.communicate(timeout=120)
    assert 0 == again.returncode, said
    folders = list(Store(tmp_path / "cab-results").all())
    assert ["run1"] == [folder.parent.name for folder in folders]
    assert () == check_files(folders[0])
    assert [] == list((tmp_path / "cab-results" / ".drafts").iterdir())


def test_two_at_once_in_one_folder_are_two_runs(tmp_path: Path) -> None:
    both = [start(tmp_path, model="oracle") for _ in range(2)]
    for process in both:
        _, said = process.communicate(timeout=120)
        assert 0 == process.returncode, said
    records = [load_record(folder) for folder in Store(tmp_path / "cab-results").all()]
    assert [1, 2] == sorted(record.spec.run for record in records)
    assert {"passed"} == {str(record.scores.outcome) for record in records}
