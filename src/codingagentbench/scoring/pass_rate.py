"""Pass: what the hidden verifier said of the tree that the agent left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pydantic import Field

from codingagentbench.sandboxes import Verification
from codingagentbench.scoring.evidence import Value
from codingagentbench.tasks import Task

TAIL: Final = 4000  # characters of the verifier's output kept beside the score


class PassRate(Value):
    """``pass`` is 1 when every test of the task passed in a sound verification, else 0.

    ``exit_code`` and ``timed_out`` are the verifier's. ``partial_score`` is the share of hidden
    tests that passed; like the counts it is null when the report cannot be believed. ``tests``
    maps "suite/name" to pass, fail, error or skip. The verifier prints to one stream, so
    ``stderr_tail`` is null.
    """

    passed: int | None = Field(None, alias="pass")
    exit_code: int | None = None
    timed_out: bool | None = None
    stdout_tail: str = ""
    stderr_tail: str | None = None
    partial_score: float | None = None
    hidden_passed: int | None = None
    hidden_total: int
    visible_passed: int | None = None
    visible_total: int
    sound: bool | None = None
    tests: Mapping[str, str] = {}


def pass_rate(task: Task, verification: Verification | None) -> PassRate:
    """The pass axis; all null but the totals when nothing was verified."""
    hidden, visible = task.verifier.hidden, task.verifier.visible
    if verification is None or verification.broken is not None:
        return PassRate(hidden_total=len(hidden), visible_total=len(visible))
    good = {(t.suite, t.name) for t in verification.tests if t.outcome == "pass"}
    good -= {(t.suite, t.name) for t in verification.tests if t.outcome != "pass"}
    sound = verification.sound and not verification.timed_out
    hidden_passed = sum(("hidden", name) in good for name in hidden)
    visible_passed = sum(("visible", name) in good for name in visible)
    solved = sound and hidden_passed == len(hidden) and visible_passed == len(visible)
    return PassRate(
        passed=int(solved),
        exit_code=verification.exit_code,
        timed_out=verification.timed_out,
        stdout_tail=verification.output[-TAIL:],
        partial_score=hidden_passed / len(hidden) if sound else None,
        hidden_passed=hidden_passed if sound else None,
        hidden_total=len(hidden),
        visible_passed=visible_passed if sound else None,
        visible_total=len(visible),
        sound=sound,
        tests={f"{t.suite}/{t.name}": t.outcome for t in verification.tests},
    )
