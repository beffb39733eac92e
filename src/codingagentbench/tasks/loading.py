"""Task folders read and checked, with errors that name the file, the key and what is wrong."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from codingagentbench.errors import TaskError, UnknownName
from codingagentbench.globs import matches
from codingagentbench.tasks.corpus import corpus_root
from codingagentbench.tasks.digests import folder_digest
from codingagentbench.tasks.model import Task

#: Toolchains a task may ask for; what each means on a machine is the sandboxes' business.
TOOLCHAINS = ("python", "rust", "go", "java", "node", "c++")

#: task.toml key -> where the loaded task has it.
_PATHS_TABLE = ("expected", "protected")
_ID = re.compile(r"[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9.-]*")
_FORMAT = "see docs/tasks.md for the format"


def load_task(folder: str | Path, *, expect: str | None = None, digest: bool = True) -> Task:
    """The task in ``folder``; ``expect`` is the id that it must have.

    Without ``digest`` the task's digest is empty: hashing a large tree takes a while.
    Raises :class:`TaskError` with file, key and reason when anything in it is missing or wrong.
    """
    folder = Path(folder).absolute()
    config = _config(folder)
    prompt = _prompt(folder)
    for part in ("tree", "verifier", "solution"):
        _part(folder, part)
    _links(folder)
    data = _fields(config, folder)
    try:
        task = Task(
            **data, prompt=prompt, folder=folder, digest=folder_digest(folder) if digest else ""
        )
    except ValidationError as error:
        raise _explained(error, folder, config) from None
    _consistent(task, config)
    if expect is not None and task.id != expect:
        raise TaskError(
            f"key 'id' is '{task.id}', but the folder makes it '{expect}'",
            where=str(folder / "task.toml"),
            do="rename the one or the other; two tasks cannot share an id",
        )
    return task


def task_folders(root: Path | None = None) -> Iterator[tuple[str, Path]]:
    """Task ids and folders below ``root`` (``CATEGORY/NAME/task.toml``), in order of id.

    Raises :class:`TaskError` when ``root`` is no folder.
    """
    root = corpus_root() if root is None else root
    if not root.is_dir():
        raise TaskError("no such folder of tasks", where=str(root), do="give an existing --tasks")
    for category in _folders(root):
        for folder in _folders(category):
            if os.path.lexists(f"{folder}/task.toml"):
                yield f"{category.name}/{folder.name}", folder


def find_task(name: str, *, root: Path | None = None) -> Task:
    """The task called ``name``: an id below ``root``, or the path of a task folder.

    Raises :class:`UnknownName` with the nearest id, or :class:`TaskError`.
    """
    base = corpus_root() if root is None else root
    if _ID.fullmatch(name) and (base / name / "task.toml").is_file():
        return load_task(base / name, expect=name)
    as_path = Path(name).expanduser()
    if name.startswith((".", "/", "~")) or (as_path / "task.toml").is_file():
        return load_task(as_path)
    known = dict(task_folders(root))
    raise UnknownName("task", name, known, do="'cab tasks list' shows all of them")


def select_tasks(globs: Iterable[str], *, root: Path | None = None) -> tuple[Task, ...]:
    """The tasks whose ids match one of ``globs``, whole, in order of id.

    Raises :class:`UnknownName` for a glob that matches none; :class:`TaskError`.
    """
    wanted = tuple(globs)
    known = dict(task_folders(root))
    for glob in wanted:
        if not any(matches(name, (glob,)) for name in known):
            raise UnknownName("task", glob, known, do="'cab tasks list' shows all of them")
    return tuple(
        load_task(folder, expect=name) for name, folder in known.items() if matches(name, wanted)
    )


def _folders(parent: Path) -> list[Path]:
    """Folders in ``parent``, in order; links to folders count, hidden ones do not."""
    with os.scandir(parent) as entries:
        names = [e.name for e in entries if e.is_dir() and not e.name.startswith(".")]
    return [parent / name for name in sorted(names)]


def _config(folder: Path) -> dict[str, Any]:
    if not folder.is_dir():
        raise TaskError("no such task folder", where=str(folder), do="'cab tasks list' shows all")
    path = folder / "task.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise TaskError("the file is missing", where=str(path), do=_FORMAT) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TaskError(f"not valid TOML: {error}", where=str(path), do="mend that line") from None
    except OSError as error:
        raise TaskError(f"cannot be read: {error.strerror}", where=str(path)) from None


def _prompt(folder: Path) -> str:
    path = folder / "prompt.md"
    try:
        text = path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise TaskError("the file is missing", where=str(path), do=_FORMAT) from None
    except UnicodeDecodeError:
        raise TaskError("not valid UTF-8", where=str(path), do="save it as UTF-8") from None
    except OSError as error:
        raise TaskError(f"cannot be read: {error.strerror}", where=str(path)) from None
    if not text:
        raise TaskError("the prompt is empty", where=str(path), do="write what is to be done")
    return text


def _part(folder: Path, name: str) -> None:
    part = folder / name
    if part.is_symlink() or not part.is_dir():
        raise TaskError(f"the folder {name}/ is missing", where=str(folder), do=_FORMAT)
    if not any(p.is_file() for p in part.rglob("*")):
        raise TaskError("the folder has no file in it", where=str(part), do=_FORMAT)


def _links(folder: Path) -> None:
    """A link may point anywhere inside its own part of the task, and nowhere else; no droppings."""
    for part in ("tree", "verifier", "solution"):
        inside = (folder / part).resolve()
        for path in (folder / part).rglob("*"):
            if path.is_symlink() and not path.resolve().is_relative_to(inside):
                raise TaskError(
                    f"a link that leaves {part}/", where=str(path), do="replace it by a copy"
                )
            if path.name == "__pycache__":
                # No digest covers it, and an agent would see it.
                raise TaskError("compiled files in a task", where=str(path), do="remove the folder")


def _fields(config: dict[str, Any], folder: Path) -> dict[str, Any]:
    """``task.toml`` as the fields of :class:`Task`: [paths] is lifted, ``category`` is checked."""
    data = dict(config)
    where = str(folder / "task.toml")
    category = data.pop("category", None)
    if category is None:
        raise TaskError("key 'category' is missing", where=where, do=_FORMAT)
    name = data.get("id")
    if isinstance(name, str) and "/" in name and name.split("/", 1)[0] != category:
        raise TaskError(
            f"key 'category' is '{category}', but the id begins with '{name.split('/', 1)[0]}'",
            where=where,
            do="make them agree",
        )
    paths = data.pop("paths", None)
    if not isinstance(paths, dict):
        raise TaskError("table [paths] is missing", where=where, do="add it with 'expected'")
    unknown = set(paths) - set(_PATHS_TABLE)
    if unknown:
        raise TaskError(
            f"key 'paths.{min(unknown)}' is unknown", where=where, do=f"known: {_PATHS_TABLE}"
        )
    for forbidden in ("prompt", "folder", "digest", *_PATHS_TABLE):
        if forbidden in data:
            raise TaskError(f"key '{forbidden}' does not belong here", where=where, do=_FORMAT)
    return data | paths


def _explained(error: ValidationError, folder: Path, config: dict[str, Any]) -> TaskError:
    first = error.errors(include_url=False)[0]
    loc = [str(part) for part in first["loc"]]
    if loc and loc[0] in _PATHS_TABLE:
        loc.insert(0, "paths")
    more = error.error_count() - 1
    message = first["msg"][0].lower() + first["msg"][1:]
    kinds = {"missing": "is missing", "extra_forbidden": "is unknown"}
    said = kinds.get(first["type"], f"is wrong: {message}, got {first['input']!r:.80}")
    tail = f" (and {more} more)" if more else ""
    return TaskError(f"key '{'.'.join(loc)}' {said}{tail}", where=str(folder / "task.toml"))


def _consistent(task: Task, config: dict[str, Any]) -> None:
    """What types alone cannot say."""
    where = str(task.folder / "task.toml")
    for name in task.toolchain:
        if name not in TOOLCHAINS:
            raise TaskError(
                f"key 'toolchain': unknown toolchain '{name}'",
                where=where,
                do=f"known: {', '.join(TOOLCHAINS)}",
            )
    for suite in ("hidden", "visible"):
        names = getattr(task.verifier, suite)
        twice = sorted({n for n in names if names.count(n) > 1})
        if twice:
            raise TaskError(f"key 'verifier.{suite}' names '{twice[0]}' twice", where=where)
    for path in (*task.expected, *task.protected):
        if path.startswith("/") or ".." in path.split("/"):
            raise TaskError(f"key 'paths': '{path}' leaves the tree", where=where)
    for number, rule in enumerate(task.rules):
        needs_paths = rule.kind in (
            "file-not-touched",
            "file-pattern-required-in-diff",
            "public-api-unchanged",
        )
        needs_max = rule.kind in ("no-comments-added", "max-lines-changed")
        if needs_paths and not rule.paths:
            raise TaskError(f"key 'rules.{number}.paths' is missing", where=where)
        if needs_max and rule.max is None:
            raise TaskError(f"key 'rules.{number}.max' is missing", where=where)
    if task.refusal and not (task.solution / task.refusal.document).is_file():
        raise TaskError(
            f"key 'refusal.document': the solution has no {task.refusal.document}", where=where
        )
