"""Pages of rows, tasks, agents, models and sweeps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

from codingagentbench import agents, boards
from codingagentbench.boards import Columns, verdict
from codingagentbench.results import Row
from codingagentbench.site import places
from codingagentbench.site.heat import heat_of
from codingagentbench.site.library import Library, Pair, mark_of
from codingagentbench.site.sheets import Sheet, rendered, sheet


def row_sheets(library: Library) -> Iterator[Sheet]:
    """An agent with a model: all of its cells, and it against those that share one of the two."""
    for row in library.board.rows:
        pair = (row.agent, row.model)
        others = library.neighbours_of(pair)
        made_of = f"{library.mark([pair, *others])} {row.place}"
        yield sheet(places.row_page(*pair), made_of, partial(_row, library, pair, others))


def _row(library: Library, pair: Pair, others: Sequence[Pair]) -> str:
    row = library.board.rows[library.row_of[pair]]
    return rendered(
        "row",
        places.row_page(*pair),
        row.label,
        row=row,
        verdicts=[
            (
                other,
                places.against(*other),
                verdict(library.paired(pair, other), a=row.label, b=" x ".join(other)),
            )
            for other in others
        ],
        given=library.shelf.of_row(*pair),
        compare=urlencode({"row": row.label}),
    )


def task_sheets(library: Library) -> Iterator[Sheet]:
    """Its ticket and rules, where it is known here, and who solves it."""
    for task in library.shelf.tasks:
        runs = [run for cell in library.shelf.of_task(task) for run in cell.runs]
        known = library.known.get(task)
        made_of = f"{mark_of(runs)} {known.digest if known else None}"
        yield sheet(places.task_page(task), made_of, partial(_task, library, task))


def _task(library: Library, task: str) -> str:
    given = library.shelf.of_task(task)
    scored = [run for cell in given for run in cell.scored]
    return rendered(
        "task",
        places.task_page(task),
        task,
        task=task,
        known=library.known.get(task),
        given=given,
        scored=len(scored),
        solved=sum(bool(run.solved) for run in scored) / len(scored) if scored else None,
    )


def group_sheets(library: Library) -> Iterator[Sheet]:
    """Agents, models and sweeps: a board of their own each."""
    shelf = library.shelf
    for name in shelf.agents:
        made_of = library.mark(pair for pair in library.marks if pair[0] == name)
        yield sheet(places.agent_page(name), made_of, partial(_agent, library, name))
    for name in shelf.models:
        made_of = library.mark(pair for pair in library.marks if pair[1] == name)
        yield sheet(places.model_page(name), made_of, partial(_model, library, name))
    for name in shelf.sweeps:
        rows = [row for row in shelf.attempts if row.sweep == name]
        yield sheet(places.sweep_page(name), mark_of(rows), partial(_sweep, library, name, rows))


def _agent(library: Library, name: str) -> str:
    some = boards.where(library.columns, agents=[name])
    versions = sorted({r.agent_version for r in library.shelf.attempts if r.agent == name})
    agent = agents.AGENTS.get(name.partition("+")[0])
    declared = []
    if agent is not None:
        declared = [
            ("homepage", agent.homepage),
            ("speaks", ", ".join(agent.dialects)),
            ("streams", "yes" if agent.streams else "no"),
            ("edits by", "its own tools" if agent.edits == "tools" else "text in the reply"),
            ("memory it is given", f"{agent.memory_mb:,} MB"),
        ]
    return _group(
        some,
        places.agent_page(name),
        name,
        facts=[("versions", ", ".join(versions)), *declared],
        wiring=None if agent is None else agents.wiring(agent),
        checked=library.checked.get(name),
    )


def _model(library: Library, name: str) -> str:
    some = boards.where(library.columns, models=[name])
    return _group(some, places.model_page(name), name)


def _sweep(library: Library, name: str, rows: Sequence[Row]) -> str:
    facts = [
        ("attempts", f"{len(rows):,}"),
        ("from", min(row.started_at for row in rows)),
        ("to", max(row.started_at for row in rows)),
        ("sandbox", ", ".join(sorted({row.sandbox for row in rows}))),
        ("faults", ", ".join(sorted({row.faults or "none on purpose" for row in rows}))),
        ("methodology", ", ".join(sorted({row.methodology for row in rows}))),
    ]
    some = boards.where(library.columns, sweep=name)
    return _group(some, places.sweep_page(name), f"sweep {name}", facts=facts)


def _group(some: Columns, page: str, heading: str, **values: Any) -> str:
    board = boards.board_of(some)
    given: dict[str, Any] = {"facts": [], "wiring": None, "checked": None, **values}
    return rendered(
        "group", page, heading, heading=heading, board=board, heat=heat_of(board), **given
    )
