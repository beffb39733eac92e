"""What a cell costs beyond its agent and its verifier, in containers and in bubblewrap.

    python benchmarks/containers.py [CELLS]

Needs a Docker daemon (DOCKER_HOST), ``cab images base`` and ``cab images build pi``. The same cell
with both backends in turn, so that the machine's moods fall on both alike.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
from pathlib import Path

from codingagentbench.cells import Bench, cell_request
from codingagentbench.results import Store, run_into

GOAL_S = 1.5
TASK = "polyglot/python-reverse-string"


async def overhead(bench: Bench, sandbox: str, folder: Path) -> float:
    """Seconds of one cell that are neither the agent's nor the verifier's programs'."""
    request = cell_request(agent="pi", model="oracle", task=TASK, sandbox=sandbox)
    record = (await run_into(Store(folder).open(), request, bench=bench)).record
    assert record.exit is not None, record.fault
    assert record.verification is not None, record.fault
    assert str(record.scores.verdict.outcome) == "passed"
    return record.timing.wall_s - record.exit.wall_s - record.verification.seconds


async def main(cells: int) -> None:
    told: dict[str, list[float]] = {"bubblewrap": [], "docker": []}
    with tempfile.TemporaryDirectory() as folder:
        async with Bench() as local, Bench(sandbox="docker") as containers:
            for number in range(cells + 1):
                for name, bench in (("bubblewrap", local), ("docker", containers)):
                    took = await overhead(bench, name, Path(folder, name))
                    if number:  # the first warms up
                        told[name].append(took)
    for name, took in told.items():
        print(f"{name:<11} median {statistics.median(took):.3f} s, most {max(took):.3f} s")
    median = statistics.median(told["docker"])
    ratio = median / statistics.median(told["bubblewrap"])
    print(f"docker / bubblewrap {ratio:.1f}; goal below {GOAL_S} s: {median / GOAL_S:.2f} of it")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if sys.argv[1:] else 20))
