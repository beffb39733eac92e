"""Fresh tasks from healthy seeds: mutants are drawn, run, judged, and written as task folders.

The same number with the same seeds gives the same tasks, byte for byte, however many workers there
are and however fast the machine is: what is kept depends on verdicts and on the order of the draw,
never on which verdict came first.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from codingagentbench.corpus.mutants_batch import Bench, Ran, run_batch
from codingagentbench.corpus.mutants_judging import Reason, Verdict, judged
from codingagentbench.corpus.mutants_seed import Good, SeedDraw
from codingagentbench.corpus.mutants_shares import Place, shares
from codingagentbench.corpus.mutants_writing import write_once
from codingagentbench.errors import TaskError
from codingagentbench.sandboxes import Missing, Toolchain, open_sandbox, resolve_toolchain, warmed
from codingagentbench.tasks.mutation import Mutant, draw_key, rendered, task_name
from codingagentbench.tasks.seeds import LANGUAGE_FOLDERS, Seed, load_seed, seed_folders


class Made(NamedTuple):
    """One task that was made."""

    id: str
    folder: Path
    seed: str
    language: str
    operator: str


@dataclass(frozen=True, kw_only=True)
class MutantReport:
    """What was made, in the order of the draw, and what became of all that was tried.

    ``tried`` counts by (language, operator, reason), the reason ``""`` for the kept ones;
    ``ran`` how many verifier runs that took, the rest was known from before.
    """

    made: tuple[Made, ...]
    tried: Mapping[tuple[str, str, str], int]
    ran: int
    drawn: int  # candidates that there are in all


@dataclass(frozen=True, kw_only=True)
class MutantProgress:
    """Where it stands: tasks written of those asked for, mutants tried, the seeds at work."""

    written: int
    wanted: int
    tried: int
    at_work: tuple[str, ...]


OnProgress = Callable[[MutantProgress], None]


def chosen_seeds(root: Path | None = None, languages: Iterable[str] = ()) -> tuple[Seed, ...]:
    """The seeds below ``root`` (the built-in ones) of these languages (all), in order of id.

    A language is called as tasks call it ("c++") or as its folder is ("cpp"). Raises
    :class:`TaskError` for a broken seed, and where there is none.
    """
    folders = dict(seed_folders(root))
    known = sorted({name.split("/", 1)[0] for name in folders})
    wanted = {LANGUAGE_FOLDERS.get(language, language) for language in languages}
    if not folders:
        raise TaskError("there is no seed", where=str(root), do="give a folder LANG/NAME/seed.toml")
    if wanted - set(known):
        raise TaskError(f"no seed in '{min(wanted - set(known))}'", do=f"known: {', '.join(known)}")
    return tuple(
        load_seed(folder)
        for name, folder in folders.items()
        if not wanted or name.split("/", 1)[0] in wanted
    )


async def make_mutants(
    *,
    seeds: Sequence[Seed],
    number: int,
    count: int,
    into: Path,
    jobs: int = 2,
    sandbox: str = "bubblewrap",
    on_progress: OnProgress = lambda _: None,
) -> MutantReport:
    """Write up to ``count`` tasks as ``into/mutations/NAME``, drawn by ``number``.

    A task that is there already is left as it is. Cancelling leaves whole tasks alone; the same
    call again goes on where it was. Raises :class:`TaskError` for a seed whose toolchain is
    missing or that fails its own tests, or a folder with other content in the place of a task.
    """
    maker = _Maker(seeds, number=number, count=count, into=into, say=on_progress)
    place = open_sandbox(sandbox)
    with tempfile.TemporaryDirectory(prefix="cab-mutants-") as scratch:
        os.chmod(scratch, 0o711)  # what runs as another user passes through it  # noqa: S103
        benches = {}
        for seed in seeds:
            said = f"warm caches for {seed.language}"  # made once, for Go it takes a minute
            on_progress(MutantProgress(written=0, wanted=count, tried=0, at_work=(said,)))
            toolchains = await warmed(_toolchains(seed), sandbox=place, scratch=Path(scratch))
            benches[seed.id] = Bench(sandbox=place, toolchains=toolchains, scratch=Path(scratch))
        await maker.work(benches=benches, jobs=jobs)
    return maker.report()


class _Maker:
    """The whole of one call: draws, what is in flight, what is written."""

    def __init__(
        self, seeds: Sequence[Seed], *, number: int, count: int, into: Path, say: OnProgress
    ) -> None:
        self._count, self._into, self._say = count, into, say
        self._draws = {
            seed.id: SeedDraw(seed, number=number, toolchains=_toolchains(seed)) for seed in seeds
        }
        self._rotation = _rotation(seeds, number)
        self._places: tuple[Place, ...] = ()
        self._needs: Counter[str] = Counter()
        self._written: dict[Place, Made] = {}
        self._stops: dict[str, list[asyncio.Event]] = {seed.id: [] for seed in seeds}
        self._changed = asyncio.Event()
        self._ran = 0

    async def work(self, *, benches: Mapping[str, Bench], jobs: int) -> None:
        """Run batches until there are enough mutants, or no more."""
        self._plan()
        workers = [asyncio.create_task(self._worker(benches)) for _ in range(jobs)]
        try:
            await asyncio.gather(*workers)
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.wait(workers)

    def report(self) -> MutantReport:
        """What came of it."""
        tried: Counter[tuple[str, str, str]] = Counter()
        for draw in self._draws.values():
            for (operator, reason), times in draw.tried.items():
                tried[(draw.seed.language, operator, reason)] += times
        return MutantReport(
            made=tuple(self._written[place] for place in self._places),
            tried=tried,
            ran=self._ran,
            drawn=sum(len(draw.order) for draw in self._draws.values()),
        )

    async def _worker(self, benches: Mapping[str, Bench]) -> None:
        while True:
            picked = self._pick()
            if picked is None:
                if not any(self._stops.values()):
                    self._changed.set()
                    return
                self._changed.clear()
                await self._changed.wait()
                continue
            draw, batch = picked
            stop = asyncio.Event()
            self._stops[draw.seed.id].append(stop)
            try:
                await self._run(draw, batch, benches[draw.seed.id], stop)
            finally:
                self._stops[draw.seed.id].remove(stop)
                self._changed.set()

    async def _run(
        self, draw: SeedDraw, batch: list[int], bench: Bench, stop: asyncio.Event
    ) -> None:
        left, wrong = list(batch), list[TaskError]()

        def on_run(_: Mutant, ran: Ran) -> None:
            self._ran += 1
            draw.found(left.pop(0), judged(ran), remember=True)
            try:
                self._plan()
            except TaskError as error:  # raised below: nobody catches it in here
                wrong.append(error)
                stop.set()

        mutants = [draw.order[index] for index in batch]
        await run_batch(bench=bench, seed=draw.seed, mutants=mutants, on_run=on_run, stop=stop)
        if wrong:
            raise wrong[0]
        if left and not stop.is_set():
            draw.found(left.pop(0), Verdict(Reason.UNSOUND), remember=False)
        draw.give_back(left)
        self._plan()

    def _pick(self) -> tuple[SeedDraw, list[int]] | None:
        """The seed with most left to do, and its next batch; ``None`` when there is nothing."""
        while True:
            before = self._places
            for draw in sorted(self._draws.values(), key=self._to_do, reverse=True):
                batch = draw.take(self._needs[draw.seed.id])
                if batch:
                    return draw, batch
            self._plan()
            if self._places == before:
                return None

    def _to_do(self, draw: SeedDraw) -> int:
        return draw.expected(self._needs[draw.seed.id])

    def _plan(self) -> None:
        """Share the tasks out anew, write those that are certain, stop what is not needed."""
        available = {name: len(d.good) for name, d in self._draws.items() if d.exhausted}
        self._places = shares(self._count, self._rotation, available)
        self._needs = Counter(place.seed for place in self._places)
        for place in self._places:
            draw = self._draws[place.seed]
            if place not in self._written and place.rank < len(draw.good):
                self._written[place] = self._write(draw, draw.good[place.rank])
        for name, stops in self._stops.items():
            if len(self._draws[name].good) >= self._needs[name]:
                for stop in stops:
                    stop.set()
        self._say(
            MutantProgress(
                written=len(self._written),
                wanted=self._count,
                tried=sum(sum(draw.tried.values()) for draw in self._draws.values()),
                at_work=tuple(name for name, stops in self._stops.items() if stops),
            )
        )

    def _write(self, draw: SeedDraw, good: Good) -> Made:
        name = task_name(draw.seed, good.mutant)
        folder = self._into / "mutations" / name
        write_once(folder, rendered(draw.seed, good.mutant, good.verdict.failing))
        return Made(
            id=f"mutations/{name}",
            folder=folder,
            seed=draw.seed.id,
            language=draw.seed.language,
            operator=good.mutant.operator,
        )


def _rotation(seeds: Sequence[Seed], number: int) -> dict[str, list[str]]:
    """Languages, and in each its seeds, in the order of the draw."""
    languages = sorted({s.language for s in seeds}, key=lambda name: draw_key(number, name))
    return {
        language: sorted(
            (s.id for s in seeds if s.language == language), key=lambda name: draw_key(number, name)
        )
        for language in languages
    }


def _toolchains(seed: Seed) -> tuple[Toolchain, ...]:
    found = [resolve_toolchain(name) for name in seed.toolchain]
    for toolchain in found:
        if isinstance(toolchain, Missing):
            raise TaskError(
                f"needs {toolchain.name}: {toolchain.reason}",
                where=f"seed {seed.id}",
                do=f"{toolchain.mend}, or choose other languages with --language",
            )
    return tuple(t for t in found if isinstance(t, Toolchain))
