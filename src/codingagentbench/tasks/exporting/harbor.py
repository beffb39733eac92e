"""A task of ours as a Harbor task folder: an image, our verifier behind test.sh, a solve.sh.

What Harbor has no key for is noted in task.toml under [metadata.codingagentbench]; the importer
takes it back, so that limits, rules and paths survive the way there and back.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any, Final

from codingagentbench import globs
from codingagentbench.errors import TaskError
from codingagentbench.tasks.importing.harbor_config import OURS
from codingagentbench.tasks.importing.writing import toml
from codingagentbench.tasks.model import Task

_KIT: Final = Path(__file__).parents[1] / "kit"
_IMAGE: Final = "debian:bookworm-slim"
#: Debian packages of each toolchain; Python is in every image, for the verifier.
_PACKAGES: Final = {
    "python": "python3",
    "rust": "rustc cargo gcc libc6-dev",
    "go": "golang-go",
    "java": "default-jdk-headless",
    "node": "nodejs",
    "c++": "g++",
}
_MEMORY_MB, _STORAGE_MB = 4096, 2048

_DOCKERFILE: Final = """\
FROM {image}
RUN apt-get update \\
    && apt-get install -y --no-install-recommends {packages} \\
    && rm -rf /var/lib/apt/lists/*
WORKDIR {workdir}
COPY tree/ {workdir}/
"""
_TEST: Final = """\
#!/bin/bash
# Writes the reward to /logs/verifier/reward.txt: 1 or 0.
PYTHONDONTWRITEBYTECODE=1 python3 /tests/kit/cabjudge.py
"""
_SOLVE: Final = """\
#!/bin/bash
set -e
cp -R --preserve=mode /solution/files/. {workdir}/
"""


def export_harbor(task: Task, *, into: Path) -> Path:
    """Write ``task`` below ``into`` as the folder CATEGORY-NAME, and return that.

    Raises :class:`TaskError` for a task that was imported from such a folder, and where one is
    already or cannot be written.
    """
    if task.verifier.mounts or task.verifier.scratch:
        raise TaskError(
            "its verifier wants places of its own inside, and /tests is Harbor's",
            where=task.id,
            do="export the tasks that were not imported",
        )
    at = into / task.id.replace("/", "-")
    if at.exists():
        raise TaskError("something is there already", where=str(at), do="remove it first")
    try:
        into.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=into, prefix=".export-") as aside:
            fresh = Path(aside) / "task"
            _write(task, fresh)
            fresh.rename(at)
    except OSError as error:
        raise TaskError(f"cannot be written: {error.strerror}", where=str(at)) from None
    return at


def _write(task: Task, at: Path) -> None:
    packages = dict.fromkeys(["python3", *(_PACKAGES[name] for name in task.toolchain)])
    image = {"image": _IMAGE, "packages": " ".join(packages), "workdir": task.workdir}
    _text(at / "task.toml", toml(_config(task)))
    _text(at / "instruction.md", task.prompt.strip() + "\n")
    _text(at / "environment" / "Dockerfile", _DOCKERFILE.format_map(image))
    _folder(task.tree, at / "environment" / "tree")
    _text(at / "tests" / "test.sh", _TEST, executable=True)
    _text(at / "tests" / "judge.json", json.dumps(_judged(task), indent=1) + "\n")
    _folder(task.tree, at / "tests" / "pristine")
    _folder(task.hidden, at / "tests" / "verifier")
    _folder(_KIT, at / "tests" / "kit")
    shutil.copyfile(str(globs.__file__), at / "tests" / "kit" / "globs.py")
    _text(at / "solution" / "solve.sh", _SOLVE.format_map(image), executable=True)
    _folder(task.solution, at / "solution" / "files")


def _config(task: Task) -> dict[str, Any]:
    found: dict[str, Any] = {
        "version": "1.0",
        "metadata": {
            "category": task.category,
            "tags": [task.language],
            OURS: _noted(task),
        },
        "agent": {"timeout_sec": task.timeouts.agent},
        "verifier": {"timeout_sec": task.timeouts.verifier},
        "environment": {
            "build_timeout_sec": 600.0,
            "cpus": 1,
            "memory_mb": _MEMORY_MB,
            "storage_mb": _STORAGE_MB,
            "allow_internet": False,
            "workdir": task.workdir,
        },
    }
    if task.env:
        found["environment"]["env"] = dict(task.env)
    if task.difficulty is not None:
        found["metadata"]["difficulty"] = task.difficulty
    return found


def _noted(task: Task) -> dict[str, Any]:
    """What Harbor has no key for."""
    noted: dict[str, Any] = {
        "id": task.id,
        "version": task.version,
        "title": task.title,
        "language": task.language,
        "toolchain": list(dict.fromkeys([*task.toolchain, "python"])),
        "budget": task.budget.model_dump(exclude_none=True),
        "paths": {"expected": list(task.expected), "protected": list(task.protected)},
    }
    if task.difficulty is not None:
        noted["difficulty"] = task.difficulty
    if task.rules:
        noted["rules"] = [
            rule.model_dump(mode="json", exclude_defaults=True) for rule in task.rules
        ]
    if task.refusal is not None:
        noted["refusal"] = task.refusal.model_dump(mode="json")
    return noted


def _judged(task: Task) -> dict[str, Any]:
    """What the judge has to know."""
    tests = [["hidden", name] for name in task.verifier.hidden]
    tests += [["visible", name] for name in task.verifier.visible]
    return {
        "workdir": task.workdir,
        "command": list(task.verifier.command),
        "seconds": max(task.timeouts.verifier - 5.0, 1.0),
        "carry": list(task.verifier.carry),
        "protected": list(task.protected),
        "refusal": None if task.refusal is None else task.refusal.model_dump(mode="json"),
        "tests": tests,
    }


def _text(path: Path, text: str, *, executable: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755 if executable else 0o644)


def _folder(source: Path, target: Path) -> None:
    shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
