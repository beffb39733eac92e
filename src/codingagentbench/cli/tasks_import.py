"""``cab tasks import`` and ``cab tasks export``: other people's tasks, and ours for others."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codingagentbench.cli.output import Json, Quiet, console, print_json, print_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codingagentbench.tasks.importing import Found, Outcome

Dir = Annotated[Path, typer.Argument(help="The folder to read.", show_default=False)]
Into = Annotated[Path, typer.Option("--into", help="The folder of tasks to write to.")]
Prove = Annotated[
    bool, typer.Option("--prove/--no-prove", help="Run each task's start and solution first.")
]
Jobs = Annotated[int, typer.Option(min=1, max=64, help="Tasks at a time.")]

_imports = typer.Typer(
    help="Take in tasks of other benchmarks.", no_args_is_help=True, rich_markup_mode=None
)
_exports = typer.Typer(
    help="Write tasks in another benchmark's layout.", no_args_is_help=True, rich_markup_mode=None
)


def register(app: typer.Typer) -> None:
    """Add the verbs to ``cab tasks``."""
    app.add_typer(_imports, name="import")
    app.add_typer(_exports, name="export")


@_imports.command(
    epilog="Examples:  cab tasks import exercism ./polyglot-benchmark --into ./foreign   |   "
    "cab tasks import exercism ./track --language python --visible-tests"
)
def exercism(
    folder: Dir,
    into: Into = Path("tasks"),
    language: Annotated[
        str | None, typer.Option(help="python, rust, go, javascript, java or c++.")
    ] = None,
    visible_tests: Annotated[
        bool, typer.Option("--visible-tests", help="Show every third test to the agent.")
    ] = False,
    java_jars: Annotated[
        Path | None, typer.Option(help="A folder with the jars of JUnit and AssertJ.")
    ] = None,
    prove: Prove = True,
    jobs: Jobs = 2,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Exercises of an Exercism track, or of aider's polyglot benchmark.

    Exit code 1 when some were left out; the table says why.
    """
    from codingagentbench.tasks.importing import find_exercises

    found = find_exercises(
        folder, language=language, visible_tests=visible_tests, java_jars=java_jars
    )
    _bring_in(found, into=into, prove=prove, jobs=jobs, as_json=as_json, quiet=quiet)


@_imports.command(
    epilog="Examples:  cab tasks import harbor ./terminal-bench-2 --into ./foreign   |   "
    "cab tasks import harbor ./my-task --json"
)
def harbor(
    folder: Dir,
    into: Into = Path("tasks"),
    jobs: Jobs = 2,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Tasks in Harbor's layout: task.toml, instruction.md, environment/, tests/, solution/.

    Solutions are scripts, so each is run in the sandbox, and what it changed is kept. Exit code 1
    when some tasks were left out; the table says why.
    """
    from codingagentbench.tasks.importing import find_harbor_tasks

    found = find_harbor_tasks(folder)
    _bring_in(found, into=into, prove=True, jobs=jobs, as_json=as_json, quiet=quiet)


@_exports.command(
    "harbor",
    epilog="Examples:  cab tasks export harbor 'polyglot/*' --into ./harbor   |   "
    "cab tasks export harbor --into ./harbor",
)
def to_harbor(
    into: Annotated[Path, typer.Option("--into", help="The folder to write to.")],
    globs: Annotated[list[str] | None, typer.Argument(help="Ids or globs; all tasks else.")] = None,
    tasks: Annotated[
        Path | None, typer.Option("--tasks", help="A folder CATEGORY/NAME/... of tasks.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Tasks of ours in Harbor's layout, each in a folder CATEGORY-NAME."""
    from codingagentbench.cli.output import shown
    from codingagentbench.errors import TaskError
    from codingagentbench.tasks import select_tasks
    from codingagentbench.tasks.exporting import export_harbor

    written, left_out = list[tuple[str, str]](), list[tuple[str, str]]()
    for task in select_tasks(globs or ["**"], root=tasks):
        try:
            written.append((task.id, str(export_harbor(task, into=into))))
        except TaskError as error:
            left_out.append((task.id, str(error)))
    if as_json:
        rows = [{"id": name, "folder": folder, "error": None} for name, folder in written]
        print_json(rows + [{"id": n, "folder": None, "error": why} for n, why in left_out])
    else:
        print_table(("task", "folder"), written)
        for _, why in left_out:
            console().print(shown(why), markup=False)
    if left_out:
        raise typer.Exit(1)


def _bring_in(
    found: Sequence[Found], *, into: Path, prove: bool, jobs: int, as_json: bool, quiet: bool
) -> None:
    from codingagentbench.corpus.imports import bring_in
    from codingagentbench.gateway import run as run_in_loop
    from codingagentbench.sandboxes import open_sandbox

    show = _Progress(len(found), shown=not (quiet or as_json))
    outcomes = run_in_loop(
        bring_in(found, into=into, sandbox=open_sandbox(), prove=prove, jobs=jobs, on_done=show)
    )
    if as_json:
        print_json([_plain(one) for one in outcomes])
    else:
        _print(outcomes, quiet=quiet)
    if any(one.status != "imported" for one in outcomes):
        raise typer.Exit(1)


class _Progress:
    """One line a task as it is done, on standard error."""

    def __init__(self, total: int, *, shown: bool) -> None:
        self._total, self._done, self._shown = total, 0, shown

    def __call__(self, one: Outcome) -> None:
        self._done += 1
        if self._shown:
            from codingagentbench.cli.output import shown

            line = f"{self._done:>{len(str(self._total))}}/{self._total} {one.status:11} "
            print(line + shown(one.name), file=sys.stderr, flush=True)


def _print(outcomes: Sequence[Outcome], *, quiet: bool) -> None:
    from rich.markup import escape

    from codingagentbench.cli.output import shown

    wanted = [one for one in outcomes if not quiet or one.status != "imported"]
    if wanted:
        rows = [(escape(one.name), one.status, escape(one.id or one.reason)) for one in wanted]
        print_table(("foreign task", "status", "our task, or why not"), rows)
    out = console()
    for one in wanted:
        for warning in one.warnings:
            out.print(shown(f"{one.name}: {warning}"), markup=False)
    counts = dict.fromkeys(("imported", "unsupported", "broken"), 0)
    for one in outcomes:
        counts[one.status] += 1
    if not quiet:
        out.print(", ".join(f"{count} {status}" for status, count in counts.items()))


def _plain(one: Outcome) -> dict[str, Any]:
    return {
        "name": one.name,
        "status": one.status,
        "reason": one.reason or None,
        "id": one.id,
        "folder": None if one.folder is None else str(one.folder),
        "warnings": list(one.warnings),
    }
