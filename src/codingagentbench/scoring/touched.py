"""Changed paths sorted by whose business they are: expected, unexpected, protected, litter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from codingagentbench.globs import matches
from codingagentbench.sandboxes import Changes, FileChange
from codingagentbench.tasks import Task

#: What running a project's own tests leaves behind. Litter when it was added, a change when a
#: file of that name was there before.
BYPRODUCTS: Final = (
    "**/__pycache__/**",
    "**/*.pyc",
    "**/.pytest_cache/**",
    "**/.mypy_cache/**",
    "**/.ruff_cache/**",
    "target/**",  # cargo
    "**/*.class",  # javac
    "**/node_modules/.cache/**",
)


@dataclass(frozen=True, kw_only=True)
class Touched:
    """The changes of one attempt, each path in ``litter`` or in ``files``, never in both.

    ``expected`` and ``unexpected`` share out the paths of ``files``; ``protected`` is those of
    them whose change is tampering.
    """

    files: tuple[FileChange, ...]
    expected: tuple[str, ...]
    unexpected: tuple[str, ...]
    protected: tuple[str, ...]
    litter: tuple[str, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(file.path for file in self.files)


def touched(
    task: Task,
    changes: Changes,
    *,
    state_files: tuple[str, ...],
    byproducts: tuple[str, ...] = BYPRODUCTS,
) -> Touched:
    """``changes`` sorted; an agent's declared litter never covers what the task speaks of."""
    spoken_of = (*task.expected, *task.protected)
    # A dropping may be a folder: what lies below it is one too.
    droppings = (*state_files, *(f"{glob.rstrip('/')}/**" for glob in state_files))

    def is_litter(file: FileChange) -> bool:
        if file.kind == "added" and matches(file.path, byproducts):
            return True
        return matches(file.path, droppings) and not matches(file.path, spoken_of)

    litter = tuple(f.path for f in changes.files if is_litter(f))
    files = tuple(f for f in changes.files if not is_litter(f))
    paths = tuple(f.path for f in files)
    expected = tuple(p for p in paths if matches(p, task.expected))
    known = frozenset(expected)
    return Touched(
        files=files,
        expected=expected,
        unexpected=tuple(p for p in paths if p not in known),
        protected=tuple(p for p in paths if matches(p, task.protected)),
        litter=litter,
    )
