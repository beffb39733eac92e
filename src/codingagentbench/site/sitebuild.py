"""A whole site from a folder of results; of cells only pages that have changed are made anew."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from codingagentbench.errors import ResultsError
from codingagentbench.results import PAGE, Index, Store
from codingagentbench.site import places
from codingagentbench.site.cellpages import Job, make_cell
from codingagentbench.site.environment import asset, environment
from codingagentbench.site.shelf import Shelf, shelf_of
from codingagentbench.site.sitepages import Library, site_pages
from codingagentbench.site.writing import write
from codingagentbench.version import VERSION

_BUILT: Final = ".built.json"  # page -> what it was made of
_FEW: Final = 40  # pages that are not worth starting processes for

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
    on_progress: OnProgress | None = None,
) -> Built:
    """Raises :class:`ResultsError` for folders that cannot be read or written.

    A record that cannot be believed has a page that says so, and is in no table.
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
    keys, todo = _plan(shelf, store.root, out, before)
    made = _make(todo, jobs=jobs or os.cpu_count() or 1, on_progress=on_progress)
    wrong = {row.path: str(row.problem) for row in shelf.broken}
    for job, problem in zip(todo, made, strict=True):
        if problem is not None:
            wrong[job.row.path] = problem
            del keys[job.row.path]
    _broken_pages(out, wrong)
    gone = before.keys() - {job.row.path for job in todo} - keys.keys() - wrong.keys()
    for path in gone:
        shutil.rmtree(out / places.CELLS / path, ignore_errors=True)
    for page in site_pages(Library(shelf)):
        write(out / page.path, page.text)
    write(out / _BUILT, json.dumps(keys, separators=(",", ":")))
    return Built(
        home=out / places.HOME,
        made=len(todo),
        kept=len(keys) - sum(job.row.path in keys for job in todo),
        removed=len(gone),
        wrong=wrong,
    )


def _plan(
    shelf: Shelf, root: Path, out: Path, before: dict[str, str]
) -> tuple[dict[str, str], list[Job]]:
    """What each page is made of, and those whose page is not made of that."""
    keys, todo = {}, []
    for row in shelf.attempts:
        around = shelf.around(row)
        stamp = os.stat(root / row.path / "record.json")
        made_of = f"{_code()} {around.stamp} {stamp.st_mtime_ns} {stamp.st_size}"
        keys[row.path] = hashlib.sha256(made_of.encode()).hexdigest()[:20]
        there = out / places.CELLS / row.path / PAGE
        if before.get(row.path) != keys[row.path] or not there.exists():
            todo.append(Job(root=root, out=out, row=row, around=around))
    return keys, todo


def _make(jobs_: list[Job], *, jobs: int, on_progress: OnProgress | None) -> list[str | None]:
    done: list[str | None] = []
    for problem in _mapped(jobs_, jobs):
        done.append(problem)
        if on_progress is not None:
            on_progress(len(done), len(jobs_))
    return done


def _mapped(todo: list[Job], jobs: int) -> Iterator[str | None]:
    if len(todo) <= _FEW or jobs == 1:
        yield from map(make_cell, todo)
        return
    context = multiprocessing.get_context("forkserver" if os.name != "posix" else "fork")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        yield from pool.map(make_cell, todo, chunksize=16)


def _broken_pages(out: Path, wrong: dict[str, str]) -> None:
    template = environment().get_template("site/broken.html.j2")
    for path, problem in wrong.items():
        page = f"{places.CELLS}/{path}/{PAGE}"
        text = template.render(path=path, problem=problem, home=places.href(page, places.HOME))
        write(out / page, text)


def _assets(out: Path) -> None:
    """Style sheets, scripts and the player, as they are in the package."""
    folder = files("codingagentbench.site") / "assets"
    for name in ("site.css", "board.js", "search.js", "playback.js"):
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


@cache
def _code() -> str:
    """Changes with the code and the templates that make a page."""
    package = Path(__file__).parent
    parts: Iterable[Path] = sorted((*package.glob("*.py"), *package.glob("templates/*")))
    digest = hashlib.sha256(VERSION.encode())
    for path in parts:
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()
