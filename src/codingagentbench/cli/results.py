"""``cab results``: list, show, check, rescore what earlier runs left."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codingagentbench.cli.output import Json, count, figure, print_json, print_table, seconds

if TYPE_CHECKING:
    from codingagentbench.cells import Record
    from codingagentbench.results import Index

app = typer.Typer(
    help="List, show, check and rescore records.", no_args_is_help=True, rich_markup_mode=None
)

Results = Annotated[
    Path, typer.Option("--results", envvar="CAB_RESULTS", help="The folder of results.")
]
Which = Annotated[str, typer.Argument(help="A cell id (or a part of one), or a record's folder.")]
DEFAULT = Path("cab-results")


@app.command("list", epilog="Examples:  cab results list   |   cab results list aider --json")
def list_results(
    part: Annotated[str, typer.Argument(help="Only cells whose id contains this.")] = "",
    results: Results = DEFAULT,
    as_json: Json = False,
) -> None:
    """Every attempt, one a line; a broken record is named with its fault."""
    from codingagentbench.errors import ResultsError
    from codingagentbench.results import Store, load_record

    found: list[dict[str, Any]] = []
    store = Store(results)
    if not store.root.is_dir():
        raise ResultsError("no such folder", where=str(store.root), do="run a cell first")
    for folder in store.all():
        try:
            record = load_record(folder)
        except ResultsError as error:
            found.append({"folder": str(folder), "error": str(error)})
            continue
        if part in record.cell_id:
            found.append(_summary(record, folder))
    if as_json:
        print_json(found)
    else:
        print_table(
            ("cell", "attempt", "outcome", "composite", "tokens", "agent"),
            [_row(r) for r in found],
            right=("attempt", "composite", "tokens", "agent"),
        )
    if any("error" in r for r in found):
        raise typer.Exit(3)


@app.command(
    epilog="Examples:  cab results show aider/oracle   |   cab results show --json aider/oracle"
)
def show(which: Which, results: Results = DEFAULT, as_json: Json = False) -> None:
    """One attempt: outcome, axes, changes, calls; ``--json`` prints the whole record."""
    from codingagentbench.cli.panel import print_record
    from codingagentbench.results import PAGE

    folder, record = found_record(which, results)
    if as_json:
        print_json(record.model_dump(mode="json"))
        return
    page = folder / PAGE
    print_record(record, page=page if page.is_file() else None)


@app.command(
    epilog="Examples:  cab results query 'SELECT agent, avg(solved::int) FROM runs GROUP BY agent'"
)
def query(
    sql: Annotated[str, typer.Argument(help="SQL over the tables 'attempts' and 'runs'.")],
    results: Results = DEFAULT,
    as_json: Json = False,
) -> None:
    """Ask DuckDB about all attempts, or about the one that counts of each run."""
    from codingagentbench.results import query as asked

    with _index(results) as index:
        found = asked(index.rows(), sql)
    if as_json:
        print_json([dict(zip(found.columns, row, strict=True)) for row in found.rows])
        return
    print_table(found.columns, [["-" if v is None else str(v) for v in row] for row in found.rows])


@app.command(epilog="Examples:  cab results export attempts.parquet")
def export(
    path: Annotated[Path, typer.Argument(help="The file to write.")], results: Results = DEFAULT
) -> None:
    """Every attempt as one row of a Parquet file, for any tool, or as a baseline of cab gate."""
    from codingagentbench.results import write_parquet

    with _index(results) as index:
        write_parquet(index.rows(), path)


Url = Annotated[str, typer.Argument(help="A folder, or s3://, gs://, ...: what fsspec knows.")]


@app.command(epilog="Examples:  cab results push s3://bucket/results   |   cab results push /nfs/r")
def push(url: Url, results: Results = DEFAULT) -> None:
    """Copy every attempt to another place, but for those that are there already."""
    from codingagentbench.cli.output import console, counting
    from codingagentbench.results import Store
    from codingagentbench.results import push as pushed

    with counting("attempts") as progress:
        moved = pushed(Store(results).open(), url, on_progress=progress)
    console().print(f"{moved.copied} copied, {moved.there} were there", markup=False)


@app.command(epilog="Examples:  cab results pull s3://bucket/results   |   cab results pull /nfs/r")
def pull(url: Url, results: Results = DEFAULT) -> None:
    """Copy every attempt from another place, but for those that are here already."""
    from codingagentbench.cli.output import console, counting
    from codingagentbench.results import Store
    from codingagentbench.results import pull as pulled

    with counting("attempts") as progress:
        moved = pulled(Store(results).open(), url, on_progress=progress)
    console().print(f"{moved.copied} copied, {moved.there} were here", markup=False)


@app.command(epilog="Examples:  cab results check   |   cab results check --results /data/cab")
def check(results: Results = DEFAULT, as_json: Json = False) -> None:
    """Compare every file with the digests in its record."""
    from codingagentbench.errors import ResultsError
    from codingagentbench.results import Store, check_files

    problems: dict[str, list[str]] = {}
    total = 0
    for folder in Store(results).all():
        total += 1
        try:
            found = list(check_files(folder))
        except ResultsError as error:
            found = [str(error)]
        if found:
            problems[str(folder)] = found
    if as_json:
        print_json({"checked": total, "problems": problems})
    else:
        for where, said in problems.items():
            print(f"{where}: {'; '.join(said)}")
        print(f"{total} attempts checked, {len(problems)} with problems")
    if problems:
        raise typer.Exit(1)


@app.command(
    epilog="Examples:  cab results rescore --methodology 0.1   |   cab results rescore --write"
)
def rescore(
    part: Annotated[str, typer.Argument(help="Only cells whose id contains this.")] = "",
    methodology: Annotated[str, typer.Option(help="The methodology to score under.")] = "1.0",
    write: Annotated[bool, typer.Option("--write", help="Put the new scores in place.")] = False,
    tasks: Annotated[Path | None, typer.Option("--tasks", help="A folder of tasks.")] = None,
    results: Results = DEFAULT,
    as_json: Json = False,
) -> None:
    """Score kept evidence again, without running anything; prints what changes."""
    from codingagentbench.cells import rescored
    from codingagentbench.results import PATCH, Store, load_record, replace_record
    from codingagentbench.site import build_site
    from codingagentbench.tasks import find_task

    found: list[dict[str, Any]] = []
    for folder in Store(results).all():
        old = load_record(folder)
        if part not in old.cell_id:
            continue
        patch = folder / PATCH
        new = rescored(
            old,
            find_task(old.spec.task, root=tasks),
            methodology=methodology,
            patch=patch.read_text(errors="surrogateescape") if patch.is_file() else "",
        )
        if write:
            replace_record(folder, new)
        found.append(
            {
                "cell": old.cell_id,
                "attempt": old.attempt,
                "before": _scores(old),
                "after": _scores(new),
                "written": write,
            }
        )
    if write:
        build_site(results)
    if as_json:
        print_json(found)
        return
    print_table(
        ("cell", "attempt", "before", "after"),
        [(r["cell"], str(r["attempt"]), _said(r["before"]), _said(r["after"])) for r in found],
    )


def found_record(which: str, results: Path) -> tuple[Path, Record]:
    """The attempt that ``which`` means, and its folder; of several attempts the last."""
    from codingagentbench.errors import UnknownName, UsageError
    from codingagentbench.results import RECORD, Store, load_record

    given = Path(which)
    if (given / RECORD).is_file() or given.is_file():
        return (given if given.is_dir() else given.parent), load_record(given)
    matches = []
    ids = []
    for folder in Store(results).all():
        record = load_record(folder)
        ids.append(record.cell_id)
        if which in (record.cell_id, f"{record.cell_id}/attempt{record.attempt}"):
            matches.append((folder, record))
    if not matches:
        partial = [(f, r) for f in Store(results).all() if which in (r := load_record(f)).cell_id]
        if not partial:
            raise UnknownName("cell", which, ids, do="'cab results list' shows all of them")
        if len({r.cell_id for _, r in partial}) > 1:
            some = ", ".join(sorted({r.cell_id for _, r in partial})[:4])
            raise UsageError(f"'{which}' fits several cells: {some}", do="give more of the id")
        matches = partial
    return matches[-1]


def _index(results: Path) -> Index:
    """The index of a folder of results, up to date."""
    from codingagentbench.cli.output import counting
    from codingagentbench.errors import ResultsError
    from codingagentbench.results import Index, Store

    store = Store(results)
    if not store.root.is_dir():
        raise ResultsError("no such folder", where=str(store.root), do="run a cell first")
    index = Index(store.root)
    with counting("reading records") as progress:
        index.refresh(on_progress=progress)
    return index


def _summary(record: Record, folder: Path) -> dict[str, Any]:
    totals = record.ledger.totals
    return {
        "cell": record.cell_id,
        "attempt": record.attempt,
        "folder": str(folder),
        "calls": totals.calls,
        "tokens": None
        if totals.input is None and totals.output is None
        else (totals.input or 0) + (totals.output or 0),
        "agent_s": record.timing.agent_s,
        **_scores(record),
    }


def _scores(record: Record) -> dict[str, Any]:
    scores = record.scores
    return {
        "methodology": scores.methodology,
        "outcome": str(scores.verdict.outcome),
        "scored": scores.verdict.scored,
        "composite": scores.composite,
    }


def _said(scores: dict[str, Any]) -> str:
    return f"{scores['outcome']} {figure(scores['composite'])} ({scores['methodology']})"


def _row(found: dict[str, Any]) -> tuple[str, ...]:
    if "error" in found:
        return (found["folder"], "", "BROKEN", "", "", found["error"])
    return (
        found["cell"],
        str(found["attempt"]),
        found["outcome"],
        figure(found["composite"]),
        count(found["tokens"]),
        seconds(found["agent_s"]),
    )
