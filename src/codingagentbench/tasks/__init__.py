"""Tasks: what they are, and how their folders are loaded and checked. Nothing is run here."""

from pathlib import Path

from codingagentbench.tasks.corpus import corpus_root
from codingagentbench.tasks.digests import folder_digest
from codingagentbench.tasks.index import Listed, listed_tasks, summary_of
from codingagentbench.tasks.kit.cabfacts import stated as facts_stated
from codingagentbench.tasks.loading import (
    TOOLCHAINS,
    find_task,
    load_task,
    select_tasks,
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
from codingagentbench.tasks.skeletons import new_task
from codingagentbench.tasks.suites import (
    Drift,
    SealedSuite,
    Suite,
    SuiteTask,
    drift_of,
    find_suite,
    load_suite,
    make_suite,
    proves,
    seal,
    suite_files,
    suite_text,
    with_salt,
)

#: The folder of the shared module that verifiers are written with, mounted as CAB_KIT.
KIT: Path = Path(__file__).parent / "kit"

__all__ = [
    "KIT",
    "TOOLCHAINS",
    "Drift",
    "Listed",
    "Refusal",
    "Rule",
    "SealedSuite",
    "Suite",
    "SuiteTask",
    "Task",
    "TaskBudget",
    "Timeouts",
    "Verifier",
    "corpus_root",
    "drift_of",
    "facts_stated",
    "find_suite",
    "find_task",
    "folder_digest",
    "listed_tasks",
    "load_suite",
    "load_task",
    "make_suite",
    "new_task",
    "proves",
    "seal",
    "select_tasks",
    "suite_files",
    "suite_text",
    "summary_of",
    "task_folders",
    "with_salt",
]
