"""A first task of one's own: small, whole and sound, to be changed bit by bit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from codingagentbench.errors import TaskError, UnknownName
from codingagentbench.tasks.skeleton_texts import SKELETONS, STANDING, Skeleton

_NAME: Final = re.compile(r"([a-z0-9][a-z0-9-]*)/([a-z0-9][a-z0-9.-]*)")


def new_task(name: str, *, language: str = "python", root: Path) -> Path:
    """Write a sound skeleton for ``CATEGORY/NAME`` below ``root``; returns its folder.

    Raises :class:`TaskError` when the name is none, the folder is there already or cannot be
    written, :class:`UnknownName` for a language without a skeleton.
    """
    match = _NAME.fullmatch(name)
    if match is None:
        raise TaskError(
            f"'{name}' is no task's name",
            do="write CATEGORY/NAME in lower case letters, digits and dashes",
        )
    if language not in SKELETONS:
        do = f"there are skeletons for: {', '.join(SKELETONS)}"
        raise UnknownName("language", language, SKELETONS, do=do)
    folder = root / name
    if folder.exists():
        raise TaskError("it is there already", where=str(folder), do="choose another name")
    try:
        for path, text in _files(name, match.group(1), SKELETONS[language]).items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
    except OSError as error:
        raise TaskError(
            f"cannot be written: {error.strerror}", where=str(folder), do="choose another --into"
        ) from None
    return folder


def _files(name: str, category: str, skeleton: Skeleton) -> Mapping[str, str]:
    """Path in the task's folder -> content."""
    start, solution = skeleton.start, skeleton.start.replace(*skeleton.mend, 1)
    return {
        "task.toml": skeleton.config.replace("@ID@", name).replace("@CATEGORY@", category),
        "prompt.md": skeleton.prompt,
        "tree/AGENTS.md": skeleton.agents + STANDING,
        "tree/README.md": skeleton.readme,
        f"tree/{skeleton.source}": start,
        f"solution/{skeleton.source}": solution,
        **skeleton.files,
    }
