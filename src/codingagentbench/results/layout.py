"""Where a cell's records lie: one folder a cell, in it one folder an attempt.

ROOT/SWEEP/AGENT/MODEL.../CATEGORY/TASK/runN/attemptM/
    record.json     the record; written last
    SHA256SUMS      sha256 of every file here, for ``sha256sum -c``
    terminal.cast   what the terminal showed (asciicast v2)
    changes.patch   what the agent changed, as a unified diff
    verifier.txt    what the verifier printed
    bodies/         requests and replies of the model calls, by digest
    index.html      the page, made from all this at any time
ROOT/.drafts/       attempts that are running now; no reader looks there
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

RECORD = "record.json"
SUMS = "SHA256SUMS"
TERMINAL = "terminal.cast"
PATCH = "changes.patch"
VERIFIER_OUTPUT = "verifier.txt"
BODIES = "bodies"
PAGE = "index.html"
DRAFTS = ".drafts"

_UNSAFE = re.compile(r"[^A-Za-z0-9._@+-]")


def cell_path(sweep: str, agent: str, model: str, task: str) -> PurePosixPath:
    """The folder of all runs of a cell, relative to the results' root; safe for any name."""
    parts = [sweep, agent, *model.split("/"), *task.split("/")]
    return PurePosixPath(*(_segment(part) for part in parts))


def run_path(sweep: str, agent: str, model: str, task: str, run: int) -> PurePosixPath:
    """The folder of one run of a cell."""
    return cell_path(sweep, agent, model, task) / f"run{run}"


def attempts_in(run_folder: Path) -> list[Path]:
    """Finished attempts of a run, first one first."""
    found = [p for p in run_folder.glob("attempt*") if (p / RECORD).is_file()]
    return sorted(found, key=lambda p: int(p.name.removeprefix("attempt") or 0))


def _segment(name: str) -> str:
    """One path segment: odd characters as ~HEX, never empty, never a dot name."""
    safe = _UNSAFE.sub(lambda m: "".join(f"~{byte:02X}" for byte in m.group().encode()), name)
    return "~" + safe if safe.strip(".") == "" else safe[:120]
