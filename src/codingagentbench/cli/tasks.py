"""``cab tasks``: which tasks there are, and what one of them asks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from codingagentbench.cli import tasks_import, tasks_mutate, tasks_new, tasks_validate
from codingagentbench.cli.output import Json, print_json, print_table, seconds

app = typer.Typer(help="List and show tasks.", no_args_is_help=True, rich_markup_mode=None)
tasks_import.register(app)
tasks_mutate.register(app)
tasks_new.register(app)
tasks_validate.register(app)

Tasks = Annotated[
    Path | None, typer.Option("--tasks", help="A folder CATEGORY/NAME/... instead of the built-in.")
]


@app.command(
    "list", epilog="Examples:  cab tasks list   |   cab tasks list --category mutations --json"
)
def list_tasks(
    category: Annotated[str | None, typer.Option(help="Only this category.")] = None,
    language: Annotated[str | None, typer.Option(help="Only this language.")] = None,
    difficulty: Annotated[str | None, typer.Option(help="easy, medium or hard.")] = None,
    suite: Annotated[str | None, typer.Option(help="Only the tasks of this suite.")] = None,
    tasks: Tasks = None,
    as_json: Json = False,
) -> None:
    """All tasks, one a line; a broken one is named with its fault."""
    from codingagentbench.cli.output import counting
    from codingagentbench.tasks import listed_tasks

    with counting("reading tasks") as progress:
        found = listed_tasks(tasks, progress=progress)
    members = None if suite is None else _members(suite)
    kept = [dict(one.summary) for one in found if members is None or one.id in members]
    for key, value in (("category", category), ("language", language), ("difficulty", difficulty)):
        kept = _having(kept, key, value)
    if as_json:
        print_json(kept)
    else:
        rows = [
            (t["id"], t.get("language", ""), t.get("difficulty") or "", _needs(t), _said(t))
            for t in kept
        ]
        print_table(("task", "language", "difficulty", "needs", "title"), rows)
    if any("error" in t for t in kept):
        raise typer.Exit(2)


def _having(rows: list[dict[str, Any]], key: str, value: str | None) -> list[dict[str, Any]]:
    """The rows with this value; a value that no row has is an error with the nearest one."""
    from codingagentbench.errors import UnknownName

    if value is None:
        return rows
    found = [
        row | {key: row.get(key) or (row["id"].split("/", 1)[0] if key == "category" else None)}
        for row in rows
    ]
    known = {str(row[key]) for row in found if row[key]}
    if value not in known:
        raise UnknownName(key, value, known, do="'cab tasks list' shows all")
    return [row for row in found if row[key] == value]


def _members(suite: str) -> frozenset[str]:
    from codingagentbench.errors import UsageError
    from codingagentbench.tasks import SealedSuite, find_suite

    found = find_suite(suite)
    if isinstance(found, SealedSuite):
        raise UsageError(f"suite '{found.name}' is sealed: it does not say which tasks it has")
    return frozenset(task.id for task in found.tasks)


@app.command(
    epilog="Examples:  cab tasks show polyglot/python-reverse-string   |   cab tasks show ./my-task"
)
def show(
    name: Annotated[str, typer.Argument(help="A task id, or the path of a task folder.")],
    tasks: Tasks = None,
    as_json: Json = False,
) -> None:
    """One task: its ticket, limits, rules and tests; its hidden parts stay hidden."""
    from codingagentbench.cli.output import console
    from codingagentbench.tasks import find_task, summary_of

    task = find_task(name, root=tasks)
    if as_json:
        print_json(summary_of(task) | {"prompt": task.prompt, "digest": task.digest})
        return
    out = console()
    out.print(f"[bold]{task.id}[/] {task.version}   {task.title}")
    out.print(f"  needs      {', '.join(task.toolchain) or 'nothing'}")
    out.print(
        f"  limits     {seconds(task.timeouts.agent)}, {task.budget.calls} calls, "
        f"{task.budget.tokens} tokens"
    )
    out.print(f"  expected   {', '.join(task.expected)}")
    out.print(f"  protected  {', '.join(task.protected) or 'nothing'}")
    out.print(f"  rules      {', '.join(rule.kind for rule in task.rules) or 'none'}")
    hidden, visible = len(task.verifier.hidden), len(task.verifier.visible)
    out.print(f"  tests      {hidden} hidden, {visible} visible")
    out.print(f"  digest     {task.digest}")
    out.print(f"\n{task.prompt}", markup=False)


def _needs(task: dict[str, Any]) -> str:
    return ", ".join(task.get("toolchain", ()))


def _said(task: dict[str, Any]) -> str:
    from rich.markup import escape

    return escape(task["title"] if "error" not in task else f"BROKEN  {task['error']}")
