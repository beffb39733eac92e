"""The arsenal against whole cells: none is solved, nothing leaks, nothing is left, all goes on."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from codingagentbench.cells import Bench
from codingagentbench.results import Store, Stored, check_files, run_into, scan
from codingagentbench.sandboxes import Limits
from codingagentbench.site import build_page
from tests.cells.hostile import scripted
from tests.hostile.arsenal import GATEWAY, NETWORK, READS, RESOURCES, Attack, python
from tests.hostile.arsenal_tree import TREE, VERIFIER, WORDS
from tests.workers import left, of_another_worker

ROOT = Path(__file__).parents[2]
ALL = (*RESOURCES, *READS, *NETWORK, *GATEWAY, *VERIFIER, *TREE, *WORDS)
SECRET = "canary-6b1d0c7e5f"

#: One model call, without which a cell says that agent and endpoint do not fit each other.
CALL = python(
    "import os, urllib.request\n"
    "request = urllib.request.Request(os.environ['MODEL_URL'] + '/chat/completions',\n"
    '    b\'{"model": "m", "messages": [{"role": "user", "content": "hello"}]}\',\n'
    "    {'Authorization': 'Bearer ' + os.environ['MODEL_KEY']})\n"
    "urllib.request.urlopen(request).read()"
)

pytestmark = [pytest.mark.agents, pytest.mark.timeout(300)]
DOCKER = pytest.param("docker", marks=pytest.mark.docker)


@dataclass
class Host:
    """What attacks are after, and whether any got there."""

    canary: Path
    port: int
    reached: list[str]

    @property
    def words(self) -> str:
        addresses = {
            str(info[4][0])
            for info in socket.getaddrinfo(socket.gethostname(), None)
            if not str(info[4][0]).startswith(("127.", "::1", "fe80"))
        }
        return (
            f"export CANARY={self.canary} PORT={self.port} "
            f"ADDRESSES='{' '.join(sorted(addresses))}'\n"
        )


@pytest.fixture
async def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Host]:
    """A file, a key in the harness's environment, and a listener on every address."""
    monkeypatch.setenv("CAB_KEY", SECRET)
    canary = tmp_path / "canary"
    canary.write_text(SECRET)
    canary.chmod(0o644)
    reached: list[str] = []

    def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        reached.append(str(writer.get_extra_info("peername")))
        writer.close()

    server = await asyncio.start_server(hear, "0.0.0.0", 0)
    yield Host(canary, server.sockets[0].getsockname()[1], reached)
    server.close()


@pytest.fixture
def scratch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where attempts have their folders: a place of its own, which their users can reach."""
    with tempfile.TemporaryDirectory(prefix="cab-arsenal-", dir="/tmp") as folder:
        Path(folder).chmod(0o711)
        monkeypatch.setenv("CAB_SCRATCH", folder)
        yield Path(folder)


async def attacked(attack: Attack, host: Host, base: Path, bench: Bench) -> Stored:
    script = host.words + CALL + attack.script
    asked = scripted(
        script, base / "agent", model="idle", task=attack.task, timeout_s=attack.timeout_s
    )
    if attack.limits:
        asked = replace(asked, limits=Limits.model_validate(dict(attack.limits)))
    return await run_into(Store(base / "r").open(), asked, bench=bench)


@pytest.mark.parametrize("backend", ["bubblewrap", DOCKER])
@pytest.mark.parametrize("attack", ALL, ids=lambda one: one.name)
async def test_it_gets_nothing(
    attack: Attack, backend: str, host: Host, tmp_path: Path, scratch: Path
) -> None:
    before, running = left_behind(scratch), sandboxed()
    async with Bench(sandbox=backend) as bench:
        stored = await attacked(attack, host, tmp_path, bench)
        after = await attacked(good(), host, tmp_path / "good", bench)
    record = stored.record
    outcome = str(record.scores.verdict.outcome)
    assert outcome in attack.outcomes, record.scores.verdict.detail
    assert attack.said in str(record.scores.verdict.detail)
    integrity = record.scores.axes.integrity
    assert attack.tampered == bool(integrity.tampered)
    if attack.tampered:
        assert all(path.startswith("tests/") for path in integrity.tampered)
        assert 0 == integrity.integrity
    if attack.ended is not None:
        assert record.exit is not None
        assert attack.ended == record.exit.killed_by, record.exit
    if attack.shown is not None:
        assert attack.shown in terminal(stored), terminal(stored)[-2000:]
    for word in ("REACHED", "RESOLVED", "TAKEN", "FOUND", "OWNED", "LEFT_OPEN", "SLOW"):
        assert word not in terminal(stored)
    assert [] == host.reached
    assert SECRET == host.canary.read_text()
    assert [host.canary] == list(tmp_path.glob("canary*"))
    assert () == scan(tmp_path / "r", secrets={SECRET: "the canary"}).leaks
    assert () == check_files(stored.folder)
    assert build_page(stored.folder).is_file()
    assert "passed" == str(after.record.scores.verdict.outcome), "the bench works as before"
    assert set() == left(sandboxed, running)
    assert sum(p.stat().st_size for p in stored.folder.rglob("*") if p.is_file()) < 100 << 20
    assert set() == left(lambda: left_behind(scratch), before)


def good() -> Attack:
    """No attack: the next one's cell."""
    return Attack(
        name="good",
        tries="",
        stops="",
        script="printf 'def reverse(text):\\n    return text[::-1]\\n' > src/reverse.py",
    )


def terminal(stored: Stored) -> str:
    """All that was shown, but for what is far too much."""
    lines = (stored.folder / "terminal.cast").read_text(errors="replace").splitlines()[1:2000]
    return "".join(text for _, kind, text in map(json.loads, lines) if kind == "o")


def sandboxed() -> set[str]:
    """Processes in a process namespace that is not ours."""
    found, ours = set(), os.readlink("/proc/self/ns/pid")
    for pid in filter(str.isdecimal, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            if os.readlink(f"/proc/{pid}/ns/pid") != ours and not of_another_worker(pid):
                found.add(pid)
    return found


def left_behind(scratch: Path) -> set[str]:
    """Folders of attempts; what belongs to users that attempts run as, and to nobody else."""
    found = {entry.name for entry in os.scandir(scratch)}
    for entry in os.scandir("/tmp"):
        with contextlib.suppress(OSError):
            theirs = entry.stat(follow_symlinks=False).st_uid >= 64_000_000
            if entry.name == "owned" or theirs:
                found.add(entry.name)
    return found


def test_every_attack_has_its_line_in_the_threat_model() -> None:
    text = (ROOT / "docs" / "threat-model.md").read_text()
    assert table() in text, "put it there: python -m tests.hostile.test_arsenal"
    assert len({one.name for one in ALL}) == len(ALL)


def table() -> str:
    """The arsenal as the threat model has it."""
    rows = ["| attack | what it tries | what stops it |", "|---|---|---|"]
    rows += [f"| {one.name} | {one.tries} | {one.stops} |" for one in ALL]
    return "\n".join(rows)


if __name__ == "__main__":
    print(table())
