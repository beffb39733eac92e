"""Sealing and verifying a large sweep, against sha256sum over the same files.

    python benchmarks/seal.py [ATTEMPTS]

One real cell (pi, the oracle) is run and laid down as often as asked, 10,000 times unless told.
Every byte of every file is read and hashed in all three.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from codingagentbench.cells import Bench, cell_request
from codingagentbench.results import Store, run_into, seal, verify

GOAL_S = 30.0
TASK = "polyglot/python-reverse-string"
OWN = ("record.json", "SHA256SUMS", "index.html")


async def cell(root: Path) -> Path:
    request = cell_request(agent="pi", model="oracle", task=TASK)
    async with Bench() as bench:
        stored = await run_into(Store(root).open(), request, bench=bench)
    assert str(stored.record.scores.verdict.outcome) == "passed"
    return stored.folder


def laid_down(first: Path, store: Store, attempts: int) -> None:
    """The cell's evidence under so many runs; each with a record of its own."""
    from codingagentbench.results import load_record

    record = load_record(first)
    for run in range(1, attempts + 1):
        with store.draft(sweep="s", agent="pi", model="oracle", task=TASK, run=run) as draft:
            shutil.copytree(
                first, draft.folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*OWN)
            )
            spec = record.spec.model_copy(update={"sweep": "s", "run": run})
            draft.publish(record.model_copy(update={"spec": spec, "cell_id": spec.id}))


def by_peer(root: Path) -> float:
    """Seconds of sha256sum over every file of an attempt, on as many cores as there are."""
    started = time.perf_counter()
    subprocess.run(
        f"find {root} -type f -path '*/attempt*' -print0 | "
        f"xargs -0 -P {os.cpu_count()} -n 2000 sha256sum >/dev/null",
        shell=True,
        check=True,
    )
    return time.perf_counter() - started


def main(attempts: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        first = asyncio.run(cell(Path(folder, "one")))
        store = Store(Path(folder, "many")).open()
        laid_down(first, store, attempts)
        files = sum(1 for path in store.root.rglob("*") if path.is_file())
        by_peer(store.root)  # so that all of it is in memory for everyone
        started = time.perf_counter()
        made = seal(store, "s")
        sealed = time.perf_counter() - started
        started = time.perf_counter()
        done = verify(store, "s")
        verified = time.perf_counter() - started
        assert not done.problems
        assert len(made.attempts) == attempts
        peer = by_peer(store.root)
    print(f"{attempts} attempts, {files} files")
    print(f"seal      {sealed:6.1f} s   {sealed / peer:.1f} x sha256sum")
    print(f"verify    {verified:6.1f} s   {verified / peer:.1f} x sha256sum")
    print(f"sha256sum {peer:6.1f} s")
    scaled = verified / attempts * 10_000
    print(
        f"verify of 10,000: {scaled:.1f} s, goal below {GOAL_S:.0f} s: {scaled / GOAL_S:.2f} of it"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 10_000)
