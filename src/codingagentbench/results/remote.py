"""Attempts to and from object storage, or any other place that fsspec knows. Extra: "cloud"."""

from __future__ import annotations

import importlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codingagentbench.errors import ResultsError, UsageError
from codingagentbench.results import layout
from codingagentbench.results.checking import check_files
from codingagentbench.results.store import Store

OnProgress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Moved:
    """How many attempts went over, and how many were there already, byte for byte."""

    copied: int
    there: int


def push(store: Store, url: str, *, on_progress: OnProgress | None = None) -> Moved:
    """Copy every attempt to ``url`` that is not there yet; its sums go last, as what makes it
    whole. Raises :class:`UsageError` for a place nobody knows, :class:`ResultsError` else."""
    system, base = _place(url)
    folders = list(store.all())
    copied = 0
    for done, folder in enumerate(folders, start=1):
        target = f"{base}/{folder.relative_to(store.root).as_posix()}"
        if not _same(system, f"{target}/{layout.SUMS}", folder / layout.SUMS):
            names = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != layout.SUMS)
            for path in (*names, folder / layout.SUMS):
                with _said(url):
                    system.makedirs(_parent(f"{target}/{_below(path, folder)}"), exist_ok=True)
                    system.put_file(str(path), f"{target}/{_below(path, folder)}")
            copied += 1
        if on_progress is not None:
            on_progress(done, len(folders))
    return Moved(copied=copied, there=len(folders) - copied)


def pull(store: Store, url: str, *, on_progress: OnProgress | None = None) -> Moved:
    """The reverse. What does not come out whole is not put in its place."""
    system, base = _place(url)
    with _said(url):
        sums = sorted(path for path in system.find(base) if path.endswith(f"/{layout.SUMS}"))
    copied = 0
    for done, path in enumerate(sums, start=1):
        source = path.rpartition("/")[0]
        below = source[len(base) :].strip("/")
        folder = store.root / below
        if ".." in Path(below).parts:
            raise ResultsError(f"a path leads out of the results: {below}", where=url)
        if not _same(system, path, folder / layout.SUMS):
            _fetch(system, source, folder, aside=store.root / layout.DRAFTS / "pulled", url=url)
            copied += 1
        if on_progress is not None:
            on_progress(done, len(sums))
    return Moved(copied=copied, there=len(sums) - copied)


def _fetch(system: Any, source: str, folder: Path, *, aside: Path, url: str) -> None:
    shutil.rmtree(aside, ignore_errors=True)
    for path in system.find(source):
        place = aside / path[len(source) :].strip("/")
        if ".." in place.parts:
            raise ResultsError(f"a path leads out of the results: {path}", where=url)
        place.parent.mkdir(parents=True, exist_ok=True)
        with _said(url):
            system.get_file(path, str(place))
    wrong = check_files(aside)
    if wrong:
        raise ResultsError(wrong[0], where=f"{url}: {source}", do="push it again")
    folder.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    aside.rename(folder)


def _same(system: Any, there: str, here: Path) -> bool:
    """Whether both sums are the same, and so all that they are of."""
    try:
        return bool(system.cat_file(there) == here.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return False


def _place(url: str) -> tuple[Any, str]:
    try:
        core = importlib.import_module("fsspec.core")
        system, base = core.url_to_fs(url)
    except ImportError as error:
        do = "run: pip install 'codingagentbench[cloud]', and what fsspec needs for that place"
        raise UsageError(f"{url} cannot be reached: {error}", do=do) from None
    except ValueError as error:
        raise UsageError(f"{url} is no place that fsspec knows: {error}") from None
    return system, base.rstrip("/")


def _below(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _parent(path: str) -> str:
    return path.rpartition("/")[0]


@contextmanager
def _said(url: str) -> Iterator[None]:
    """What goes wrong there as one sentence."""
    try:
        yield
    except OSError as error:
        do = "look at the address, and at the key that fsspec uses for it"
        raise ResultsError(str(error), where=url, do=do) from None
