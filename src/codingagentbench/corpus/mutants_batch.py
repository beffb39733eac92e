"""Many mutants of one seed in one sandbox: what each makes of the seed's own tests."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from codingagentbench.corpus import mutants_compilers
from codingagentbench.errors import SandboxError, TaskError
from codingagentbench.sandboxes import (
    HOME,
    WORKSPACE,
    Command,
    Limits,
    Mount,
    Sandbox,
    TestResult,
    Toolchain,
    base_env,
    discard,
    prepare,
)
from codingagentbench.sandboxes.verifying_report import read_report
from codingagentbench.tasks import KIT
from codingagentbench.tasks.mutation import Mutant
from codingagentbench.tasks.seeds import Seed

#: The program that does it, inside.
RUNNER: Final = Path(__file__).with_name("mutants_runner.py")
STAND_IN: Final = Path(mutants_compilers.__file__)
_VERIFIER, _KIT, _TMP = "/verifier", "/verifier-kit", "/tmp"  # noqa: S108  (inside)
_COMPILERS, _MEMORY = f"{_TMP}/batch-compilers", f"{_TMP}/batch-memory"
_CPU_S, _WALL_S = 2.5, 12.0  # what every mutant may take, however quick the healthy seed is
_MEMORY_MB: Final = 1536
_START_S, _EACH_S = 400.0, 60.0  # bounds of a batch that no healthy machine reaches


class Ran(NamedTuple):
    """One run of the verifier: ``ended`` is "itself" or what the watchdog stopped it for."""

    ended: str
    tests: tuple[TestResult, ...]
    sound: bool
    #: The outcomes of a second run; ``None`` when there was none.
    again: tuple[TestResult, ...] | None
    cpu_s: float
    wall_s: float


@dataclass(frozen=True, kw_only=True)
class Bench:
    """What all batches have in common."""

    sandbox: Sandbox
    toolchains: tuple[Toolchain, ...]
    scratch: Path  # an existing folder


async def run_batch(
    *,
    bench: Bench,
    seed: Seed,
    mutants: Sequence[Mutant],
    on_run: Callable[[Mutant, Ran], None],
    stop: asyncio.Event,
) -> int:
    """Run the seed's verifier over each of ``mutants``; returns how many were answered.

    ``on_run`` is called as the answers come, in order. ``stop`` ends the batch early. Fewer
    answers without a stop mean that the next mutant brought the sandbox down. Raises
    :class:`TaskError` when the healthy seed fails its own tests, and :class:`SandboxError`.
    """
    reading = _Reading(seed, mutants, on_run)
    with _folder(bench.scratch) as folder:
        async with bench.sandbox.attempt(folder) as slot:
            workspace = await asyncio.to_thread(
                prepare, seed.tree, at=folder / "tree", owner=slot.owner
            )
            try:
                command = _command(bench, seed, mutants, folder)
                done = await slot.run(command, workspace=workspace, sink=reading.take, stop=stop)
            finally:
                await asyncio.to_thread(discard, workspace)
    if reading.wrong is not None:
        raise reading.wrong
    if not reading.healthy and not stop.is_set():
        raise SandboxError(
            f"the tests of a seed could not be run (code {done.code}): {reading.last}",
            where=seed.id,
        )
    return reading.answered


class _Reading:
    """Lines of the runner made into :class:`Ran`."""

    def __init__(
        self, seed: Seed, mutants: Sequence[Mutant], on_run: Callable[[Mutant, Ran], None]
    ) -> None:
        self._seed, self._task = seed, seed.task()
        self._mutants, self._on_run = mutants, on_run
        self._rest = b""
        self.answered, self.healthy, self.last = 0, False, ""
        self.wrong: TaskError | None = None

    def take(self, _at: float, data: bytes) -> None:
        """A sink of ``Slot.run``."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            self._line(line)

    def _line(self, line: bytes) -> None:
        try:
            said = json.loads(line)
        except ValueError:
            self.last = line.decode("utf-8", "replace")[:300] or self.last
            return
        ran = self._ran(said)
        if said["run"] < 0:
            self.wrong = self._unhealthy(ran)
            self.healthy = self.wrong is None
        elif self.healthy:
            self._on_run(self._mutants[said["run"]], ran)
            self.answered += 1

    def _ran(self, said: Mapping[str, Any]) -> Ran:
        report = read_report(said["report"].encode(), self._task)
        again = None
        if said["again"] is not None:
            again = read_report(said["again"].encode(), self._task).tests
        by_itself = said["ended"] == "itself" and said["code"] is not None and said["code"] >= 0
        return Ran(
            ended=said["ended"],
            tests=report.tests,
            sound=by_itself and report.whole,
            again=again,
            cpu_s=said["cpu_s"],
            wall_s=said["wall_s"],
        )

    def _unhealthy(self, ran: Ran) -> TaskError | None:
        wrong = [test for test in ran.tests if test.outcome != "pass"]
        if ran.sound and not wrong:
            return None
        why = f"{wrong[0].name}: {wrong[0].message}" if wrong else "its report is not sound"
        return TaskError(
            f"the healthy seed does not pass its own tests ({why})",
            where=str(self._seed.folder),
            do="mend the seed",
        )


def _command(bench: Bench, seed: Seed, mutants: Iterable[Mutant], folder: Path) -> Command:
    env = {
        **base_env(bench.toolchains),
        "CAB_KIT": _KIT,
        "CAB_WORKSPACE": WORKSPACE,
        mutants_compilers.MEMORY: _MEMORY,
    }
    env["PATH"] = f"{_COMPILERS}:{env['PATH']}"
    runs = [{"path": m.path, "text": m.content.decode("utf-8", "surrogateescape")} for m in mutants]
    job = {
        "command": list(seed.verifier.command),
        "tree": WORKSPACE,
        "clean": [HOME, _TMP, "/dev/shm"],  # noqa: S108
        "keep": [_COMPILERS, _MEMORY, *(env[name] for name in ("GOCACHE",) if name in env)],
        "runs": runs,
        "cpu_s": _CPU_S,
        "wall_s": _WALL_S,
        "memory_mb": _MEMORY_MB,
        "memory": _MEMORY,
        "compilers": {
            "at": _COMPILERS,
            "names": mutants_compilers.NAMES,
            "text": STAND_IN.read_text(encoding="utf-8"),
        },
    }
    return Command(
        argv=("python3", "-I", "-B", f"{HOME}/{RUNNER.name}", f"{HOME}/job.json"),
        env=env,
        cwd=_VERIFIER,
        mounts=(
            Mount(source=_open_copy(seed.hidden, folder / "hidden"), target=_VERIFIER),
            Mount(source=_open_copy(KIT, folder / "kit"), target=_KIT),
            *(mount for toolchain in bench.toolchains for mount in toolchain.mounts),
        ),
        files={
            f"{HOME}/{RUNNER.name}": RUNNER.read_bytes(),
            f"{HOME}/job.json": json.dumps(job).encode(),
        },
        terminal=None,
        timeout_s=_START_S + _EACH_S * len(runs),
        limits=Limits(),
    )


def _open_copy(source: Path, copy: Path) -> Path:
    """A copy that everybody can read, whatever the modes of the checkout."""
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    for base, folders, files in os.walk(copy):
        for name in folders:
            os.chmod(os.path.join(base, name), 0o755)  # noqa: S103
        for name in files:
            os.chmod(os.path.join(base, name), 0o644)
    copy.chmod(0o755)
    return copy


@contextmanager
def _folder(parent: Path) -> Iterator[Path]:
    """A new folder below ``parent``, passed through but not listed; removed at the end."""
    with tempfile.TemporaryDirectory(dir=parent, prefix="batch-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)
