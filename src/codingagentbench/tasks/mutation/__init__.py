"""Mutants: what the operators make of healthy seeds, and the tasks that come of them.

Pure: files are read and texts are made, nothing is run. Which mutants are worth a task is found
out by running their tests, in ``codingagentbench.corpus``.
"""

from codingagentbench.tasks.mutation.generating import Mutant, draw_key, drawn, mutants_of
from codingagentbench.tasks.mutation.grammar import Grammar
from codingagentbench.tasks.mutation.languages import LANGUAGES
from codingagentbench.tasks.mutation.operators import OPERATORS, Operator
from codingagentbench.tasks.mutation.rendering import (
    Failing,
    RenderedFile,
    rendered,
    task_name,
    write_task,
)

__all__ = [
    "LANGUAGES",
    "OPERATORS",
    "Failing",
    "Grammar",
    "Mutant",
    "Operator",
    "RenderedFile",
    "draw_key",
    "drawn",
    "mutants_of",
    "rendered",
    "task_name",
    "write_task",
]
