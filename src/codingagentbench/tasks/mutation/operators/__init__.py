"""The mutation operators: one row each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from codingagentbench.tasks.mutation.operators.arguments import swapped
from codingagentbench.tasks.mutation.operators.cases import missing
from codingagentbench.tasks.mutation.operators.comparing import off_by_one, turned
from codingagentbench.tasks.mutation.operators.conditions import negated
from codingagentbench.tasks.mutation.operators.constants import changed
from codingagentbench.tasks.mutation.operators.dropping import dropped
from codingagentbench.tasks.mutation.operators.operating import wrong
from codingagentbench.tasks.mutation.operators.returning import early
from codingagentbench.tasks.mutation.operators.variables import wrong_variable
from codingagentbench.tasks.mutation.source import Edit, Source


class Operator(NamedTuple):
    """A kind of defect: ``find`` gives every edit that makes one of it in a file."""

    name: str
    find: Callable[[Source], Iterator[Edit]]


OPERATORS: Final = (
    Operator("comparator swap", turned),
    Operator("negated condition", negated),
    Operator("off by one", off_by_one),
    Operator("swapped arguments", swapped),
    Operator("dropped call", dropped),
    Operator("wrong operator", wrong),
    Operator("constant change", changed),
    Operator("early return", early),
    Operator("missing case", missing),
    Operator("wrong variable", wrong_variable),
)

__all__ = ["OPERATORS", "Operator"]
