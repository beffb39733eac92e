"""One run, seen from the harness: start it, feed the sink, hold the clock, and end it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from codingagentbench.errors import NoProgram, SandboxError
from codingagentbench.sandboxes.cgroups import Cgroups, usage
from codingagentbench.sandboxes.launcher import wire
from codingagentbench.sandboxes.launcher.request import (
    END,
    GO,
    KILL,
    LISTENER,
    NAMES,
    READY,
    TERM,
    Answer,
    Request,
)
from codingagentbench.sandboxes.launching import LAUNCHER
from codingagentbench.sandboxes.names import NameServer
from codingagentbench.sandboxes.protocol import OnListen, Sink
from codingagentbench.sandboxes.streams import Output, Report, Stream, open_output, open_pipe
from codingagentbench.sandboxes.values import Command, Exit, KilledBy

_MESSAGE_BYTES: Final = 1 << 18
_MISSING: Final = re.compile(r"execvp (.+): No such file or directory")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a backend makes of a command: the request, and how its end is read."""

    request: Request
    backend: str
    network: str
    limits: str
    cgroups: Cgroups | None
    listener: socket.socket | None = None  # the backend's own; else the launcher makes one
    #: Hands the request to a launcher, which gets copies of the streams; its control socket.
    launch: Callable[[Request, Sequence[int]], socket.socket] = LAUNCHER.start
    #: What to take for the last word of a launcher that the program itself could have killed.
    lost: Callable[[], Answer] | None = None
    asked: float | None = None  # time.monotonic() at which the building of the sandbox began
    #: Why the program was not started, by the launcher's status text and the last output.
    not_started: Callable[[str, bytes], str | None] = lambda _status, _tail: None


async def supervise(
    plan: Plan,
    command: Command,
    *,
    on_listen: OnListen | None,
    sink: Sink | None,
    stop: asyncio.Event | None,
) -> Exit:
    """Run ``plan`` to its end. Whatever happens, all of it is dead when this returns."""
    run = _Run(plan, command, sink)
    try:
        run.start()
        await run.let_go(on_listen)
        await run.wait(stop)
    finally:
        await run.make_sure()
    return run.result()


class _Run:
    def __init__(self, plan: Plan, command: Command, sink: Sink | None) -> None:
        self._plan, self._command = plan, command
        self._asked = time.monotonic() if plan.asked is None else plan.asked
        self._loop = asyncio.get_running_loop()
        self._output = Output(command.limits.output_mb << 20, sink)
        self._report = Report()
        self._streams: list[Stream] = []
        self._control: socket.socket | None = None
        self._ready: asyncio.Future[None] = self._loop.create_future()
        self._listener: asyncio.Future[socket.socket] = self._loop.create_future()
        self._names: tuple[NameServer, asyncio.Task[None]] | None = None
        self._end: asyncio.Future[Answer | None] = self._loop.create_future()
        self._handed_over = False
        self._killed_by: KilledBy | None = None
        if plan.listener is not None:
            self._listener.set_result(plan.listener)

    def start(self) -> None:
        """Open the streams and hand everything to the launcher."""
        self._streams.append(open_output(self._command.terminal, self._output.take))
        if self._command.report:
            self._streams.append(open_pipe(self._report.take))
        theirs = [stream.theirs for stream in self._streams if stream.theirs is not None]
        self._control = self._plan.launch(self._plan.request, theirs)
        self._loop.add_reader(self._control, self._hear)
        for stream in self._streams:
            stream.hand_over()

    async def let_go(self, on_listen: OnListen | None) -> None:
        """Hand over the listener, wait until the sandbox stands, and start the program."""
        if self._command.port is not None and on_listen is not None:
            listener = await self._listening()
            if listener is not None:
                await on_listen(listener)
        await _first(self._ready, self._end)
        self._output.started = time.monotonic()
        self._tell(GO)

    async def wait(self, stop: asyncio.Event | None) -> None:
        """Until the end by itself, the timeout, or ``stop``; then by force."""
        stopping = None if stop is None else asyncio.ensure_future(stop.wait())
        try:
            await _first(self._end, stopping, timeout=self._command.timeout_s)
        finally:
            if stopping is not None:
                stopping.cancel()
        if not self._end.done():
            stopped = stop is not None and stop.is_set()
            self._killed_by = KilledBy.STOPPED if stopped else KilledBy.TIMEOUT
            self._tell(TERM)
            await asyncio.wait({self._end}, timeout=self._command.grace_s)

    async def make_sure(self) -> None:
        """Kill what still runs, wait for the launcher's last word, close everything."""
        cancelled = False
        self._tell(KILL)
        while self._control is not None and not self._end.done():
            try:
                await asyncio.shield(self._end)
            except asyncio.CancelledError:
                cancelled = True  # first the processes, then the wish
        if self._control is not None:
            self._loop.remove_reader(self._control)
            self._control.close()
            if self._end.result() is None and self._plan.cgroups is not None:
                self._plan.cgroups.sweep()  # what a killed launcher could not do
        for stream in self._streams:
            stream.finish()
        if self._names is not None:
            await self._names[1]
            self._names[0].close()
        if self._listener.done() and not self._handed_over:
            self._listener.result().close()
        if cancelled:
            raise asyncio.CancelledError

    def result(self) -> Exit:
        """What came of it; raises ``SandboxError`` when the program was never started."""
        answer = self._end.result()
        if answer is None and self._plan.lost is not None:
            answer = self._plan.lost()
        if answer is None:
            raise SandboxError("the launcher of this sandbox was killed from outside")
        used = usage(answer["groups"])
        why = answer["failed"]
        if why is None and self._killed_by is None and not used.oom_kills and not answer["disk"]:
            why = self._plan.not_started(answer["status"], self._output.tail)
        if why is not None and (missing := _MISSING.fullmatch(why)):
            do = "give its whole path, or install what it belongs to"
            raise NoProgram(f"there is no program '{missing[1]}' in the sandbox", do=do)
        if why is not None:
            raise SandboxError(why, where=f"{self._plan.backend} sandbox")
        killed_by = self._killed_by
        if killed_by is None and answer["disk"]:
            killed_by = KilledBy.DISK
        elif killed_by is None and used.oom_kills and answer["code"] == 137:
            killed_by = KilledBy.MEMORY
        started = self._output.started
        return Exit(
            code=answer["code"],
            killed_by=killed_by,
            wall_s=max(answer["died_at"] - started, 0.0),
            setup_s=started - self._asked,
            teardown_s=max(time.monotonic() - answer["died_at"], 0.0),
            cpu_s=answer["cpu_s"] if used.cpu_s is None else used.cpu_s,
            memory_peak_bytes=used.memory_peak_bytes,
            oom_kills=used.oom_kills,
            output_bytes=self._output.bytes,
            report=self._report.content,
            names=None if self._names is None else self._names[0].asked,
            backend=self._plan.backend,
            limits=self._plan.limits,
            network=self._plan.network,
        )

    async def _listening(self) -> socket.socket | None:
        """The listener; None when the run ended before it had one (its end says why)."""
        await _first(self._listener, self._end)
        if not self._listener.done():
            return None
        self._handed_over = True
        return self._listener.result()

    def _tell(self, word: bytes) -> None:
        if self._control is not None and not self._end.done():
            with contextlib.suppress(OSError):  # its end is on the way
                self._control.send(word)

    def _hear(self) -> None:
        assert self._control is not None
        try:
            message, fds = wire.receive(self._control, _MESSAGE_BYTES, 1)
        except (BlockingIOError, ConnectionResetError):
            # Reset: it closed without reading our last word. Told once, ahead of its own last
            # word, which can still be read.
            return
        except OSError:
            message, fds = b"", []
        if message == LISTENER:
            self._listener.set_result(socket.socket(fileno=fds[0]))
        elif message == NAMES:
            server = NameServer()
            listener = socket.socket(fileno=fds[0])
            self._names = server, self._loop.create_task(server.serve(listener))
        elif message == READY:
            self._ready.set_result(None)
        elif not self._end.done():
            self._end.set_result(json.loads(message[len(END) :]) if message else None)
        if not message:
            self._loop.remove_reader(self._control)


async def _first(*futures: asyncio.Future[Any] | None, timeout: float | None = None) -> None:  # noqa: ASYNC109
    """Until one of them is done (or ``timeout`` seconds); cancels none."""
    waiting: list[asyncio.Future[Any]] = [future for future in futures if future is not None]
    await asyncio.wait(waiting, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
