"""What a task is: a prompt, a working tree, a hidden verifier, a reference solution, rules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)

TaskId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9.-]*$")]
Glob = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^/].*$")]

#: Places inside a sandbox that are the sandbox's own: neither they, nor what is in them or around
#: them, can be asked for by a task.
_TAKEN: Final = (
    "/bin", "/dev", "/etc", "/home/agent", "/lib", "/lib32", "/lib64", "/libx32", "/nix", "/opt",
    "/proc", "/run", "/sbin", "/sys", "/tmp", "/usr", "/var",  # noqa: S108
    "/verifier", "/verifier-kit",
)  # fmt: skip


def _place(path: str) -> str:
    if not re.fullmatch(r"(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)+", path) or len(path) > 200:
        raise ValueError("a place inside is an absolute path of plain names")
    for taken in _TAKEN:
        if _overlap(path, taken):
            raise ValueError(f"{taken} belongs to the sandbox")
    return path


def _overlap(one: str, other: str) -> bool:
    return f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")


#: Where something of a task is seen inside its sandboxes.
Place = Annotated[str, AfterValidator(_place)]

#: A folder of a task's part, by its plain name.
Folder = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]*$")]

_OWN_VARIABLES: Final = re.compile(r"(?:PATH|HOME|SHELL|TMPDIR|USER|LOGNAME)|(?:LD_|CAB_).*")


def _variable(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,99}", name):
        raise ValueError("a variable's name has letters, digits and '_'")
    if _OWN_VARIABLES.fullmatch(name):
        raise ValueError(f"{name} belongs to the sandbox")
    return name


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("a NUL character cannot be in the environment")
    return text


#: A variable of the environment that a task may set, and what it may be set to.
Variable = Annotated[str, AfterValidator(_variable)]
Value = Annotated[str, AfterValidator(_without_nul)]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Timeouts(_Value):
    """Seconds of wall clock."""

    agent: float = Field(600.0, gt=0)
    verifier: float = Field(120.0, gt=0)


class TaskBudget(_Value):
    """What one attempt may spend on the model; ``None`` is no limit."""

    calls: int | None = Field(100, gt=0)
    tokens: int | None = Field(2_000_000, gt=0)
    usd: float | None = Field(None, gt=0)


class Rule(_Value):
    """One rule of the tree's AGENTS.md that can be checked without a model.

    Kinds: ``file-not-touched`` {paths}, ``no-new-dependency``, ``no-comments-added`` {max},
    ``file-pattern-required-in-diff`` {paths}, ``max-lines-changed`` {max},
    ``public-api-unchanged`` {paths}. ``says`` is the bullet of AGENTS.md that states the rule,
    white space aside; one bullet may state several rules.
    """

    kind: Literal[
        "file-not-touched",
        "no-new-dependency",
        "no-comments-added",
        "file-pattern-required-in-diff",
        "max-lines-changed",
        "public-api-unchanged",
    ]
    says: str = ""
    paths: tuple[Glob, ...] = ()
    max: int | None = None


class Refusal(_Value):
    """A task that should be declined: in which document, and which facts it must state.

    Each fact is a list of alternatives; a fact is stated when the document, case folded,
    contains one of them. The document alone may be added; everything else stays untouched.
    """

    document: str
    facts: tuple[tuple[str, ...], ...] = Field(min_length=1)


class Verifier(_Value):
    """How the hidden tests are run: ``command`` inside the folder /verifier, and what it reports.

    ``hidden`` and ``visible`` are the exact names of the tests it must report, no more, no less.
    ``carry`` are globs of the agent's changes that go into the verified tree; the rest stay out.
    ``mounts``: places inside, besides /verifier, at which folders of it are seen, read-only;
    ``scratch``: empty folders that the verifier may write, gone with its sandbox.
    """

    command: tuple[str, ...] = Field(min_length=1)
    hidden: tuple[str, ...] = Field(min_length=1)
    visible: tuple[str, ...] = ()
    carry: tuple[Glob, ...] = ("**",)
    mounts: Mapping[Place, Folder] = Field(default_factory=dict)
    scratch: tuple[Place, ...] = ()


class Task(_Value):
    """One problem, as loaded from its folder. ``digest`` is over every file of the folder.

    ``workdir`` is where the tree lies, for the agent and for the verifier; ``env`` is added to the
    environment of both.
    """

    id: TaskId
    version: str
    title: str
    language: str
    difficulty: Literal["easy", "medium", "hard"] | None = None
    timeouts: Timeouts = Timeouts()
    budget: TaskBudget = TaskBudget()
    expected: tuple[Glob, ...]  # paths that a right answer may change
    protected: tuple[Glob, ...] = ()  # paths whose change is tampering (tests, build files)
    rules: tuple[Rule, ...] = ()
    refusal: Refusal | None = None
    toolchain: tuple[str, ...] = ()  # names of sandboxes.toolchains: "python", "rust", ...
    workdir: Place = "/workspace"
    env: Mapping[Variable, Value] = Field(default_factory=dict)
    verifier: Verifier
    prompt: str
    folder: Path
    digest: str  # "sha256:..."

    @field_validator("verifier")
    @classmethod
    def _places_apart(cls, verifier: Verifier, info: ValidationInfo) -> Verifier:
        places = [info.data.get("workdir", ""), *verifier.mounts, *verifier.scratch]
        for at, place in enumerate(places):
            for other in filter(None, places[:at]):
                if _overlap(place, other):
                    raise ValueError(f"{other} and {place} cannot both be places inside")
        return verifier

    @property
    def category(self) -> str:
        return self.id.split("/", 1)[0]

    @property
    def tree(self) -> Path:
        """What the agent gets, its AGENTS.md included."""
        return self.folder / "tree"

    @property
    def hidden(self) -> Path:
        """The verifier's folder, which no agent ever sees."""
        return self.folder / "verifier"

    @property
    def solution(self) -> Path:
        """The reference solution: files laid over the tree, paths as in the tree."""
        return self.folder / "solution"
