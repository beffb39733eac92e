"""What attempts share: one gateway, one server of built-in models, one sandbox backend."""

from __future__ import annotations

import asyncio
import os
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from codingagentbench.cells.request import CellRequest, mounts_of
from codingagentbench.cells.scratch import held_scratch
from codingagentbench.endpoints import BuiltinServer, FaultsServer, ReplayServer
from codingagentbench.gateway import Gateway
from codingagentbench.sandboxes import Sandbox, open_sandbox


class Bench:
    """Open once, run any number of cells, at the same time if you like.

        async with Bench() as bench:
            record = await run_cell(request, folder=folder, bench=bench)

    Raises ``SandboxUnavailable`` or ``UnknownName`` on opening when the backend cannot be had.
    """

    def __init__(
        self,
        *,
        sandbox: str = "bubblewrap",
        scratch: Path | None = None,
        gateway: Gateway | None = None,
    ) -> None:
        self._name = sandbox
        self._scratch = scratch or Path(os.environ.get("CAB_SCRATCH") or tempfile.gettempdir())
        self._stack = AsyncExitStack()
        self._builtin: BuiltinServer | None = None
        self._faults: FaultsServer | None = None
        self._replays: ReplayServer | None = None
        self._starting = asyncio.Lock()
        self.gateway = gateway or Gateway()
        self.sandbox: Sandbox

    async def __aenter__(self) -> Self:
        self.sandbox = open_sandbox(self._name)
        await self._stack.enter_async_context(self.gateway)
        self._held = self._stack.enter_context(held_scratch(self._scratch))
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._stack.aclose()

    def admit(self, request: CellRequest) -> None:
        """Raise ``SandboxUnavailable`` when its agent cannot be had in this sandbox."""
        self.sandbox.admit(mounts_of(request.installed))

    async def builtin(self) -> BuiltinServer:
        """The server of the built-in models, started when it is first needed."""
        async with self._starting:
            if self._builtin is None:
                self._builtin = await self._stack.enter_async_context(BuiltinServer())
            return self._builtin

    async def faults(self) -> FaultsServer:
        """The server of wrapped endpoints, started when it is first needed."""
        async with self._starting:
            if self._faults is None:
                self._faults = await self._stack.enter_async_context(FaultsServer())
            return self._faults

    async def replays(self) -> ReplayServer:
        """The server of recorded answers, started when it is first needed."""
        async with self._starting:
            if self._replays is None:
                self._replays = await self._stack.enter_async_context(ReplayServer())
            return self._replays

    def scratch(self) -> tempfile.TemporaryDirectory[str]:
        """A fresh folder for one attempt, removed when its context ends."""
        return tempfile.TemporaryDirectory(dir=self._held, ignore_cleanup_errors=True)
