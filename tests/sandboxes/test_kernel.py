"""What the launcher asks of the kernel, seen from a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

DROPPED = """
from codingagentbench.sandboxes.launcher import kernel
kernel.drop_bounding_set()
print(next(line for line in open("/proc/self/status") if line.startswith("CapBnd")).split()[1])
"""
DUMPABLE = """
import ctypes
from codingagentbench.sandboxes.launcher import kernel
now = lambda: ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
for before in (0, 1):
    kernel.prctl(kernel.PR_SET_DUMPABLE, before)
    with kernel.dumpable():
        print(now(), end=" ")
    print(now(), end=" ")
"""


def said(script: str) -> str:
    argv = [sys.executable, "-c", script]
    return subprocess.run(argv, capture_output=True, text=True, check=True, timeout=30).stdout


@pytest.mark.skipif(os.geteuid() != 0, reason="needs capabilities that can be dropped")
def test_no_capability_is_left_to_be_had() -> None:
    assert int(said(DROPPED), 16) == 0


def test_a_process_is_dumpable_for_a_while_and_then_as_before() -> None:
    assert said(DUMPABLE).split() == ["1", "0", "1", "1"]
