"""Instruction fidelity: how many of the rules of the tree's AGENTS.md the changes keep."""

from __future__ import annotations

from codingagentbench.sandboxes import Changes
from codingagentbench.scoring.evidence import Value
from codingagentbench.scoring.rules import RuleVerdict, check_rule, diff_of
from codingagentbench.scoring.touched import Touched
from codingagentbench.tasks import Task


class InstructionFidelity(Value):
    """``instruction_fidelity``: rules honoured / rules declared, each checked on the changes alone.

    Null when nothing but litter changed (an untouched tree keeps every rule and says nothing) and
    when the task declares no rule. A rule that the evidence does not show is not honoured.
    """

    instruction_fidelity: float | None = None
    not_applicable: bool
    rules: tuple[RuleVerdict, ...] = ()
    rules_honoured: int | None = None
    rules_declared: int


def instruction_fidelity(
    task: Task, touched: Touched | None, changes: Changes | None
) -> InstructionFidelity:
    """The axis of methodology 1.0, on every task."""
    declared = len(task.rules)
    if touched is None or changes is None or not touched.files:
        return InstructionFidelity(not_applicable=True, rules_declared=declared)
    diff = diff_of(touched.files, changes)
    verdicts = tuple(check_rule(rule, diff) for rule in task.rules)
    honoured = sum(verdict.honoured is True for verdict in verdicts)
    return InstructionFidelity(
        instruction_fidelity=honoured / declared if declared else None,
        not_applicable=not declared,
        rules=verdicts,
        rules_honoured=honoured,
        rules_declared=declared,
    )


def instruction_fidelity_v0_1(task: Task) -> InstructionFidelity:
    """As published: rules were declared, and no axis looked at them."""
    return InstructionFidelity(not_applicable=True, rules_declared=len(task.rules))
