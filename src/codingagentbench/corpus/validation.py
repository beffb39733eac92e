"""Tasks proved: that each can be solved, only by solving it, and always with the same verdict."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from codingagentbench.cells import Bench
from codingagentbench.corpus.checks import CHECKS, Problem, clocks
from codingagentbench.corpus.driving import driven
from codingagentbench.corpus.proving import (
    compiles,
    of_reference,
    of_scores,
    of_start,
    reference_tree,
    repeated,
)
from codingagentbench.errors import TaskError
from codingagentbench.results import Store
from codingagentbench.sandboxes import Missing, Toolchain
from codingagentbench.tasks import Task, load_task

Status = Literal["sound", "unsound", "unsupported"]


@dataclass(kw_only=True)
class Validated:
    """What became of one task. Times in seconds, medians over the repeats; ``None``: not run."""

    id: str
    status: Status = "sound"
    language: str = ""
    difficulty: str | None = None
    hidden: int = 0
    visible: int = 0
    refusal: bool = False
    failing_hidden: int | None = None
    failing_visible: int | None = None
    repeats: int = 0
    start_s: float | None = None
    reference_s: float | None = None
    overhead_s: float | None = None  # around the verifier's own process
    solved_by: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


OnDone = Callable[[Validated], None]


async def validate(
    folders: Sequence[tuple[str, Path]],
    *,
    bench: Bench,
    repeats: int = 5,
    jobs: int = 2,
    agents: Sequence[str] = (),
    on_done: OnDone | None = None,
) -> tuple[Validated, ...]:
    """Prove the tasks of ``folders`` (id, folder), ``jobs`` at a time, in the order given.

    ``repeats``: runs of each verifier over start and over reference. ``agents``: names of agents to
    drive each task with. Nothing is raised for what is wrong with a task.
    """
    gate = asyncio.Semaphore(jobs)

    async def one(name: str, folder: Path) -> Validated:
        async with gate:
            found = await _prove(name, folder, bench=bench, repeats=repeats, agents=agents)
        if on_done is not None:
            on_done(found)
        return found

    return tuple(await asyncio.gather(*(one(name, folder) for name, folder in folders)))


async def _prove(
    name: str, folder: Path, *, bench: Bench, repeats: int, agents: Sequence[str]
) -> Validated:
    try:
        task = load_task(folder, expect=name)
    except TaskError as error:
        return Validated(id=name, status="unsound", problems=[Problem("load", str(error))])
    found = Validated(
        id=name,
        language=task.language,
        difficulty=task.difficulty,
        hidden=len(task.verifier.hidden),
        visible=len(task.verifier.visible),
        refusal=task.refusal is not None,
        repeats=repeats,
    )
    for check in CHECKS:
        found.problems += check(task)
        if any(problem.check == "size" for problem in found.problems):
            break
    else:
        found.notes += clocks(task)
        await _run(task, found, bench=bench, agents=agents)
    if found.problems:
        found.status = "unsound"
    return found


async def _run(task: Task, found: Validated, *, bench: Bench, agents: Sequence[str]) -> None:
    toolchains = [bench.sandbox.toolchain(name) for name in task.toolchain]
    lacks = [lack for lack in toolchains if isinstance(lack, Missing)]
    if lacks:
        found.status = "unsupported"
        found.notes += [f"no {lack.name} toolchain: {lack.reason}; {lack.mend}" for lack in lacks]
        return
    here = tuple(t for t in toolchains if isinstance(t, Toolchain))
    with tempfile.TemporaryDirectory(prefix="cab-validate-") as folder:
        scratch = Path(folder)
        await asyncio.to_thread(scratch.chmod, 0o711)
        shared = {
            "sandbox": bench.sandbox,
            "toolchains": here,
            "scratch": scratch,
            "repeats": found.repeats,
        }
        start = await repeated(task, tree=task.tree, **shared)  # type: ignore[arg-type]
        solved = await asyncio.to_thread(reference_tree, task, scratch / "reference")
        reference = await repeated(task, tree=solved, **shared)  # type: ignore[arg-type]
        found.problems += of_start(task, start)
        found.problems += of_reference(reference)
        found.problems += await asyncio.to_thread(
            lambda: list(of_scores(task, start, reference, scratch))
        )
        if not compiles(start):
            found.notes.append("the start state does not compile")
        failing = [test for test in start.first.tests if test.outcome != "pass"]
        found.failing_hidden = sum(test.suite == "hidden" for test in failing)
        found.failing_visible = sum(test.suite == "visible" for test in failing)
        found.start_s = statistics.median(start.seconds)
        found.reference_s = statistics.median(reference.seconds)
        found.overhead_s = statistics.median([*start.around, *reference.around])
        if agents and not found.problems:
            store = Store(scratch / "results").open()
            found.solved_by, wrong = await driven(task, agents=agents, store=store, bench=bench)
            found.problems += wrong
