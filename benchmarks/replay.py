"""What a replayed cell costs beside its agent and its verifier, in bubblewrap.

    python benchmarks/replay.py [--agent pi] [--runs 10]

A cell is run against the oracle, then again from its record. The goal is below 100 ms.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

from codingagentbench.agents import get, install
from codingagentbench.cells import Bench, Likeness, cell_request, reproduce
from codingagentbench.gateway import run
from codingagentbench.results import Store, run_into

TASK = "polyglot/python-reverse-string"
GOAL_S = 0.100


async def measured(agent: str, *, runs: int, base: Path) -> list[float]:
    """Seconds of our own for each rerun, the first left out: it fills caches."""
    found = []
    asked = cell_request(agent=agent, model="oracle", task=TASK)
    async with Bench() as bench:
        stored = await run_into(Store(base).open(), asked, bench=bench)
        for _ in range(runs + 1):
            start = time.perf_counter()
            done = await reproduce(stored.record, stored.folder, bench=bench)
            took = time.perf_counter() - start
            record = done.record
            if done.likeness is not Likeness.IDENTICAL or record is None:
                sys.exit(f"not identical: {done.difference}")
            assert record.exit is not None
            assert record.verification is not None
            found.append(took - record.exit.wall_s - record.verification.seconds)
    return found[1:]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agent", default="pi")
    parser.add_argument("--runs", type=int, default=10)
    given = parser.parse_args()
    install(get(given.agent))
    with tempfile.TemporaryDirectory(prefix="cab-bench-") as folder:
        found = run(measured(given.agent, runs=given.runs, base=Path(folder)))
    median = statistics.median(found)
    print("| a replayed cell, less agent and verifier | median | worst | goal | ratio |")
    print("|---|---|---|---|---|")
    print(
        f"| {given.agent} | {median * 1000:.0f} ms | {max(found) * 1000:.0f} ms "
        f"| {GOAL_S * 1000:.0f} ms | {median / GOAL_S:.2f} |"
    )


if __name__ == "__main__":
    main()
