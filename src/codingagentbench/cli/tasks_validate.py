"""``cab tasks validate``: the proof that tasks are sound."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codingagentbench.cli.options import Sandbox
from codingagentbench.cli.output import Json, Quiet, console, print_json, print_table, seconds

if TYPE_CHECKING:
    from codingagentbench.corpus import Validated

Globs = Annotated[list[str] | None, typer.Argument(help="Ids or globs; all tasks else.")]


def register(app: typer.Typer) -> None:
    """Add the verb to ``cab tasks``."""
    app.command(
        "validate",
        epilog="Examples:  cab tasks validate   |   cab tasks validate 'polyglot/*' --repeats 20   "
        "|   cab tasks validate mine/first --tasks ./tasks --agents pi,codex",
    )(validate)


def validate(
    globs: Globs = None,
    tasks: Annotated[
        Path | None, typer.Option("--tasks", help="A folder CATEGORY/NAME/... of tasks.")
    ] = None,
    repeats: Annotated[int, typer.Option(min=1, max=1000, help="Runs over each state.")] = 5,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Tasks at a time.")] = 2,
    agents: Annotated[
        str, typer.Option(help="Agents to drive each task with, e.g. pi,codex.")
    ] = "",
    report: Annotated[Path | None, typer.Option(help="Write a Markdown report here.")] = None,
    sandbox: Sandbox = "bubblewrap",
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Prove that tasks can be solved, only by solving them, with the same verdict every time.

    Exit code 1 when a task is unsound; a task whose toolchain is missing is unsupported.
    """
    from codingagentbench.agents import get, require
    from codingagentbench.gateway import run as run_in_loop

    names = [name for name in agents.split(",") if name]
    for name in names:
        require(get(name))
    folders = _chosen(globs or [], tasks)
    show = _Progress(len(folders), shown=not (quiet or as_json))
    found = run_in_loop(
        _all(folders, sandbox=sandbox, repeats=repeats, jobs=jobs, agents=names, show=show)
    )
    if report is not None:
        _write(report, found, repeats=repeats, agents=agents)
    if as_json:
        print_json([_plain(one) for one in found])
    elif not quiet:
        _print(found)
    if any(one.status == "unsound" for one in found):
        raise typer.Exit(1)


def _chosen(globs: list[str], root: Path | None) -> list[tuple[str, Path]]:
    from codingagentbench.errors import UnknownName, UsageError
    from codingagentbench.globs import matches
    from codingagentbench.tasks import task_folders

    known = dict(task_folders(root))
    if not known:
        raise UsageError("there is no task here", where=str(root), do="cab tasks new makes one")
    for glob in globs:
        if not any(matches(name, (glob,)) for name in known):
            raise UnknownName("task", glob, known, do="'cab tasks list' shows all of them")
    wanted = tuple(globs) or ("**",)
    return [(name, folder) for name, folder in known.items() if matches(name, wanted)]


async def _all(
    folders: list[tuple[str, Path]],
    *,
    sandbox: str,
    repeats: int,
    jobs: int,
    agents: list[str],
    show: _Progress,
) -> tuple[Validated, ...]:
    from codingagentbench.cells import Bench
    from codingagentbench.corpus import validate as prove

    async with Bench(sandbox=sandbox) as bench:
        return await prove(
            folders, bench=bench, repeats=repeats, jobs=jobs, agents=agents, on_done=show
        )


class _Progress:
    """One line a task as it is done, on standard error."""

    def __init__(self, total: int, *, shown: bool) -> None:
        self._total, self._done, self._shown = total, 0, shown

    def __call__(self, one: Validated) -> None:
        self._done += 1
        if self._shown:
            from codingagentbench.cli.output import shown

            width = len(str(self._total))
            line = f"{self._done:>{width}}/{self._total} {one.status:11} {shown(one.id)}"
            print(line, file=sys.stderr, flush=True)


def _print(found: tuple[Validated, ...]) -> None:
    rows = [
        (
            one.id,
            _tests(one.hidden, one.failing_hidden),
            _tests(one.visible, one.failing_visible),
            seconds(one.start_s),
            seconds(one.reference_s),
            seconds(one.overhead_s),
            ", ".join(one.solved_by),
            one.status,
        )
        for one in found
    ]
    headers = ("task", "hidden", "visible", "start", "reference", "overhead", "agents", "verdict")
    print_table(headers, rows, right=headers[1:6])
    out = console()
    for one in found:
        for problem in one.problems:
            out.print(f"{one.id} {problem.check}: {problem.what}", markup=False)
        for note in one.notes:
            out.print(f"{one.id} note: {note}", markup=False)
    bad = sum(one.status == "unsound" for one in found)
    lacking = sum(one.status == "unsupported" for one in found)
    tail = f", {lacking} unsupported here" if lacking else ""
    out.print(f"{len(found)} tasks, {bad} unsound{tail}; tests: all (failing at the start)")


def _tests(count: int, failing: int | None) -> str:
    return f"{count}" if failing is None else f"{count} ({failing})"


def _plain(one: Validated) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(one) | {"problems": [p._asdict() for p in one.problems]}


def _write(path: Path, found: tuple[Validated, ...], *, repeats: int, agents: str) -> None:
    from codingagentbench.corpus import report
    from codingagentbench.errors import UsageError

    driven = f" --agents {agents}" if agents else ""
    text = report(found, command=f"cab tasks validate --repeats {repeats}{driven}")
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror}", where=str(path)) from None
