"""Our own overhead for one cell: wall clock less agent and verifier, in bubblewrap.

    python benchmarks/cell.py [--runs 20]

The agent is a shell script that makes one model call and edits one file. Printed beside the
goals: 150 ms on a tree of 20 files, 250 ms on 20,000; and ``cab --help`` in seconds of CPU.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from codingagentbench.agents import Agent, Installed, Launch, LaunchRequest, Npm
from codingagentbench.cells import Bench, CellRequest
from codingagentbench.endpoints import resolve
from codingagentbench.gateway import Dialect, run
from codingagentbench.results import Store, run_into
from codingagentbench.tasks import load_task

SCRIPT = """
python3 -I - <<'END'
import os, urllib.request
request = urllib.request.Request(
    os.environ["MODEL_URL"] + "/chat/completions",
    b'{"model": "m", "messages": [{"role": "user", "content": "hello"}]}',
    {"Authorization": "Bearer " + os.environ["MODEL_KEY"]})
urllib.request.urlopen(request).read()
END
echo changed > folder0/file0.txt
"""
TASK = """
id = "bench/tree"
version = "1.0"
title = "A tree of many files"
language = "python"
category = "bench"
[paths]
expected = ["folder0/file0.txt"]
[verifier]
command = ["/bin/sh", "verify.sh"]
hidden = ["always"]
"""
VERIFY = """
echo '{"suite": "hidden", "test": "always", "outcome": "pass"}' >&3
echo '{"done": 1}' >&3
"""


def launch(request: LaunchRequest) -> Launch:
    return Launch(
        argv=("/bin/sh", f"{request.prefix}/run.sh"),
        env={"MODEL_URL": request.endpoint.url, "MODEL_KEY": request.endpoint.key},
    )


def request_for(base: Path, files: int) -> CellRequest:
    folder = base / f"tree{files}"
    for part in ("tree", "verifier", "solution", "agent"):
        (folder / part).mkdir(parents=True)
    (folder / "task.toml").write_text(TASK)
    (folder / "prompt.md").write_text("Change one file.\n")
    (folder / "verifier" / "verify.sh").write_text(VERIFY)
    (folder / "solution" / "x").write_text("x\n")
    (folder / "agent" / "run.sh").write_text(SCRIPT)
    for number in range(files):
        path = folder / "tree" / f"folder{number // 100}" / f"file{number}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"line {number}\n" * 100)
    agent = Agent(
        name="script",
        version="1",
        homepage="",
        install=Npm(package="none"),
        dialects=(Dialect.CHAT,),
        launch=launch,
        version_argv=("true",),
    )
    installed = Installed(
        agent="script",
        version="1",
        prefix=folder / "agent",
        digest="sha256:" + "0" * 64,
        mounts={"/opt/agent": folder / "agent"},
        python=None,
        node=None,
    )
    return CellRequest(
        agent=agent,
        installed=installed,
        task=load_task(folder),
        target=resolve("idle"),
        dialect=Dialect.CHAT,
    )


async def overhead_s(store: Store, request: CellRequest, bench: Bench) -> float:
    """Everything from the request to the published record, less agent and verifier."""
    start = time.perf_counter()
    record = (await run_into(store, request, bench=bench)).record
    took = time.perf_counter() - start
    if record.scores.outcome != "passed" or record.exit is None or record.verification is None:
        sys.exit(f"a cell did not pass: {record.scores.verdict}")
    return took - record.exit.wall_s - record.verification.seconds


async def measured(base: Path, *, runs: int) -> dict[int, list[float]]:
    store = Store(base / "results").open()
    found: dict[int, list[float]] = {}
    async with Bench(scratch=base / "scratch") as bench:
        for files in (20, 20_000):
            request = request_for(base, files)
            await run_into(store, request, bench=bench)  # once, for what is cached
            found[files] = [await overhead_s(store, request, bench) for _ in range(runs)]
    return found


def help_cpu_s() -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    cab = Path(sys.executable).with_name("cab")
    subprocess.run([cab, "--help"], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory(prefix="cab-bench-") as folder:
        found = run(measured(Path(folder), runs=runs))
    print("| overhead of one cell | median | p90 | goal | ratio |")
    print("|---|---|---|---|---|")
    for files, goal in ((20, 0.150), (20_000, 0.250)):
        took = sorted(found[files])
        median, p90 = statistics.median(took), took[int(0.9 * (len(took) - 1))]
        print(
            f"| {files:,} files | {median * 1000:.0f} ms | {p90 * 1000:.0f} ms "
            f"| {goal * 1000:.0f} ms | {median / goal:.2f} |"
        )
    cpu = statistics.median(help_cpu_s() for _ in range(7))
    print(f"| `cab --help`, CPU | {cpu * 1000:.0f} ms | | 150 ms | {cpu / 0.15:.2f} |")


if __name__ == "__main__":
    main()
