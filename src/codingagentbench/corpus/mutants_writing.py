"""Task folders written whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from codingagentbench.errors import TaskError
from codingagentbench.tasks.mutation import RenderedFile, write_task


def write_once(folder: Path, files: Mapping[str, RenderedFile]) -> None:
    """Make ``folder`` with these files; it is left alone when it has them already.

    It appears under its name only when it is whole. Raises :class:`TaskError` when something
    else is there, or it cannot be written.
    """
    try:
        if folder.exists():
            if _content(folder) != {name: file.content for name, file in files.items()}:
                raise TaskError(
                    "is there already, with other content",
                    where=str(folder),
                    do="remove it, or write into another folder",
                )
            return
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".unfinished-") as aside:
            fresh = Path(aside) / folder.name
            write_task(fresh, files)
            fresh.rename(folder)
    except OSError as error:
        raise TaskError(
            f"a task cannot be written: {error.strerror}",
            where=str(error.filename or folder),
            do="choose another folder",
        ) from None


def _content(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
