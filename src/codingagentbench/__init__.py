"""CodingAgentBench: real coding agents on real tasks, in a sandbox, counted on the wire.

From Python, what ``cab run`` does::

    import asyncio
    from pathlib import Path
    from codingagentbench import Bench, Store, cell_request, run_into

    async def main() -> None:
        request = cell_request(agent="codex", model="oracle", task="mutations/rust-error-negated")
        store = Store(Path("cab-results")).open()
        async with Bench() as bench:
            stored = await run_into(store, request, bench=bench)
        print(stored.record.scores.outcome, stored.record.scores.composite, stored.folder)

    asyncio.run(main())

Everything in ``__all__`` is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from codingagentbench.version import VERSION as __version__

if TYPE_CHECKING:
    from codingagentbench.cells import Bench, CellRequest, Record, cell_request, run_cell
    from codingagentbench.errors import CabError
    from codingagentbench.results import Store, Stored, load_record, run_into
    from codingagentbench.scoring import Outcome, Scores, composite_v0_1, score
    from codingagentbench.tasks import Task, find_task, load_task

_FROM = {
    "Bench": "cells",
    "CabError": "errors",
    "CellRequest": "cells",
    "Outcome": "scoring",
    "Record": "cells",
    "Scores": "scoring",
    "Store": "results",
    "Stored": "results",
    "Task": "tasks",
    "cell_request": "cells",
    "composite_v0_1": "scoring",
    "find_task": "tasks",
    "load_record": "results",
    "load_task": "tasks",
    "run_cell": "cells",
    "run_into": "results",
    "score": "scoring",
}

__all__ = [
    "Bench",
    "CabError",
    "CellRequest",
    "Outcome",
    "Record",
    "Scores",
    "Store",
    "Stored",
    "Task",
    "__version__",
    "cell_request",
    "composite_v0_1",
    "find_task",
    "load_record",
    "load_task",
    "run_cell",
    "run_into",
    "score",
]


def __getattr__(name: str) -> Any:
    if name not in _FROM:
        raise AttributeError(f"module 'codingagentbench' has no attribute '{name}'")
    return getattr(import_module(f"codingagentbench.{_FROM[name]}"), name)
