"""The digest of a folder: names, modes, links and contents, independent of where it lies."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

#: What interpreters and editors leave behind; never part of a task.
_SKIPPED = {"__pycache__", ".DS_Store"}


def folder_digest(folder: Path) -> str:
    """``"sha256:..."`` over every file and link below ``folder``, in order of path.

    Each entry is hashed as its path (bytes, "/"-separated), its kind (x for executable files,
    f for others, l for links) and its content's SHA-256 or the link's target, NUL-separated.
    """
    total = hashlib.sha256()
    for path in sorted(_files(folder), key=os.fsencode):
        name = os.fsencode(path.relative_to(folder))
        if path.is_symlink():
            kind, content = b"l", os.fsencode(os.readlink(path))
        else:
            kind = b"x" if path.stat().st_mode & 0o100 else b"f"
            content = hashlib.sha256(path.read_bytes()).hexdigest().encode()
        total.update(b"\0".join((name, kind, content)) + b"\n")
    return f"sha256:{total.hexdigest()}"


def _files(folder: Path) -> list[Path]:
    found = []
    for base, folders, names in os.walk(folder):
        for name in list(folders):
            if name in _SKIPPED:
                folders.remove(name)
            elif Path(base, name).is_symlink():
                found.append(Path(base, name))
        found += [Path(base, name) for name in names if name not in _SKIPPED]
    return found
