"""``cab tasks mutate``: fresh tasks from healthy seeds."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codingagentbench.cli.output import Json, Quiet, print_json, print_table

if TYPE_CHECKING:
    from codingagentbench.corpus.mutants import MutantProgress, MutantReport

EXAMPLES = """\
Examples:  cab tasks mutate --seed 7 --count 20   |
cab tasks mutate --seed 7 --count 200 --language go --language c++ --into ./fresh
"""


def mutate(
    seed: Annotated[int, typer.Option(min=0, help="The number that the draw depends on.")],
    count: Annotated[int, typer.Option(min=1, max=100_000, help="How many tasks.")],
    language: Annotated[list[str] | None, typer.Option(help="Only these languages.")] = None,
    seeds: Annotated[
        Path | None, typer.Option(help="A folder LANG/NAME/... of seeds instead of the built-in.")
    ] = None,
    into: Annotated[Path, typer.Option(help="Where the tasks go, as mutations/NAME.")] = Path(
        "mutants"
    ),
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Sandboxes at a time.")] = 2,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Make fresh tasks: healthy programs with one defect each, that their tests notice.

    The same seed gives the same tasks, byte for byte. Interrupted, it leaves whole tasks, and the
    same command again goes on.
    """
    from codingagentbench.corpus.mutants import chosen_seeds, make_mutants
    from codingagentbench.gateway import run as run_in_loop

    chosen = chosen_seeds(seeds, language or ())
    with _Bar(count, shown=not (quiet or as_json)) as bar:
        report = run_in_loop(
            make_mutants(
                seeds=chosen, number=seed, count=count, into=into, jobs=jobs, on_progress=bar.show
            )
        )
    if as_json:
        print_json(_plain(report))
    elif not quiet:
        _print(report, into)
    if len(report.made) < count:
        typer.echo(
            f"{len(report.made)} of {count} tasks were made: these seeds have no more "
            f"({report.drawn} mutants in all); add seeds, or ask for fewer",
            err=True,
        )
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the verb to ``cab tasks``."""
    app.command(epilog=EXAMPLES)(mutate)


class _Bar:
    """How far it is: a bar on a terminal, now and then a line elsewhere."""

    def __init__(self, count: int, *, shown: bool) -> None:
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
        )

        from codingagentbench.cli.output import console

        self._count, self._shown, self._said = count, shown, 0
        out = console(to_stderr=True)
        self._bar = None
        if shown and out.is_terminal:
            self._bar = Progress(
                TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
                TimeElapsedColumn(), TextColumn("{task.fields[detail]}"), console=out,
            )  # fmt: skip
            self._task = self._bar.add_task("mutants", total=count, detail="")

    def __enter__(self) -> _Bar:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def show(self, progress: MutantProgress) -> None:
        """Take in where it stands."""
        detail = f"{progress.tried} tried   {', '.join(progress.at_work)}"
        if self._bar is not None:
            self._bar.update(self._task, completed=progress.written, detail=detail)
        elif self._shown and progress.written >= self._said + max(1, self._count // 10):
            self._said = progress.written
            typer.echo(f"{progress.written}/{self._count}  {progress.tried} tried", err=True)


def _print(report: MutantReport, into: Path) -> None:
    made = Counter(row.language for row in report.made)
    tried: Counter[str] = Counter()
    good: Counter[str] = Counter()
    for (name, _, why), times in report.tried.items():
        tried[name] += times
        good[name] += 0 if why else times
    rows = [
        (name, str(made[name]), str(times), f"{good[name] / times:.0%}")
        for name, times in sorted(tried.items())
    ]
    print_table(("language", "tasks", "tried", "good"), rows, right=("tasks", "tried", "good"))
    typer.echo(f"{len(report.made)} tasks in {into}   cab tasks list --tasks {into}")


def _plain(report: MutantReport) -> dict[str, Any]:
    return {
        "made": [row._asdict() | {"folder": str(row.folder)} for row in report.made],
        "tried": [
            {"language": name, "operator": operator, "reason": reason or None, "count": times}
            for (name, operator, reason), times in sorted(report.tried.items())
        ],
        "ran": report.ran,
        "drawn": report.drawn,
    }
