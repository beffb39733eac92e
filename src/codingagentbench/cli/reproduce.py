"""``cab reproduce``: a published cell again, from its record alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from codingagentbench.cli.output import Json, Quiet, console, print_json
from codingagentbench.cli.results import DEFAULT, Results, Which

if TYPE_CHECKING:
    from codingagentbench.cells import Record, Reproduction

EXAMPLES = (
    "Examples:  cab reproduce pi/oracle/polyglot/python-reverse-string   |   "
    "cab reproduce ./some/attempt1 --json"
)


def reproduce(
    which: Which,
    tasks: Annotated[Path | None, typer.Option("--tasks", help="A folder of tasks.")] = None,
    results: Results = DEFAULT,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Run a recorded cell again: same agent, same task, the model replayed from the record.

    Says identical, same verdict or drifted, with the first difference; exit code 1 for drifted.
    """
    from codingagentbench.cells import Likeness
    from codingagentbench.cli.results import found_record
    from codingagentbench.gateway import run as run_in_loop

    folder, record = found_record(which, results)
    done = run_in_loop(_again(record, folder, tasks=tasks, live=not (quiet or as_json)))
    if as_json:
        print_json(
            {
                "cell": record.cell_id,
                "likeness": str(done.likeness),
                "difference": done.difference,
                "record": done.record.model_dump(mode="json") if done.record else None,
            }
        )
    else:
        console().print(f"{done.likeness}   {record.cell_id}", markup=False)
        if done.difference:
            console().print(f"  {done.difference}", markup=False)
    if done.likeness is Likeness.DRIFTED:
        raise typer.Exit(1)


async def _again(record: Record, folder: Path, *, tasks: Path | None, live: bool) -> Reproduction:
    from codingagentbench.cells import Bench
    from codingagentbench.cells import reproduce as run_again
    from codingagentbench.cli.live import LiveCells

    async with Bench(sandbox=record.spec.sandbox) as bench:
        with LiveCells(shown=live) as view:
            return await run_again(
                record, folder, bench=bench, tasks_root=tasks, on_event=view.show
            )
