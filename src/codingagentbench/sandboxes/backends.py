"""The table of backends, and opening one by name."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Protocol, cast

from codingagentbench.errors import UnknownName
from codingagentbench.sandboxes.protocol import Sandbox
from codingagentbench.sandboxes.toolchains import Missing, Toolchain

#: name -> module and class; the module is imported when the backend is opened.
BACKENDS: Final = {
    "bubblewrap": ("codingagentbench.sandboxes.bubblewrap", "Bubblewrap"),
    "docker": ("codingagentbench.sandboxes.docker", "Docker"),
    "none": ("codingagentbench.sandboxes.none", "Unsandboxed"),
}
DEFAULT_BACKEND: Final = "bubblewrap"


class _Maker(Protocol):
    def __call__(self, *, hide: tuple[Path, ...]) -> Sandbox: ...


@functools.cache
def toolchain_in(backend: str, name: str) -> Toolchain | Missing:
    """The toolchain called ``name`` as the backend's sandboxes have it, asked for once."""
    return opened(backend).toolchain(name)


@functools.cache
def opened(backend: str) -> Sandbox:
    """One of the kind, for questions that are asked again and again."""
    return open_sandbox(backend)


def open_sandbox(name: str = DEFAULT_BACKEND, *, hide: Iterable[Path] = ()) -> Sandbox:
    """The backend called ``name``.

    ``hide``: folders of the host that must not be seen inside even where they lie below a system
    folder (task folders, results); this package's own folder is always hidden.
    Raises ``UnknownName``; ``SandboxUnavailable`` when the machine lacks what the backend needs.
    """
    if name not in BACKENDS:
        raise UnknownName("sandbox", name, BACKENDS, do=f"choose one of: {', '.join(BACKENDS)}")
    module, cls = BACKENDS[name]
    maker = cast(_Maker, getattr(importlib.import_module(module), cls))
    return maker(hide=tuple(hide))
