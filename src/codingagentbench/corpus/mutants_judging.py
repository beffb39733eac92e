"""Which mutants are worth a task: rules on what their tests said. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from codingagentbench.corpus.mutants_batch import Ran
from codingagentbench.sandboxes import TestResult
from codingagentbench.tasks.mutation import Failing, Mutant

_NEAR: Final = 3  # lines


class Reason(StrEnum):
    """Why a mutant is no task."""

    BREAKS_RULES = "mending it breaks a rule"
    HANGS = "hangs"
    MEMORY = "takes too much memory"
    UNSOUND = "the report is not sound"
    SURVIVES = "no hidden test fails"
    NO_HINT = "no visible test fails"
    ALL_FAIL = "does not compile, or every test fails"
    CRASHES = "a name or a type that does not exist"
    UNSTABLE = "another outcome the second time"
    DUPLICATE = "as another one nearby"


class Verdict(NamedTuple):
    """``reason`` is ``None`` for a mutant that is worth a task, if no other one is like it.

    ``signature`` is over all outcomes and what the failing hidden tests said.
    """

    reason: Reason | None
    visible: tuple[str, ...] = ()  # failing tests
    hidden: tuple[str, ...] = ()
    signature: str = ""

    @property
    def failing(self) -> Failing:
        return Failing(visible=self.visible, hidden=self.hidden)


def judged(ran: Ran) -> Verdict:
    """The verdict on one run; the first rule that finds something decides."""
    for reason, holds in _RULES:
        if holds(ran):
            return Verdict(reason)
    return Verdict(
        None,
        visible=_failing(ran.tests, "visible"),
        hidden=_failing(ran.tests, "hidden"),
        signature=_signature(ran),
    )


class Kept:
    """The mutants of one seed that were kept so far, and whether another is like one of them."""

    def __init__(self) -> None:
        self._rows: list[tuple[Mutant, Verdict]] = []

    def add(self, mutant: Mutant, verdict: Verdict) -> bool:
        """Take it in, unless the same behaviour was seen within three lines of its place."""
        for other, known in self._rows:
            near = other.path == mutant.path and abs(other.line - mutant.line) <= _NEAR
            if near and known.signature == verdict.signature:
                return False
        self._rows.append((mutant, verdict))
        return True


def _failing(tests: Sequence[TestResult], suite: str) -> tuple[str, ...]:
    return tuple(t.name for t in tests if t.suite == suite and t.outcome == "fail")


def _hangs(ran: Ran) -> bool:
    return ran.ended in ("cpu", "wall") or any(_LATE.search(t.message) for t in ran.tests)


def _unsound(ran: Ran) -> bool:
    return not ran.sound or any(t.outcome not in ("pass", "fail") for t in ran.tests)


def _all_fail(ran: Ran) -> bool:
    return not any(t.outcome == "pass" and t.suite == "hidden" for t in ran.tests)


def _crashes(ran: Ran) -> bool:
    return any(_ABSENT.search(t.message) for t in ran.tests)


def _unstable(ran: Ran) -> bool:
    return ran.again is not None and _outcomes(ran.again) != _outcomes(ran.tests)


def _outcomes(tests: Sequence[TestResult]) -> list[str]:
    return [f"{t.suite} {t.name} {t.outcome}" for t in tests]


def _signature(ran: Ran) -> str:
    """Over the outcomes and what the hidden tests said, as far as it was the same both times."""
    first = [_PLACE.sub("*", t.message) for t in ran.tests if t.suite == "hidden"]
    again = [_PLACE.sub("*", t.message) for t in ran.again or ran.tests if t.suite == "hidden"]
    said = [one if one == two else "" for one, two in zip(first, again, strict=False)]
    return hashlib.sha256("\0".join(_outcomes(ran.tests) + said).encode()).hexdigest()[:32]


#: What a verifier says of a program that did not end, or was stopped for all that it wrote.
_LATE: Final = re.compile(r"did not end within|ended (?:early )?with code -(?:9|24|25)\b")
#: What only a program says that nobody can have run even once.
_ABSENT: Final = re.compile(
    r"^\s*(?:AttributeError|NameError|UnboundLocalError|TypeError|ReferenceError): "
    r"(?!Cannot read propert|.*NoneType)",
    re.MULTILINE,
)
#: What differs from run to run in a message: temporary names, addresses, times.
_PLACE: Final = re.compile(r"/tmp/\S+|0x[0-9a-f]+|@[0-9a-f]{5,}|\b\d+(?:\.\d+)? ?m?s\b")  # noqa: S108
_RULES: Final[tuple[tuple[Reason, Callable[[Ran], bool]], ...]] = (
    (Reason.MEMORY, lambda ran: ran.ended == "memory"),
    (Reason.HANGS, _hangs),
    (Reason.UNSOUND, _unsound),
    (Reason.ALL_FAIL, _all_fail),
    (Reason.SURVIVES, lambda ran: not _failing(ran.tests, "hidden")),
    (Reason.NO_HINT, lambda ran: not _failing(ran.tests, "visible")),
    (Reason.CRASHES, _crashes),
    (Reason.UNSTABLE, _unstable),
)
