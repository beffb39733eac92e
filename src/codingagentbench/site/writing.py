"""Files of a site: written whole or not at all, and only when they say something else."""

from __future__ import annotations

import os
from pathlib import Path

from codingagentbench.errors import ResultsError


def write(path: Path, text: str) -> bool:
    """Whether there was anything to write. Raises :class:`ResultsError`."""
    data, name = text.encode("utf-8", "replace"), os.fspath(path)
    folder, base = os.path.split(name)
    beside = f"{folder}/.{base}.{os.getpid()}"
    try:
        if _is_there(name, data):
            return False
        _write(folder, beside, data)
        os.replace(beside, name)
    except OSError as error:
        Path(beside).unlink(missing_ok=True)
        raise ResultsError(
            f"cannot be written: {error.strerror}",
            where=name,
            do="free some space, or choose a folder you may write to",
        ) from None
    return True


def _is_there(name: str, data: bytes) -> bool:
    try:
        if os.stat(name).st_size != len(data):
            return False
        with open(name, "rb") as file:
            return file.read() == data
    except FileNotFoundError:
        return False


def _write(folder: str, name: str, data: bytes) -> None:
    try:
        Path(name).write_bytes(data)
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
        Path(name).write_bytes(data)
