"""How much faster a sweep is on 2 and 4 Ray nodes than on 1: sleeping agents, on this machine.

    python benchmarks/ray_nodes.py [--slots 4] [--sleep 4]

Nodes are raylets on this machine with so many slots each, which Ray takes for cores; what is
measured is whether driver, queue and publishing keep up, so agents sleep and need no core of
their own. The rate is that of cells ended from the end of the first wave to the end of the last
but one: starting Ray's workers (a second of CPU each, all on the same cores here) is left out.
The goal is 0.9 of ideal.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"

from ray.cluster_utils import Cluster

CAB = Path(sys.executable).with_name("cab")
TASK = """
id = "asleep/task-{n}"
version = "1.0"
title = "Sleep"
language = "shell"
category = "asleep"
toolchain = []
[paths]
expected = ["word.txt"]
[verifier]
command = ["/bin/sh", "verify.sh"]
hidden = ["word"]
"""
VERIFY = """
echo '{"suite": "hidden", "test": "word", "outcome": "fail"}' >&3
echo '{"done": 1}' >&3
"""
WAVES = 8


def made(base: Path, cells: int, sleep: float) -> Path:
    """A sweep of so many cells, each of which sleeps."""
    for number in range(8):
        folder = base / "tasks" / "asleep" / f"task-{number}"
        for part in ("tree", "verifier", "solution"):
            (folder / part).mkdir(parents=True)
        (folder / "task.toml").write_text(TASK.format(n=number))
        (folder / "prompt.md").write_text("Sleep.\n")
        (folder / "tree" / "README").write_text("nothing\n")
        (folder / "solution" / "word.txt").write_text("word\n")
        (folder / "verifier" / "verify.sh").write_text(VERIFY)
    (base / "agent.toml").write_text(
        f'name = "sleeper"\nversion = "1.0"\ndialects = ["chat"]\nmemory_mb = 64\n'
        f'argv = ["/bin/sleep", "{sleep}"]\n'
    )
    file = base / "sweep.toml"
    file.write_text(
        f'name = "asleep"\nagents = ["./agent.toml"]\nmodels = ["idle"]\ntasks = ["asleep/*"]\n'
        f"runs = {cells // 8}\n"
    )
    return file


def rate(nodes: int, slots: int, sleep: float) -> float:
    """Cells a second on so many nodes."""
    cluster = Cluster(
        initialize_head=True, head_node_args={"num_cpus": slots, "include_dashboard": False}
    )
    for _ in range(nodes - 1):
        cluster.add_node(num_cpus=slots)
    cluster.wait_for_nodes()
    try:
        with tempfile.TemporaryDirectory(prefix="cab-bench-") as folder:
            base = Path(folder)
            file = made(base, WAVES * nodes * slots, sleep)
            words = [CAB, "sweep", "run", file, "--tasks", base / "tasks", "--results", base / "r"]
            more = ["--engine", "ray", "--address", cluster.address, "--quiet"]
            done = subprocess.run(
                [*map(str, words), *more], capture_output=True, text=True, check=False
            )
            if done.returncode != 3:  # an agent that asks no model has no scored outcome
                sys.exit(done.stderr)
            log = (base / "r" / ".sweeps" / "asleep" / "events.jsonl").read_text().splitlines()
    finally:
        cluster.shutdown()
    told = (json.loads(line) for line in log)
    ends = sorted(datetime.fromisoformat(e["at"]) for e in told if e["event"] == "ended")
    first, last = nodes * slots - 1, len(ends) - nodes * slots - 1
    return (last - first) / (ends[last] - ends[first]).total_seconds()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--slots", type=int, default=4)
    asked.add_argument("--sleep", type=float, default=4.0)
    given = asked.parse_args()
    one = rate(1, given.slots, given.sleep)
    print(f"| nodes of {given.slots} slots | cells a second | speed-up | of ideal | goal |")
    print("|---|---|---|---|---|")
    print(f"| 1 | {one:.2f} | 1 | | |")
    for nodes in (2, 4):
        many = rate(nodes, given.slots, given.sleep)
        print(f"| {nodes} | {many:.2f} | {many / one:.2f} | {many / one / nodes:.2f} | 0.9 |")


if __name__ == "__main__":
    main()
