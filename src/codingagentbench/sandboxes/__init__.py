"""Where agents and verifiers run, and what they did to the working tree."""

from codingagentbench.sandboxes.backends import (
    BACKENDS,
    DEFAULT_BACKEND,
    open_sandbox,
    opened,
    toolchain_in,
)
from codingagentbench.sandboxes.changes import changes, read_file
from codingagentbench.sandboxes.protocol import Finding, OnListen, Overlay, Sandbox, Sink, Slot
from codingagentbench.sandboxes.terminal import CastWriter
from codingagentbench.sandboxes.toolchains import Missing, Toolchain, base_env
from codingagentbench.sandboxes.toolchains import forget as forget_toolchains
from codingagentbench.sandboxes.toolchains import known as known_toolchains
from codingagentbench.sandboxes.toolchains import resolve as resolve_toolchain
from codingagentbench.sandboxes.values import (
    HOME,
    WORKSPACE,
    Changes,
    Command,
    Exit,
    FileChange,
    Image,
    KilledBy,
    Limits,
    Mount,
    Owner,
    TestResult,
    Verification,
    Workspace,
)
from codingagentbench.sandboxes.verifying import verify
from codingagentbench.sandboxes.warm import warm_findings, warmed
from codingagentbench.sandboxes.workspaces import discard, grown, prepare

__all__ = [
    "BACKENDS",
    "DEFAULT_BACKEND",
    "HOME",
    "WORKSPACE",
    "CastWriter",
    "Changes",
    "Command",
    "Exit",
    "FileChange",
    "Finding",
    "Image",
    "KilledBy",
    "Limits",
    "Missing",
    "Mount",
    "OnListen",
    "Overlay",
    "Owner",
    "Sandbox",
    "Sink",
    "Slot",
    "TestResult",
    "Toolchain",
    "Verification",
    "Workspace",
    "base_env",
    "changes",
    "discard",
    "forget_toolchains",
    "grown",
    "known_toolchains",
    "open_sandbox",
    "opened",
    "prepare",
    "read_file",
    "resolve_toolchain",
    "toolchain_in",
    "verify",
    "warm_findings",
    "warmed",
]
