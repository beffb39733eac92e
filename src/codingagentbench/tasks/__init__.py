"""Tasks: what they are, and how their folders are loaded and checked. Nothing is run here."""

from pathlib import Path

from codingagentbench.tasks.corpus import corpus_root
from codingagentbench.tasks.digests import folder_digest
from codingagentbench.tasks.loading import (
    TOOLCHAINS,
    find_task,
    load_task,
    task_folders,
)
from codingagentbench.tasks.model import (
    Refusal,
    Rule,
    Task,
    TaskBudget,
    Timeouts,
    Verifier,
)

#: The folder of the shared module that verifiers are written with, mounted as CAB_KIT.
KIT: Path = Path(__file__).parent / "kit"

__all__ = [
    "KIT",
    "TOOLCHAINS",
    "Refusal",
    "Rule",
    "Task",
    "TaskBudget",
    "Timeouts",
    "Verifier",
    "corpus_root",
    "find_task",
    "folder_digest",
    "load_task",
    "task_folders",
]
