"""One file of a site: where it goes, what it is made of, and how it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from codingagentbench.boards import WORDS
from codingagentbench.site import drawings, places
from codingagentbench.site.environment import SITE_POLICY, environment
from codingagentbench.site.writing import write
from codingagentbench.version import VERSION

_MENU: Final = (
    ("Board", places.HOME),
    ("Compare", "compare/index.html"),
    ("Tasks", "tasks/index.html"),
    ("Agents", "agents/index.html"),
    ("Models", "models/index.html"),
    ("Sweeps", "sweeps/index.html"),
    ("Recordings", "recordings/index.html"),
    ("Search", "search/index.html"),
    ("Methodology", "methodology/index.html"),
    ("Provenance", "provenance/index.html"),
    ("Data", "data/index.html"),
    ("About", "about/index.html"),
)


@dataclass(frozen=True)
class Sheet:
    """``page``: its path below the site; ``made_of``: what changes when it would.

    ``make`` writes it below the folder given, and says what is wrong with its record, if anything.
    """

    page: str
    made_of: str
    make: Callable[[Path], str | None]
    is_cell: bool = False


def sheet(page: str, made_of: str, text: Callable[[], str]) -> Sheet:
    """A file that is one text."""

    def make(out: Path) -> None:
        write(out / page, text())

    return Sheet(page, made_of, make)


def rendered(template: str, page: str, title: str, **values: Any) -> str:
    """A page of the site, but for those of cells."""

    def to(there: str) -> str:
        return places.href(page, there)

    given = {
        "page": page,
        "title": title,
        "to": to,
        "home": places.HOME,
        "menu": _MENU,
        "policy": SITE_POLICY,
        "version": VERSION,
        "words": WORDS,
        "interval_bar": drawings.interval_bar,
        "heat_cells": drawings.heat_cells,
        "cell_page": places.cell_page,
        "row_page": places.row_page,
        "task_page": places.task_page,
        "agent_page": places.agent_page,
        "model_page": places.model_page,
        "sweep_page": places.sweep_page,
        "task_anchor": places.task_anchor,
        "compare_page": places.COMPARE,
    }
    return environment().get_template(f"site/{template}.html.j2").render({**given, **values})
