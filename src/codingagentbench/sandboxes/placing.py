"""Where the files of a command go: below HOME or /tmp, with folders of their owner."""

from __future__ import annotations

import base64
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field

from codingagentbench.errors import SandboxError
from codingagentbench.sandboxes.values import HOME

TMP = "/tmp"  # noqa: S108  (inside)


@dataclass(frozen=True, kw_only=True)
class Placed:
    """Rows of a request: folders (path, mode, theirs), files (path, base64, mode, theirs)."""

    folders: list[tuple[str, int, bool]] = field(default_factory=list)
    files: list[tuple[str, str, int, bool]] = field(default_factory=list)


def place(files: Mapping[str, bytes], *, home: str, tmp: str) -> Placed:
    """``files`` by their paths inside, as rows below the real folders ``home`` and ``tmp``.

    Raises ``SandboxError`` for a path that is not below HOME or /tmp.
    """
    folders: dict[str, tuple[str, int, bool]] = {}
    rows = []
    for path, content in sorted(files.items()):
        root, real = next(
            ((r, real) for r, real in ((HOME, home), (TMP, tmp)) if path.startswith(f"{r}/")),
            (None, None),
        )
        if root is None or real is None or posixpath.normpath(path) != path:
            raise SandboxError(
                "a file can only be placed below HOME or /tmp", where=path, do=f"use {HOME}/..."
            )
        below = path[len(root) + 1 :]
        parts = below.split("/")[:-1]
        for depth in range(len(parts)):
            folder = "/".join([real, *parts[: depth + 1]])
            folders[folder] = (folder, 0o755, True)
        rows.append((f"{real}/{below}", base64.b64encode(content).decode(), 0o644, True))
    return Placed(folders=sorted(folders.values()), files=rows)
