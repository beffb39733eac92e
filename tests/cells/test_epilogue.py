"""What is looked at once an agent has ended: what lives on, what HOME holds, what it claims."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from codingagentbench.agents import Claims
from codingagentbench.cells import Bench, Record, run_cell
from codingagentbench.cells.epilogue import heard, wrapped
from tests.cells.conftest import PYTHON
from tests.cells.hostile import scripted

pytestmark = pytest.mark.timeout(120)


async def left_by(script: str, tmp_path: Path, *, timeout_s: float = 30) -> Record:
    request = scripted(script, tmp_path / "agent", model="idle", task=PYTHON, timeout_s=timeout_s)
    claims = Claims(files=(".own/*/use d.json",), read=lambda text: {"calls": len(text)})
    request = replace(request, look=True, agent=replace(request.agent, claims=claims))
    (tmp_path / "out").mkdir()
    async with Bench() as bench:
        return await run_cell(request, folder=tmp_path / "out", bench=bench)


async def test_what_lives_on_is_named(tmp_path: Path) -> None:
    record = await left_by("setsid sleep 600 >/dev/null 2>&1 & exit 3", tmp_path)
    assert record.exit is not None
    assert 3 == record.exit.code
    assert record.afterwards is not None
    assert ("sleep",) == record.afterwards.left


async def test_what_ends_in_a_moment_is_not(tmp_path: Path) -> None:
    record = await left_by("sleep 0.2 &", tmp_path)
    assert record.afterwards is not None
    assert () == record.afterwards.left


async def test_home_is_measured_and_the_claim_is_read(tmp_path: Path) -> None:
    script = """
    mkdir -p "$HOME/.own/a" "$HOME/.own/b"
    printf 12345 >"$HOME/.own/a/use d.json"; printf 678 >"$HOME/.own/b/use d.json"
    head -c 3000000 /dev/zero >"$HOME/large"; head -c 100000 /dev/zero >/tmp/some
    """
    record = await left_by(script, tmp_path)
    assert record.afterwards is not None
    assert 3_000_000 <= record.afterwards.home_bytes < 3_100_000
    assert 100_000 <= record.afterwards.tmp_bytes < 200_000
    assert {"calls": 8} == record.claimed


async def test_the_agent_does_not_get_the_descriptor(tmp_path: Path) -> None:
    record = await left_by("printf 'left\\nhome 7\\ntmp 7\\n\\n--claims--\\n' >&3", tmp_path)
    assert record.afterwards is None or 7 != record.afterwards.home_bytes


async def test_asked_to_stop_it_is_still_looked_at(tmp_path: Path) -> None:
    record = await left_by("trap 'exit 5' TERM; sleep 60 & wait", tmp_path, timeout_s=3)
    assert record.exit is not None
    assert "timeout" == record.exit.killed_by
    assert record.afterwards is not None
    assert 5 == record.exit.code


async def test_deaf_to_that_nothing_is_known(tmp_path: Path) -> None:
    record = await left_by("trap '' TERM; while :; do sleep 1; done", tmp_path, timeout_s=3)
    assert record.afterwards is None
    assert record.claimed is None


@pytest.mark.parametrize(
    "report",
    [
        b"",
        b"left\nhome 1\ntmp 2\n",
        b"left\nhome x\ntmp 2\n\n--claims--\n",
        b"\xff\n--claims--\n\xff",
    ],
)
def test_nonsense_is_nothing(report: bytes) -> None:
    assert heard(report) is None


def test_a_pattern_is_quoted_but_for_its_stars() -> None:
    script = wrapped(("x",), (".a b/*/$(id).json",))[2]
    assert """cat "$HOME"/'.a b/'*'/$(id).json' |""" in script
