"""Did it get worse? A gate for a pull request, with the evidence for its answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from codingagentbench import stats
from codingagentbench.boards.board import Board, BoardRow
from codingagentbench.boards.comparing import verdict
from codingagentbench.stats import Paired


class Answer(StrEnum):
    HOLDS = "holds"
    WORSE = "worse"  # by more than was allowed, and told apart from it
    UNSURE = "unsure"  # worse by more than was allowed, but that may be chance
    MISSING = "missing"  # nothing to compare with


@dataclass(frozen=True, kw_only=True)
class Gated:
    """One row against its baseline. ``tokens``: the ratio of tokens per solved task."""

    label: str
    answer: Answer
    paired: Paired | None
    now: BoardRow | None
    before: BoardRow | None
    tokens: float | None
    lost: tuple[str, ...]  # tasks solved less often than before
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Gate:
    rows: tuple[Gated, ...]
    max_drop: float
    max_tokens: float | None

    @property
    def passed(self) -> bool:
        """Nothing got worse; what is unsure or missing does not hold the gate shut."""
        return all(row.answer is not Answer.WORSE for row in self.rows)


def gate(now: Board, before: Board, *, max_drop: float, max_tokens: float | None = None) -> Gate:
    """Every row of ``before`` on the tasks that both boards have.

    ``max_drop``: how much of the share of solved tasks may be lost, 0 to 1. A row is worse when
    more than that is lost and the paired test tells the two apart (with none allowed, that alone).
    ``max_tokens``: how many times the tokens per solved task may be what they were.
    """
    return Gate(
        rows=tuple(
            _gated(now, before, n, max_drop=max_drop, max_tokens=max_tokens)
            for n in range(len(before.rows))
        ),
        max_drop=max_drop,
        max_tokens=max_tokens,
    )


def _gated(
    now: Board, before: Board, n: int, *, max_drop: float, max_tokens: float | None
) -> Gated:
    old = before.rows[n]
    at = now.row(old.label)
    common = [t for t in before.tasks if t in set(now.tasks)]
    if at is None or not common:
        said = f"{old.label}: nothing to compare with"
        return Gated(
            label=old.label,
            answer=Answer.MISSING,
            paired=None,
            now=None,
            before=old,
            tokens=None,
            lost=(),
            sentence=said,
        )
    new = now.rows[at]
    mine = now.verdicts[at][[now.tasks.index(t) for t in common]]
    theirs = before.verdicts[n][[before.tasks.index(t) for t in common]]
    paired = stats.compare(mine, theirs)
    ratio = _ratio(new.tokens.value, old.tokens.value)
    dearer = max_tokens is not None and ratio is not None and ratio > max_tokens
    drop = -(paired.difference or 0.0)
    answer = Answer.HOLDS
    if drop > max_drop:
        answer = Answer.WORSE if paired.decided else Answer.UNSURE
    if dearer:
        answer = Answer.WORSE
    means = stats.task_means(mine), stats.task_means(theirs)
    lost = tuple(t for t, a, b in zip(common, *means, strict=True) if a < b)
    said = verdict(paired, a="now", b="before")
    if dearer:
        said += f"; {ratio:.2f} times the tokens per solved task"
    return Gated(
        label=old.label,
        answer=answer,
        paired=paired,
        now=new,
        before=old,
        tokens=ratio,
        lost=lost,
        sentence=said,
    )


def _ratio(now: float | None, before: float | None) -> float | None:
    return now / before if now is not None and before else None
