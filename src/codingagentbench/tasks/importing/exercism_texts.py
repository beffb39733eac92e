"""What an imported exercise is told, and the verifier that all of them have."""

from __future__ import annotations

from typing import Final

from codingagentbench.tasks.importing.exercism_languages import Exercise
from codingagentbench.tasks.importing.values import Broken

VERIFY: Final = '''"""Runs the exercise's own tests over the tree; suite.json says which."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabexercism

cabexercism.main()
'''

_DOCS: Final = ("introduction.md", "instructions.md", "instructions.append.md")


def prompt(exercise: Exercise, *, shows: bool) -> str:
    """The exercise's own words, and where the answer goes.

    ``shows``: whether there are tests in the tree. Raises :class:`Broken` without instructions.
    """
    if not exercise.folder.has(".docs/instructions.md"):
        raise Broken(".docs/instructions.md is missing")
    parts = [
        exercise.folder.text(f".docs/{name}").strip()
        for name in _DOCS
        if exercise.folder.has(f".docs/{name}")
    ]
    where = " and ".join(f"`{path}`" for path in exercise.solution)
    stands = "is" if len(exercise.solution) == 1 else "are"
    tests = (
        "Some of the tests are in the folder; more will be run."
        if shows
        else "The tests are not in the folder; they will be run over what you write."
    )
    tail = (
        f"# What to do\n\nWrite the solution in {where}; what {stands} there now is the "
        "beginning of it. Names and parameters stay as they are, since the tests use them. The "
        f"standard library is enough, and nothing can be installed. {tests}"
    )
    return "\n\n".join([*filter(None, parts), tail])
