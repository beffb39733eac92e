"""Records to make pages of: scored by the real scorers, from evidence written here."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from codingagentbench.cells import (
    CellSpec,
    Identity,
    LaunchNote,
    Record,
    TaskIdentity,
    Timing,
    Truth,
)
from codingagentbench.gateway import Budget, Call, Dialect, ErrorClass, Ledger, Totals, Usage
from codingagentbench.sandboxes import Changes, Exit, FileChange, Limits, TestResult, Verification
from codingagentbench.scoring import Evidence, score
from codingagentbench.scoring import Timing as ScoredTiming
from codingagentbench.tasks import Rule, Task, Verifier
from codingagentbench.trace import Recorder, SpanKind, record_calls

START = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
HEX = "0123456789abcdef" * 4
HIDDEN = ("returns_first_success", "gives_up_at_limit", "zero_attempts", "keeps_last_error")
VISIBLE = ("first_try", "second_try")
PATCH = """diff --git a/src/lib.rs b/src/lib.rs
--- a/src/lib.rs
+++ b/src/lib.rs
@@ -12,7 +12,7 @@ pub fn retry<F>(mut call: F, limit: usize) -> Outcome
     let mut tries = 0;
     loop {
         let answer = call(tries);
-        if answer.is_err() {
+        if answer.is_ok() {
             return answer;
         }
         tries += 1;
diff --git a/notes.md b/notes.md
new file mode 100644
--- /dev/null
+++ b/notes.md
@@ -0,0 +1,2 @@
+# Notes
+The condition was the wrong way round.
"""


def task(**fields: Any) -> Task:
    given: dict[str, Any] = {
        "id": "mutations/rust-error-negated",
        "version": "1.0",
        "title": "Retry loop condition negated",
        "language": "rust",
        "expected": ("src/lib.rs",),
        "protected": ("tests/**", "AGENTS.md"),
        "rules": (
            Rule(kind="file-not-touched", paths=("tests/**",)),
            Rule(kind="no-comments-added", max=0),
            Rule(kind="max-lines-changed", max=10),
        ),
        "verifier": Verifier(command=("true",), hidden=HIDDEN, visible=VISIBLE),
        "prompt": "The retry loop stops on errors and goes on after a success. Mend it.\n",
        "folder": Path("/nowhere"),
        "digest": f"sha256:{HEX}",
    }
    return Task(**{**given, **fields})


def call(index: int, *, every_ms: float = 900.0, **fields: Any) -> Call:
    given: dict[str, Any] = {
        "index": index,
        "logical": index,
        "dialect": Dialect.CHAT,
        "method": "POST",
        "path": "/v1/chat/completions",
        "model": "oracle",
        "streamed": True,
        "started_at": START + timedelta(milliseconds=400 + every_ms * index),
        "offset_ms": every_ms * index,
        "ttft_ms": 41.0,
        "duration_ms": every_ms * 0.7,
        "status": 200,
        "finish": "tool_calls" if index % 3 else "stop",
        "usage": Usage(input=1300 + 210 * index, cached=410, output=96 + index, reasoning=12),
        "request_sha256": hashlib.sha256(str(index).encode()).hexdigest(),
        "request_bytes": 60_000,
        "response_bytes": 2_000,
    }
    return Call(**{**given, **fields})


def throttled(index: int, **fields: Any) -> Call:
    """An answer of 429."""
    return call(
        index,
        **{
            "status": 429,
            "finish": None,
            "ttft_ms": None,
            "error": ErrorClass.RATE_LIMITED,
            "error_detail": "slow down",
            "retry_after_s": 2.0,
            "usage": Usage(),
            "logical": 0,
            **fields,
        },
    )


def ledger(calls: Sequence[Call], **totals: Any) -> Ledger:
    known = [c.usage for c in calls if c.usage.input is not None]
    given: dict[str, Any] = {
        "calls": len(calls),
        "failed_calls": sum(c.error is not None for c in calls),
        "model_ms": sum(c.duration_ms or 0.0 for c in calls),
    }
    for name in ("input", "cached", "output", "reasoning"):
        given[name] = sum(getattr(u, name) or 0 for u in known) if known else None
    hit = totals.pop("budget_hit", None)
    return Ledger(calls=tuple(calls), totals=Totals(**{**given, **totals}), budget_hit=hit)


def changes(**fields: Any) -> Changes:
    files = (
        FileChange(path="src/lib.rs", kind="modified", lines_added=1, lines_removed=1),
        FileChange(path="notes.md", kind="added", lines_added=2, lines_removed=0),
        FileChange(path=".aider.tags", kind="added", binary=True),
    )
    return Changes(**{"files": files, "method": "overlay", "patch": PATCH, **fields})


def verification(*, failing: tuple[str, ...] = (), **fields: Any) -> Verification:
    named = [("hidden", n) for n in HIDDEN] + [("visible", n) for n in VISIBLE]
    tests = tuple(
        TestResult(
            suite=suite,
            name=name,
            outcome="fail" if name in failing else "pass",
            message="left: 5, right: 1" if name in failing else "",
            seconds=0.012,
        )
        for suite, name in named
    )
    given: dict[str, Any] = {
        "tests": tests,
        "sound": True,
        "exit_code": 101 if failing else 0,
        "seconds": 1.9,
        "output": "running 6 tests\ntest result: done\n",
    }
    return Verification(**{**given, **fields})


def ended(code: int = 0, **fields: Any) -> Exit:
    given: dict[str, Any] = {
        "wall_s": 3.4,
        "cpu_s": 1.2,
        "memory_peak_bytes": 123_456_789,
        "backend": "bubblewrap",
        "limits": "cgroup v2",
        "network": "gateway only",
    }
    return Exit(code=code, **{**given, **fields})


def spans(calls: Sequence[Call], *, agent: str, agent_s: float) -> tuple[Any, ...]:
    """The spans of an attempt, through the real recorder, moved to :data:`START`."""
    recorder = Recorder()

    def add(kind: SpanKind, name: str, at: float, ms: float, **more: Any) -> str:
        parent = more.pop("parent_id", None)
        return recorder.add(
            kind,
            name,
            started_at=START + timedelta(milliseconds=at),
            duration_ms=ms,
            attributes=more,
            parent_id=parent,
        )

    add(
        *(SpanKind.TASK_SETUP, "prepare:mutations/rust-error-negated", 0, 3),
        workdir="/workspace",
        task_category="mutations",
        plugin_stack=(),
        behavior_mode="factory",
    )
    run = add(
        *(SpanKind.ADAPTER_RUN, f"{agent}:mutations/rust-error-negated", 4, agent_s * 1000 + 40),
        timeout_s=600.0,
        exit_code=0,
    )
    add(SpanKind.TOOL_CALL, "applied_plugins", 5, 0, parent_id=run, count=0)
    turn = add(
        *(SpanKind.CONTAINER, f"{agent}:launch", 20, agent_s * 1000),
        parent_id=run,
        argv=("agent", "--message", "Mend it."),
        exit_code=0,
    )
    record_calls(recorder, calls, parent_id=turn)
    add(SpanKind.VERIFICATION, "verify", agent_s * 1000 + 60, 1900, tests=6, passed=6)
    add(SpanKind.CLEANUP, f"cleanup:{agent}", agent_s * 1000 + 1970, 2)
    found = recorder.spans()
    return tuple(
        s.model_copy(update={"start_offset_ms": (s.started_at - START).total_seconds() * 1000})
        for s in found
    )


def record(**fields: Any) -> Record:
    """A passed attempt, but for what ``fields`` say: parts of evidence, of spec, of the record.

    ``None`` for a part of the evidence means that it was not measured.
    """
    of = fields.pop("task", None) or task()
    spec: dict[str, Any] = {
        "agent": "aider",
        "agent_version": "0.86.2",
        "model": "oracle",
        "task": of.id,
        "dialect": "chat",
        "timeout_s": 600.0,
        "budget": Budget(calls=100, tokens=2_000_000),
        "limits": Limits(),
    }
    for name in [n for n in fields if n in CellSpec.model_fields and n not in ("budget", "limits")]:
        spec[name] = fields.pop(name)
    seen = fields.pop("ledger", ledger([call(n) for n in range(4)]))
    left = fields.pop("changes", changes())
    end = fields.pop("exit", ended())
    verified = fields.pop("verification", verification())
    timing = fields.pop("timing", None) or times(end, verified)
    evidence = Evidence(
        timing=ScoredTiming(
            started_at=timing.started_at,
            ended_at=timing.ended_at,
            wall_s=timing.wall_s,
            agent_active_s=timing.agent_active_s,
            provider_waiting_s=timing.provider_waiting_s,
            harness_s=timing.harness_s,
        ),
        exit=end,
        changes=left,
        ledger=seen,
        verification=verified,
        document=fields.get("document"),
        state_files=(".aider*",),
        fault=fields.get("fault"),
    )
    made = CellSpec(**spec)
    calls = seen.calls if seen else ()
    given: dict[str, Any] = {
        "cell_id": made.id,
        "spec": made,
        "identity": identity(of),
        "timing": timing,
        "launch": LaunchNote(
            argv=("python3", "-m", "aider", "--message-file", "/home/agent/prompt.md"),
            env={"OPENAI_API_BASE": "http://127.0.0.1:8000/v1", "OPENAI_API_KEY": "[session key]"},
            files={"/home/agent/prompt.md": of.prompt},
            wiring='export OPENAI_API_BASE="$YOUR_ENDPOINT"\naider --model "$YOUR_MODEL_ID"\n',
        ),
        "exit": end,
        "changes": left and left.model_copy(update={"patch": ""}),
        "ledger": seen or Ledger(),
        "verification": verified,
        "spans": spans(calls[:200], agent=made.agent, agent_s=end.wall_s) if end else (),
        "scores": score(of, evidence, made.methodology),
        "state_files": (".aider*",),
    }
    return Record(**{**given, **fields})


def identity(of: Task, **fields: Any) -> Identity:
    given: dict[str, Any] = {
        "harness_version": "0.1.0",
        "agent_digest": f"sha256:{HEX}",
        "agent_homepage": "https://aider.chat",
        "python_version": "3.12.1",
        "task": TaskIdentity(
            id=of.id,
            version=of.version,
            title=of.title,
            language=of.language,
            digest=of.digest,
            prompt=of.prompt,
            expected=of.expected,
            protected=of.protected,
            expects_refusal=of.refusal is not None,
        ),
        "endpoint": {"model": "oracle", "endpoint": "builtin", "builtin": True},
        "model_build_id": "oracle-1",
        "toolchains": {"rust": "1.85.0"},
        "platform": "Linux x86_64",
    }
    return Identity(**{**given, **fields})


def times(end: Exit | None, verified: Verification | None) -> Timing:
    agent = end.wall_s if end else None
    checked = verified.seconds if verified else 0.0
    wall = (agent or 0.0) + checked + 0.12
    return Timing(
        started_at=START,
        ended_at=START + timedelta(seconds=wall),
        wall_s=wall,
        workspace_s=0.003,
        agent_s=agent,
        agent_active_s=agent,
        provider_waiting_s=None if agent is None else 0.0,
        model_s=2.5,
        changes_s=0.001,
        verify_s=checked,
        harness_s=0.12,
    )


def truth(of: Ledger, **fields: Any) -> Truth:
    """What the built-in endpoint would say of the same calls."""
    totals = of.totals
    given = {"calls": totals.calls, "input": totals.input or 0, "output": totals.output or 0}
    given |= {"cached": totals.cached or 0, "reasoning": totals.reasoning or 0}
    return Truth(**{**given, **fields})


def rate_limited(**fields: Any) -> Record:
    """Eleven calls, nine of them throttled to the end; nothing was changed."""
    calls = [call(0), call(1), *(throttled(n) for n in range(2, 11))]
    return record(
        **{
            "ledger": ledger(calls, waiting_ms=9000.0),
            "exit": ended(1, wall_s=11.0),
            "changes": changes(files=(), patch=""),
            "verification": verification(failing=HIDDEN[:3]),
            **fields,
        }
    )


def timed_out(**fields: Any) -> Record:
    """The clock stopped it."""
    return record(
        **{
            "exit": ended(137, wall_s=600.0, killed_by="timeout"),
            "changes": changes(files=(), patch=""),
            "verification": verification(failing=HIDDEN[:3]),
            **fields,
        }
    )


def nothing(**fields: Any) -> Record:
    """The sandbox could not be built: nothing at all was measured."""
    from codingagentbench.scoring import Fault, FaultCause

    return record(
        **{
            "ledger": None,
            "exit": None,
            "changes": None,
            "verification": None,
            "launch": None,
            "fault": Fault(cause=FaultCause.SANDBOX_FAILED, detail="no user namespaces here"),
            **fields,
        }
    )
