"""What a verifier wrote to its report, and whether it can be believed."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from codingagentbench.sandboxes.values import TestResult
from codingagentbench.tasks import Task

#: Bytes; a longer report is read no further and not believed.
LONGEST: Final = 1 << 20
_OUTCOMES: Final = ("pass", "fail", "error", "skip")
_MESSAGE: Final = 2000  # characters

_Key = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Report:
    """``tests``: one result for each test of the task, in its order, hidden ones first.

    ``whole``: exactly the tests of the task, each once, then the right count, and nothing else.
    ``said``: how many lines made sense at all. ``broken``: the verifier's own word.
    """

    tests: tuple[TestResult, ...]
    whole: bool
    said: int
    broken: str | None


def read_report(content: bytes, task: Task) -> Report:
    """Make sense of ``content``; nothing in it can raise."""
    names = [("hidden", name) for name in task.verifier.hidden]
    names += [("visible", name) for name in task.verifier.visible]
    reading = _Reading(names)
    for line in content[:LONGEST].split(b"\n"):
        if line.strip():
            reading.take(line)
    missing = [key for key in names if key not in reading.seen]
    results = [reading.seen.get(key) or _not_reported(key) for key in names]
    whole = (
        len(content) <= LONGEST
        and not missing
        and not reading.nonsense
        and reading.done == len(names)
        and reading.broken is None
    )
    said = len(reading.seen) + (reading.done is not None)
    return Report(tests=tuple(results), whole=whole, said=said, broken=reading.broken)


class _Reading:
    def __init__(self, names: list[_Key]) -> None:
        self._names = frozenset(names)
        self.seen: dict[_Key, TestResult] = {}
        self.done: int | None = None
        self.broken: str | None = None
        self.nonsense = False

    def take(self, line: bytes) -> None:
        said = _parsed(line)
        if said is None or self.done is not None:
            self.nonsense = True
        elif "broken" in said:
            self.broken = str(said["broken"])[:_MESSAGE] or "it gave no reason"
        elif "done" in said:
            count = said["done"]
            self.done = count if type(count) is int else -1
        else:
            self._result(said)

    def _result(self, said: Mapping[str, object]) -> None:
        key = (str(said.get("suite")), str(said.get("test")))
        outcome = said.get("outcome")
        if key not in self._names or outcome not in _OUTCOMES:
            self.nonsense = True
            return
        message = str(said.get("message") or "")[:_MESSAGE]
        if key in self.seen:
            self.nonsense = True
            outcome, message = "error", "reported more than once"
        self.seen[key] = TestResult(
            suite=key[0],
            name=key[1],
            outcome=str(outcome),
            message=_printable(message),
            seconds=_seconds(said.get("seconds")),
        )


def _parsed(line: bytes) -> Mapping[str, object] | None:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _seconds(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) and number >= 0 else None


def _printable(text: str) -> str:
    """JSON may name half a surrogate pair, which no UTF-8 file can hold."""
    return text.encode("utf-8", "replace").decode()


def _not_reported(key: _Key) -> TestResult:
    return TestResult(suite=key[0], name=key[1], outcome="error", message="not reported")
