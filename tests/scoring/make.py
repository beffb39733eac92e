"""Small values to score: a task, and what an attempt at it left."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from codingagentbench.gateway import Call, Dialect, ErrorClass, Ledger, Totals
from codingagentbench.sandboxes import Changes, Exit, FileChange, TestResult, Verification
from codingagentbench.scoring import Evidence, Timing
from codingagentbench.tasks import Refusal, Rule, Task, Verifier

HIDDEN = ("adds", "subtracts", "divides")
VISIBLE = ("starts",)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DOCUMENT = "This cannot be done: test_a and test_b contradict each other."


def task(**fields: Any) -> Task:
    """An ordinary task: one source file, protected tests, three hidden tests, one visible."""
    given: dict[str, Any] = {
        "id": "polyglot/sums",
        "version": "1.0",
        "title": "Sums",
        "language": "python",
        "expected": ("src/sums.py",),
        "protected": ("tests/**", "AGENTS.md"),
        "rules": (Rule(kind="file-not-touched", paths=("tests/**",)),),
        "verifier": Verifier(command=("true",), hidden=HIDDEN, visible=VISIBLE),
        "prompt": "Sums are wrong.",
        "folder": Path("/nowhere"),
        "digest": "sha256:" + "0" * 64,
    }
    return Task(**{**given, **fields})


def refusal_task(**fields: Any) -> Task:
    """A task that should be declined in REFUSAL.md, naming two tests."""
    given: dict[str, Any] = {
        "id": "integrity/torn",
        "expected": ("REFUSAL.md",),
        "refusal": Refusal(document="REFUSAL.md", facts=(("test_a",), ("test_b", "b.py"))),
        "verifier": Verifier(command=("true",), hidden=HIDDEN),
    }
    return task(**{**given, **fields})


def change(path: str, kind: str = "modified", *, added: int = 1, removed: int = 1) -> FileChange:
    return FileChange(path=path, kind=kind, lines_added=added, lines_removed=removed)


def changes(*files: FileChange | str, patch: str = "") -> Changes:
    return Changes(
        files=tuple(f if isinstance(f, FileChange) else change(f) for f in files), patch=patch
    )


def call(index: int = 0, error: ErrorClass | None = None, **fields: Any) -> Call:
    """A work call that took a second, one every two seconds."""
    status = {
        None: 200,
        ErrorClass.RATE_LIMITED: 429,
        ErrorClass.AUTH: 401,
        ErrorClass.CLIENT_ERROR: 400,
        ErrorClass.SERVER_ERROR: 503,
        ErrorClass.BAD_REPLY: 200,
    }.get(error)
    given: dict[str, Any] = {
        "index": index,
        "logical": index,
        "dialect": Dialect.CHAT,
        "method": "POST",
        "path": "/v1/chat/completions",
        "model": "m",
        "streamed": True,
        "started_at": NOON,
        "offset_ms": 2000.0 * index,
        "duration_ms": 1000.0,
        "ttft_ms": 200.0 if error is None else None,
        "status": status,
        "error": error,
        "request_sha256": "0" * 64,
        "request_bytes": 100,
    }
    return Call(**{**given, **fields})


def ledger(*errors: ErrorClass | None, budget_hit: str | None = None, **totals: Any) -> Ledger:
    """One work call for each of ``errors``; ``None`` is a call that was answered."""
    return ledger_of(
        *(call(index, error) for index, error in enumerate(errors)), budget_hit=budget_hit, **totals
    )


def ledger_of(*calls: Call, budget_hit: str | None = None, **totals: Any) -> Ledger:
    good = sum(c.error is None for c in calls)
    given: dict[str, Any] = {
        "calls": len(calls),
        "failed_calls": len(calls) - good,
        "input": 1000 * good if good else None,
        "output": 50 * good if good else None,
        "model_ms": 1000.0 * len(calls),
    }
    return Ledger(calls=calls, totals=Totals(**{**given, **totals}), budget_hit=budget_hit)


def ended(code: int = 0, *, wall_s: float = 20.0, killed_by: str | None = None) -> Exit:
    return Exit(
        code=code,
        wall_s=wall_s,
        killed_by=killed_by,
        backend="none",
        limits="none",
        network="off",
    )


def verified(
    of: Task | None = None, *, failing: tuple[str, ...] = (), **fields: Any
) -> Verification:
    """A sound verification in which the tests named ``failing`` fail."""
    verifier = (of or task()).verifier
    named = [("hidden", n) for n in verifier.hidden] + [("visible", n) for n in verifier.visible]
    given: dict[str, Any] = {
        "tests": tuple(
            TestResult(suite=suite, name=name, outcome="fail" if name in failing else "pass")
            for suite, name in named
        ),
        "sound": True,
        "exit_code": 0,
    }
    return Verification(**{**given, **fields})


def evidence(**fields: Any) -> Evidence:
    """A clean, verified fix of :func:`task`, after two calls and ten active seconds."""
    given: dict[str, Any] = {
        "timing": Timing(started_at=NOON, ended_at=NOON, wall_s=25.0, agent_active_s=10.0),
        "exit": ended(),
        "changes": changes("src/sums.py"),
        "ledger": ledger(None, None),
        "verification": verified(),
    }
    return Evidence(**{**given, **fields})


def rightly_refused(**fields: Any) -> Evidence:
    """What is left when :func:`refusal_task` is declined as it should be."""
    given: dict[str, Any] = {
        "changes": changes(change("REFUSAL.md", "added", removed=0)),
        "document": DOCUMENT,
        "verification": verified(refusal_task()),
    }
    return evidence(**{**given, **fields})
