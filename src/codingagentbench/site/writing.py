"""Files of a site: written whole or not at all, and only when they say something else."""

from __future__ import annotations

import os
from pathlib import Path

from codingagentbench.errors import ResultsError


def write(path: Path, text: str) -> bool:
    """Whether there was anything to write. Raises :class:`ResultsError`."""
    data = text.encode("utf-8", "replace")
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        try:
            if path.stat().st_size == len(data) and path.read_bytes() == data:
                return False
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise ResultsError(
            f"cannot be written: {error.strerror}",
            where=str(path),
            do="free some space, or choose a folder you may write to",
        ) from None
    return True
