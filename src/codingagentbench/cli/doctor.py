"""``cab doctor``: what this machine can and cannot do, and the command that mends each."""

from __future__ import annotations

from typing import Any

import typer

from codingagentbench.cli.options import Sandbox
from codingagentbench.cli.output import Json, print_json, print_table

EXAMPLES = "Examples:  cab doctor   |   cab doctor --sandbox docker   |   cab doctor --json"


def doctor(
    sandbox: Sandbox = "bubblewrap",
    as_json: Json = False,
) -> None:
    """What this machine has and lacks; exit code 2 when no cell can run on it."""
    from codingagentbench.cells import survey

    findings = survey(sandbox=sandbox)
    if as_json:
        print_json([_plain(f) for f in findings])
    else:
        rows = [
            (f.what, ("✓ " if f.ok else "✗ ") + f.found, f.needed_for, f.mend or "")
            for f in findings
        ]
        print_table(("what", "found", "needed for", "mend with"), rows)
    if not all(f.ok for f in findings if f.essential):
        raise typer.Exit(2)


def _plain(finding: Any) -> dict[str, Any]:
    return {
        "what": finding.what,
        "found": finding.found,
        "ok": finding.ok,
        "essential": finding.essential,
        "needed_for": finding.needed_for,
        "mend": finding.mend,
    }
