"""``cab sweep``: a matrix of cells, planned, run, interrupted, resumed, watched."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codingagentbench.cli.output import Json, Quiet, console, count, print_json, seconds
from codingagentbench.cli.results import DEFAULT, Results
from codingagentbench.cli.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from codingagentbench.cells import OnEvent
    from codingagentbench.sweeps import End, Home, LocalEngine, Lock, Opened, RayEngine, Summary

    MakeEngine = Callable[[OnEvent], AbstractAsyncContextManager[LocalEngine | RayEngine]]

app = typer.Typer(
    help="Plan, run, resume, stop and watch sweeps: agents x models x tasks x runs.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Which = Annotated[str, typer.Argument(help="A sweep's file, or the name of one that was run.")]
Name = Annotated[str, typer.Argument(help="The name of a sweep that was run.")]
Config = Annotated[Path | None, typer.Option("--config", help="The config file of endpoints.")]
Amend = Annotated[
    bool, typer.Option("--amend", help="Go on although something that is pinned has changed.")
]
Engine = Annotated[str, typer.Option(help="local, or ray.")]
Address = Annotated[
    str | None, typer.Option(help="Of a Ray cluster; the one that runs here, by default.")
]
Yes = Annotated[bool, typer.Option("--yes", help="That many cells are meant.")]


@app.command(epilog="Examples:  cab sweep plan sweep.toml   |   cab sweep plan sweep.toml --json")
def plan(
    which: Which,
    tasks: Tasks = None,
    config: Config = None,
    yes: Yes = False,
    results: Results = DEFAULT,
    as_json: Json = False,
) -> None:
    """What a sweep would run: the matrix, what is left, what it will take, what cannot be run."""
    from codingagentbench.sweeps import differences, lock_of, open_sweep, source_of, summary_of

    source = source_of(which, results=results)
    opened = open_sweep(source, results=results, tasks_root=tasks, config=config, many=yes)
    old, summary = opened.home.read_lock(), summary_of(opened)
    differ = differences(old, lock_of(opened.plan)) if old is not None else ()
    if as_json:
        told = summary.plain() | {"differs_from_lock": list(differ)}
        print_json(told | {"missing_agents": [str(one) for one in opened.plan.missing]})
        return
    _print_plan(opened, summary)
    for one in differ:
        console().print(f"differs from the lock: {one}", markup=False)


@app.command(
    epilog="Examples:  cab sweep run sweep.toml   |   cab sweep run sweep.toml --json >events.jsonl"
)
def run(
    which: Which,
    tasks: Tasks = None,
    config: Config = None,
    amend: Amend = False,
    yes: Yes = False,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, max=1024, help="Cells at a time.")
    ] = None,
    engine: Engine = "local",
    address: Address = None,
    results: Results = DEFAULT,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print every event as a line of JSON.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Run a sweep, or what is left of it. Ctrl-C finishes what runs, twice ends it at once.

    Exit code 3 when some cell is left without a scored outcome.
    """
    from codingagentbench.gateway import run as run_in_loop
    from codingagentbench.sweeps import notify, open_sweep, settle, source_of, summary_of

    source = source_of(which, results=results)
    opened = open_sweep(source, results=results, tasks_root=tasks, config=config, many=yes)
    if jobs is not None:
        machine = opened.file.machine.model_copy(update={"jobs": jobs})
        opened.file = opened.file.model_copy(update={"machine": machine})
    with opened.home.held():
        lock = settle(opened, amend=amend)
        end = None
        if opened.left():
            made = _engine(engine, opened, lock, tasks=tasks, config=config, address=address)
            end = run_in_loop(_driven(opened, made, as_json=as_json, quiet=quiet))
            opened = open_sweep(source, results=results, tasks_root=tasks, config=config, many=yes)
    summary = summary_of(opened)
    if end is not None:
        state = summary.plain() | {"ended_by": str(end.by), "detail": end.detail}
        for wrong in notify(opened.file.notify, state):
            console(to_stderr=True).print(wrong, markup=False)
    if not as_json and not quiet:
        _print_summary(summary, end)
    if summary.standings.get("scored", 0) < summary.cells or summary.unsupported:
        raise typer.Exit(3)


@app.command(epilog="Examples:  cab sweep resume nightly   |   cab sweep resume nightly --amend")
def resume(
    name: Name,
    tasks: Tasks = None,
    config: Config = None,
    amend: Amend = False,
    engine: Engine = "local",
    address: Address = None,
    results: Results = DEFAULT,
    quiet: Quiet = False,
) -> None:
    """Go on with a sweep by its name; the same as running its file again."""
    run(
        name,
        tasks=tasks,
        config=config,
        amend=amend,
        yes=True,
        jobs=None,
        engine=engine,
        address=address,
        results=results,
        as_json=False,
        quiet=quiet,
    )


@app.command(epilog="Examples:  cab sweep status nightly   |   cab sweep status nightly --json")
def status(
    name: Which,
    tasks: Tasks = None,
    config: Config = None,
    results: Results = DEFAULT,
    as_json: Json = False,
) -> None:
    """Where a sweep stands, by its records."""
    from codingagentbench.sweeps import open_sweep, source_of, summary_of

    source = source_of(name, results=results)
    opened = open_sweep(source, results=results, tasks_root=tasks, config=config, many=True)
    summary, worker = summary_of(opened), opened.home.worker()
    if as_json:
        print_json(summary.plain() | {"running_as": worker})
        return
    _print_summary(summary, None)
    if worker is not None:
        console().print(f"process {worker} is working on it", markup=False)
    for row in opened.edited:
        console().print(f"not believed: {row.path}: {row.problem}", markup=False)


@app.command(epilog="Examples:  cab sweep stop nightly   |   cab sweep stop nightly --now")
def stop(
    name: Name,
    now: Annotated[bool, typer.Option("--now", help="End running cells as well.")] = False,
    results: Results = DEFAULT,
) -> None:
    """Have a running sweep begin no further cell; it can be resumed."""
    from codingagentbench.sweeps import find_home

    worker = find_home(results.expanduser().absolute(), name).worker()
    if worker is None:
        console().print(f"nobody is working on sweep '{name}'", markup=False)
        return
    os.kill(worker, signal.SIGTERM if now else signal.SIGINT)
    said = "ends now" if now else "finishes the cells that run, and ends"
    console().print(f"process {worker} {said}", markup=False)


@app.command(epilog="Examples:  cab sweep watch nightly")
def watch(
    name: Name,
    results: Results = DEFAULT,
    web: Annotated[
        bool, typer.Option("--web", help="As pages: cells appear on the site as they end.")
    ] = False,
    out: Annotated[
        Path, typer.Option("--out", "-o", help="With --web, the folder of the site.")
    ] = Path("cab-site"),
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="With --web; 0 is a free one.")
    ] = 8000,
) -> None:
    """Look on while a sweep runs, from another terminal; Ctrl-C ends the looking only."""
    from codingagentbench.sweeps import find_home

    home = find_home(results.expanduser().absolute(), name)
    if web:
        _watch_web(home, out.expanduser().absolute(), port)
        return
    from codingagentbench.cli.sweep_view import follow

    follow(home)


def _watch_web(home: Home, out: Path, port: int) -> None:
    from codingagentbench.site.live import Watch

    watched = Watch(home, out, port=port)
    console().print(watched.address, markup=False)
    watched.run()
    if watched.problem is not None:
        raise watched.problem


def _engine(
    name: str,
    opened: Opened,
    lock: Lock,
    *,
    tasks: Path | None,
    config: Path | None,
    address: str | None,
) -> MakeEngine:
    """What opens the engine called ``name``, given where running cells report to."""
    from codingagentbench.errors import UnknownName
    from codingagentbench.sweeps import LocalEngine, Orders, RayEngine

    if name == "local":
        return lambda on_cell: LocalEngine(opened.file, store=opened.store, on_cell=on_cell)
    if name != "ray":
        raise UnknownName("engine", name, ("local", "ray"), do="use local, or ray")
    orders = Orders(
        file=opened.file,
        base=opened.source.base,
        tasks_root=None if tasks is None else tasks.absolute(),
        config=config,
        lock=lock,
    )
    return lambda _: RayEngine(orders, store=opened.store, address=address or "auto")


async def _driven(opened: Opened, made: MakeEngine, *, as_json: bool, quiet: bool) -> End:
    """The session itself, with signals, log and screen."""
    import asyncio

    from codingagentbench.cli.sweep_view import sweep_view
    from codingagentbench.sweeps import Drive, Stop, SweepEvent

    stop, loop = Stop(), asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGINT, stop.ask)
    loop.add_signal_handler(signal.SIGTERM, stop.ask_now)
    with sweep_view(opened, as_json=as_json, quiet=quiet) as view:

        def on_event(event: SweepEvent) -> None:
            opened.home.say(event)
            view.take(event.plain())

        async with made(view.cell) as engine:
            drive = Drive(
                file=opened.file,
                states=opened.states,
                index=opened.index,
                engine=engine,
                forecast=opened.forecast,
                spent=opened.spent,
                on_event=on_event,
                stop=stop,
            )
            view.attach(drive)
            return await drive.run()


def _print_plan(opened: Opened, summary: Summary) -> None:
    file, out = opened.file, console()
    tasks = {pair.task for pair in opened.plan.pairs}
    agents = {pair.agent for pair in opened.plan.pairs} or {one.name for one in file.agents}
    out.print(
        f"{file.name}: {len(agents)} agents x {len(file.models)} models x {len(tasks)} tasks x "
        f"{file.runs} runs = {summary.cells:,} cells",
        markup=False,
    )
    for title, names in (
        ("agents", sorted(agents)),
        ("models", [one.name for one in file.models]),
        ("tasks", sorted(tasks)),
    ):
        shown = ", ".join(names[:8]) + (f", and {len(names) - 8} more" if len(names) > 8 else "")
        out.print(f"  {title:<8} {shown}", markup=False)
    _print_summary(summary, None)
    for one in opened.plan.missing:
        out.print(f"  {one}", markup=False)


def _print_summary(summary: Summary, end: End | None) -> None:
    out = console()
    stand: dict[str, Any] = summary.standings
    done = stand.get("scored", 0) + stand.get("given up", 0)
    out.print(
        f"{summary.name}: {done:,} of {summary.cells:,} cells done, "
        f"{stand.get('scored', 0):,} scored" + (f"; {end.detail}" if end else ""),
        markup=False,
    )
    if summary.outcomes:
        shown = ", ".join(f"{n:,} {name}" for name, n in sorted(summary.outcomes.items()))
        out.print(f"  outcomes  {shown}", markup=False)
    if summary.attempts:
        money = "price unknown" if summary.usd is None else f"${summary.usd:,.2f}"
        out.print(
            f"  so far    {summary.attempts:,} attempts, {summary.calls:,} calls, "
            f"{count(summary.tokens)} tokens, {money}",
            markup=False,
        )
    if summary.edited:
        out.print(f"  {summary.edited} attempts are not believed: cab sweep status", markup=False)
    if summary.cells > done:
        tokens, usd = summary.expected_tokens, summary.expected_usd
        guess = f" ({summary.guessed:,} cells by guess)" if summary.guessed else ""
        out.print(
            f"  to come   about {seconds(summary.expected_s)}{guess}, "
            f"{'tokens unknown' if tokens is None else f'{tokens:,.0f} tokens'}, "
            f"{'price unknown' if usd is None else f'${usd:,.2f}'}",
            markup=False,
        )
    for reason, cells in summary.unsupported.items():
        out.print(f"  {cells:,} cells cannot be run: {reason}", markup=False)
