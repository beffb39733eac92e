"""How long `cab tasks list` takes over many tasks, the first time and after.

    python benchmarks/listing.py [--tasks 10000] [--rounds 5]

The goal is one second for a list of 10,000 that was read before. Beside it, as a measure of the
machine, `find` for the same task.toml files.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from codingagentbench.tasks import corpus_root

SAMPLE = "polyglot/python-reverse-string"
GOAL_S = 1.0


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--tasks", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = build(Path(folder, "tasks"), options.tasks)
        environment = {**os.environ, "CAB_DATA": str(Path(folder, "data"))}
        cab = [str(Path(sys.executable).with_name("cab")), "tasks", "list", "--tasks", str(root)]
        first = timed(cab, environment)
        again = [timed(cab, environment) for _ in range(options.rounds)]
        find = [str(shutil.which("find")), str(root), "-maxdepth", "3", "-name", "task.toml"]
        walk = statistics.median(timed(find, environment) for _ in range(options.rounds))
        p50 = statistics.median(again)
        print(f"{options.tasks:,} tasks: read the first time in {first:.1f} s")
        print(f"listed again, p50  {p50:.2f} s   ({p50 / walk:.1f} x find, goal {GOAL_S:.0f} s)")


def build(root: Path, count: int) -> Path:
    """``count`` tasks with ids of their own."""
    for number in range(count):
        category = f"made{number % 20}"
        folder = root / category / f"task-{number}"
        shutil.copytree(corpus_root() / SAMPLE, folder)
        text = (folder / "task.toml").read_text()
        text = text.replace(SAMPLE, f"{category}/task-{number}").replace("polyglot", category)
        (folder / "task.toml").write_text(text)
    return root


def timed(argv: list[str], environment: dict[str, str]) -> float:
    """Seconds that a command takes."""
    start = time.perf_counter()
    subprocess.run(argv, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
