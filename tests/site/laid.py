"""Records laid into a results folder, with what lies beside them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import zstandard

from codingagentbench.cells import Record
from codingagentbench.results import Store, Stored


def stored(root: Path, of: Record, *, patch: str = "", cast: str | None = None) -> Stored:
    """``of`` in a results folder, with what lies beside it."""
    spec = of.spec
    with (
        Store(root)
        .open()
        .draft(sweep=spec.sweep, agent=spec.agent, model=spec.model, task=spec.task, run=spec.run)
    ) as draft:
        (draft.folder / "changes.patch").write_text(patch, errors="surrogateescape")
        if cast is not None:
            (draft.folder / "terminal.cast").write_text(cast)
        return draft.publish(of)


def cast(*printed: str) -> str:
    """An asciicast with an event a tenth of a second for each of ``printed``."""
    lines = [json.dumps({"version": 2, "width": 120, "height": 32})]
    lines += [json.dumps([0.1 * n, "o", text]) for n, text in enumerate(printed, 1)]
    return "\n".join(lines) + "\n"


def keep_body(folder: Path, content: bytes) -> str:
    """A body beside a record, as the gateway stores it; its digest."""
    name = hashlib.sha256(content).hexdigest()
    (folder / "bodies").mkdir(exist_ok=True)
    (folder / "bodies" / f"{name}.zst").write_bytes(zstandard.ZstdCompressor().compress(content))
    return name
