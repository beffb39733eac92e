"""Tasks made for these tests, and how a folder differs from them."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from codingagentbench.tasks.model import Refusal, Rule, Task, Verifier

TREE = {
    "README.md": "# Sums\n\nAdds and takes away.\n",
    "AGENTS.md": "- leave the tests alone\n",
    "src/sums.py": (
        '"""Sums."""\n\n\ndef add(a, b):\n    total = a - b\n    return total\n\n\n'
        "def less(a, b):\n    total = a - b\n    return total\n"
    ),
    "tests/test_sums.py": (
        "import unittest\n\nfrom sums import add\n\n\nclass T(unittest.TestCase):\n"
        "    def test_add(self):\n        self.assertEqual(3, add(1, 2))\n"
    ),
}
SOLUTION = {
    "src/sums.py": TREE["src/sums.py"].replace("total = a - b", "total = a + b", 1),
    "src/it's new/help me.txt": "EOF\n$HOME `ls` 'quoted' \\n\nlast line without its end",
}


def make_task(
    folder: Path,
    *,
    tree: Mapping[str, str] = TREE,
    solution: Mapping[str, str] = SOLUTION,
    refusal: Refusal | None = None,
) -> Task:
    for part, files in (("tree", tree), ("solution", solution)):
        for name, text in files.items():
            path = folder / part / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
    return Task(
        id="polyglot/sums",
        version="1.0",
        title="Sums",
        language="python",
        expected=tuple(solution) if not refusal else (refusal.document,),
        protected=("tests/**",),
        rules=(Rule(kind="file-not-touched", paths=("AGENTS.md",)),),
        refusal=refusal,
        verifier=Verifier(command=("true",), hidden=("x",)),
        prompt="Fix it.",
        folder=folder,
        digest="sha256:0",
    )


def copy_tree(task: Task, to: Path) -> Path:
    shutil.copytree(task.tree, to)
    return to


def files(folder: Path) -> dict[str, str]:
    """Every file below, by relative path."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text() for path in found}


def changed(task: Task, folder: Path) -> set[str]:
    """Paths that differ from the task's tree."""
    before, after = files(task.tree), files(folder)
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
