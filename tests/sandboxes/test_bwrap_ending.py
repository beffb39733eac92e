"""However a run ends, everything it started is dead before anyone looks at the tree."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from bwrap_kit import DOCKER, Done, alive, run, run_async, run_in, until

from codingagentbench.errors import NoProgram, SandboxError
from codingagentbench.sandboxes import Command, KilledBy, Limits, base_env, open_sandbox

BACKENDS = pytest.mark.parametrize("backend", ["bubblewrap", "none", DOCKER])
LAUNCHED = pytest.mark.parametrize("backend", ["bubblewrap", "none"])
DAEMON = "(setsid setsid sleep {0} >/dev/null 2>&1 &) ; disown -a"


@BACKENDS
@pytest.mark.parametrize(
    ("script", "code"),
    [("exit 0", 0), ("exit 7", 7), ("exit 255", 255), ("kill -9 $$", 137), ("kill -15 $$", 143),
     ("kill -SEGV $$", 139)],
)  # fmt: skip
def test_the_code_is_the_programs_own_or_its_signal(script: str, code: int, backend: str) -> None:
    done = run(script, backend=backend).exit
    assert (code, None) == (done.code, done.killed_by)


@BACKENDS
def test_a_program_that_is_not_there_is_said_plainly(backend: str) -> None:
    async def start() -> None:
        with tempfile.TemporaryDirectory() as scratch:
            async with open_sandbox(backend).attempt(Path(scratch)) as slot:
                await slot.run(Command(argv=("no-such-program",), env=base_env()))

    with pytest.raises(NoProgram, match="there is no program 'no-such-program'"):
        asyncio.run(start())


@BACKENDS
def test_a_daemon_does_not_outlive_the_run(backend: str) -> None:
    done = run(DAEMON.format("61.71"), backend=backend)
    assert alive("61.71") == []
    assert done.exit.code == 0
    assert done.seconds < 5


@BACKENDS
@pytest.mark.parametrize("terminal", [None, (80, 24)])
def test_a_daemon_that_holds_the_output_does_not_hold_up_the_end(
    terminal: tuple[int, int] | None, backend: str
) -> None:
    done = run("echo before; (setsid sleep 62.72 &); exit 3", terminal=terminal, backend=backend)
    assert done.exit.code == 3
    assert done.text.split() == ["before"]
    assert done.seconds < 5
    assert alive("62.72") == []


@BACKENDS
def test_a_timeout_asks_first(backend: str) -> None:
    script = "trap 'echo asked; exit 5' TERM; echo up; while :; do sleep 0.05; done"
    done = run(script, timeout_s=0.6, grace_s=5, backend=backend)
    assert done.exit.killed_by is KilledBy.TIMEOUT
    assert done.exit.code == 5
    assert [line for line in done.lines if line in ("up", "asked")] == ["up", "asked"]
    assert 0.5 < done.exit.wall_s < 3


@BACKENDS
def test_who_is_deaf_to_asking_is_killed(backend: str) -> None:
    script = "trap '' TERM; echo up; (trap '' TERM; setsid sleep 63.73) & while :; do sleep 1; done"
    done = run(script, timeout_s=0.5, grace_s=0.3, backend=backend)
    assert done.exit.killed_by is KilledBy.TIMEOUT
    assert done.exit.code == 137
    assert done.seconds < 5
    assert alive("63.73") == []


@BACKENDS
def test_a_fork_bomb_ends_and_leaves_nothing(backend: str) -> None:
    script = "f() { f marker-of-bomb | f marker-of-bomb & }; f; sleep 64.74"
    done = run(script, timeout_s=1.0, grace_s=0.2, backend=backend, limits=Limits(pids=60))
    assert done.exit.killed_by is KilledBy.TIMEOUT
    assert done.seconds < 10
    assert alive("marker-of-bomb") == []
    assert alive("64.74") == []


def test_processes_are_bounded() -> None:
    script = """python3 -c 'import os, time
count = 0
try:
    while os.fork():
        count += 1
except BlockingIOError:
    print(count)
else:
    time.sleep(65.75)'"""
    done = run(script, limits=Limits(pids=40))
    assert 30 <= int(done.text) <= 42
    assert alive("65.75") == []


@BACKENDS
def test_the_stop_event_ends_it(backend: str) -> None:
    async def stopped() -> Done:
        stop = asyncio.Event()
        asyncio.get_running_loop().call_later(0.4, stop.set)
        return await run_async("sleep 66.76", stop=stop, backend=backend)

    done = asyncio.run(stopped())
    assert done.exit.killed_by is KilledBy.STOPPED
    assert done.exit.code == 143
    assert alive("66.76") == []


@BACKENDS
@pytest.mark.parametrize("after", [0.0, 0.004, 0.02, 0.3])
def test_cancelling_kills_first_and_raises_then(after: float, backend: str) -> None:
    async def cancelled() -> None:
        task = asyncio.create_task(run_async("trap '' TERM; sleep 67.77; :", backend=backend))
        await asyncio.sleep(after)
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(cancelled())
    assert alive("67.77") == []


def test_a_listener_that_fails_ends_the_run() -> None:
    async def broken(sock: object) -> None:
        raise ValueError("not today")

    with pytest.raises(ValueError, match="not today"):
        run("sleep 68.78", port=8000, on_listen=broken)
    assert alive("68.78") == []


HARNESS = """
import asyncio, sys, tempfile
from pathlib import Path
from codingagentbench.sandboxes import Command, base_env, open_sandbox

async def main():
    with tempfile.TemporaryDirectory() as scratch:
        import os; os.chmod(scratch, 0o711)
        async with open_sandbox(sys.argv[1]).attempt(Path(scratch)) as slot:
            script = "trap '' TERM HUP; (setsid sleep 69.79 &); echo up >&2; sleep 69.79; :"
            await slot.run(Command(argv=("bash", "-c", script), env=base_env()))

asyncio.run(main())
"""


@LAUNCHED
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_harness_leaves_nothing(number: signal.Signals, backend: str) -> None:
    with subprocess.Popen([sys.executable, "-c", HARNESS, backend]) as harness:
        assert until(lambda: len(alive("sleep\x0069.79")) == 2, 10)
        launchers = {pid for pid in alive("launcher/__main__.py") if _below(pid, harness.pid)}
        harness.send_signal(number)
    assert len(launchers) == 2  # the one that listens, and the one of this run
    assert until(lambda: alive("69.79") == [])
    assert until(lambda: launchers & set(alive("launcher/__main__.py")) == set())


def _below(pid: int | None, ancestor: int) -> bool:
    while pid not in (None, 0, ancestor):
        pid = _parent(pid)
    return pid == ancestor


def _parent(pid: int | None) -> int | None:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


@LAUNCHED
def test_a_killed_launcher_is_an_error_and_leaves_nothing(backend: str) -> None:
    async def killed() -> Done:
        task = asyncio.create_task(run_async("sleep 70.81", backend=backend))
        while not (pids := alive("sleep\x0070.81")):
            await asyncio.sleep(0.02)
        victim = pids[0]
        while b"launcher/__main__.py" not in Path(f"/proc/{victim}/cmdline").read_bytes():
            victim = _parent(victim) or 1
        os.kill(victim, signal.SIGKILL)
        return await task

    with pytest.raises(SandboxError, match="killed from outside"):
        asyncio.run(killed())
    assert until(lambda: alive("70.81") == [])
    assert run("echo again").text == "again\n"


def test_times_are_told_apart() -> None:
    started = time.monotonic()
    done = run("sleep 0.3").exit
    total = time.monotonic() - started
    assert 0.3 <= done.wall_s < 0.6
    assert 0 < done.setup_s < 0.5
    assert 0 <= done.teardown_s < 0.5
    assert done.setup_s + done.wall_s + done.teardown_s <= total + 0.001


def test_cpu_seconds_are_those_of_all_processes() -> None:
    burn = "python3 -c 'import time\nwhile time.process_time() < 0.3: pass'"
    done = run(f"{burn} & {burn}; wait").exit
    assert done.cpu_s is not None
    assert 0.55 < done.cpu_s < 2.5


def test_a_slot_runs_one_command_after_the_other() -> None:
    async def twice() -> list[str]:
        with tempfile.TemporaryDirectory() as scratch:
            async with open_sandbox().attempt(Path(scratch)) as slot:
                return [(await run_in(slot, f"echo {n}")).text for n in range(3)]

    assert asyncio.run(twice()) == ["0\n", "1\n", "2\n"]
