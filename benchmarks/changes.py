"""What a workspace costs: making it, telling what changed in it, assembling the verified tree.

    python benchmarks/changes.py [--files 20 20000] [--bytes 14000] [--rounds 5]

Each way beside its peers: `cp -a` for the copy, hashing every file for the changes (which gives
no patch; ours do). Medians in milliseconds; the ratio is to the peer. Ten files are edited, ten
added, ten removed, inside the real sandbox. Overlays are left out where they cannot be mounted.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from codingagentbench.sandboxes import Command, Slot, open_sandbox
from codingagentbench.sandboxes.carry import assemble
from codingagentbench.sandboxes.changes import changes
from codingagentbench.sandboxes.workspaces import Method, discard, prepare
from codingagentbench.tasks import Task, Verifier

EDIT = """
i=0
for f in $(find . -type f -name '*.txt' | sort | head -n 20); do
  i=$((i + 1))
  if [ $i -le 10 ]; then echo edited >> "$f"; else rm "$f"; echo new > "$f.new"; fi
done
"""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--files", type=int, nargs="+", default=[20, 20_000])
    parser.add_argument("--bytes", type=int, default=14_000, help="of each file")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    for count in options.files:
        with tempfile.TemporaryDirectory() as folder:
            os.chmod(folder, 0o711)
            tree = build(Path(folder, "tree"), count, options.bytes)
            asyncio.run(measure(Path(folder), tree, count, options.bytes, options.rounds))


def build(tree: Path, count: int, size: int) -> Path:
    line = b"a line of text that is like any other, %d\n"
    for number in range(count):
        folder = tree / f"d{number // 500}" / f"e{number // 50 % 10}"
        folder.mkdir(parents=True, exist_ok=True)
        content = b"".join(line % (number + n) for n in range(size // len(line)))
        (folder / f"{number:06}.txt").write_bytes(content)
    return tree


async def measure(base: Path, tree: Path, count: int, size: int, rounds: int) -> None:
    rows: dict[str, list[float]] = {}
    async with open_sandbox().attempt(base) as slot:
        support = await slot.overlay_for(tree)
        methods: tuple[Method, ...] = ("copy", "overlay") if support else ("copy",)
        for round_ in range(rounds):
            at = base / f"peer{round_}"
            timed(rows, "make: cp -a", lambda at=at: run("cp", "-a", tree, at))
            shutil.rmtree(at)
            for method in methods:
                await one(rows, slot, base / f"{method}{round_}", tree, method, support)
    print(f"\n{count} files of {size} bytes, medians of {rounds} in milliseconds\n")
    table(rows)


async def one(
    rows: dict[str, list[float]], slot: Slot, at: Path, tree: Path, method: Method, support: Any
) -> None:
    workspace = timed(
        rows, f"make: {method}",
        lambda: prepare(tree, at=at, owner=slot.owner, method=method, overlay_support=support),
    )  # fmt: skip
    done = await slot.run(Command(argv=("sh", "-c", EDIT), terminal=None), workspace=workspace)
    rows.setdefault(f"start and end of a sandbox over {method}", []).append(
        (done.setup_s + done.teardown_s) * 1000
    )
    name = "ctime, then hash" if method == "copy" else "upper folder of the overlay"
    found = timed(rows, f"changes: {name}", lambda: changes(workspace))
    counts = (len(found.added), len(found.removed), len(found.modified))
    assert counts == (10, 10, 10), counts
    if workspace.tree is not None:
        top = workspace.tree
        seen = timed(rows, "changes: full hash", lambda: hashes(top) ^ hashes(tree))
        assert len(seen) == 40
    task = Task(
        id="bench/mark", version="1.0", title="t", language="text", prompt="p", digest="sha256:0",
        folder=tree.parent, expected=("**",), verifier=Verifier(command=("true",), hidden=("a",)),
    )  # fmt: skip
    assembled = timed(
        rows, f"assemble what is verified, from {method}",
        lambda: assemble(
            task=task, source=workspace, changes=found, at=at.with_name(f"{at.name}v"),
            owner=slot.owner, overlay_support=support,
        ),
    )  # fmt: skip
    discard(assembled.workspace)
    timed(rows, f"discard: {method}", lambda: discard(workspace))


def hashes(top: Path) -> set[tuple[str, str, int]]:
    """Path, content and mode of every file."""
    found = set()
    for folder, _, names in os.walk(top):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            found.add((os.path.relpath(path, top), digest, os.lstat(path).st_mode))
    return found


def timed(rows: dict[str, list[float]], name: str, work: Callable[[], Any]) -> Any:
    start = time.perf_counter()
    result = work()
    rows.setdefault(name, []).append((time.perf_counter() - start) * 1000)
    return result


def run(*argv: object) -> None:
    subprocess.run([str(word) for word in argv], check=True)


#: Row -> the row that it is compared with.
PEERS = {"make: ": "make: cp -a", "changes: ": "changes: full hash"}


def table(rows: dict[str, list[float]]) -> None:
    print(f"{'':44}{'median':>10}{'best':>10}   ratio")
    for name in sorted(rows):
        middle = statistics.median(rows[name])
        peer = next((p for start, p in PEERS.items() if name.startswith(start)), None)
        ratio = "" if peer in (None, name) else f"{middle / statistics.median(rows[peer]):.3f}"
        print(f"{name:44}{middle:10.1f}{min(rows[name]):10.1f}   {ratio}")


if __name__ == "__main__":
    main()
