"""``cab reproduce``: a published cell again, from its record alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
    agent: Annotated[
        str | None, typer.Option("--agent", "-a", help="The file of an agent of your own.")
    ] = None,
    plugin: Annotated[
        list[Path] | None, typer.Option(help="A plugin that the record's agent ran with; in order.")
    ] = None,
    tasks: Annotated[Path | None, typer.Option("--tasks", help="A folder of tasks.")] = None,
    results: Results = DEFAULT,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Run a recorded cell again: same agent, same task, the model replayed from the record.

    Says identical, same verdict or drifted, with the first difference; exit code 1 for drifted.
    """
    from codingagentbench import agents
    from codingagentbench.cells import Likeness
    from codingagentbench.cli.results import found_record
    from codingagentbench.gateway import run as run_in_loop

    folder, record = found_record(which, results)
    given = {
        "agent": agents.named(agent) if agent else None,
        "plugins": [agents.load_plugin(one) for one in plugin or ()],
        "tasks_root": tasks,
    }
    done = run_in_loop(_again(record, folder, given, live=not (quiet or as_json)))
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


async def _again(
    record: Record, folder: Path, given: dict[str, Any], *, live: bool
) -> Reproduction:
    from codingagentbench.cells import Bench
    from codingagentbench.cells import reproduce as run_again
    from codingagentbench.cli.live import LiveCells

    async with Bench(sandbox=record.spec.sandbox) as bench:
        with LiveCells(shown=live) as view:
            return await run_again(record, folder, bench=bench, on_event=view.show, **given)
