"""What a sweep is made of, pinned: so that its cells can be held side by side."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from codingagentbench.errors import ResultsError
from codingagentbench.sandboxes import Toolchain, toolchain_in
from codingagentbench.sweeps.plan import Plan
from codingagentbench.version import VERSION

#: Raised when a lock means something else.
FORMAT: Final = 1


class Lock(BaseModel):
    """Digests of all that a cell's outcome depends on, and of nothing else: how many cells run
    at a time, or how often one is tried again, may be changed at any time."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int = FORMAT
    version: str  # ours
    name: str
    runs: int
    seed: int
    settings: Mapping[str, Any]  # sandbox, faults, methodology
    tasks: Mapping[str, str]  # id -> digest
    agents: Mapping[str, str]  # with plugins -> version and digest of all that is installed
    models: Mapping[str, str]  # as asked for -> digest of the public description of its endpoint
    toolchains: Mapping[str, str]  # name -> version
    cells: str  # digest of the set of cells, with the limits of each


def lock_of(plan: Plan) -> Lock:
    """The lock of a plan, as things stand now."""
    file, pairs = plan.file, plan.runnable
    first = next(iter(pairs), None)
    faults = None if first is None or first.request.faults is None else first.request.faults.digest
    toolchains = sorted({name for pair in pairs for name in pair.request.task.toolchain})
    found = [toolchain_in(file.sandbox, name) for name in toolchains]
    return Lock(
        version=VERSION,
        name=file.name,
        runs=file.runs,
        seed=file.seed,
        settings={"sandbox": file.sandbox, "faults": faults, "methodology": file.methodology},
        tasks={pair.task: pair.request.task.digest for pair in pairs},
        agents={
            pair.agent: " ".join(
                (
                    pair.request.installed.version,
                    pair.request.installed.digest,
                    *pair.request.spec.plugin_stack,
                )
            )
            for pair in pairs
        },
        models={pair.model: _digest(pair.request.target.public()) for pair in pairs},
        toolchains={one.name: one.version for one in found if isinstance(one, Toolchain)},
        cells=_digest(
            [
                (p.agent, p.model, p.task, p.request.timeout_s, p.request.budget.model_dump())
                for p in pairs
            ]
        ),
    )


def read_lock(path: Path) -> Lock | None:
    """The lock in a file; ``None`` where there is none.

    Raises :class:`ResultsError` for one of a newer version, or one that cannot be read.
    """
    try:
        told = json.loads(path.read_bytes())
        format_ = told.get("format") if isinstance(told, dict) else None
        if isinstance(format_, int) and format_ > FORMAT:
            raise ResultsError(
                f"the lock is of format {format_}, this version knows {FORMAT}",
                where=str(path),
                do=f"use codingagentbench {told.get('version', 'of a later version')}",
            )
        return Lock.model_validate(told)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ResultsError(f"cannot be read: {error.strerror}", where=str(path)) from None
    except (ValueError, ValidationError):
        do = "put it back from a copy; or remove it, and the sweep is pinned to what is here now"
        raise ResultsError("this is not a whole lock", where=str(path), do=do) from None


def differences(old: Lock, new: Lock) -> tuple[str, ...]:
    """What is not as it was, one sentence each; () where cells can be added to the old ones."""
    return tuple(_differences(old, new))


def _differences(old: Lock, new: Lock) -> Iterator[str]:
    if old.version != new.version:
        yield f"codingagentbench was {old.version}, now it is {new.version}"
    for what in ("runs", "seed"):
        was, now = getattr(old, what), getattr(new, what)
        if was != now:
            yield f"{what}: was {was}, now {now}"
    for key in old.settings.keys() | new.settings.keys():
        if old.settings.get(key) != new.settings.get(key):
            yield f"{key}: was {old.settings.get(key)}, now {new.settings.get(key)}"
    named = (
        ("task", old.tasks, new.tasks),
        ("agent", old.agents, new.agents),
        ("model", old.models, new.models),
        ("toolchain", old.toolchains, new.toolchains),
    )
    changed = False
    for what, before, after in named:
        for name in sorted(before.keys() | after.keys()):
            if before.get(name) != after.get(name):
                changed = True
                yield _said(what, name, before.get(name), after.get(name))
    if not changed and old.cells != new.cells:
        yield "which cells there are, or the limits of some, is not as it was"


def _said(what: str, name: str, before: str | None, after: str | None) -> str:
    if before is None:
        return f"{what} {name} was added"
    if after is None:
        return f"{what} {name} is gone"
    old, new = before.split(" ")[0], after.split(" ")[0]
    if old == new:
        return f"{what} {name} ({old}) has other content"
    return f"{what} {name}: was {_short(old)}, now {_short(new)}"


def _short(text: str) -> str:
    return text[:19] if text.startswith("sha256:") else text


def _digest(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, default=str)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()
