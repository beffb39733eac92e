"""``cab quickstart``: real agents fix real bugs, with no key, no Docker and no paid model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from codingagentbench.cli.output import Json, figure, print_json, print_table, seconds
from codingagentbench.cli.results import DEFAULT, Results

if TYPE_CHECKING:
    from codingagentbench.agents import Agent
    from codingagentbench.cells import CellRequest
    from codingagentbench.results import Stored

EXAMPLES = "Examples:  cab quickstart   |   cab quickstart --agent codex --agent pi"


def quickstart(
    agent: Annotated[list[str] | None, typer.Option(help="Only these agents.")] = None,
    suite: Annotated[str, typer.Option(help="The suite whose tasks are run.")] = "quick",
    results: Results = DEFAULT,
    site: Annotated[Path, typer.Option(help="The folder of the site.")] = Path("cab-site"),
    as_json: Json = False,
    no_system: Annotated[
        bool, typer.Option("--no-system", help="Install no system packages, only say which.")
    ] = False,
) -> None:
    """Install what is missing, run some agents on a few tasks against the oracle, build a site."""
    from codingagentbench.agents import CORE, get
    from codingagentbench.cli.installing import installed_with_progress
    from codingagentbench.cli.provision import provided
    from codingagentbench.gateway import run as run_in_loop
    from codingagentbench.site import build

    chosen = [get(name) for name in agent or CORE]
    provided(allowed=not no_system)
    installed_with_progress(chosen, quiet=as_json)
    requests = _requests(chosen, suite)
    stored = run_in_loop(_all(requests, results=results, live=not as_json))
    home = build(results, site).home
    if as_json:
        print_json([_plain(s) for s in stored])
    else:
        _print(stored, home)
    bad = [s for s in stored if str(s.record.scores.verdict.outcome) not in _EXPECTED]
    if bad:
        raise typer.Exit(1 if all(s.record.scores.verdict.scored for s in bad) else 3)


#: What the oracle should come to; a machine without a task's toolchain is not the agents' fault.
_EXPECTED = ("passed", "unsupported")


def _requests(agents: list[Agent], suite: str) -> list[CellRequest]:
    from codingagentbench.cells import cell_request
    from codingagentbench.errors import UsageError
    from codingagentbench.tasks import SealedSuite, find_suite, find_task

    chosen = find_suite(suite)
    if isinstance(chosen, SealedSuite):
        raise UsageError(f"suite '{suite}' is sealed: it does not say which tasks it has")
    tasks = [find_task(pinned.id) for pinned in chosen.tasks]
    return [
        cell_request(agent=a.name, model="oracle", task=task, sweep="quickstart")
        for task in tasks
        for a in agents
    ]


async def _all(requests: list[CellRequest], *, results: Path, live: bool) -> list[Stored]:
    import asyncio
    import os

    from codingagentbench.cells import Bench
    from codingagentbench.cli.live import LiveCells
    from codingagentbench.results import Store, run_into

    store = Store(results).open()
    gate = asyncio.Semaphore(max(1, min(4, os.cpu_count() or 1)))

    async with Bench() as bench:
        with LiveCells(shown=live) as view:

            async def one(request: CellRequest) -> Stored:
                async with gate:
                    stored = await run_into(store, request, bench=bench, on_event=view.show)
                if live:
                    _print_line(stored)
                return stored

            return list(await asyncio.gather(*(one(request) for request in requests)))


def _print_line(stored: Stored) -> None:
    record = stored.record
    totals = record.ledger.totals
    print(
        f"{record.scores.verdict.outcome!s:12} {record.spec.agent:10} {record.spec.task:32} "
        f"{totals.calls} calls, {totals.input or 0:,} tokens in, {totals.output or 0:,} out, "
        f"{seconds(record.timing.agent_s)}",
        flush=True,
    )


def _print(stored: list[Stored], home: Path) -> None:
    agents = list(dict.fromkeys(s.record.spec.agent for s in stored))
    tasks = list(dict.fromkeys(s.record.spec.task for s in stored))
    cells = {(s.record.spec.agent, s.record.spec.task): s.record for s in stored}
    rows = []
    for agent in agents:
        row = [agent]
        for task in tasks:
            record = cells[agent, task]
            composite = figure(record.scores.composite)
            row.append(f"{record.scores.verdict.outcome} {composite}")
        rows.append(row)
    print()
    print_table(("agent", *tasks), rows)
    lacks = {
        s.record.scores.verdict.detail
        for s in stored
        if str(s.record.scores.verdict.outcome) != "passed"
    }
    for detail in sorted(lacks):
        print(f"  {detail}")
    print(f"\nThe site: open {home.as_uri()}, or: cab site serve {home.parent}")
    print("Next, a model of your own:")
    print("  CAB_ENDPOINT=https://host/v1 CAB_KEY=... \\")
    print(f"  cab run -a {agents[0]} -m MODEL -t {tasks[-1]}")


def _plain(stored: Stored) -> dict[str, object]:
    record = stored.record
    return {
        "cell": record.cell_id,
        "outcome": str(record.scores.verdict.outcome),
        "composite": record.scores.composite,
        "folder": str(stored.folder),
    }
