"""The scan that ends every run of the tests in CI sees what they have left, and fails the run."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import scanned

KEY = "ghp_" + "aB3dE6gH9j" * 3 + "Kl5nOp"
LEAKS = """
def test_it_leaves_an_attempt_behind(tmp_path):
    folder = tmp_path / "r" / "run1" / "attempt1"
    folder.mkdir(parents=True)
    (folder / "record.json").write_text("{}")
    (folder / "terminal.cast").write_text(SAID)
"""


@pytest.fixture
def apart() -> Iterator[Path]:
    """A folder that the scan of this very run does not see."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def test_secrets_of_attempts_are_found_wherever_they_lie(apart: Path) -> None:
    for name, said in (("a/b/clean", "no key"), ("c/dirty", f"so {KEY} it is")):
        folder = apart / name
        folder.mkdir(parents=True)
        (folder / "record.json").write_text("{}")
        (folder / "notes.txt").write_text(said)
    (apart / "no-attempt.txt").write_text(KEY)
    found, (leak,) = scanned(apart)
    assert found == 2
    assert leak.startswith("c/dirty/notes.txt:1: ")
    assert KEY not in leak


@pytest.mark.parametrize(
    ("said", "code", "told"), [("nothing", 0, 0), (KEY, 1, 1)], ids=("clean", "leaks")
)
def test_a_run_in_ci_fails_by_it(said: str, code: int, told: int, apart: Path) -> None:
    """All its tests pass, and still."""
    here = Path(__file__).parents[1]
    inner = apart / "test_inner.py"
    inner.write_text(LEAKS.replace("SAID", repr(said)))
    argv = [
        sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-p", "no:cacheprovider",
        "--rootdir", apart, "-c", os.devnull, "--basetemp", apart / "base", inner,
    ]  # fmt: skip
    done = subprocess.run(
        argv, cwd=here, env={**os.environ, "CI": "true"}, capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip
    assert "1 passed" in done.stdout, done.stdout + done.stderr
    assert f"scanned 1 attempts: {told} secrets" in done.stdout
    assert code == done.returncode
    assert KEY not in done.stdout
