"""docs/writing-tasks.md, walked as written: every command of its first three parts."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from .conftest import CAB, environment

PAGE = Path(__file__).resolve().parents[2] / "docs" / "writing-tasks.md"


def commands(part: str) -> list[list[str]]:
    """The shell blocks below a heading, each as its lines."""
    text = PAGE.read_text()
    section = text[text.index(f"## {part}") :].split("\n## ", 1)[0]
    return [block.strip().splitlines() for block in re.findall(r"```sh\n(.*?)```", section, re.S)]


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = f"{CAB.parent}:{environment(folder)['PATH']}"
    return subprocess.run(
        ["sh", "-c", line],
        cwd=folder,
        env={**environment(folder), "PATH": path},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )


@pytest.mark.timeout(300)
def test_a_newcomers_walk(tmp_path: Path) -> None:
    ((new,),) = commands("1. A skeleton")
    done = shell(new, tmp_path)
    assert 0 == done.returncode, done.stderr
    for said in re.findall(
        r"`(task\.toml|prompt\.md|tree/|verifier/|solution/)`", PAGE.read_text()
    ):
        assert (tmp_path / "tasks-of-mine/mine/late-fees" / said).exists()

    ((prove,),) = commands("2. Prove it")
    done = shell(prove, tmp_path)
    assert (0, True) == (done.returncode, "1 tasks, 0 unsound" in done.stdout), done.stdout

    broken, mended = commands("3. Make it yours")
    first, second = (shell(line, tmp_path) for line in broken)
    assert (0, 1) == (first.returncode, second.returncode)
    (quoted,) = re.findall(r"says `(hidden test [^`]+)`", PAGE.read_text().replace("\n", " "))
    assert quoted in second.stdout
    for line in mended:
        done = shell(line, tmp_path)
        assert 0 == done.returncode, done.stdout
