"""A cached index of a folder of tasks: what a list needs, without reading every task again.

Kept in the user's data folder, one file a root. A task is read again when one of its parts has
another time or size than when it was read; digests are left to those who need one task whole.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from codingagentbench.errors import TaskError
from codingagentbench.folders import data_folder
from codingagentbench.tasks.loading import load_task, task_folders
from codingagentbench.tasks.model import Task
from codingagentbench.version import VERSION

_FORMAT: Final = f"1 {VERSION}"
_PARTS: Final = ("task.toml", "prompt.md", "tree", "verifier", "solution")

#: What is stored of a task: a summary, or ``{"error": ...}``.
Summary = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One task of a root: its summary as plain JSON values, or what is wrong with it."""

    id: str
    folder: Path
    summary: Summary
    error: str | None = None


def listed_tasks(
    root: Path | None = None, *, progress: Callable[[int, int], None] | None = None
) -> tuple[Listed, ...]:
    """Every task below ``root``, in order of id; broken ones are listed with their fault.

    ``progress`` is told how many of how many tasks have been read anew. Raises
    :class:`TaskError` when ``root`` is no folder.
    """
    found = tuple(task_folders(root))
    place = _place(found[0][1].parent.parent if found else Path())
    known = _read(place)
    fresh: dict[str, Any] = {}
    out, stale = [], 0
    stamps = {name: _stamp(folder) for name, folder in found}
    unread = sum(known.get(name, {}).get("stamp") != stamp for name, stamp in stamps.items())
    for name, folder in found:
        row = known.get(name)
        if row is None or row["stamp"] != stamps[name]:
            stale += 1
            row = {"stamp": stamps[name], **_look(name, folder)}
            if progress:
                progress(stale, unread)
        fresh[name] = row
        out.append(
            Listed(
                id=name, folder=folder, summary=row["summary"], error=row["summary"].get("error")
            )
        )
    if stale or len(fresh) != len(known):
        _write(place, fresh)
    return tuple(out)


def summary_of(task: Task) -> dict[str, Any]:
    """What a list shows of a task, as plain JSON values. Nothing of its hidden parts."""
    return {
        "id": task.id,
        "version": task.version,
        "title": task.title,
        "language": task.language,
        "category": task.category,
        "difficulty": task.difficulty,
        "toolchain": list(task.toolchain),
        "expected": list(task.expected),
        "protected": list(task.protected),
        "rules": [rule.model_dump(mode="json", exclude_defaults=True) for rule in task.rules],
        "expects_refusal": task.refusal is not None,
        "hidden_tests": len(task.verifier.hidden),
        "visible_tests": len(task.verifier.visible),
        "timeouts": task.timeouts.model_dump(),
        "budget": task.budget.model_dump(),
    }


def _look(name: str, folder: Path) -> dict[str, Any]:
    try:
        return {"summary": summary_of(load_task(folder, expect=name, digest=False))}
    except TaskError as error:
        return {"summary": {"id": name, "error": str(error)}}


def _stamp(folder: Path) -> list[int]:
    """Times and sizes of a task's parts; a missing part is zero."""
    stamp = []
    for part in _PARTS:
        try:
            found = os.stat(f"{folder}/{part}")
        except OSError:
            stamp += [0, 0]
        else:
            stamp += [found.st_mtime_ns, found.st_size]
    return stamp


def _place(root: Path) -> Path:
    name = hashlib.sha256(os.fsencode(root.absolute())).hexdigest()[:24]
    return data_folder() / "index" / f"tasks-{name}.json"


def _read(place: Path) -> dict[str, Any]:
    """What is cached; nothing where there is none, or none that this version wrote."""
    try:
        data = json.loads(place.read_bytes())
    except (OSError, ValueError):
        return {}
    whole = isinstance(data, dict) and data.get("format") == _FORMAT
    rows = data.get("tasks") if whole else None
    return rows if isinstance(rows, dict) else {}


def _write(place: Path, rows: Mapping[str, Any]) -> None:
    """Replace the cache; a full or read-only disk costs only the time saved."""
    text = json.dumps({"format": _FORMAT, "tasks": rows}, separators=(",", ":"))
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=place.parent, delete=False) as file:
            file.write(text)
        os.replace(file.name, place)
