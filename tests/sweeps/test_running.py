"""A sweep run for real: interrupted, resumed, stopped by its budget; what is edited is seen."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from codingagentbench.results import Index

from .kit import make_agent, make_sweep, opened

CAB = Path(sys.executable).with_name("cab")


def cab(file: Path, verb: str, *more: str) -> subprocess.CompletedProcess[str]:
    base = file.parent
    words = [CAB, "sweep", verb, str(file), "--results", str(base / "r"), *more]
    if verb in ("run", "plan", "status", "resume"):
        words += ["--tasks", str(base / "tasks")]
    return subprocess.run(words, capture_output=True, text=True, timeout=120, check=False, cwd=base)


def test_from_plan_to_board(tmp_path: Path) -> None:
    file = make_sweep(tmp_path, tasks=3, runs=2)
    planned = cab(file, "plan")
    assert "1 agents x 1 models x 3 tasks x 2 runs = 6 cells" in planned.stdout
    assert not (tmp_path / "r" / ".sweeps").exists()
    done = cab(file, "run")
    assert 0 == done.returncode, done.stderr
    lines = [line for line in done.stdout.splitlines() if "small/script/idle" in line]
    assert 6 == len(lines)
    assert "6 of 6 cells done, 6 scored" in done.stdout
    again = cab(file, "run", "--json")
    assert (0, "") == (again.returncode, again.stdout)
    told = json.loads(cab(file, "status", "--json").stdout)
    assert {"scored": 6} == told["standings"]
    assert {"passed": 6} == told["outcomes"]
    by_name = subprocess.run(
        [CAB, "sweep", "resume", "small", "--results", tmp_path / "r", "--tasks", "tasks"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == by_name.returncode, by_name.stderr


def test_ctrl_c_finishes_what_runs_and_the_rest_is_done_later(tmp_path: Path) -> None:
    file = make_sweep(tmp_path, tasks=4, runs=10)
    words = [CAB, "sweep", "run", str(file), "--results", str(tmp_path / "r")]
    process = subprocess.Popen(
        [*words, "--tasks", str(tmp_path / "tasks"), "--json"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    events = []
    for line in process.stdout:
        events.append(json.loads(line))
        if 3 == sum(one["event"] == "ended" for one in events):
            break
    process.send_signal(signal.SIGINT)
    events += [json.loads(line) for line in process.stdout]
    assert 3 == process.wait(60)
    begun = {one["cell"] for one in events if one["event"] == "begun"}
    ended = {one["cell"] for one in events if one["event"] == "ended"}
    assert begun == ended
    assert "finished" == events[-1]["event"]
    rows = opened(file).rows
    assert ended == {row.cell for row in rows}
    assert 0 == cab(file, "run", "--quiet").returncode
    assert 40 == len(opened(file).rows)


def test_two_at_once_are_refused_and_one_can_be_stopped_by_name(tmp_path: Path) -> None:
    file = make_sweep(tmp_path, tasks=1, runs=1)
    (tmp_path / "script" / "run.sh").write_text("sleep 100\n")
    words = [CAB, "sweep", "run", str(file), "--results", "r", "--tasks", "tasks", "--quiet"]
    process = subprocess.Popen(words, cwd=tmp_path)
    running = tmp_path / "r" / ".sweeps" / "small" / "events.jsonl"
    while not (running.exists() and "begun" in running.read_text()):
        time.sleep(0.1)
    second = cab(file, "run")
    assert 2 == second.returncode
    assert f"process {process.pid} is working on sweep 'small'" in second.stderr
    said = subprocess.run(
        [CAB, "sweep", "stop", "small", "--now", "--results", "r"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "ends now" in said.stdout
    assert 3 == process.wait(30)
    assert [] == opened(file).rows


def test_a_budget_ends_it_and_a_larger_one_goes_on(tmp_path: Path) -> None:
    file = make_sweep(tmp_path, tasks=5, runs=4, more="[budget]\ncalls = 6\n[machine]\njobs = 1")
    done = cab(file, "run")
    assert 3 == done.returncode
    assert "the budget of 6 calls is spent" in done.stdout
    assert 6 == len(opened(file).rows)
    file.write_text(file.read_text().replace("calls = 6", "calls = 600"))
    assert 0 == cab(file, "run").returncode
    assert 20 == len(opened(file).rows)


def test_a_record_edited_by_hand_counts_for_nothing(tmp_path: Path) -> None:
    file = make_sweep(tmp_path, tasks=2, runs=1)
    (tmp_path / "script" / "run.sh").write_text("exit 0\n")
    assert 3 == cab(file, "run").returncode  # no model call: nothing is scored
    (tmp_path / "script" / "run.sh").write_text("exit 1\n")
    make_agent(tmp_path, "good")
    file.write_text(file.read_text().replace("./script/", "./good/"))
    assert 0 == cab(file, "run", "--amend").returncode
    found = next(row for row in opened(file).rows if row.agent == "good")
    record = tmp_path / "r" / found.path / "record.json"
    record.write_text(record.read_text().replace('"passed"', '"failed"'))
    seen = opened(file)
    assert 1 == seen.left()
    assert ["record.json was changed after the run"] == [row.problem for row in seen.edited]
    assert "not believed" in cab(file, "status").stdout
    assert 0 == cab(file, "run", "--amend").returncode
    assert 0 == opened(file).left()


def test_a_half_written_record_is_not_believed(tmp_path: Path) -> None:
    file = make_sweep(tmp_path, tasks=2, runs=1)
    assert 0 == cab(file, "run").returncode
    record = tmp_path / "r" / opened(file).rows[0].path / "record.json"
    record.write_bytes(record.read_bytes()[:500])
    assert 1 == opened(file).left()
    assert 0 == cab(file, "run").returncode
    assert 0 == opened(file).left()


def test_results_copied_from_another_place_are_gone_on_with(tmp_path: Path) -> None:
    file = make_sweep(tmp_path / "a", tasks=2, runs=1)
    assert 0 == cab(file, "run").returncode
    (tmp_path / "b").mkdir()
    for name in ("tasks", "script", "sweep.toml", "r"):
        (tmp_path / "a" / name).rename(tmp_path / "b" / name)
    moved = tmp_path / "b" / "sweep.toml"
    assert 0 == opened(moved).left()
    (tmp_path / "b" / "r" / ".index.sqlite").write_bytes(b"no database at all" * 100)
    assert 0 == opened(moved).left()


@pytest.fixture
def hook() -> Iterator[tuple[str, list[dict[str, object]]]]:
    """A webhook, and what it was told."""
    told: list[dict[str, object]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/", told
    server.shutdown()


def test_somebody_is_told_at_the_end(
    hook: tuple[str, list[dict[str, object]]], tmp_path: Path
) -> None:
    url, told = hook
    notify = f'[notify]\nwebhook = "{url}"\ncommand = ["/bin/sh", "-c", "cat > told.json"]'
    file = make_sweep(tmp_path, tasks=1, runs=1, more=notify)
    assert 0 == cab(file, "run").returncode
    assert [{"scored": 1}] == [one["standings"] for one in told]
    assert told[0] == json.loads((tmp_path / "told.json").read_text())


def test_an_index_is_made_from_the_records_alone(tmp_path: Path) -> None:
    file = make_sweep(tmp_path, tasks=3, runs=2)
    assert 0 == cab(file, "run").returncode
    with Index(tmp_path / "r") as index:
        before = list(index.rows())
        assert 0 == index.refresh()
    (tmp_path / "r" / ".index.sqlite").unlink()
    with Index(tmp_path / "r") as index:
        assert 6 == index.refresh()
        assert before == list(index.rows())
