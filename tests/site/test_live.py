"""A sweep watched as pages while it runs: real cells, a real browser, from begin to end."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from codingagentbench.errors import ResultsError
from codingagentbench.site.live import Progress, Watch
from codingagentbench.sweeps import Home
from tests.sweeps.kit import SCRIPT, make_sweep

from .browser import PROGRAM, tab

CAB = Path(sys.executable).with_name("cab")


def start(*words: object, base: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [CAB, "sweep", *map(str, words)],
        cwd=base,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.browser
@pytest.mark.skipif(PROGRAM is None, reason="no Chromium on this machine")
async def test_cells_appear_as_they_end(tmp_path: Path) -> None:
    file = make_sweep(tmp_path, tasks=5, runs=4)
    (tmp_path / "script" / "run.sh").write_text(SCRIPT + "sleep 1\n")
    running = start("run", file, "--results", "r", "--tasks", "tasks", "--quiet", base=tmp_path)
    log = tmp_path / "r" / ".sweeps" / "small" / "events.jsonl"
    while not log.exists():
        assert running.poll() is None, running.communicate()
        await asyncio.sleep(0.05)
    watching = start(
        "watch", "small", "--web", "--results", "r", "-o", "site", "--port", 0, base=tmp_path
    )
    try:
        assert watching.stdout is not None
        address = watching.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), watching.communicate()
        async with tab() as browser:
            await browser.open(address)
            seen: list[int] = []
            while running.poll() is None or not seen or seen[-1] < 20:
                value = await browser.value("document.querySelector('progress').value")
                if not seen or value != seen[-1]:
                    seen.append(value)
                await asyncio.sleep(0.2)
            assert len(seen) > 3, "it moved while the sweep ran"
            assert sorted(seen) == seen
            linked = "document.querySelectorAll('.newest a').length"
            for _ in range(100):
                if 20 == await browser.value(linked):
                    break
                await asyncio.sleep(0.2)
            assert 20 == await browser.value(linked)
            state = await browser.value("document.querySelector('.state').textContent")
            assert "20 of 20 cells" in state
            assert "nobody is working on it now" in state
            await browser.open(await browser.value("document.querySelector('.newest a').href"))
            assert "passed" in await browser.value("document.title")
            assert [] == browser.problems
    finally:
        watching.send_signal(signal.SIGINT)
        said = watching.communicate(timeout=20)[1]
        assert 0 == running.wait(60)
    assert "Traceback" not in said


def event(**told: Any) -> str:
    return json.dumps({"at": "2026-01-01T00:00:00+00:00", **told}) + "\n"


def test_a_log_that_is_being_written_is_read_line_by_line(tmp_path: Path) -> None:
    home = Home(tmp_path, "s")
    progress = Progress(home, tmp_path / "site")
    assert not progress.read()
    home.folder.mkdir(parents=True)
    log = home.folder / "events.jsonl"
    ended = event(event="ended", cell="s/a/m/c/t#run1", outcome="passed", path="s/a", tokens=5)
    log.write_text(event(event="started", detail="3 cells") + ended[:40])
    assert not progress.read()
    assert (0, 3) == (progress.plain()["done"], progress.plain()["to_do"])
    with log.open("a") as more:
        more.write(ended[40:])
    assert progress.read()
    told = progress.plain()
    assert (1, 5, False) == (told["done"], told["tokens"], told["works"])
    assert None is told["newest"][0]["page"]
    with log.open("a") as more:
        more.write(event(event="started", detail="2 cells"))
    assert not progress.read()
    assert (0, 2, []) == tuple(progress.plain()[k] for k in ("done", "to_do", "newest"))


def test_a_port_that_is_taken_and_a_page_that_is_not_there(tmp_path: Path) -> None:
    home = Home(tmp_path / "r", "s")
    watch = Watch(home, tmp_path / "site", port=0)
    port = watch.server.server_address[1]
    with pytest.raises(ResultsError, match="cannot listen"):
        Watch(home, tmp_path / "site", port=int(port))
    watch.server.server_close()


def test_a_site_that_cannot_be_written_ends_it_with_a_sentence(tmp_path: Path) -> None:
    home = Home(tmp_path / "nowhere", "s")
    watch = Watch(home, tmp_path / "site", port=0)
    watch.run()
    assert "no such folder" in str(watch.problem)
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(watch.address)
