"""``cab site``: all of a results folder as pages, from a folder or from a server of one's own."""

from __future__ import annotations

import functools
import json
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from codingagentbench.cli.output import Json, console, counting, print_json
from codingagentbench.cli.results import DEFAULT

if TYPE_CHECKING:
    from codingagentbench.conformance import Conformance

app = typer.Typer(
    help="Build and serve a site: board, cells, tasks, agents, search.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Folder = Annotated[Path, typer.Argument(help="The folder of results.")]


@app.command(epilog="Examples:  cab site build cab-results -o site   |   cab site build --json")
def build(
    results: Folder = DEFAULT,
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder of the site.")] = Path(
        "cab-site"
    ),
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Processes.")] = None,
    base_url: Annotated[
        str | None,
        typer.Option(help="Where the site will be published, for badges and their links."),
    ] = None,
    checked: Annotated[
        Path | None,
        typer.Option(help="What cab check --json printed, for the pages of the agents."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Make the site, or what has changed of it. It works from the folder and from any server.

    Exit code 3 when a record cannot be believed; its page says so, and it is in no table.
    """
    from codingagentbench.site import build as made

    found = () if checked is None else _read_checked(checked)
    with counting("pages") as progress:
        built = made(
            results, out, jobs=jobs, base_url=base_url, checked=found, on_progress=progress
        )
    if as_json:
        print_json(
            {
                "home": str(built.home),
                "made": built.made,
                "kept": built.kept,
                "removed": built.removed,
                "wrong": built.wrong,
            }
        )
    else:
        console().print(
            f"{built.made:,} cell pages made, {built.kept:,} kept, {built.removed:,} removed",
            markup=False,
        )
        for path, problem in sorted(built.wrong.items()):
            console().print(f"not believed: {path}: {problem}", markup=False)
        console().print(str(built.home), markup=False)
    if built.wrong:
        raise typer.Exit(3)


def _read_checked(path: Path) -> tuple[Conformance, ...]:
    from pydantic import TypeAdapter, ValidationError

    from codingagentbench.conformance import Conformance
    from codingagentbench.errors import UsageError

    try:
        told = json.loads(path.read_bytes())
        for one in told:
            one.pop("conforms", None)  # follows from the rows
        return TypeAdapter(tuple[Conformance, ...]).validate_python(told)
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", where=str(path)) from None
    except (ValueError, AttributeError, TypeError, ValidationError):
        do = "make it with: cab check --all --json"
        raise UsageError("is not what cab check --json prints", where=str(path), do=do) from None


@app.command(epilog="Examples:  cab site serve   |   cab site serve ./site --port 8080")
def serve(
    folder: Annotated[Path, typer.Argument(help="The folder of a site.")] = Path("cab-site"),
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: a free one.")] = 8000,
) -> None:
    """Serve a site on this machine alone, until Ctrl-C."""
    from codingagentbench.errors import ResultsError

    if not (folder / "index.html").is_file():
        raise ResultsError("there is no site", where=str(folder), do="run: cab site build")
    handler = functools.partial(_Quiet, directory=str(folder))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        raise ResultsError(
            f"cannot listen: {error.strerror}",
            where=f"127.0.0.1:{port}",
            do="choose another --port",
        ) from None
    with server:
        console().print(f"http://127.0.0.1:{server.server_address[1]}/", markup=False)
        server.serve_forever()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged."""
