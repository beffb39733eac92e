"""Mutants: how many tasks come of the seeds, how quickly, and what becomes of the others.

    python benchmarks/mutants.py [--count 1000] [--seed 1] [--jobs 2] [--seeds DIR]

Nothing is known beforehand: the memory of verdicts lies in a folder of its own, and so do the warm
caches of compilers, which are made before the clock runs. The second run has that memory. Prints
Markdown tables, as docs/mutants.md quotes them.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from codingagentbench.corpus.mutants import MutantReport, chosen_seeds, make_mutants
from codingagentbench.sandboxes import Toolchain, open_sandbox, resolve_toolchain, warmed
from codingagentbench.tasks.mutation import LANGUAGES, OPERATORS
from codingagentbench.tasks.seeds import Seed


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--count", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--jobs", type=int, default=2)
    asked.add_argument("--seeds", type=Path)
    asked.add_argument("--language", action="append", default=[])
    given = asked.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="cab-bench-mutants-"))
    folder.chmod(0o711)
    os.environ["CAB_DATA"] = str(folder / "data")
    try:
        seeds = chosen_seeds(given.seeds, given.language)
        print(f"warm caches: {asyncio.run(warm(seeds, folder)):.1f} s, once")
        for what in ("nothing known", "verdicts known"):
            began = time.monotonic()
            report = asyncio.run(
                make_mutants(
                    seeds=seeds,
                    number=given.seed,
                    count=given.count,
                    into=folder / what.replace(" ", "-"),
                    jobs=given.jobs,
                )
            )
            took = time.monotonic() - began
            print(
                f"{what}: {len(report.made)} tasks of {len(seeds)} seeds in {took:.1f} s, "
                f"{report.ran} mutants run, {sum(report.tried.values())} tried of {report.drawn}"
            )
        tables(report)
    finally:
        shutil.rmtree(folder)


async def warm(seeds: Iterable[Seed], folder: Path) -> float:
    """Seconds that the warm caches of these seeds' toolchains take."""
    began = time.monotonic()
    names = sorted({name for seed in seeds for name in seed.toolchain})
    found = [one for one in map(resolve_toolchain, names) if isinstance(one, Toolchain)]
    await warmed(found, sandbox=open_sandbox(), scratch=folder)
    return time.monotonic() - began


def tables(report: MutantReport) -> None:
    """What became of all that was tried, by language and by operator."""
    reasons = sorted({why for _, _, why in report.tried})
    by_language = Counter({(a, why): 0 for a in LANGUAGES for why in reasons})
    by_operator = Counter({(o.name, why): 0 for o in OPERATORS for why in reasons})
    for (language, operator, why), times in report.tried.items():
        by_language[(language, why)] += times
        by_operator[(operator, why)] += times
    table("language", LANGUAGES, by_language, reasons)
    table("operator", (o.name for o in OPERATORS), by_operator, reasons)


def table(
    head: str, names: Iterable[str], counts: Counter[tuple[str, str]], reasons: list[str]
) -> None:
    columns = [head, "tried", "kept", "share", *(why for why in reasons if why)]
    print("\n| " + " | ".join(columns) + " |")
    print("|" + "---|" * len(columns))
    for name in names:
        tried = sum(counts[(name, why)] for why in reasons)
        kept = counts[(name, "")]
        share = f"{kept / tried:.0%}" if tried else "-"
        rest = [str(counts[(name, why)]) for why in reasons if why]
        print("| " + " | ".join([name, str(tried), str(kept), share, *rest]) + " |")


if __name__ == "__main__":
    main()
