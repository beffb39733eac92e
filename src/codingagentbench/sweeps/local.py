"""Cells on this machine: one gateway, one loop, as many sandboxes at a time as there are cores."""

from __future__ import annotations

import os
from types import TracebackType
from typing import Final, Self

from codingagentbench.cells import Bench, OnEvent
from codingagentbench.gateway import Pressure
from codingagentbench.results import Store, run_into
from codingagentbench.sweeps.driving import Ran
from codingagentbench.sweeps.file import SweepFile
from codingagentbench.sweeps.plan import Planned

_SPARE_MB: Final = 1024


class LocalEngine:
    """``async with LocalEngine(file, store=store) as engine``."""

    def __init__(self, file: SweepFile, *, store: Store, on_cell: OnEvent | None = None) -> None:
        self._store, self._on_cell = store, on_cell
        self._bench = Bench(sandbox=file.sandbox)
        self.jobs = file.machine.jobs or os.cpu_count() or 1
        self.memory_mb = file.machine.memory_mb or _free_mb()

    async def __aenter__(self) -> Self:
        await self._bench.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._bench.__aexit__(kind, error, trace)

    async def run(self, cell: Planned) -> Ran:
        """See :class:`Engine`."""
        stored = await run_into(
            self._store, cell.request, bench=self._bench, on_event=self._on_cell, run=cell.run
        )
        return Ran(folder=stored.folder)

    def pressure(self, cell: Planned) -> Pressure | None:
        """See :class:`Engine`."""
        upstream = cell.pair.request.target.upstream
        return None if upstream is None else self._bench.gateway.pressure(upstream)


def _free_mb() -> int | None:
    """What is free now, less what the system should keep; ``None`` where nobody says."""
    try:
        with open("/proc/meminfo") as told:
            for line in told:
                name, _, value = line.partition(":")
                if name == "MemAvailable":
                    return max(int(value.split()[0]) // 1024 - _SPARE_MB, 1)
    except (OSError, ValueError):
        pass
    return None
