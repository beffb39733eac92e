"""``cab run``: one agent x model x task, once or several times."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from codingagentbench.cli.options import Config, Dialect, Endpoint, KeyEnv, KeyFile, Sandbox
from codingagentbench.cli.output import Json, Quiet, print_json
from codingagentbench.cli.results import DEFAULT, Results

if TYPE_CHECKING:
    from codingagentbench.cells import CellRequest
    from codingagentbench.results import Stored

EXAMPLES = """\
Examples:  cab run -a codex -m oracle -t mutations/rust-error-negated   |
CAB_ENDPOINT=https://host/v1 CAB_KEY=... cab run -a aider -m MODEL -t polyglot/python-reverse-string
"""

Agent = Annotated[str, typer.Option("--agent", "--tui", "-a", help="An agent, or AGENT@VERSION.")]
Model = Annotated[str, typer.Option("--model", "-m", help="A built-in model, or a model's id.")]
TaskName = Annotated[str, typer.Option("--task", "-t", help="A task's id or folder.")]


def run(
    agent: Agent,
    model: Model,
    task: TaskName,
    runs: Annotated[int, typer.Option(min=1, max=1000, help="How many runs.")] = 1,
    attempts: Annotated[
        int, typer.Option(min=1, max=20, help="Tries at a run while it is not the agent's fault.")
    ] = 1,
    endpoint: Endpoint = None,
    key_env: KeyEnv = None,
    key_file: KeyFile = None,
    dialect: Dialect = None,
    sandbox: Sandbox = "bubblewrap",
    timeout: Annotated[float | None, typer.Option(min=1, help="Seconds for the agent.")] = None,
    max_calls: Annotated[int | None, typer.Option(min=1, help="Model calls.")] = None,
    max_tokens: Annotated[int | None, typer.Option(min=1, help="Tokens, in and out.")] = None,
    max_usd: Annotated[float | None, typer.Option(min=0.0001, help="US dollars.")] = None,
    faults: Annotated[
        str | None, typer.Option(help="What to let go wrong: busy, flaky, hostile, or a plan.")
    ] = None,
    plugin: Annotated[
        list[Path] | None, typer.Option(help="Rules, MCP servers, skills to add; again for more.")
    ] = None,
    sweep: Annotated[str, typer.Option(help="The sweep that the cell belongs to.")] = "local",
    methodology: Annotated[str, typer.Option(help="1.0 or 0.1.")] = "1.0",
    tasks: Annotated[Path | None, typer.Option("--tasks", help="A folder of tasks.")] = None,
    config: Config = None,
    results: Results = DEFAULT,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Run one agent with one model on one task, and make a page of it."""
    from codingagentbench.cells import cell_request
    from codingagentbench.gateway import run as run_in_loop

    request = cell_request(
        agent=agent,
        model=model,
        task=task,
        sweep=sweep,
        sandbox=sandbox,
        methodology=methodology,
        dialect=dialect,
        timeout_s=timeout,
        max_calls=max_calls,
        max_tokens=max_tokens,
        max_usd=max_usd,
        tasks_root=tasks,
        endpoint=endpoint,
        key_env=key_env,
        key_file=key_file,
        config=config,
        faults=faults,
        plugins=plugin or (),
    )
    stored = run_in_loop(
        _all(request, runs=runs, attempts=attempts, results=results, live=not (quiet or as_json))
    )
    if as_json:
        print_json([s.record.model_dump(mode="json") | {"folder": str(s.folder)} for s in stored])
    if not all(s.record.scores.verdict.scored for s in stored):
        raise typer.Exit(3)


async def _all(
    request: CellRequest, *, runs: int, attempts: int, results: Path, live: bool
) -> list[Stored]:
    from codingagentbench.cells import Bench
    from codingagentbench.cli.live import LiveCells
    from codingagentbench.cli.panel import print_record
    from codingagentbench.results import Store, run_into
    from codingagentbench.site import build_index, build_page

    store = Store(results).open()
    done = []
    async with Bench(sandbox=request.sandbox) as bench:
        bench.admit(request)
        for _ in range(runs):
            with LiveCells(shown=live) as view:
                stored = await run_into(
                    store, request, bench=bench, on_event=view.show, attempts=attempts
                )
            page = build_page(stored.folder)
            if live:
                print_record(stored.record, page=page)
            done.append(stored)
    for stored in done:  # again, so that the runs know of each other
        build_page(stored.folder)
    build_index(store.root)
    return done
