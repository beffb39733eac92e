"""``cab suites``: which tasks a suite pins, and whether they are still those."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from codingagentbench.cli.output import Json, print_json, print_table
from codingagentbench.cli.tasks import Tasks

app = typer.Typer(
    help="List, check, make, seal and open suites of tasks.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
SuiteName = Annotated[str, typer.Argument(help="A suite's name, or a suite file.")]


@app.command("list", epilog="Examples:  cab suites list   |   cab suites list --json")
def list_suites(as_json: Json = False) -> None:
    """The built-in suites."""
    from codingagentbench.tasks import SealedSuite, load_suite, suite_files

    found = [load_suite(path) for path in suite_files()]
    if as_json:
        print_json([suite.model_dump(mode="json") for suite in found])
        return
    rows = [
        (
            suite.name,
            suite.version,
            str(suite.count if isinstance(suite, SealedSuite) else len(suite.tasks)),
            ("sealed  " if isinstance(suite, SealedSuite) else "") + suite.title,
        )
        for suite in found
    ]
    print_table(("suite", "version", "tasks", "title"), rows)


@app.command(epilog="Examples:  cab suites check quick   |   cab suites check ./mine.toml")
def check(name: SuiteName, tasks: Tasks = None) -> None:
    """Is every task of a suite here, and is it the one that the suite pins?"""
    from codingagentbench.cli.output import console
    from codingagentbench.errors import UsageError
    from codingagentbench.tasks import SealedSuite, drift_of, find_suite

    suite = find_suite(name)
    if isinstance(suite, SealedSuite):
        raise UsageError(
            f"suite '{suite.name}' is sealed: it does not say which tasks it has",
            do="'cab suites verify SEALED OPENED' checks it once it was opened",
        )
    drifted = drift_of(suite, root=tasks)
    for drift in drifted:
        console().print(f"{drift.id} {drift.what}", markup=False)
    if drifted:
        raise typer.Exit(1)
    console().print(f"{suite.name} {suite.version}: all {len(suite.tasks)} tasks are as pinned")


@app.command(
    epilog="Examples:  cab suites make mine 'polyglot/*' 'repo/*' -o mine.toml   |   "
    "cab suites make heldout '*/*' --tasks ./private -o heldout.toml"
)
def make(
    name: Annotated[str, typer.Argument(help="The suite's name.")],
    globs: Annotated[list[str], typer.Argument(help="Tasks, by id or glob.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write.")],
    version: Annotated[str, typer.Option(help="The suite's version.")] = "1.0",
    title: Annotated[str, typer.Option(help="One line about it.")] = "",
    tasks: Tasks = None,
) -> None:
    """Pin tasks as they are now."""
    from codingagentbench.cli.output import console
    from codingagentbench.tasks import make_suite, select_tasks, suite_text

    suite = make_suite(name, version, select_tasks(globs, root=tasks), title=title)
    _write(out, suite_text(suite))
    console().print(f"{out}: {len(suite.tasks)} tasks pinned", markup=False)


@app.command("seal", epilog="Examples:  cab suites seal heldout.toml -o heldout-sealed.toml")
def seal_suite(
    file: Annotated[Path, typer.Argument(help="A suite file that you keep to yourself.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The sealed file, to be published.")],
) -> None:
    """Write what may be published beforehand: salted digests, nothing else.

    The suite file gets a salt, once; publish it later to open the suite.
    """
    from codingagentbench.cli.output import console
    from codingagentbench.errors import UsageError
    from codingagentbench.tasks import SealedSuite, load_suite, seal, suite_text, with_salt

    suite = load_suite(file)
    if isinstance(suite, SealedSuite):
        raise UsageError("this suite is sealed already", where=str(file))
    salted = with_salt(suite)
    sealed = seal(salted)
    _write(out, suite_text(sealed))
    if salted != suite:
        file.write_text(suite_text(salted), encoding="utf-8")
    console().print(
        f"{out} may be published; keep {file} to yourself until the suite is opened", markup=False
    )


@app.command(epilog="Examples:  cab suites verify heldout-sealed.toml heldout.toml")
def verify(
    sealed: Annotated[Path, typer.Argument(help="The file that was published beforehand.")],
    opened: Annotated[Path, typer.Argument(help="The file that was published later.")],
) -> None:
    """Does an opened suite have exactly the tasks that were sealed?"""
    from codingagentbench.cli.output import console
    from codingagentbench.errors import UsageError
    from codingagentbench.tasks import SealedSuite, Suite, load_suite, proves

    before, after = load_suite(sealed), load_suite(opened)
    if not isinstance(before, SealedSuite) or not isinstance(after, Suite):
        raise UsageError("a sealed file and an opened one are needed, in this order")
    difference = proves(after, before)
    if difference:
        console().print(f"NOT what was sealed: {difference}", markup=False)
        raise typer.Exit(1)
    console().print(f"{after.name} {after.version}: these {before.count} tasks were sealed")


def _write(path: Path, text: str) -> None:
    from codingagentbench.errors import UsageError

    if path.exists():
        raise UsageError("the file is there already", where=str(path), do="name another --out")
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror}", where=str(path)) from None
