"""A sweep sealed: one hash that stands for every byte of every attempt, and what breaks it.

A record has the digest of every file beside it, so the digest of the record stands for all of an
attempt. Those digests, each with the attempt's place, are the leaves of a Merkle tree; its root is
the seal. Pages (index.html) are made from the rest and are not part of it.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from codingagentbench.errors import ResultsError
from codingagentbench.results import layout, merkle
from codingagentbench.results.checking import examined, sha256_of
from codingagentbench.results.store import Store, load_record, write_atomic
from codingagentbench.version import VERSION

SEALS: Final = ".seals"
_FORMAT: Final = 1

OnProgress = Callable[[int, int], None]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SealedAttempt(_Value):
    """``path``: its folder below the results' root; ``record``: SHA-256 of its record, in hex."""

    path: str
    record: str

    @property
    def leaf(self) -> bytes:
        return merkle.leaf(f"{self.path}\n{self.record}".encode())


class Seal(_Value):
    """What was sealed, in order of path. ``lock``: SHA-256 of the sweep's lock, if it has one."""

    format: int = _FORMAT
    sweep: str
    made_at: datetime
    version: str
    machine: Mapping[str, str]
    lock: str | None
    root: str
    attempts: tuple[SealedAttempt, ...]


class Proof(_Value):
    """That one attempt is in a seal, for somebody who has only its folder and the root."""

    format: int = _FORMAT
    sweep: str
    path: str
    record: str
    index: int
    size: int
    siblings: tuple[str, ...]
    root: str


@dataclass(frozen=True, kw_only=True)
class Verified:
    """``problems``: by attempt's folder, or by file of the seal; empty when all is as sealed."""

    seal: Seal
    problems: Mapping[str, tuple[str, ...]]


def seal_path(root: Path, sweep: str) -> Path:
    """Where the seal of a sweep lies."""
    return root / SEALS / f"{layout.cell_path(sweep, 'a', 'm', 't').parts[0]}.json"


def seal(store: Store, sweep: str, *, on_progress: OnProgress | None = None) -> Seal:
    """Seal a sweep as it is now, once every attempt of it is whole; writes the seal.

    Raises :class:`ResultsError` where there is nothing, or an attempt is not whole.
    """
    attempts = []
    folders = list(_folders(store, sweep))
    if not folders:
        raise ResultsError("has no attempts", where=f"sweep '{sweep}' in {store.root}")
    for done, (path, problems, record) in enumerate(_all(store.root, folders), 1):
        if problems:
            do = "run it again, or move it out of the results"
            raise ResultsError(f"cannot be sealed: {problems[0]}", where=path, do=do)
        attempts.append(SealedAttempt(path=path, record=record))
        if on_progress is not None:
            on_progress(done, len(folders))
    made = Seal(
        sweep=sweep,
        made_at=datetime.now(UTC),
        version=VERSION,
        machine={
            "system": platform.platform(),
            "python": platform.python_version(),
            "cores": str(os.cpu_count() or 1),
        },
        lock=_lock(store.root, sweep),
        root=_root(attempts),
        attempts=tuple(attempts),
    )
    place = seal_path(store.root, sweep)
    place.parent.mkdir(exist_ok=True)
    write_atomic(place, made.model_dump_json(indent=1).encode() + b"\n")
    return made


def read_seal(path: Path) -> Seal:
    """Raises :class:`ResultsError` for a file that is no seal, or not a whole one."""
    try:
        return Seal.model_validate_json(path.read_bytes())
    except OSError as error:
        do = "seal the sweep first: cab results seal SWEEP"
        raise ResultsError(f"cannot be read: {error.strerror}", where=str(path), do=do) from None
    except ValidationError as error:
        said = error.errors(include_url=False)[0]["msg"]
        raise ResultsError(f"is not a whole seal: {said}", where=str(path)) from None


def verify(
    store: Store,
    sweep: str,
    *,
    seal_file: Path | None = None,
    on_progress: OnProgress | None = None,
) -> Verified:
    """Hold every byte against the seal of a sweep, and look for what it does not know.

    Raises :class:`ResultsError` without a whole seal.
    """
    place = seal_file or seal_path(store.root, sweep)
    found = read_seal(place)
    problems: dict[str, tuple[str, ...]] = {}
    own = []
    if found.sweep != sweep:
        own.append(f"is of sweep '{found.sweep}'")
    if _root(found.attempts) != found.root:
        own.append("its root is not that of its attempts")
    if found.lock != _lock(store.root, sweep):
        own.append("the sweep's lock is another one")
    if own:
        problems[str(place)] = tuple(own)
    sealed = {one.path: one.record for one in found.attempts}
    there = {path: path for path in _folders(store, sweep)}
    for path in sealed.keys() - there.keys():
        problems[path] = ("was sealed and is not there",)
    for path in there.keys() - sealed.keys():
        problems[path] = ("was added after the seal",)
    both = sorted(sealed.keys() & there.keys())
    for done, (path, wrong, record) in enumerate(_all(store.root, both), 1):
        if record != sealed[path]:
            wrong = ("record.json is not the one that was sealed", *wrong)
        if wrong:
            problems[path] = wrong
        if on_progress is not None:
            on_progress(done, len(both))
    return Verified(seal=found, problems=dict(sorted(problems.items())))


class Prover:
    """Proofs that attempts are in a seal."""

    def __init__(self, found: Seal) -> None:
        self.seal = found
        self._tree = merkle.Tree([one.leaf for one in found.attempts])
        self._index = {one.path: number for number, one in enumerate(found.attempts)}

    def __contains__(self, path: str) -> bool:
        return path in self._index

    def proof(self, path: str) -> Proof:
        """Of the attempt at ``path``. Raises :class:`ResultsError` if it is not in the seal."""
        if path not in self:
            raise ResultsError("is not in the seal", where=path, do="seal the sweep again")
        index = self._index[path]
        return Proof(
            sweep=self.seal.sweep,
            path=path,
            record=self.seal.attempts[index].record,
            index=index,
            size=len(self.seal.attempts),
            siblings=tuple(one.hex() for one in self._tree.path(index)),
            root=self.seal.root,
        )


def check_proof(told: Proof, folder: Path, *, root: str) -> tuple[str, ...]:
    """What speaks against the attempt in ``folder`` being the one that ``root`` stands for.

    It is about the record and those of its files that are there: a page has not all of them, and
    some of its own.
    """
    others = (" is missing", " was added after the run")
    problems = [p for p in examined(folder)[0] if not p.endswith(others)]
    digest = sha256_of(folder / layout.RECORD) if (folder / layout.RECORD).is_file() else ""
    if digest != told.record:
        problems.insert(0, "record.json is not the one that was sealed")
    leaf = SealedAttempt(path=told.path, record=told.record).leaf
    siblings = _hashes(told.siblings)
    reached = siblings and merkle.root_by(leaf, told.index, told.size, siblings[0])
    if not reached or reached.hex() != root:
        problems.insert(0, "the proof does not lead to this root")
    return tuple(problems)


def _hashes(texts: Sequence[str]) -> tuple[list[bytes]] | None:
    """In a tuple, since no siblings at all are well, too; ``None`` where one is no hash."""
    try:
        found = [bytes.fromhex(text) for text in texts]
    except ValueError:
        return None
    return (found,) if all(len(one) == 32 for one in found) else None


def _root(attempts: Sequence[SealedAttempt]) -> str:
    return merkle.Tree([one.leaf for one in attempts]).root.hex()


def sweep_home(root: Path, sweep: str) -> Path | None:
    """What a sweep keeps beside its records. The name may come from somebody else's seal: one
    that is not a plain part of a path has nothing there."""
    plain = sweep == layout.cell_path(sweep, "a", "m", "t").parts[0]
    return root / ".sweeps" / sweep if plain else None


def _lock(root: Path, sweep: str) -> str | None:
    home = sweep_home(root, sweep)
    path = home / "lock.json" if home else None
    return sha256_of(path) if path and path.is_file() else None


def _folders(store: Store, sweep: str) -> Iterator[str]:
    """Attempts of a sweep, below the root, in order."""
    name = layout.cell_path(sweep, "a", "m", "t").parts[0]
    found = (folder.relative_to(store.root).as_posix() for folder in store.all())
    return iter(sorted(path for path in found if path.split("/", 1)[0] == name))


def _all(root: Path, paths: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Each with its problems and the digest of its record; reading and hashing by threads."""
    with ThreadPoolExecutor(min(8, (os.cpu_count() or 1) + 2)) as pool:
        for path, (problems, record) in zip(
            paths, pool.map(lambda path: examined(root / path), paths), strict=True
        ):
            yield path, (*_misplaced(root, path, problems), *problems), record


def _misplaced(root: Path, path: str, problems: tuple[str, ...]) -> tuple[str, ...]:
    if problems:
        return ()
    record = load_record(root / path)
    spec = record.spec
    run = layout.run_path(spec.sweep, spec.label, spec.model, spec.task, spec.run)
    if path != f"{run}/attempt{record.attempt}":
        return (f"its record is that of {record.cell_id}, attempt {record.attempt}",)
    return ()
