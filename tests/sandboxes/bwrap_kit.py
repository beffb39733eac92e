"""Runs shell scripts in a sandbox, for the tests beside this file."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from codingagentbench.sandboxes import Command, Exit, Owner, Slot, base_env, open_sandbox
from tests.workers import of_another_worker

BACKEND = "bubblewrap"
DOCKER = pytest.param("docker", marks=pytest.mark.docker)


@dataclass(frozen=True)
class Done:
    """How a run ended, what it printed, and whom it ran as."""

    exit: Exit
    text: str
    owner: Owner
    seconds: float

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


def run(
    script: str, *, backend: str = BACKEND, scratch: Path | None = None, **options: Any
) -> Done:
    """Run ``script`` with bash; options of ``Command`` and of ``Slot.run`` mixed."""
    return asyncio.run(run_async(script, backend=backend, scratch=scratch, **options))


async def run_async(
    script: str, *, backend: str = BACKEND, scratch: Path | None = None, **options: Any
) -> Done:
    with tempfile.TemporaryDirectory() as fresh:
        os.chmod(fresh, 0o711)
        async with open_sandbox(backend).attempt(scratch or Path(fresh)) as slot:
            return await run_in(slot, script, **options)


async def run_in(slot: Slot, script: str, **options: Any) -> Done:
    pieces: list[bytes] = []
    kept = {
        name: options.pop(name) for name in ("workspace", "on_listen", "stop") if name in options
    }
    settings: dict[str, Any] = {"terminal": None, "timeout_s": 20.0, "env": base_env()} | options
    command = Command(argv=("bash", "-c", script), **settings)
    started = time.monotonic()
    done = await slot.run(command, sink=lambda _at, piece: pieces.append(piece), **kept)
    text = b"".join(pieces).decode("utf-8", "replace")
    return Done(done, text, slot.owner, time.monotonic() - started)


def alive(needle: str) -> list[int]:
    """Processes of this machine whose command line contains ``needle``."""
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit() and int(name) != os.getpid():
            try:
                line = Path("/proc", name, "cmdline").read_bytes()
            except OSError:
                continue
            if needle.encode() in line and not of_another_worker(name):
                found.append(int(name))
    return found


def until(holds: Callable[[], bool], seconds: float = 5.0) -> bool:
    """Whether ``holds`` comes true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.02)
    return holds()


def echo_server() -> Callable[..., Awaitable[None]]:
    """An ``on_listen`` that answers every line with "heard: " and the line."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"heard: " + await reader.readline())
        await writer.drain()
        writer.close()

    async def serve(sock: Any) -> None:
        await asyncio.start_server(answer, sock=sock)

    return serve
