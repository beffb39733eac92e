"""What goes wrong in the middle: an endpoint that dies and comes back, a disk that is full."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from .kit import SCRIPT, make_sweep, opened

CAB = Path(sys.executable).with_name("cab")
ANSWER = {
    "id": "c1",
    "object": "chat.completion",
    "created": 1,
    "model": "m",
    "choices": [
        {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "Done."}}
    ],
    "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15},
}


@dataclass
class Provider:
    """Answers calls but those whose number is in ``dead``."""

    url: str
    dead: range
    status: int = 503
    calls: list[int] = field(default_factory=list)


@pytest.fixture
def provider() -> Iterator[Provider]:
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            with lock:
                here.calls.append(len(here.calls))
                ill = here.calls[-1] in here.dead
            body = json.dumps({"error": {"message": "away"}} if ill else ANSWER).encode()
            self.send_response(here.status if ill else 200)
            if ill and here.status == 429:
                self.send_header("Retry-After", "1")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here = Provider(url=f"http://127.0.0.1:{server.server_address[1]}/v1", dead=range(3, 7))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield here
    server.shutdown()


def run(file: Path, *more: str) -> subprocess.CompletedProcess[str]:
    words = [CAB, "sweep", "run", file, "--results", "r", "--tasks", "tasks", *more]
    return subprocess.run(
        list(map(str, words)),
        cwd=file.parent,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def at(provider: Provider, base: Path, *, runs: int) -> Path:
    file = make_sweep(
        base, tasks=3, runs=runs, more="[retry]\nattempts = 6\nwait_s = 0.2\n[machine]\njobs = 2"
    )
    (base / "script" / "run.sh").write_text("set -e\n" + SCRIPT)
    model = f'[{{ name = "m", endpoint = "{provider.url}" }}]'
    file.write_text(file.read_text().replace('["idle"]', model))
    return file


def test_an_endpoint_that_dies_half_way_and_comes_back(provider: Provider, tmp_path: Path) -> None:
    file = at(provider, tmp_path, runs=4)
    done = run(file)
    assert 0 == done.returncode, done.stderr
    found = opened(file)
    outcomes = Counter(row.outcome for row in found.rows)
    assert {"passed": 12, "provider_error": 4} == outcomes
    assert {"scored"} == {str(state.standing) for state in found.states}
    assert "again in" in done.stdout


def test_a_throttled_endpoint_is_given_time(provider: Provider, tmp_path: Path) -> None:
    provider.status, provider.dead = 429, range(2, 4)
    file = at(provider, tmp_path, runs=4)
    done = run(file)
    assert 0 == done.returncode, done.stderr
    outcomes = Counter(row.outcome for row in opened(file).rows)
    assert {"passed": 12, "rate_limited": 2} == outcomes


def test_one_that_stays_away_leaves_cells_without_an_outcome(
    provider: Provider, tmp_path: Path
) -> None:
    provider.dead = range(100)
    file = at(provider, tmp_path, runs=1)
    file.write_text(file.read_text().replace("attempts = 6", "attempts = 2"))
    done = run(file)
    assert 3 == done.returncode
    found = opened(file)
    assert {"given up"} == {str(state.standing) for state in found.states}
    assert 6 == len(found.rows)
    assert 3 == run(file).returncode
    assert 6 == len(provider.calls)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a small disk")
def test_a_full_disk_ends_it_and_nothing_is_lost(tmp_path: Path) -> None:
    file = make_sweep(tmp_path, tasks=4, runs=8)
    disk = tmp_path / "r"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", disk], check=True)
    try:
        full = run(file, "--quiet")
        assert 3 == full.returncode
        assert "No space left on device" in full.stderr
        assert "Traceback" not in full.stderr
        before = [row.path for row in opened(file).rows]
        assert 0 < len(before) < 32
        subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
        assert 0 == run(file, "--quiet").returncode
        after = opened(file).rows
        assert set(before) <= {row.path for row in after}
        assert 32 == len(after)
    finally:
        subprocess.run(["umount", "-l", disk], check=True)
