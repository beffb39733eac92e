"""What importing comes to, one foreign task at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Status = Literal["imported", "unsupported", "broken"]


class LeftOut(Exception):
    """A foreign task that does not become one of ours; never leaves this room."""

    status: Status


class Unsupported(LeftOut):
    """It is whole, but asks for what is not done here; the message says what."""

    status = "unsupported"


class Broken(LeftOut):
    """It is not whole, or not what it says it is; the message says what is wrong where."""

    status = "broken"


@dataclass(frozen=True, kw_only=True)
class Content:
    """One file, or a link that stays in its tree (``link``: where to)."""

    data: bytes = b""
    executable: bool = False
    link: str | None = None


#: Files of one folder by their relative paths.
Files = Mapping[str, Content]


@dataclass(frozen=True, kw_only=True)
class Solve:
    """A reference solution that is a script: what has to run before there are files.

    ``files`` are seen at /solution, ``script`` is one of them; it runs with ``env`` where the
    tree is.
    """

    files: Files
    script: str
    env: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 600.0


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One foreign task as one of ours, before anything was run.

    ``name`` is what it is called there, ``config`` what goes into task.toml. Either ``solution``
    or ``solve`` says how it is solved.
    """

    name: str
    config: Mapping[str, object]
    prompt: str
    tree: Files
    verifier: Files
    solution: Files | None = None
    solve: Solve | None = None
    warnings: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return str(self.config["id"])


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one foreign task. ``reason`` is empty for one that was imported."""

    name: str
    status: Status
    reason: str = ""
    id: str | None = None
    folder: Path | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Found:
    """A foreign task that was found: its name, and what reads it into a draft.

    ``read`` raises nothing but :class:`LeftOut`.
    """

    name: str
    read: Callable[[], Draft]
