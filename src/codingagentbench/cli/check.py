"""``cab check``: what an agent does by itself, and when things go wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codingagentbench.cli.options import Config, Dialect, Endpoint, KeyEnv, KeyFile, Sandbox
from codingagentbench.cli.output import Json, Quiet, counting, print_json, print_table, shown

if TYPE_CHECKING:
    from codingagentbench.agents import Agent
    from codingagentbench.conformance import Conformance

EXAMPLES = """\
Examples:  cab check -a pi   |   cab check -a codex -a aider --json   |
cab check -a pi --sandbox docker   |
CAB_KEY=... cab check -a opencode -m MODEL --endpoint https://host/v1
"""

_SIGNS = {"ok": "ok", "bad": "no", "told": "", "unknown": "?"}


def check(
    agent: Annotated[
        list[str] | None,
        typer.Option("--agent", "-a", help="An agent, AGENT@VERSION, or a file; again for more."),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Every agent that was ever seen to run.")
    ] = False,
    model: Annotated[
        str, typer.Option("--model", "-m", help="A model's id; the oracle by default.")
    ] = "oracle",
    endpoint: Endpoint = None,
    key_env: KeyEnv = None,
    key_file: KeyFile = None,
    dialect: Dialect = None,
    config: Config = None,
    sandbox: Sandbox = "bubblewrap",
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, max=64, help="Cells at a time.")] = 2,
    keep: Annotated[
        Path | None, typer.Option(help="Keep the evidence of every cell in this folder.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="Write all as tables in Markdown to this file.")
    ] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Check an agent in about a minute: what it needs, leaves and tells, and what it survives."""
    from codingagentbench.agents import AGENTS, named
    from codingagentbench.cli.installing import installed_with_progress
    from codingagentbench.errors import UsageError
    from codingagentbench.gateway import run as run_in_loop

    chosen = [named(name) for name in agent or ()]
    chosen += [one for one in AGENTS.values() if every and not one.unverified]
    if not chosen:
        raise UsageError("no agent to check", do="name some with --agent, or give --all")
    installed_with_progress(chosen, quiet=quiet or as_json)
    asked = {
        "model": model,
        "endpoint": endpoint,
        "key_env": key_env,
        "key_file": key_file,
        "dialect": dialect,
        "config": config,
        "sandbox": sandbox,
    }
    done = run_in_loop(_all(chosen, asked, jobs=jobs, keep=keep, live=not (quiet or as_json)))
    if as_json:
        print_json([one.model_dump(mode="json") | {"conforms": one.conforms} for one in done])
    else:
        for one in done:
            _print(one)
    if report is not None:
        _write(report, done, every=every, agent=agent or [])
    if not all(one.conforms for one in done):
        raise typer.Exit(1)


async def _all(
    chosen: list[Agent], asked: dict[str, Any], *, jobs: int, keep: Path | None, live: bool
) -> list[Conformance]:
    from codingagentbench.agents import ready
    from codingagentbench.cells import Bench
    from codingagentbench.conformance import check as check_one

    done = []
    async with Bench(sandbox=asked["sandbox"]) as bench:
        for agent in chosen:
            with counting(f"checking {agent.name}") as show:
                done.append(
                    await check_one(
                        agent,
                        ready(agent),
                        bench=bench,
                        jobs=jobs,
                        keep=None if keep is None else keep / agent.name,
                        on_step=lambda _, ready, total: show(ready, total) if live else None,
                        **asked,
                    )
                )
    return done


def _write(report: Path, done: list[Conformance], *, every: bool, agent: list[str]) -> None:
    from codingagentbench.agents import AGENTS
    from codingagentbench.conformance import matrix
    from codingagentbench.errors import UsageError

    where = {f"--sandbox {one.sandbox}" for one in done if one.sandbox != "bubblewrap"}
    words = ("cab check", *(["--all"] if every else []), *(f"-a {name}" for name in agent), *where)
    text = matrix(done, AGENTS, command=" ".join((*words, "--report", report.name)))
    try:
        report.write_text(text, "utf-8")
    except OSError as wrong:
        raise UsageError(f"cannot be written: {wrong.strerror}", where=str(report)) from wrong


def _print(one: Conformance) -> None:
    from rich.markup import escape

    provisional = ", provisional: a real model answers as it likes" if one.provisional else ""
    print(f"{one.agent} {one.version}, {one.dialect}, {one.model}, {one.sandbox}{provisional}\n")
    rows = [(row.name, _SIGNS[row.verdict], escape(shown(row.said))) for row in one.rows]
    print_table(("", "", "what was seen"), rows)
    print(f"\n{_verdict(one)}; {one.seconds:.0f} s\n")


def _verdict(one: Conformance) -> str:
    if one.conforms:
        return "conforms"
    if any(row.verdict == "bad" for row in one.rows if row.basic):
        return "does not conform: see the rows that say no"
    return "not all of it could be seen: see the rows with ?"
