"""``cab tasks new``: a sound skeleton to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from codingagentbench.cli.output import console


def register(app: typer.Typer) -> None:
    """Add the verb to ``cab tasks``."""
    app.command(
        "new",
        epilog="Examples:  cab tasks new mine/first-task   |   "
        "cab tasks new repo/rust-depot --language rust --into ./private",
    )(new)


def new(
    name: Annotated[str, typer.Argument(help="CATEGORY/NAME of the task.")],
    language: Annotated[str, typer.Option(help="python, rust or javascript.")] = "python",
    into: Annotated[Path, typer.Option("--into", help="The folder of your tasks.")] = Path("tasks"),
) -> None:
    """Write a small task that is whole and sound, to be changed bit by bit."""
    from codingagentbench.tasks import new_task

    folder = new_task(name, language=language, root=into)
    out = console()
    out.print(f"{folder}/", markup=False)
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        out.print(f"  {path.relative_to(folder)}", markup=False)
    out.print("\nIt is sound as it is. Change it, and prove it again:", markup=False)
    out.print(f"  cab tasks validate {name} --tasks {into}", markup=False)
    out.print(f"  cab run -a codex -m oracle -t {name} --tasks {into}", markup=False)
