"""What a sandbox costs: starting and ending ``true``, beside a plain subprocess.

    python benchmarks/sandbox.py [--runs 40]

Prints medians in milliseconds: until the program starts (setup), its own run (wall), from its
end to the return (teardown), all of it, and all of it as a multiple of the plain subprocess.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from codingagentbench.errors import SandboxError
from codingagentbench.sandboxes import (
    Command,
    Exit,
    Sandbox,
    Slot,
    Workspace,
    base_env,
    open_sandbox,
    prepare,
)


@dataclass(frozen=True)
class Row:
    name: str
    setup: float
    wall: float
    teardown: float
    total: float


def median(values: list[float]) -> float:
    return statistics.median(values) * 1000


def plain(runs: int) -> Row:
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        subprocess.run(["true"], check=True)
        times.append(time.perf_counter() - started)
    total = median(times)
    return Row("plain subprocess", 0.0, total, 0.0, total)


async def measured(
    name: str, sandbox: Sandbox, runs: int, command: Callable[[], Command], *, overlay: bool
) -> Row:
    exits: list[tuple[Exit, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o711)  # without a sandbox the owner has to pass
        tree = Path(folder, "tree")
        tree.mkdir()
        for number in range(20):
            (tree / f"file{number}").write_text("x\n" * 100)
        for number in range(runs + 1):
            scratch = Path(folder, f"scratch{number}")
            scratch.mkdir()
            async with sandbox.attempt(scratch) as slot:
                workspace = await _workspace(slot, tree, scratch / "w", overlay=overlay)
                started = time.perf_counter()
                done = await slot.run(command(), workspace=workspace)
                exits.append((done, time.perf_counter() - started))
    exits = exits[1:]  # the first one finds out what the machine has
    return Row(
        name,
        median([done.setup_s for done, _ in exits]),
        median([done.wall_s for done, _ in exits]),
        median([done.teardown_s for done, _ in exits]),
        median([total for _, total in exits]),
    )


async def _workspace(slot: Slot, tree: Path, at: Path, *, overlay: bool) -> Workspace:
    support = await slot.overlay_for(tree)
    if overlay and support is not None:
        return prepare(tree, at=at, owner=slot.owner, method="overlay", overlay_support=support)
    return prepare(tree, at=at, owner=slot.owner, method="copy")


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=40)
    runs = parser.parse_args().runs

    def quiet() -> Command:
        return Command(argv=("true",), env=base_env(), terminal=None)

    def listening() -> Command:
        return Command(argv=("true",), env=base_env(), port=8000)

    rows = [plain(runs)]
    for name in ("none", "bubblewrap"):
        try:
            sandbox = open_sandbox(name)
        except SandboxError as error:
            print(f"{name}: {error}")
            continue
        rows.append(await measured(name, sandbox, runs, quiet, overlay=False))
        if name != "none":
            rows.append(await measured(f"{name}, overlay", sandbox, runs, quiet, overlay=True))
            what = f"{name}, overlay, pty, listener"
            rows.append(await measured(what, sandbox, runs, listening, overlay=True))
    print(f"{'true, medians of ' + str(runs):36}{'setup':>8}{'wall':>8}{'teardown':>10}{'all':>8}")
    for row in rows:
        print(
            f"{row.name:36}{row.setup:8.1f}{row.wall:8.1f}{row.teardown:10.1f}{row.total:8.1f} ms"
            f"{row.total / rows[0].total:7.1f}x"
        )


if __name__ == "__main__":
    asyncio.run(main())
