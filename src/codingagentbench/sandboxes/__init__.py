"""Where agents and verifiers run, and what they did to the working tree."""

from codingagentbench.sandboxes.values import (
    HOME,
    WORKSPACE,
    Changes,
    Command,
    Exit,
    FileChange,
    KilledBy,
    Limits,
    Mount,
    TestResult,
    Verification,
)

__all__ = [
    "HOME",
    "WORKSPACE",
    "Changes",
    "Command",
    "Exit",
    "FileChange",
    "KilledBy",
    "Limits",
    "Mount",
    "TestResult",
    "Verification",
]
