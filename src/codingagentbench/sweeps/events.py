"""What a sweep says while it goes on: to a screen, to a file, to a machine that listens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from codingagentbench.results import Row


class What(StrEnum):
    STARTED = "started"
    BEGUN = "begun"
    ENDED = "ended"
    RETRY = "retry"  # an attempt ended, and there will be another
    BUDGET = "budget"
    STOPPING = "stopping"  # no further cell is begun
    LOST = "lost"  # a node or a worker died under a cell; it is begun anew
    FINISHED = "finished"


@dataclass(frozen=True, kw_only=True)
class SweepEvent:
    """``row``: of the attempt that ended. ``seconds``: until the retry."""

    what: What
    cell: str | None = None
    row: Row | None = None
    seconds: float | None = None
    detail: str | None = None
    node: str | None = None  # where the cell ran, in a cluster

    def plain(self) -> dict[str, Any]:
        """As one line of JSON says it."""
        row = None
        if self.row is not None:
            kept = ("outcome", "scored", "attempt", "composite", "calls", "usd", "agent_s", "path")
            row = {**{k: v for k, v in asdict(self.row).items() if k in kept}}
            row["tokens"] = self.row.tokens
        told = {
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "event": str(self.what),
            "cell": self.cell,
            "seconds": None if self.seconds is None else round(self.seconds, 3),
            "detail": self.detail,
            "node": self.node,
            **(row or {}),
        }
        return {key: value for key, value in told.items() if value is not None}


#: Called in the event loop; must return at once.
OnSweep = Callable[[SweepEvent], None]
