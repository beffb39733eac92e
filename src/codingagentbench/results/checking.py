"""Whether an attempt's folder is what its record says, byte for byte."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from codingagentbench.errors import ResultsError
from codingagentbench.results import layout
from codingagentbench.results.store import load_record

#: Made from the rest at any time; no evidence.
_DERIVED: Final = frozenset({layout.PAGE})


def check_files(folder: Path) -> tuple[str, ...]:
    """What in an attempt's folder does not match its record, one sentence each; () when whole.

    Raises :class:`ResultsError` when there is no record to match.
    """
    load_record(folder)
    return examined(folder)[0]


def examined(folder: Path) -> tuple[tuple[str, ...], str]:
    """The same, and the record's SHA-256; a record that cannot be read is a problem too."""
    try:
        record = load_record(folder)
    except ResultsError as error:
        return (str(error.what),), ""
    sums = "".join(f"{digest}  {name}\n" for name, digest in sorted(record.files.items()))
    digest = sha256_of(folder / layout.RECORD)
    last = f"{digest}  {layout.RECORD}\n"
    present = set(_names(folder)) - _DERIVED - {layout.RECORD}
    problems = []
    if layout.SUMS not in present:
        problems.append(f"{layout.SUMS} is missing")
    else:
        said = (folder / layout.SUMS).read_bytes()
        if not said.endswith(last.encode()):
            problems.append(f"{layout.RECORD} was changed after the run")
        elif said != f"{sums}{last}".encode():
            problems.append(f"{layout.SUMS} is not that of the record")
    for name in sorted(record.files.keys() - present):
        problems.append(f"{name} is missing")
    for name in sorted(present - record.files.keys() - {layout.SUMS}):
        problems.append(f"{name} was added after the run")
    for name in sorted(record.files.keys() & present):
        path = folder / name
        if path.is_symlink() or not path.is_file() or sha256_of(path) != record.files[name]:
            problems.append(f"{name} was changed after the run")
    return tuple(problems), digest


def sha256_of(path: Path) -> str:
    """Of a file's content, in hex."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _names(folder: Path) -> Iterator[str]:
    """Everything below ``folder`` that is not a folder; links are not followed."""
    for base, folders, files in os.walk(folder):
        inside = os.path.relpath(base, folder)
        links = [name for name in folders if os.path.islink(os.path.join(base, name))]
        for name in (*files, *links):
            yield name if inside == "." else f"{inside}/{name}"
