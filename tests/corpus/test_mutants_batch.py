"""What becomes of programs that spin, wait, allocate, fork or print for ever, side by side."""

from __future__ import annotations

import asyncio
import dataclasses
from pathlib import Path

import pytest

from codingagentbench.corpus.mutants_batch import Bench, Ran, run_batch
from codingagentbench.corpus.mutants_judging import Kept, Reason, Verdict, judged
from codingagentbench.sandboxes import TestResult, Toolchain, open_sandbox, resolve_toolchain
from codingagentbench.tasks.mutation import Mutant, mutants_of
from codingagentbench.tasks.seeds import load_seed

SEED = load_seed(Path(__file__).parent / "seeds" / "python" / "locker")
HEALTHY = (SEED.tree / "src/locker.py").read_bytes()


def mutant(change: bytes) -> Mutant:
    """The seed with something done when it is imported."""
    some = mutants_of(SEED)[0]
    return dataclasses.replace(some, content=change + b"\n" + HEALTHY, digest=change.hex()[:64])


def ran(changes: list[bytes], folder: Path) -> list[Ran]:
    found: list[Ran] = []
    toolchains = tuple(t for t in map(resolve_toolchain, SEED.toolchain) if _there(t))
    folder.chmod(0o711)
    answered = asyncio.run(
        run_batch(
            bench=Bench(sandbox=open_sandbox(), toolchains=toolchains, scratch=folder),
            seed=SEED,
            mutants=[mutant(change) for change in changes],
            on_run=lambda _, one: found.append(one),
            stop=asyncio.Event(),
        )
    )
    assert answered == len(changes)
    return found


def _there(toolchain: object) -> bool:
    return isinstance(toolchain, Toolchain)


DEFECT = b"import builtins; real = min; builtins.min = lambda a, b: real(a, b) + 1"


def test_each_is_told_for_what_it_is_and_none_disturbs_the_next(tmp_path: Path) -> None:
    cases = [
        (DEFECT, None),
        (b"while True: pass", Reason.HANGS),
        (b"x = []\nwhile True: x.append(b'x' * (1 << 24) + bytes(len(x)))", Reason.MEMORY),
        (b"import os\nif os.fork() == 0:\n    while True: os.fork()", Reason.HANGS),
        (b"while True: print('x' * 100000)", Reason.HANGS),
        (b"import sys; sys.exit(3)", Reason.ALL_FAIL),
        (b"def (", Reason.ALL_FAIL),
        (b"", Reason.SURVIVES),
        (b"import os; open('/workspace/new', 'w'); os.remove('/workspace/README.md')",
         Reason.SURVIVES),
        (b"import os\nassert os.path.exists('/workspace/README.md')"
         b" and not os.path.exists('/workspace/new')", Reason.SURVIVES),
        (b"import os, builtins, random\nreal = min\n"
         b"builtins.min = lambda a, b: real(a, b) + random.randrange(1, 3) * random.randrange(2)",
         Reason.UNSTABLE),
        (DEFECT, None),
    ]  # fmt: skip
    verdicts = [judged(one) for one in ran([change for change, _ in cases], tmp_path)]
    found = [(change, verdict.reason) for (change, _), verdict in zip(cases, verdicts, strict=True)]
    # What is random, forks or allocates may be told for more than one thing.
    loose = (b"random", b"fork", b"append")
    assert _without(cases, *loose) == _without(found, *loose)
    for change, reason in found:
        if b"append" in change:
            # The kernel may take the runner with it: then there is no whole report.
            assert reason in (Reason.HANGS, Reason.MEMORY, Reason.UNSOUND)
        if b"fork" in change:
            assert reason is not None
    assert verdicts[0] == verdicts[-1]
    assert {"total_1"} == set(verdicts[0].visible)
    assert {"total_0_5_9", "total_4"} == set(verdicts[0].hidden)


def _without(
    rows: list[tuple[bytes, Reason | None]], *words: bytes
) -> list[tuple[bytes, Reason | None]]:
    return [row for row in rows if not any(word in row[0] for word in words)]


@pytest.mark.slow
def test_one_that_waits_without_work_is_stopped_too(tmp_path: Path) -> None:
    (one,) = ran([b"import time; time.sleep(3600)"], tmp_path)
    assert Reason.HANGS == judged(one).reason


def outcome(said: str, *, message: str = "", ended: str = "itself", sound: bool = True) -> Ran:
    """``said``: one letter a test, hidden ones in capitals; p, f, e: pass, fail, error."""
    words = {"p": "pass", "f": "fail", "e": "error"}
    tests = tuple(
        TestResult(
            suite="hidden" if letter.isupper() else "visible",
            name=f"t{number}",
            outcome=words[letter.lower()],
            message=message if letter.lower() == "f" else "",
        )
        for number, letter in enumerate(said)
    )
    return Ran(ended=ended, tests=tests, sound=sound, again=tests, cpu_s=0.1, wall_s=0.1)


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (outcome("PFpf"), None),
        (outcome("PFff"), None),
        (outcome("PPpp"), Reason.SURVIVES),
        (outcome("PPpf"), Reason.SURVIVES),
        (outcome("PFpp"), Reason.NO_HINT),
        (outcome("FFff"), Reason.ALL_FAIL),
        (outcome("FFpf"), Reason.ALL_FAIL),
        (outcome("PEpf"), Reason.UNSOUND),
        (outcome("PFpf", sound=False), Reason.UNSOUND),
        (outcome("PFpf", ended="cpu"), Reason.HANGS),
        (outcome("PFpf", ended="wall"), Reason.HANGS),
        (outcome("PFpf", ended="memory"), Reason.MEMORY),
        (outcome("PFpf", message="the program did not end within 4 s"), Reason.HANGS),
        (outcome("PFpf", message="the program ended early with code -25: "), Reason.HANGS),
        (outcome("PFpf", message="x\nNameError: name 'y' is not defined"), Reason.CRASHES),
        (outcome("PFpf", message="expected 'NameError: a', got ''"), None),
        (outcome("PFpf", message="TypeError: Cannot read properties of undefined"), None),
        (outcome("PFpf")._replace(again=outcome("PFff").tests), Reason.UNSTABLE),
    ],
)
def test_which_are_worth_a_task(one: Ran, reason: Reason | None) -> None:
    assert reason == judged(one).reason


def test_the_same_behaviour_nearby_is_one_defect() -> None:
    first = mutants_of(SEED)[0]
    kept, verdict = Kept(), judged(outcome("PFpf", message="got 3"))
    place = dataclasses.replace
    assert kept.add(first, verdict)
    assert not kept.add(place(first, line=first.line + 3), verdict)
    assert kept.add(place(first, line=first.line + 4), verdict)
    assert kept.add(place(first, path="src/other.py"), verdict)
    assert kept.add(first, judged(outcome("PFpf", message="got 4")))


def test_names_of_temporary_files_make_no_difference() -> None:
    one, two = (
        judged(outcome("PFpf", message=f"/tmp/{name}/x.go: took {ms} ms at 0x{ms}"))
        for name, ms in (("abc", 12), ("xyz", 7))
    )
    assert isinstance(one, Verdict)
    assert one == two
