"""``cab tasks``: which tasks there are, and what one of them asks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codingagentbench.cli.output import Json, print_json, print_table, seconds

if TYPE_CHECKING:
    from codingagentbench.tasks import Task

app = typer.Typer(help="List and show tasks.", no_args_is_help=True, rich_markup_mode=None)

Tasks = Annotated[
    Path | None, typer.Option("--tasks", help="A folder CATEGORY/NAME/... instead of the built-in.")
]


@app.command(
    "list", epilog="Examples:  cab tasks list   |   cab tasks list --category mutations --json"
)
def list_tasks(
    category: Annotated[str | None, typer.Option(help="Only this category.")] = None,
    tasks: Tasks = None,
    as_json: Json = False,
) -> None:
    """All tasks, one a line; a broken one is named with its fault."""
    from codingagentbench.errors import TaskError, UnknownName
    from codingagentbench.tasks import load_task, task_folders

    found: list[dict[str, Any]] = []
    categories: set[str] = set()
    for name, folder in task_folders(tasks):
        own = name.split("/", 1)[0]
        categories.add(own)
        if category not in (None, own):
            continue
        try:
            found.append(_summary(load_task(folder)))
        except TaskError as error:
            found.append({"id": name, "error": str(error)})
    if category is not None and category not in categories:
        raise UnknownName("category", category, categories, do="'cab tasks list' shows all")
    if as_json:
        print_json(found)
    else:
        rows = [
            (t["id"], t.get("language", ""), ", ".join(t.get("toolchain", ())), _said(t))
            for t in found
        ]
        print_table(("task", "language", "needs", "title"), rows)
    if any("error" in t for t in found):
        raise typer.Exit(2)


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
    from codingagentbench.tasks import find_task

    task = find_task(name, root=tasks)
    if as_json:
        print_json(_summary(task) | {"prompt": task.prompt, "digest": task.digest})
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


def _summary(task: Task) -> dict[str, Any]:
    return {
        "id": task.id,
        "version": task.version,
        "title": task.title,
        "language": task.language,
        "category": task.category,
        "toolchain": list(task.toolchain),
        "expected": list(task.expected),
        "protected": list(task.protected),
        "rules": [rule.model_dump(exclude_defaults=True) for rule in task.rules],
        "expects_refusal": task.refusal is not None,
        "hidden_tests": len(task.verifier.hidden),
        "visible_tests": len(task.verifier.visible),
        "timeouts": task.timeouts.model_dump(),
        "budget": task.budget.model_dump(),
        "digest": task.digest,
    }


def _said(task: dict[str, Any]) -> str:
    from rich.markup import escape

    return escape(task["title"] if "error" not in task else f"BROKEN  {task['error']}")
