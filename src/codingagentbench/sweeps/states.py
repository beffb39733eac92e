"""Where each cell of a plan stands, told by its attempts: a table, and nothing remembered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from codingagentbench.results import Row
from codingagentbench.sweeps.plan import Pair, Plan, Planned


class Standing(StrEnum):
    """What is to be done about a cell."""

    TODO = "todo"  # never tried, or only before something in the lock changed
    RETRY = "retry"  # the last attempt failed for no fault of the agent
    SCORED = "scored"
    GIVEN_UP = "given up"  # no scored outcome, and no further attempt is due


@dataclass(frozen=True, kw_only=True)
class State:
    """One cell: where it stands, and the attempts that count, first one first."""

    cell: Planned
    standing: Standing
    attempts: tuple[Row, ...]

    @property
    def last(self) -> Row | None:
        return self.attempts[-1] if self.attempts else None


def states_of(plan: Plan, rows: Iterable[Row], *, attempts: int) -> list[State]:
    """Every cell of the plan in its order. ``attempts``: how many are made at most."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.cell, []).append(row)
    states = []
    for cell in plan.cells():
        mine = [row for row in found.get(cell.id, ()) if _counts(row, cell.pair)]
        mine.sort(key=lambda row: row.attempt)
        states.append(State(cell=cell, standing=_standing(mine, attempts), attempts=tuple(mine)))
    return states


def _counts(row: Row, pair: Pair) -> bool:
    """Whether an attempt was made at this very task, with this very agent, within these limits."""
    made = (row.task_digest, row.agent_digest, row.asked)
    due = (pair.request.task.digest, pair.request.installed.digest, pair.asked)
    return made == due and row.problem is None


def _standing(rows: Sequence[Row], attempts: int) -> Standing:
    if not rows:
        return Standing.TODO
    if rows[-1].scored:
        return Standing.SCORED
    again = rows[-1].retry and len(rows) < attempts
    return Standing.RETRY if again else Standing.GIVEN_UP
