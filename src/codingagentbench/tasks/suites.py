"""Suites: which tasks, at which version and digest. A suite can be sealed, and opened later.

A sealed file has digests alone. Each is salted, so that nobody can try out guesses at what is in
it; the salt stays in the open file, and publishing that proves what was sealed.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from codingagentbench.errors import TaskError, UnknownName
from codingagentbench.tasks.loading import find_task
from codingagentbench.tasks.model import Task, TaskId

Digest = Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]
SuiteName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]*$")]
_FORMAT: Final = "see docs/suites.md for the format"
_SALT_BYTES: Final = 32


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SuiteTask(_Value):
    """One task of a suite, pinned."""

    id: TaskId
    version: str
    digest: Digest


class Suite(_Value):
    """Tasks in order of id. ``salt`` (hex) is there once the suite was sealed."""

    name: SuiteName
    version: str
    title: str = ""
    tasks: tuple[SuiteTask, ...] = Field(min_length=1)
    salt: str | None = Field(None, pattern=r"^[0-9a-f]{64}$")


class SealedSuite(_Value):
    """What may be published beforehand: how many tasks, and one salted digest for each.

    ``commitment`` covers name, version, title and all of the tasks together.
    """

    name: SuiteName
    version: str
    title: str = ""
    sealed: Literal[True]
    count: int = Field(gt=0)
    entries: tuple[Digest, ...] = Field(min_length=1)
    commitment: Digest


@dataclass(frozen=True, kw_only=True)
class Drift:
    """A task that is not what the suite says, in one sentence."""

    id: str
    what: str


def suites_root() -> Path:
    """The folder of the built-in suites: beside the source, or in the installed package."""
    package = Path(__file__).resolve().parent.parent
    packed = package / "_suites"
    return packed if packed.is_dir() else package.parent.parent / "suites"


def suite_files(root: Path | None = None) -> Iterator[Path]:
    """The suite files of a folder, in order; templates are none."""
    for path in sorted((suites_root() if root is None else root).glob("*.toml")):
        if not path.stem.endswith("TEMPLATE"):
            yield path


def find_suite(name: str) -> Suite | SealedSuite:
    """The built-in suite ``name``, or the one in the file of that path.

    Raises :class:`UnknownName` with the nearest name, or :class:`TaskError`.
    """
    as_path = Path(name).expanduser()
    if name.endswith(".toml") or "/" in name:
        return load_suite(as_path)
    known = {path.stem: path for path in suite_files()}
    if name in known:
        return load_suite(known[name])
    raise UnknownName("suite", name, known, do="'cab suites list' shows all of them")


def load_suite(path: Path) -> Suite | SealedSuite:
    """The suite in a file; raises :class:`TaskError` with file, key and reason."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise TaskError("no such suite file", where=str(path), do=_FORMAT) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TaskError(f"not valid TOML: {error}", where=str(path), do="mend that line") from None
    except OSError as error:
        raise TaskError(f"cannot be read: {error.strerror}", where=str(path)) from None
    try:
        suite = SealedSuite(**data) if "sealed" in data else Suite(**data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        said = {"missing": "is missing", "extra_forbidden": "is unknown"}.get(
            first["type"], f"is wrong: {first['msg'].lower()}, got {first['input']!r:.80}"
        )
        raise TaskError(f"key '{key}' {said}", where=str(path), do=_FORMAT) from None
    _check(suite, path)
    return suite


def _check(suite: Suite | SealedSuite, path: Path) -> None:
    if isinstance(suite, SealedSuite):
        if suite.count != len(suite.entries):
            raise TaskError(
                f"key 'count' is {suite.count}, but there are {len(suite.entries)} entries",
                where=str(path),
                do="fetch the file again; it was cut or edited",
            )
        return
    names = [task.id for task in suite.tasks]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise TaskError(f"task '{twice}' is there twice", where=str(path), do="remove one of them")


def make_suite(name: str, version: str, tasks: Iterable[Task], *, title: str = "") -> Suite:
    """A suite that pins these tasks as they are now."""
    rows = (SuiteTask(id=t.id, version=t.version, digest=t.digest) for t in tasks)
    try:
        return Suite(
            name=name, version=version, title=title, tasks=tuple(sorted(rows, key=lambda t: t.id))
        )
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise TaskError(
            f"cannot make this suite: {first['loc'][0]}: {first['msg'].lower()}",
            do="names have lower case letters, digits, dots and dashes; one task is the least",
        ) from None


def drift_of(suite: Suite, *, root: Path | None = None) -> tuple[Drift, ...]:
    """Which tasks are missing here, or are not those that the suite pins."""
    found = []
    for pinned in suite.tasks:
        try:
            task = find_task(pinned.id, root=root)
        except TaskError as error:
            found.append(Drift(id=pinned.id, what=f"cannot be loaded: {error}"))
        except UnknownName:
            found.append(Drift(id=pinned.id, what="is not here"))
        else:
            if task.digest != pinned.digest:
                version = f"version {task.version}, pinned is {pinned.version}"
                same = "the same version, but other files" if task.version == pinned.version else ""
                found.append(Drift(id=pinned.id, what=f"has changed: {same or version}"))
    return tuple(found)


def with_salt(suite: Suite) -> Suite:
    """The suite as it must be kept to prove a seal; one that has a salt stays as it is."""
    return (
        suite if suite.salt else suite.model_copy(update={"salt": secrets.token_hex(_SALT_BYTES)})
    )


def seal(suite: Suite) -> SealedSuite:
    """What may be published of a salted suite before it is opened; ``ValueError`` without salt."""
    if suite.salt is None:
        raise ValueError("a suite without salt cannot be sealed")
    entries = sorted(_entry(suite.salt, task) for task in suite.tasks)
    return SealedSuite(
        name=suite.name,
        version=suite.version,
        title=suite.title,
        sealed=True,
        count=len(entries),
        entries=tuple(entries),
        commitment=_commitment(suite, entries),
    )


def proves(opened: Suite, sealed: SealedSuite) -> str | None:
    """``None`` when ``opened`` is what was sealed, else one sentence on the first difference."""
    if opened.salt is None:
        return "the opened suite has no salt, so it proves nothing"
    again = seal(opened)
    for field in ("name", "version", "title", "count"):
        mine, theirs = getattr(again, field), getattr(sealed, field)
        if mine != theirs:
            return f"{field} is {mine!r}, but {theirs!r} was sealed"
    known = set(sealed.entries)
    strangers = [t.id for t in opened.tasks if _entry(opened.salt, t) not in known]
    if strangers:
        return f"'{strangers[0]}' at this version and digest is none of those that were sealed"
    return None if again == sealed else "the commitment is another; the sealed file was edited"


def suite_text(suite: Suite | SealedSuite) -> str:
    """The suite as TOML, always in the same form."""
    lines = [f"{key} = {_toml(value)}" for key, value in _head(suite)]
    if isinstance(suite, SealedSuite):
        lines += ["entries = [", *(f"  {_toml(entry)}," for entry in suite.entries), "]"]
    else:
        for task in suite.tasks:
            lines += ["", "[[tasks]]", *(f"{k} = {_toml(v)}" for k, v in task.model_dump().items())]
    return "\n".join(lines) + "\n"


def _head(suite: Suite | SealedSuite) -> Iterator[tuple[str, Any]]:
    for key in ("name", "version", "title", "sealed", "count", "commitment", "salt"):
        value = getattr(suite, key, None)
        if value not in (None, ""):
            yield key, value


def _toml(value: str | int | bool) -> str:
    if isinstance(value, bool | int):
        return str(value).lower()
    quoted = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda m: f"\\u{ord(m[0]):04x}", quoted) + '"'


def _entry(salt: str, task: SuiteTask) -> str:
    return _sha256(salt, task.id, task.version, task.digest)


def _commitment(suite: Suite, entries: list[str]) -> str:
    return _sha256(suite.salt or "", suite.name, suite.version, suite.title, *entries)


def _sha256(*parts: str) -> str:
    """Over the parts as UTF-8, each ended by NUL, which no part contains."""
    return "sha256:" + hashlib.sha256(b"".join(p.encode() + b"\0" for p in parts)).hexdigest()
