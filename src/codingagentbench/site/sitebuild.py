"""A whole site from a folder of results; of cells only pages that have changed are made anew."""

from __future__ import annotations

import gc
import hashlib
import json
import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from codingagentbench.conformance import Conformance
from codingagentbench.errors import ResultsError
from codingagentbench.results import PAGE, Index, Store
from codingagentbench.site import places
from codingagentbench.site.boardpages import board_sheets
from codingagentbench.site.cellpages import cell_sheets
from codingagentbench.site.comparepage import compare_sheets
from codingagentbench.site.environment import asset, environment
from codingagentbench.site.library import Library
from codingagentbench.site.listpages import data_sheets, list_sheets, moved_sheets, text_sheets
from codingagentbench.site.rowpages import group_sheets, row_sheets, task_sheets
from codingagentbench.site.sheets import Sheet
from codingagentbench.site.shelf import shelf_of
from codingagentbench.site.writing import write

_BUILT: Final = ".built.json"  # page -> what it was made of
_FEW: Final = 40  # pages that are not worth starting processes for
_CHUNK: Final = 8  # pages that a process takes at a time

OnProgress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Built:
    """``wrong``: records without a page of their own, and why."""

    home: Path
    made: int  # cell pages, in this build
    kept: int  # that were as they should be
    removed: int
    wrong: dict[str, str]


def build(
    results: Path,
    out: Path,
    *,
    jobs: int | None = None,
    base_url: str | None = None,
    checked: Sequence[Conformance] = (),
    on_progress: OnProgress | None = None,
) -> Built:
    """Raises :class:`ResultsError` for folders that cannot be read or written.

    A record that cannot be believed has a page that says so, and is in no table. ``checked``: what
    conformance checks found, for the pages of the agents; ``base_url``: where the site will be,
    which only texts for other people's pages need.
    """
    store = Store(results)
    if not store.root.is_dir():
        raise ResultsError("no such folder", where=str(store.root), do="run a sweep first")
    out = out.absolute()
    if out == store.root or store.root in out.parents:
        raise ResultsError("the site would lie in the results", where=str(out), do="choose another")
    with Index(store.root) as index:
        index.refresh()
        shelf = shelf_of(index.rows())
    _assets(out)
    before = _read_built(out)
    found = {one.agent: one for one in checked}
    library = Library(shelf, root=store.root, checked=found, published=base_url or "YOUR_SITE")
    sheets = list(_sheets(library))
    keys = {sheet.page: _digest(sheet.made_of) for sheet in sheets}
    todo = [
        sheet
        for sheet in sheets
        if before.get(sheet.page) != keys[sheet.page] or not os.path.exists(f"{out}/{sheet.page}")
    ]
    problems = _make(todo, out, jobs=jobs or os.cpu_count() or 1, on_progress=on_progress)
    wrong = {row.path: str(row.problem) for row in shelf.broken}
    for page, problem in problems.items():
        wrong[page.removeprefix(f"{places.CELLS}/").removesuffix(f"/{PAGE}")] = problem
        del keys[page]
    pages = _broken_pages(out, wrong)
    removed = _remove(out, before.keys() - keys.keys() - pages)
    write(out / _BUILT, json.dumps(keys, separators=(",", ":")))
    made = sum(sheet.is_cell for sheet in todo)
    return Built(
        home=out / places.HOME,
        made=made,
        kept=sum(sheet.is_cell for sheet in sheets) - made,
        removed=removed,
        wrong=wrong,
    )


def _sheets(library: Library) -> Iterator[Sheet]:
    """Those that take longest first, so that all processes end at the same time."""
    yield from board_sheets(library)
    yield from group_sheets(library)
    yield from row_sheets(library)
    yield from task_sheets(library)
    yield from list_sheets(library)
    yield from text_sheets(library)
    yield from data_sheets(library)
    yield from compare_sheets(library)
    yield from cell_sheets(library)
    yield from moved_sheets(library)


def _make(
    todo: list[Sheet], out: Path, *, jobs: int, on_progress: OnProgress | None
) -> dict[str, str]:
    """What is wrong with records, by the page that was to be made of each."""
    wrong = {}
    for done, (sheet, problem) in enumerate(zip(todo, _made(todo, out, jobs), strict=True), 1):
        if problem is not None:
            wrong[sheet.page] = problem
        if on_progress is not None:
            on_progress(done, len(todo))
    return wrong


def _made(todo: list[Sheet], out: Path, jobs: int) -> Iterator[str | None]:
    """In processes that begin as copies of this one: nothing but a number goes to them."""
    if len(todo) <= _FEW or jobs == 1 or "fork" not in multiprocessing.get_all_start_methods():
        yield from (sheet.make(out) for sheet in todo)
        return
    context = multiprocessing.get_context("fork")
    gc.collect()
    gc.freeze()  # what is here stays: the copies need not look through it again and again
    try:
        with ProcessPoolExecutor(
            jobs, mp_context=context, initializer=_begin, initargs=(todo, out)
        ) as pool:
            yield from pool.map(_one, range(len(todo)), chunksize=_CHUNK)
    finally:
        gc.unfreeze()


_given: tuple[list[Sheet], Path] | None = None  # of this process, once it has begun


def _begin(todo: list[Sheet], out: Path) -> None:
    global _given
    _given = (todo, out)
    gc.set_threshold(50_000)  # pages are many small things that all go at once


def _one(number: int) -> str | None:
    assert _given is not None, "only called where _begin was"
    todo, out = _given
    return todo[number].make(out)


def _remove(out: Path, pages: Iterable[str]) -> int:
    """Pages of what is not there any more; how many cells that were."""
    cells = 0
    for page in pages:
        if page.startswith(f"{places.CELLS}/"):
            shutil.rmtree((out / page).parent, ignore_errors=True)
            cells += 1
        else:
            (out / page).unlink(missing_ok=True)
    return cells


def _broken_pages(out: Path, wrong: dict[str, str]) -> set[str]:
    """Which pages those are."""
    template = environment().get_template("site/broken.html.j2")
    pages = set()
    for path, problem in wrong.items():
        page = f"{places.CELLS}/{path}/{PAGE}"
        text = template.render(path=path, problem=problem, home=places.href(page, places.HOME))
        write(out / page, text)
        pages.add(page)
    return pages


def _assets(out: Path) -> None:
    """Style sheets, scripts and the player, as they are in the package."""
    folder = files("codingagentbench.site") / "assets"
    for name in ("site.css", "board.js", "search.js", "playback.js", "compare.js", "live.js"):
        write(out / "assets" / name, (folder / name).read_text("utf-8"))
    for name in ("page.css", "page.js"):
        write(out / "assets" / name, asset(name))
    player = folder / "player"
    for name in ("asciinema-player.min.js", "asciinema-player.css", "LICENSE"):
        write(out / "assets" / "player" / name, (player / name).read_text("utf-8"))


def _read_built(out: Path) -> dict[str, str]:
    try:
        told = json.loads((out / _BUILT).read_bytes())
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:20]
