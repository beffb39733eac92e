"""The built wheel, in an environment of its own: what someone has who never saw the repository."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import environment

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_an_agent_is_checked_without_a_clone(tmp_path: Path) -> None:
    """As ``uvx codingagentbench check`` or ``pipx run`` would: wheel, fresh environment, check."""

    def run(*words: object, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            list(map(str, words)),
            cwd=tmp_path,
            env=environment(tmp_path, **more),
            capture_output=True,
            text=True,
            check=False,
        )

    wheels = tmp_path / "wheels"
    built = run(sys.executable, "-m", "pip", "wheel", "--no-deps", "-q", "-w", wheels, ROOT)
    assert 0 == built.returncode, built.stderr
    (wheel,) = wheels.glob("codingagentbench-*.whl")
    assert 0 == run(sys.executable, "-m", "venv", "env").returncode
    installed = run(tmp_path / "env" / "bin" / "pip", "install", "-q", wheel)
    assert 0 == installed.returncode, installed.stderr
    shutil.copytree(ROOT / "examples" / "tiny", tmp_path / "tiny")
    command = tmp_path / "env" / "bin" / "codingagentbench"
    done = run(command, "check", "-a", "./tiny/agent.toml", CAB_DATA=str(tmp_path / "data"))
    assert "solves Python                  ok" in done.stdout, done.stderr
    assert "tokens on the wire             ok" in done.stdout
    assert (tmp_path / "data" / "agents" / "tiny").is_dir()
    listed = run(command, "tasks", "list", CAB_DATA=str(tmp_path / "data"))
    assert "polyglot/python-reverse-string" in listed.stdout
    assert 0 == run(command, "suites", "check", "v0.1").returncode
