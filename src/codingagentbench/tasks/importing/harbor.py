"""Harbor task folders read into drafts. Runs nothing."""

from __future__ import annotations

from pathlib import Path

from codingagentbench.tasks.importing.values import Found


def find_harbor_tasks(root: Path) -> tuple[Found, ...]:
    return ()
