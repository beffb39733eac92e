"""Other people's tasks, read into drafts of ours. Nothing is run here."""

from codingagentbench.tasks.importing.exercism import find_exercises
from codingagentbench.tasks.importing.harbor import find_harbor_tasks
from codingagentbench.tasks.importing.values import (
    Broken,
    Content,
    Draft,
    Files,
    Found,
    LeftOut,
    Outcome,
    Solve,
    Unsupported,
)
from codingagentbench.tasks.importing.writing import discard, toml, write_draft, write_files

__all__ = [
    "Broken",
    "Content",
    "Draft",
    "Files",
    "Found",
    "LeftOut",
    "Outcome",
    "Solve",
    "Unsupported",
    "discard",
    "find_exercises",
    "find_harbor_tasks",
    "toml",
    "write_draft",
    "write_files",
]
