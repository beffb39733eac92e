"""The table of backends, and opening one by name."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Protocol, cast

from codingagentbench.errors import UnknownName
from codingagentbench.sandboxes.protocol import Sandbox

#: name -> module and class; the module is imported when the backend is opened.
BACKENDS: Final = {
    "bubblewrap": ("codingagentbench.sandboxes.bubblewrap", "Bubblewrap"),
    "none": ("codingagentbench.sandboxes.none", "Unsandboxed"),
}
DEFAULT_BACKEND: Final = "bubblewrap"


class _Maker(Protocol):
    def __call__(self, *, hide: tuple[Path, ...]) -> Sandbox: ...


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
