"""Seeds: healthy programs with thorough tests, from which mutants are made. Nothing is run here.

A seed is a folder ``LANG/NAME``: ``seed.toml``, ``tree/`` and ``verifier/`` as a task has them, no
solution and no prompt. What a mutant's ticket says comes from ``[ticket]`` and ``[symptoms]``.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from codingagentbench.errors import TaskError
from codingagentbench.folders import data_folder
from codingagentbench.globs import matches
from codingagentbench.tasks.digests import folder_digest
from codingagentbench.tasks.loading import TOOLCHAINS
from codingagentbench.tasks.model import Glob, Rule, Task, TaskBudget, TaskId, Timeouts, Verifier

#: The folders of languages whose names are not their folders'.
LANGUAGE_FOLDERS: Final = {"c++": "cpp", "js": "javascript"}

_FORMAT: Final = "see docs/mutants.md for the format"
_BULLET: Final = re.compile(r"^[-*] +(.*(?:\n[ \t]+\S.*)*)", re.MULTILINE)
_Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=400)]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Ticket(_Value):
    """``opening``: one or two sentences about the program and who uses it; ``run``: its tests."""

    opening: _Sentence
    run: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Seed(_Value):
    """One healthy program, as loaded from its folder. ``digest`` is over every file of it."""

    id: TaskId
    version: str
    title: str
    language: str
    timeouts: Timeouts = Timeouts()
    budget: TaskBudget = TaskBudget()
    toolchain: tuple[str, ...]
    mutate: tuple[Glob, ...] = Field(min_length=1)  # files of the tree that get defects
    protected: tuple[Glob, ...] = ()
    rules: tuple[Rule, ...] = ()
    verifier: Verifier
    ticket: Ticket
    symptoms: Mapping[str, _Sentence]  # test -> what a user sees when it fails
    folder: Path
    digest: str  # "sha256:..."

    @property
    def tree(self) -> Path:
        return self.folder / "tree"

    @property
    def hidden(self) -> Path:
        """The verifier's folder."""
        return self.folder / "verifier"

    @property
    def files(self) -> tuple[str, ...]:
        """The files to mutate, relative to the tree, sorted."""
        found = (p.relative_to(self.tree).as_posix() for p in _files(self.tree))
        return tuple(sorted(path for path in found if matches(path, self.mutate)))

    def task(self) -> Task:
        """The healthy program as a task, for running its verifier over some tree."""
        return Task(
            id=f"seeds/{self.id.replace('/', '-')}",
            version=self.version,
            title=self.title,
            language=self.language,
            timeouts=self.timeouts,
            budget=self.budget,
            expected=self.mutate,
            protected=self.protected,
            rules=self.rules,
            toolchain=self.toolchain,
            verifier=self.verifier,
            prompt=self.ticket.opening,
            folder=self.folder,
            digest=self.digest,
        )


def load_seed(folder: str | Path) -> Seed:
    """The seed in ``folder``; raises :class:`TaskError` with file, key and reason."""
    folder = Path(folder).absolute()
    where = str(folder / "seed.toml")
    config = _config(folder)
    for part in ("tree", "verifier"):
        _part(folder, part)
    paths = config.pop("paths", {})
    if not isinstance(paths, dict) or set(paths) - {"protected"}:
        raise TaskError("table [paths] may have 'protected' alone", where=where, do=_FORMAT)
    try:
        seed = Seed(**config, **paths, folder=folder, digest=folder_digest(folder))
    except (ValidationError, TypeError) as error:
        raise TaskError(_explained(error), where=where, do=_FORMAT) from None
    for check in (_names, _mutable, _tests, _symptoms, _instructions):
        wrong = check(seed)
        if wrong is not None:
            raise TaskError(wrong, where=where, do=_FORMAT)
    return seed


def seed_folders(root: Path | None = None) -> Iterator[tuple[str, Path]]:
    """Seed ids and folders below ``root`` (``LANG/NAME/seed.toml``), in order of id.

    Raises :class:`TaskError` when ``root`` is no folder.
    """
    root = seeds_root() if root is None else root
    if not root.is_dir():
        raise TaskError("no such folder of seeds", where=str(root), do="give an existing --seeds")
    for config in sorted(root.glob("*/*/seed.toml")):
        yield f"{config.parent.parent.name}/{config.parent.name}", config.parent


@functools.cache
def seeds_root() -> Path:
    """The folder of the built-in seeds: beside the source, or unpacked from the package.

    Unpacked without what installers compiled; raises :class:`TaskError` when that cannot be done.
    """
    package = Path(__file__).resolve().parent.parent
    packed = package / "_seeds"
    if not packed.is_dir():
        return package.parent.parent / "seeds"
    home = data_folder() / "seeds"
    place = home / folder_digest(packed).removeprefix("sha256:")[:24]
    if not place.is_dir():
        try:
            home.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=home) as aside:
                fresh = Path(aside) / "seeds"
                shutil.copytree(packed, fresh, ignore=shutil.ignore_patterns("__pycache__"))
                if not place.is_dir():
                    fresh.rename(place)
        except OSError as error:
            raise TaskError(
                f"the built-in seeds cannot be unpacked: {error.strerror}",
                where=str(home),
                do="free some space, or set CAB_DATA to a folder you may write to",
            ) from None
    return place


def _config(folder: Path) -> dict[str, Any]:
    path = folder / "seed.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise TaskError("the file is missing", where=str(path), do=_FORMAT) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TaskError(f"not valid TOML: {error}", where=str(path), do="mend that line") from None
    except OSError as error:
        raise TaskError(f"cannot be read: {error.strerror}", where=str(path)) from None


def _part(folder: Path, name: str) -> None:
    part = folder / name
    if part.is_symlink() or not part.is_dir():
        raise TaskError(f"the folder {name}/ is missing", where=str(folder), do=_FORMAT)
    for path in part.rglob("*"):
        if path.is_symlink():
            raise TaskError("a link in a seed", where=str(path), do="replace it by a copy")
        if path.name == "__pycache__":
            raise TaskError("compiled files in a seed", where=str(path), do="remove the folder")


def _explained(error: ValidationError | TypeError) -> str:
    if isinstance(error, TypeError):  # a key given twice: at the top and as a table
        return "key 'protected' belongs into [paths]"
    first = error.errors(include_url=False)[0]
    kinds = {"missing": "is missing", "extra_forbidden": "is unknown"}
    said = kinds.get(first["type"], f"is wrong: {first['msg'][0].lower()}{first['msg'][1:]}")
    return f"key '{'.'.join(map(str, first['loc']))}' {said}"


def _names(seed: Seed) -> str | None:
    wanted = f"{seed.folder.parent.name}/{seed.folder.name}"
    if seed.id != wanted:
        return f"key 'id' is '{seed.id}', but the folder is {wanted}"
    language = LANGUAGE_FOLDERS.get(seed.language, seed.language)
    if language != seed.folder.parent.name:
        return f"key 'language' is '{seed.language}', but the folder is {seed.folder.parent.name}/"
    unknown = [name for name in seed.toolchain if name not in TOOLCHAINS]
    return f"key 'toolchain': unknown toolchain '{unknown[0]}'" if unknown else None


def _mutable(seed: Seed) -> str | None:
    if not seed.files:
        return f"key 'mutate': no file of tree/ matches {', '.join(seed.mutate)}"
    for path in seed.files:
        if matches(path, seed.protected):
            return f"key 'mutate': {path} is protected"
        if not matches(path, seed.verifier.carry):
            return f"key 'mutate': {path} is not carried into the verified tree"
    return None


def _tests(seed: Seed) -> str | None:
    for suite in ("hidden", "visible"):
        names = getattr(seed.verifier, suite)
        if not names:
            return f"key 'verifier.{suite}' names no test"
        if len(set(names)) != len(names):
            return f"key 'verifier.{suite}' names a test twice"
    return None


def _symptoms(seed: Seed) -> str | None:
    """Every test has one, and none gives a test's name or a place in the code away."""
    tests = {*seed.verifier.hidden, *seed.verifier.visible}
    missing, unknown = sorted(tests - set(seed.symptoms)), sorted(set(seed.symptoms) - tests)
    if missing:
        return f"table [symptoms] has nothing for '{missing[0]}'"
    if unknown:
        return f"table [symptoms] has '{unknown[0]}', which is no test"
    said = {**seed.symptoms, "ticket.opening": seed.ticket.opening}
    for key, text in said.items():
        leak = leak_in(text, tests=tests, files=seed.files)
        if leak is not None:
            return f"the sentence of '{key}' gives '{leak}' away"
    return None


def _instructions(seed: Seed) -> str | None:
    """Every rule is a bullet of AGENTS.md, and every bullet a rule."""
    path = seed.tree / "AGENTS.md"
    if not path.is_file():
        return "tree/AGENTS.md is missing"
    bullets = set(_bullets(path.read_text(encoding="utf-8")))
    says = {" ".join(rule.says.split()) for rule in seed.rules}
    if says - bullets:
        return f"AGENTS.md has no bullet that says: {min(says - bullets)}"
    if bullets - says:
        return f"no rule says what AGENTS.md does: {min(bullets - says)}"
    return None


def _bullets(text: str) -> Iterator[str]:
    """The bullets of a Markdown text, each on one line."""
    for found in _BULLET.finditer(text):
        yield " ".join(found[1].split())


def leak_in(text: str, *, tests: set[str], files: tuple[str, ...]) -> str | None:
    """The first test's name or file's name in ``text``, else ``None``.

    A test whose name is one plain word may share it with the language of its domain.
    """
    for name in sorted(tests):
        plain = name.isalpha() and name.islower()
        if not plain and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            return name
    for path in files:
        if path in text or os.path.basename(path) in text:
            return path
    return None


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
