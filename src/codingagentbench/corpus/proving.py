"""A task's verifier run over start and reference, again and again, in the real sandbox."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from codingagentbench.corpus.checks import Problem
from codingagentbench.gateway import Call, Dialect, Ledger, Totals
from codingagentbench.sandboxes import (
    Changes,
    Exit,
    Owner,
    Sandbox,
    TestResult,
    Toolchain,
    Verification,
    changes,
    discard,
    prepare,
    verify,
)
from codingagentbench.scoring import Evidence, Outcome, Scores, Timing, score
from codingagentbench.tasks import KIT, Task

#: What is different from one run to the next: order, time zone, language, home of strings' hashes.
VARIATIONS: Final[tuple[Mapping[str, str], ...]] = (
    {},
    {"CAB_SEED": "1", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"},
    {"CAB_SEED": "2", "TZ": "America/St_Johns", "LANG": "C", "PYTHONHASHSEED": "2"},
    {"CAB_SEED": "3", "TZ": "Asia/Kathmandu", "COLUMNS": "40", "PYTHONHASHSEED": "3"},
)


@dataclass(kw_only=True)
class Runs:
    """All runs over one tree: outcomes by test, seconds of the verifier, seconds around it."""

    done: list[Verification] = field(default_factory=list)
    around: list[float] = field(default_factory=list)

    @property
    def first(self) -> Verification:
        return self.done[0]

    @property
    def seconds(self) -> list[float]:
        return [one.seconds for one in self.done]


async def repeated(
    task: Task,
    *,
    tree: Path,
    sandbox: Sandbox,
    toolchains: tuple[Toolchain, ...],
    scratch: Path,
    repeats: int,
) -> Runs:
    """The verifier over ``tree``, ``repeats`` times, each under another of the variations.

    Stops early when the verifier is broken: running it again tells nothing more.
    """
    runs = Runs()
    for number in range(repeats):
        variation = Toolchain(
            name="variation", version=str(number), env=VARIATIONS[number % len(VARIATIONS)]
        )
        start = time.monotonic()
        done = await verify(
            sandbox=sandbox,
            task=task,
            scratch=scratch,
            kit=KIT,
            tree=tree,
            toolchains=(*toolchains, variation),
        )
        runs.around.append(time.monotonic() - start - done.seconds)
        runs.done.append(done)
        if done.broken:
            break
    return runs


def reference_tree(task: Task, at: Path) -> Path:
    """The tree with the solution laid over it, at ``at``."""
    shutil.copytree(task.tree, at, symlinks=True)
    shutil.copytree(task.solution, at, symlinks=True, dirs_exist_ok=True)
    return at


def of_start(task: Task, runs: Runs) -> Iterator[Problem]:
    """The start state fails, for the intended reason: tests that fail, not tests that break."""
    yield from _believable(runs.first, "start")
    failing = [test for test in runs.first.tests if test.outcome != "pass"]
    for test in failing:
        if test.outcome in ("error", "skip"):
            what = f"{test.suite} test '{test.name}' is {test.outcome} at the start, not a failure"
            yield Problem("start", f"{what}: {test.message[:120]}")
    suites = ("hidden",) if task.refusal else ("hidden", "visible")
    for suite in suites:
        if not any(test.suite == suite for test in failing):
            yield Problem("start", f"no {suite} test fails at the start; there is nothing to do")
    yield from _steady(runs, "start")


def of_reference(runs: Runs) -> Iterator[Problem]:
    """The reference passes every test."""
    yield from _believable(runs.first, "reference")
    for test in runs.first.tests:
        if test.outcome != "pass":
            what = f"{test.suite} test '{test.name}' is {test.outcome} on the reference"
            yield Problem("reference", f"{what}: {test.message[:160]}")
    yield from _steady(runs, "reference")


def of_scores(task: Task, start: Runs, reference: Runs, scratch: Path) -> Iterator[Problem]:
    """By the real scorer: a no-op earns 0; the reference is solved, clean, and keeps every rule."""
    nothing = scored(task, Changes(), start.first)
    if nothing.composite != 0 or nothing.outcome is Outcome.PASSED:
        yield Problem("no-op", f"doing nothing is {nothing.outcome}, {nothing.composite}")
    made = laid(task, task.solution, scratch)
    document = None
    if task.refusal is not None:
        document = (task.solution / task.refusal.document).read_text("utf-8")
    good = scored(task, made, reference.first, document=document)
    if good.outcome is not Outcome.PASSED:
        yield Problem("score", f"the reference is {good.outcome}: {good.verdict.detail}")
    if good.axes.blast_radius.blast_radius:
        paths = ", ".join(good.axes.blast_radius.unexpected_changes)
        yield Problem("blast", f"the reference changes what is not expected: {paths}")
    for rule in good.axes.instruction_fidelity.rules:
        if not rule.honoured:
            yield Problem("rules", f"the reference does not keep '{rule.kind}': {rule.reason}")


def compiles(runs: Runs) -> bool:
    """Whether the tree is built at all: not all tests fail with the same words of a compiler."""
    words = Counter(test.message[:60] for test in runs.first.tests if test.outcome == "fail")
    alike = words.most_common(1)[0] if words else ("", 0)
    return not (alike[0].startswith("compiling") and alike[1] >= len(runs.first.tests) - 1)


def laid(task: Task, overlay: Path, scratch: Path) -> Changes:
    """The changes that laying ``overlay`` over the task's tree makes, as an attempt's are found."""
    owner = Owner(uid=12345, gid=12345)
    workspace = prepare(task.tree, at=scratch / "laid", owner=owner, method="copy")
    assert workspace.tree is not None
    try:
        shutil.copytree(overlay, workspace.tree, dirs_exist_ok=True, symlinks=True)
        return changes(workspace)
    finally:
        discard(workspace)


def scored(
    task: Task, made: Changes, verification: Verification, *, document: str | None = None
) -> Scores:
    """The scores of an attempt that left these changes and this verification in no time."""
    now = datetime.now(UTC)
    evidence = Evidence(
        timing=Timing(started_at=now, ended_at=now, wall_s=1.0, agent_active_s=1.0),
        exit=Exit(code=0, wall_s=1.0, backend="none", limits="none", network="off"),
        changes=made,
        ledger=_one_call(),
        verification=verification,
        document=document,
    )
    return score(task, evidence)


def _one_call() -> Ledger:
    """A ledger that says no more than that a model was asked."""
    call = Call(
        index=0,
        logical=0,
        dialect=Dialect.CHAT,
        method="POST",
        path="/v1/chat/completions",
        model="none",
        started_at=datetime.now(UTC),
        offset_ms=0.0,
        ttft_ms=1.0,
        duration_ms=1.0,
        status=200,
        request_sha256="0" * 64,
        request_bytes=1,
    )
    return Ledger(calls=(call,), totals=Totals(calls=1, input=1, output=1))


def _believable(done: Verification, what: str) -> Iterator[Problem]:
    if done.broken:
        yield Problem("verifier", f"it cannot work over the {what}: {done.broken}")
    elif done.timed_out:
        yield Problem("verifier", f"it did not end over the {what} within its time")
    elif not done.sound:
        last = done.output.strip().rsplit("\n", 1)[-1][:200]
        yield Problem("verifier", f"its report over the {what} cannot be believed: {last}")


def _steady(runs: Runs, what: str) -> Iterator[Problem]:
    """The same verdict in every run, test by test."""
    first = _outcomes(runs.first.tests)
    for number, done in enumerate(runs.done[1:], start=2):
        now = _outcomes(done.tests)
        other = [name for name in first if first[name] != now.get(name)]
        if other:
            words = f"test '{other[0]}' was {first[other[0]]}, then {now.get(other[0])}"
            yield Problem("flaky", f"{words} in run {number} of {len(runs.done)} over the {what}")
            return


def _outcomes(tests: tuple[TestResult, ...]) -> dict[str, str]:
    return {f"{test.suite}/{test.name}": str(test.outcome) for test in tests}
