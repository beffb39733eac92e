"""How long a site takes: all of it, one cell more, and how large its pages are.

    python benchmarks/site.py [--cells 3465]

A real cell is run against the oracle once; the others are its record under other names. Goals:
3,465 cell pages cold in 10 s on two cores, one run more of a cell, which the pages of all its
neighbours show too, in 1 s, a board below 300 kB, a cell page below 150 kB before its recording.
"""

from __future__ import annotations

import argparse
import itertools
import os
import resource
import shutil
import tempfile
import time
from pathlib import Path

from codingagentbench.agents import get, install
from codingagentbench.cells import Bench, Record, cell_request
from codingagentbench.gateway import run
from codingagentbench.results import Store, Stored, run_into
from codingagentbench.scoring import Outcome
from codingagentbench.site import build

AGENTS, MODELS = 10, 14
TASK = "polyglot/python-reverse-string"


async def one(base: Path) -> Stored:
    """A real cell."""
    install(get("pi"))
    asked = cell_request(agent="pi", model="oracle", task=TASK)
    async with Bench() as bench:
        return await run_into(Store(base).open(), asked, bench=bench)


def copies(stored: Stored, store: Store, cells: int) -> None:
    """The same record under so many names; every third has failed."""
    tasks = -(-cells // (AGENTS * MODELS))
    names = itertools.product(range(tasks), range(AGENTS), range(MODELS))
    for number, (task, agent, model) in enumerate(itertools.islice(names, cells)):
        put(stored, store, f"agent-{agent}", f"maker/model-{model}", f"made-up/task-{task}", number)


def put(
    stored: Stored, store: Store, agent: str, model: str, task: str, number: int, *, run: int = 1
) -> None:
    """One of them."""
    record: Record = stored.record
    told = {"sweep": "made-up", "agent": agent, "model": model, "task": task, "run": run}
    spec = record.spec.model_copy(update=told)
    scores = record.scores
    if number % 3 == 0:
        verdict = scores.verdict.model_copy(update={"outcome": Outcome.FAILED})
        scores = scores.model_copy(update={"verdict": verdict})
    identity = record.identity.model_copy(
        update={"task": record.identity.task.model_copy(update={"id": task})}
    )
    with store.draft(sweep="made-up", agent=agent, model=model, task=task, run=run) as draft:
        for path in stored.folder.iterdir():
            if path.is_file() and path.name not in ("record.json", "SHA256SUMS", "index.html"):
                linked(path, draft.folder / path.name)
        shutil.copytree(stored.folder / "bodies", draft.folder / "bodies", copy_function=linked)
        draft.publish(
            record.model_copy(
                update={"cell_id": spec.id, "spec": spec, "scores": scores, "identity": identity}
            )
        )


def linked(there: str | Path, here: str | Path) -> None:
    """A copy, or where there may be one more, a hard link."""
    try:
        os.link(there, here)
    except OSError:
        shutil.copyfile(there, here)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--cells", type=int, default=3465)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="cab-bench-") as folder:
        base = Path(folder)
        stored = run(one(base / "one"))
        store = Store(base / "r").open()
        copies(stored, store, given.cells)
        build_index_first(base)
        start = time.perf_counter()
        build(base / "r", base / "out")
        cold = time.perf_counter() - start
        put(stored, store, "agent-0", "maker/model-0", "made-up/task-0", 1, run=2)
        start = time.perf_counter()
        more = build(base / "r", base / "out")
        warm = time.perf_counter() - start
        board = (base / "out" / "index.html").stat().st_size / 1000
        pages = [p.stat().st_size for p in (base / "out" / "cells").rglob("index.html")]
        own, others = (
            resource.getrusage(who).ru_maxrss / 1024
            for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
    print("| a site | measured | goal | ratio |")
    print("|---|---|---|---|")
    print(f"| {given.cells:,} cell pages, cold | {cold:.1f} s | 10 s | {cold / 10:.2f} |")
    print(
        f"| one run more ({more.made} pages of cells show it) | {warm:.2f} s | 1 s | {warm:.2f} |"
    )
    print(f"| the board | {board:.0f} kB | 300 kB | {board / 300:.2f} |")
    print(f"| the largest cell page | {max(pages) / 1000:.0f} kB | 150 kB | |")
    print(f"| memory at most | {own:.0f} MB, {others:.0f} MB each process of two | | |")


def build_index_first(base: Path) -> None:
    """Records are read into the index when they are made, one by one; not part of the site."""
    from codingagentbench.results import Index

    with Index(base / "r") as index:
        index.refresh()


if __name__ == "__main__":
    main()
