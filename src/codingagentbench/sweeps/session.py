"""A sweep opened: its file, its plan, what its records say, held against its lock."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from codingagentbench.errors import NotInstalled, ResultsError, UsageError
from codingagentbench.results import Index, Row, Store
from codingagentbench.sweeps.file import SweepFile, load_sweep
from codingagentbench.sweeps.forecast import Forecast
from codingagentbench.sweeps.home import Home, find_home
from codingagentbench.sweeps.lock import Lock, differences, lock_of
from codingagentbench.sweeps.plan import Plan, find_tasks, make_plan, size_of
from codingagentbench.sweeps.spending import Spent
from codingagentbench.sweeps.states import Standing, State, states_of
from codingagentbench.tasks import Task

#: More cells than that are asked about before anything is done.
MANY = 100_000


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a sweep's file is, and the folder that relative paths in it start from."""

    path: Path
    base: Path

    @property
    def text(self) -> str:
        return self.path.read_text("utf-8")


def source_of(asked: str, *, results: Path) -> Source:
    """``asked``: a file, or the name of a sweep that was run before.

    Raises :class:`UnknownName` for a name that is not known.
    """
    path = Path(asked).expanduser()
    if path.suffix == ".toml" or "/" in asked:
        return Source(path=path, base=path.absolute().parent)
    home = find_home(results.expanduser().absolute(), asked)
    try:
        base = (home.folder / "base").read_text("utf-8")
    except OSError:
        base = "."
    return Source(path=home.file, base=Path(os.path.normpath(home.root / base)))


@dataclass(kw_only=True)
class Opened:
    """Everything that a verb needs to know of a sweep."""

    file: SweepFile
    source: Source
    plan: Plan
    home: Home
    store: Store
    index: Index
    rows: list[Row]  # of this sweep, all attempts
    states: list[State]
    forecast: Forecast

    @property
    def spent(self) -> Spent:
        return Spent.of(self.rows)

    @property
    def edited(self) -> tuple[Row, ...]:
        """Attempts whose record cannot be believed; they count for nothing."""
        return tuple(row for row in self.rows if row.problem is not None)

    def left(self) -> int:
        """Cells with something still to be done."""
        return sum(one.standing in (Standing.TODO, Standing.RETRY) for one in self.states)


def open_sweep(
    source: Source,
    *,
    results: Path,
    tasks_root: Path | None = None,
    config: Path | None = None,
    many: bool = False,
) -> Opened:
    """Resolve the file and read the records. Nothing is written but the results' index.

    ``many``: more than :data:`MANY` cells are meant. Raises :class:`UsageError` and its like for
    all that is wrong with the file, in one sentence.
    """
    file = load_sweep(source.path)
    found = find_tasks(file, root=tasks_root)
    _not_too_many(file, found, many=many)
    plan = make_plan(file, found, base=source.base, config=config)
    store = Store(results).open()
    index = Index(store.root)
    index.refresh()
    rows = list(index.rows(sweep=file.name))
    return Opened(
        file=file,
        source=source,
        plan=plan,
        home=Home(store.root, file.name),
        store=store,
        index=index,
        rows=rows,
        states=states_of(plan, rows, attempts=file.retry.attempts),
        forecast=Forecast(index.rows()),
    )


def _not_too_many(file: SweepFile, found: Sequence[Task], *, many: bool) -> None:
    size = size_of(file, found)
    if size > MANY and not many:
        raise UsageError(
            f"{len(file.agents)} agents x {len(file.models)} models x {len(found)} tasks x "
            f"{file.runs:,} runs are {size:,} cells",
            do="look at 'runs' and 'tasks'; if that many are meant: --yes",
        )


def settle(opened: Opened, *, amend: bool) -> Lock:
    """Hold the plan against the sweep's lock; pin it where there is none, or where ``amend``.

    Raises :class:`NotInstalled` for agents that are missing, :class:`ResultsError` with all that
    differs from the lock.
    """
    plan, home = opened.plan, opened.home
    if plan.missing:
        names = " ".join(one.do.rpartition(" ")[2] for one in plan.missing if one.do)
        what = f"{len(plan.missing)} agents of the sweep are not installed"
        raise NotInstalled(what, do=f"run: cab agents install {names}")
    lock, old = lock_of(plan), home.read_lock()
    if old is not None:
        differ = differences(old, lock)
        if differ and not amend:
            shown = "\n".join(f"  {one}" for one in differ)
            raise ResultsError(
                f"sweep '{home.name}' is pinned to something else:\n{shown}\n",
                do="put it back; or go on with what is here now: --amend (cells made of anything "
                "else are run again); or give the sweep another name",
            )
        if not differ:
            return old
    home.write_lock(lock)
    home.keep_file(opened.source.text)
    base = os.path.relpath(opened.source.base, home.root)
    (home.folder / "base").write_text(base, "utf-8")
    return lock
