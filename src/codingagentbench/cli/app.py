"""The verbs in one place. Each verb's heavy imports are inside the verb."""

from __future__ import annotations

from typing import Annotated

import typer

from codingagentbench.cli import (
    agents,
    board,
    check,
    doctor,
    gateway,
    images,
    provenance,
    quickstart,
    reproduce,
    run,
    schema,
    site,
    suites,
    sweep,
    tasks,
)
from codingagentbench.cli.failing import EXIT_CODES

app = typer.Typer(
    name="cab",
    help="CodingAgentBench: real coding agents on real tasks, in a sandbox, counted on the wire.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:
    if wanted:
        from codingagentbench import __version__

        print(f"cab {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show tracebacks (anywhere on the line).")
    ] = False,
) -> None:
    """Options of ``cab`` itself."""


app.command("quickstart", epilog=quickstart.EXAMPLES)(quickstart.quickstart)
app.command("run", epilog=run.EXAMPLES)(run.run)
app.command("run-cell", epilog=run.EXAMPLES, hidden=True)(run.run)
app.command("check", epilog=check.EXAMPLES)(check.check)
app.command("reproduce", epilog=reproduce.EXAMPLES)(reproduce.reproduce)
app.add_typer(tasks.app, name="tasks")
app.add_typer(suites.app, name="suites")
app.add_typer(agents.app, name="agents")
app.add_typer(images.app, name="images")
app.add_typer(sweep.app, name="sweep")
app.add_typer(provenance.app, name="results")  # with its own verbs and those of results
app.add_typer(site.app, name="site")
app.command("board", epilog=board.BOARD)(board.board)
app.command("compare", epilog=board.COMPARE)(board.compare)
app.command("gate", epilog=board.GATE)(board.gate)
app.command("doctor", epilog=doctor.EXAMPLES)(doctor.doctor)
app.command("gateway", epilog=gateway.EXAMPLES)(gateway.gateway)
app.command("schema", epilog=schema.EXAMPLES)(schema.schema)
