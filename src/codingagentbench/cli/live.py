"""What runs now, one live line a cell: phase, calls, tokens, seconds."""

from __future__ import annotations

import sys
import time

from rich.live import Live
from rich.table import Table

from codingagentbench.cells import Event, Phase
from codingagentbench.cli.output import console, count, seconds

_SAID = {
    Phase.WORKSPACE: "making a fresh copy of the tree",
    Phase.CHANGES: "looking at what changed",
    Phase.VERIFY: "running the hidden tests",
    Phase.DONE: "done",
}


class LiveCells:
    """Draws on standard error while a terminal is there, and leaves nothing behind."""

    def __init__(self, *, shown: bool = True) -> None:
        self._rows: dict[str, tuple[Event, float]] = {}
        self._live = (
            Live(
                get_renderable=self._table,
                console=console(to_stderr=True),
                refresh_per_second=8,
                transient=True,
            )
            if shown and sys.stderr.isatty()
            else None
        )

    def show(self, event: Event) -> None:
        """Take note of an event; finished cells leave the picture."""
        if event.phase is Phase.DONE:
            self._rows.pop(event.cell_id, None)
        else:
            self._rows[event.cell_id] = (event, time.monotonic())

    def __enter__(self) -> LiveCells:
        if self._live is not None:
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live is not None:
            self._live.stop()

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 2))
        for cell, (event, since) in self._rows.items():
            took = event.seconds + time.monotonic() - since
            table.add_row("·", cell, str(event.phase), seconds(took), _said(event))
        return table


def _said(event: Event) -> str:
    if event.phase is not Phase.AGENT:
        return _SAID[event.phase]
    failed = f" ({event.failed_calls} failed)" if event.failed_calls else ""
    tool = f", {event.tool}" if event.tool else ""
    return f"{event.calls} calls{failed}, {count(event.tokens)} tokens{tool}"
