"""Where the pages of a site lie, and how one leads to another: relative, so that a site works from
a folder, from any server, below any path."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from codingagentbench.results import PAGE, Row, cell_path

HOME = PAGE
COMPARE = f"compare/{PAGE}"
CELLS = "cells"


@lru_cache(maxsize=65536)
def safe(name: str) -> str:
    """A name as one part of a path, as results have it."""
    return cell_path(name, "a", "m", "t").parts[0]


def cell_page(row: Row) -> str:
    """The page of one attempt; sweep, run and attempt are part of its address."""
    return f"{CELLS}/{row.path}/{PAGE}"


def latest_page(agent: str, model: str, task: str) -> str:
    """Leads to the latest attempt of any sweep and run."""
    return f"latest/{'/'.join(cell_path('x', agent, model, task).parts[1:])}/{PAGE}"


def row_page(agent: str, model: str) -> str:
    """An agent with a model: all of its cells, and it against all others."""
    return f"rows/{safe(agent)}/{'/'.join(safe(part) for part in model.split('/'))}/{PAGE}"


def task_page(task: str) -> str:
    return f"tasks/{'/'.join(safe(part) for part in task.split('/'))}/{PAGE}"


def agent_page(agent: str) -> str:
    return f"agents/{safe(agent)}/{PAGE}"


def against(agent: str, model: str) -> str:
    """The anchor, on another row's page, of the verdict against this row."""
    return f"vs-{safe(agent)}-{safe(model)}"


def model_page(model: str) -> str:
    return f"models/{'/'.join(safe(part) for part in model.split('/'))}/{PAGE}"


def task_anchor(task: str) -> str:
    """Of a task's line on the page of a row."""
    return f"t-{safe(task)}"


def sweep_page(sweep: str) -> str:
    return f"sweeps/{safe(sweep)}/{PAGE}"


def board_page(kind: str, name: str) -> str:
    """The board of one category or language."""
    return f"by/{kind}/{safe(name)}/{PAGE}"


def up(page: str) -> str:
    """From the page ``page`` to the site's root."""
    return "../" * page.count("/")


def href(here: str, there: str) -> str:
    """The address of the page ``there`` as the page ``here`` writes it; with its file's name, so
    that it works without a server."""
    path, mark, anchor = there.partition("#")
    return up(here) + _quoted(path) + mark + anchor


_quoted = lru_cache(maxsize=65536)(quote)
