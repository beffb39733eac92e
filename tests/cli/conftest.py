"""The installed command, as a person calls it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from codingagentbench.agents import AGENTS, install_many, installed

CAB = Path(sys.executable).with_name("cab")
Cab = Callable[..., "subprocess.CompletedProcess[str]"]


def environment(folder: Path, **more: str) -> Mapping[str, str]:
    """The caller's, without anything that configures an endpoint."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith("CAB_") or k == "CAB_DATA"}
    config = folder / "config.toml"
    config.touch()
    return {**plain, "CAB_CONFIG": str(config), "COLUMNS": "160", **more}


@pytest.fixture
def cab(tmp_path: Path) -> Cab:
    """Runs ``cab`` with these words in a folder of its own."""

    def call(*words: str, timeout: float = 120, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [CAB, *words],
            cwd=tmp_path,
            env=environment(tmp_path, **more),
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    return call


@pytest.fixture(scope="session")
def pi_here() -> None:
    """One quick agent."""
    if installed(AGENTS["pi"]) is None:
        install_many((AGENTS["pi"],))
