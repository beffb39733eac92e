"""Tasks with tiny verifiers, and changed workspaces to verify."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from treekit import scratch

from codingagentbench.sandboxes import Changes, Verification, open_sandbox, verify
from codingagentbench.sandboxes.changes import changes
from codingagentbench.sandboxes.workspaces import discard, prepare
from codingagentbench.tasks import KIT, Task, Timeouts, Verifier

Files = dict[str, str]
Act = Callable[[Path], None]

#: Reports what a shell verifier is told to; the rest of the script is the test's own.
SAY = """
say() { printf '{"suite": "hidden", "test": "%s", "outcome": "%s"}\\n' "$1" "$2" >&3; }
"""


def task_of(
    folder: Path, *, script: str, tree: Files | None = None,
    hidden: tuple[str, ...] = ("one", "two"), timeout_s: float = 20, **more: Any,
) -> Task:  # fmt: skip
    """A task whose verifier is a shell script that reports with ``say NAME OUTCOME``."""
    for part in ("tree", "verifier", "solution"):
        (folder / part).mkdir(parents=True)
    for path, text in ({"src/main.txt": "wrong\n", "README": "read\n"} | (tree or {})).items():
        (folder / "tree" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "tree" / path).write_text(text)
    (folder / "verifier" / "verify.sh").write_text(SAY + script)
    fields: dict[str, Any] = {"expected": ("src/**",)} | more
    command = fields.pop("command", ("sh", "verify.sh"))
    carry = fields.pop("carry", ("**",))
    visible = fields.pop("visible", ())
    return Task(
        id="test/tiny", version="1.0", title="t", language="text", prompt="p", digest="sha256:0",
        folder=folder, timeouts=Timeouts(agent=10, verifier=timeout_s),
        verifier=Verifier(command=command, hidden=hidden, visible=visible, carry=carry), **fields,
    )  # fmt: skip


def verified(
    task: Task, act: Act | None = None, *, backend: str = "bubblewrap", folder: Path | None = None
) -> tuple[Verification, Changes]:
    """Verify ``task`` over what ``act`` leaves of a fresh copy of its tree."""

    async def run(base: Path) -> tuple[Verification, Changes]:
        sandbox = open_sandbox(backend)
        async with sandbox.attempt(base) as slot:
            workspace = prepare(task.tree, at=base / "ws", owner=slot.owner)
            assert workspace.tree is not None
            if act is not None:
                act(workspace.tree)
            found = changes(workspace)
            done = await verify(
                sandbox=sandbox, task=task, scratch=base, kit=KIT, workspace=workspace,
                changes=found,
            )  # fmt: skip
            discard(workspace)
            return done, found

    with scratch() as base:
        result = asyncio.run(run(base))
        assert [] == os.listdir(base)
        return result


def outcomes(done: Verification) -> dict[str, str]:
    return {test.name: test.outcome for test in done.tests}
