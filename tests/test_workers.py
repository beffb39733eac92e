"""What is left behind is told from what another worker's tests are just ending."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from .workers import left, of_another_worker


def test_what_stays_is_left_and_what_goes_is_not() -> None:
    shown = iter([{"old", "ends", "stays"}, {"old", "stays", "new"}])
    last = {"old", "stays", "new"}
    assert left(lambda: next(shown, last), {"old"}, seconds=0.3) == {"stays"}
    assert left(lambda: {"old"}, {"old"}, seconds=60) == set()


def test_descent_tells_whose_a_process_is(monkeypatch: pytest.MonkeyPatch) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
        assert not of_another_worker(child.pid)
        monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw0")
        assert not of_another_worker(child.pid), "our own child"
        monkeypatch.setattr(os, "getppid", os.getpid)  # as if this were the one above the workers
        monkeypatch.setattr(os, "getpid", lambda: 0)
        assert of_another_worker(child.pid), "a child of the one above, but not ours"
        child.communicate(b"\n")
