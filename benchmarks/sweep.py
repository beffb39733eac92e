"""What a sweep costs beside its agents: idle cells, in bubblewrap, on this machine.

    python benchmarks/sweep.py [--cells 1000] [--large 10000]

The agent is `/bin/true`, the task one file with a verifier of two lines of shell. Goals: 1,000
cells in 25 s on two cores, the finished sweep run again in 1 s, 10,000 cells in 11 times the time
of 1,000 and in less than 200 MB of memory. Every figure is of the command as a person calls it.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

CAB = Path(sys.executable).with_name("cab")
TASK = """
id = "idle/task-{n}"
version = "1.0"
title = "Nothing to do"
language = "shell"
category = "idle"
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
AGENT = """
name = "nothing"
version = "1.0"
dialects = ["chat"]
argv = ["/bin/true"]
"""
TASKS = 50


class Measured(NamedTuple):
    seconds: float
    peak_mb: float


def made(base: Path, cells: int) -> Path:
    """The file of a sweep of so many cells."""
    for number in range(TASKS):
        folder = base / "tasks" / "idle" / f"task-{number}"
        for part in ("tree", "verifier", "solution"):
            (folder / part).mkdir(parents=True)
        (folder / "task.toml").write_text(TASK.format(n=number))
        (folder / "prompt.md").write_text("Do nothing.\n")
        (folder / "tree" / "README").write_text("nothing\n")
        (folder / "solution" / "word.txt").write_text("word\n")
        (folder / "verifier" / "verify.sh").write_text(VERIFY)
    (base / "agent.toml").write_text(AGENT)
    file = base / "sweep.toml"
    file.write_text(
        f'name = "idle"\nagents = ["./agent.toml"]\nmodels = ["idle"]\ntasks = ["idle/*"]\n'
        f"runs = {cells // TASKS}\n"
    )
    return file


def timed(file: Path) -> Measured:
    """``cab sweep run`` once; its own peak of memory, sandboxes not included."""
    base = file.parent
    words = [CAB, "sweep", "run", file, "--tasks", base / "tasks", "--results", base / "r", "-q"]
    start = time.perf_counter()
    process = subprocess.Popen(list(map(str, words)), stderr=subprocess.PIPE)
    assert process.stderr is not None
    said = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    if code != 3:  # no cell of an agent that asks no model has a scored outcome
        sys.exit(f"the sweep ended with {code}: {said}")
    return Measured(took, usage.ru_maxrss / 1024)


def both(cells: int) -> tuple[Measured, Measured]:
    """The sweep, and the same command once more."""
    with tempfile.TemporaryDirectory(prefix="cab-bench-") as folder:
        file = made(Path(folder), cells)
        return timed(file), timed(file)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--cells", type=int, default=1000)
    asked.add_argument("--large", type=int, default=10_000, help="0: leave it out")
    given = asked.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
    small, again = both(given.cells)
    per = given.cells / 1000
    print("| idle cells, `cab sweep run` | seconds | goal | ratio | peak of the harness |")
    print("|---|---|---|---|---|")
    print(
        f"| {given.cells:,} | {small.seconds:.1f} | {25 * per:g} | "
        f"{small.seconds / (25 * per):.2f} | {small.peak_mb:.0f} MB |"
    )
    print(f"| the same again, finished | {again.seconds:.2f} | 1 | {again.seconds:.2f} | |")
    if given.large:
        large, over = both(given.large)
        ratio, most = large.seconds / small.seconds, given.large / given.cells * 1.1
        print(
            f"| {given.large:,} | {large.seconds:.1f} ({ratio:.1f} x) | {most:g} x | "
            f"{ratio / most:.2f} | {large.peak_mb:.0f} MB (goal 200) |"
        )
        print(f"| the same again, finished | {over.seconds:.2f} | | | |")


if __name__ == "__main__":
    main()
