"""Where agents and verifiers run, and what they did to the working tree."""

from codingagentbench.sandboxes.backends import BACKENDS, DEFAULT_BACKEND, open_sandbox
from codingagentbench.sandboxes.protocol import Finding, OnListen, Overlay, Sandbox, Sink, Slot
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
    Owner,
    TestResult,
    Verification,
    Workspace,
)

__all__ = [
    "BACKENDS",
    "DEFAULT_BACKEND",
    "HOME",
    "WORKSPACE",
    "Changes",
    "Command",
    "Exit",
    "FileChange",
    "Finding",
    "KilledBy",
    "Limits",
    "Mount",
    "OnListen",
    "Overlay",
    "Owner",
    "Sandbox",
    "Sink",
    "Slot",
    "TestResult",
    "Verification",
    "Workspace",
    "open_sandbox",
]
