"""Secrets that should not be in a folder: shapes of well-known keys, and values that are known.

What must never be written is taken out where it is written (:mod:`codingagentbench.redact`); this
looks at what was written, knowing nothing of how.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

import zstandard

from codingagentbench.errors import ResultsError
from codingagentbench.keyshapes import keys

_LARGEST: Final = 256 << 20  # bytes of one file, unpacked; more is not evidence but a bomb
_SHOWN: Final = 4  # characters of a secret that are shown, so that one knows which it is

OnProgress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Leak:
    """One secret: the file below the folder, the line, and no more of it than its beginning."""

    path: Path
    line: int
    kind: str
    shown: str


@dataclass(frozen=True, kw_only=True)
class Scan:
    leaks: tuple[Leak, ...]
    files: int


def scan(
    folder: Path,
    *,
    secrets: Mapping[str, str] | None = None,
    on_progress: OnProgress | None = None,
) -> Scan:
    """Every file below ``folder``, those of zstd and gzip unpacked; links are not followed.

    ``secrets``: value -> what it is called, looked for in the spellings of text, JSON and URLs.
    Raises :class:`ResultsError` for a folder or a file that cannot be read.
    """
    if not folder.is_dir():
        raise ResultsError("no such folder", where=str(folder))
    known = {
        spelling: label
        for value, label in (secrets or {}).items()
        for spelling in (value, json.dumps(value)[1:-1], quote(value, safe=""))
    }
    paths = sorted(_files(folder))
    leaks: list[Leak] = []
    for done, path in enumerate(paths, 1):
        try:
            data = _unpacked(path)
        except OSError as error:
            raise ResultsError(f"cannot be read: {error.strerror}", where=str(path)) from None
        for line, kind, shown in _found(data, known):
            leaks.append(Leak(path=path.relative_to(folder), line=line, kind=kind, shown=shown))
        if on_progress is not None:
            on_progress(done, len(paths))
    return Scan(leaks=tuple(leaks), files=len(paths))


def _files(folder: Path) -> Iterator[Path]:
    for base, _, names in os.walk(folder):
        for name in names:
            path = Path(base) / name
            if path.is_file() and not path.is_symlink():
                yield path


def _unpacked(path: Path) -> bytes:
    data = path.read_bytes()
    try:
        if data[:4] == b"\x28\xb5\x2f\xfd":
            reader = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data))
            return data + bytes(reader.read(_LARGEST))
        if data[:2] == b"\x1f\x8b":
            with gzip.open(io.BytesIO(data)) as file:
                return data + file.read(_LARGEST)
    except (zstandard.ZstdError, EOFError, zlib.error, gzip.BadGzipFile):
        pass  # half a file: what there is of it is looked at as it is
    return data


def _found(data: bytes, known: Mapping[str, str]) -> Iterator[tuple[int, str, str]]:
    for spelling, label in known.items():
        raw, at = spelling.encode(), -1
        while (at := data.find(raw, at + 1)) >= 0:
            yield data.count(b"\n", 0, at) + 1, f"the secret {label}", _masked(raw)
    for key in keys(data):
        yield data.count(b"\n", 0, key.start) + 1, key.kind, _masked(data[key.start : key.end])


def _masked(secret: bytes) -> str:
    return secret[:_SHOWN].decode("utf-8", "replace") + "…"
