"""What can be told of a task without running anything: its papers, its leaks, its size."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from codingagentbench.globs import matches
from codingagentbench.tasks import Task

#: A larger tree is copied for every attempt, and tells nothing that a smaller one could not.
MAX_TREE_BYTES: Final = 20 * 2**20
MAX_TREE_FILES: Final = 25_000
_READ: Final = 2 * 2**20  # bytes of a file that are looked at
_TELLING: Final = 24  # characters from which a line is no coincidence
_CLOCKS: Final = re.compile(
    r"\b(?:time\.time\(|datetime\.(?:now|today|utcnow)\(|date\.today\(|Date\.now\(|new Date\(\)"
    r"|Instant::now|SystemTime::now|time\.Now\(|System\.currentTimeMillis|LocalDate\.now\("
    r"|Instant\.now\(|system_clock::now|current_timestamp|'now')"
)


class Problem(NamedTuple):
    """One thing that is wrong: what was checked, and a sentence that says what to do."""

    check: str
    what: str


def agents_md(task: Task) -> Iterator[Problem]:
    """AGENTS.md and ``[[rules]]`` say the same: each bullet is a rule, each rule a bullet."""
    path = task.tree / "AGENTS.md"
    if not path.is_file():
        if task.rules:
            yield Problem("rules", "there are [[rules]] but no tree/AGENTS.md; write it")
        return
    bullets = _bullets(path.read_text("utf-8", "replace"))
    said = {_flat(rule.says) for rule in task.rules}
    for rule in task.rules:
        if not rule.says:
            yield Problem("rules", f"rule '{rule.kind}' has no 'says'; give AGENTS.md's bullet")
        elif _flat(rule.says) not in bullets:
            yield Problem("rules", f"no bullet of AGENTS.md says {_short(rule.says)}; add it")
    for bullet in bullets:
        if bullet not in said:
            yield Problem(
                "rules", f"AGENTS.md demands {_short(bullet)}, task.toml does not; add it"
            )


def papers(task: Task) -> Iterator[Problem]:
    """What every task has."""
    if not task.refusal and not task.verifier.visible:
        yield Problem("tests", "no visible test; without one nobody can tell overfitting")
    same = sorted(set(task.verifier.visible) & set(task.verifier.hidden))
    if same:
        yield Problem("tests", f"'{same[0]}' is both hidden and visible; rename one of them")
    if len(task.prompt) < 60 and not task.refusal:
        yield Problem("prompt", "the ticket has less than a sentence; say what is wanted")
    for path in _relative(task.solution):
        if not matches(path, task.expected):
            yield Problem("solution", f"{path} is not in paths.expected; add it there")
        if matches(path, task.protected):
            yield Problem("solution", f"{path} is protected; a solution must not touch it")


def leaks(task: Task) -> Iterator[Problem]:
    """Nothing in the tree or the ticket gives the answer away."""
    for folder in task.tree.rglob(".git"):
        yield Problem("leak", f"{folder.relative_to(task.tree)} is in the tree; remove it")
    fresh = {
        line.strip()
        for path in _relative(task.solution)
        for line in _lines(task.solution / path)
        if line not in set(_lines(task.tree / path))
    }
    telling = {line for line in fresh if len(line) >= _TELLING}
    for line in sorted(telling):
        if line in task.prompt and not task.refusal and not _documents(task, line):
            yield Problem("leak", f"the ticket has a line of the solution: {_short(line)}")
    contents = {(task.solution / p).read_bytes(): p for p in _relative(task.solution)}
    hidden = {(task.hidden / p).read_bytes(): p for p in _relative(task.hidden)}
    for path in _relative(task.tree):
        data = (task.tree / path).read_bytes()[:_READ]
        if len(data) > 1 and data in contents:
            yield Problem("leak", f"{path} of the tree is {contents[data]} of the solution")
        if len(data) > 200 and hidden.get(data, "").endswith((".py", ".json")):
            known = hidden[data]
            if not known.startswith("pristine/"):
                yield Problem("leak", f"{path} of the tree is {known} of the verifier")
        for name in task.verifier.hidden:
            if len(name) >= _TELLING and name.encode() in data:
                yield Problem("leak", f"{path} names the hidden test '{name}'")


def size(task: Task) -> Iterator[Problem]:
    """A tree that can be copied for every attempt."""
    count = total = 0
    for path in task.tree.rglob("*"):
        if path.is_file() and not path.is_symlink():
            count, total = count + 1, total + path.stat().st_size
            if total > MAX_TREE_BYTES or count > MAX_TREE_FILES:
                limit = f"{MAX_TREE_BYTES >> 20} MB or {MAX_TREE_FILES:,} files"
                yield Problem("size", f"the tree has more than {limit}; make it smaller")
                return


def clocks(task: Task) -> Iterator[str]:
    """Notes on what reads the clock; the sandbox cannot set it, so a reader has to look."""
    for folder in (task.hidden, task.tree, task.solution):
        for path in _relative(folder):
            found = _CLOCKS.search("\n".join(_lines(folder / path)))
            if found and not path.endswith(".md"):
                yield f"{folder.name}/{path} reads the clock ({found.group().rstrip('(')})"


#: Every check that runs nothing. ``size`` comes first: the others read every file.
CHECKS: Final[tuple[Callable[[Task], Iterator[Problem]], ...]] = (size, papers, agents_md, leaks)


def _bullets(text: str) -> list[str]:
    """The bullets of a document, each with its continuation lines, white space aside."""
    found: list[list[str]] = []
    inside = False
    for line in text.splitlines():
        if line.startswith(("- ", "* ")):
            found.append([line[2:]])
            inside = True
        elif inside and line.startswith("  ") and line.strip():
            found[-1].append(line)
        else:
            inside = False
    return [_flat(" ".join(lines)) for lines in found]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _short(text: str) -> str:
    flat = _flat(text)
    return repr(flat if len(flat) <= 70 else flat[:67] + "...")


def _documents(task: Task, line: str) -> bool:
    """Whether a line is of a document: a ticket may say what a document has to say."""
    return any(
        line in (text.strip() for text in _lines(task.solution / path))
        for path in _relative(task.solution)
        if path.endswith(".md")
    )


def _relative(folder: Path) -> list[str]:
    found = (p for p in sorted(folder.rglob("*")) if p.is_file() and not p.is_symlink())
    return [p.relative_to(folder).as_posix() for p in found]


def _lines(path: Path) -> list[str]:
    if not path.is_file():
        return []
    with path.open("rb") as handle:
        return handle.read(_READ).decode("utf-8", "replace").splitlines()
