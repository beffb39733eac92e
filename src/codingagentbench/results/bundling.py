"""A sweep as one file for a reviewer, and what a reviewer does with it.

The file is a tar archive, packed with zstd: the attempts without their pages, the seal and its
signature, the sweep's lock and file. Whoever takes it in trusts none of it: everything is unpacked
aside, held against the seal, scored anew from its evidence, and only then put in place.
"""

from __future__ import annotations

import io
import os
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Final, Self, cast

import zstandard

from codingagentbench.cells import Record, rescored
from codingagentbench.errors import CabError, ResultsError
from codingagentbench.results import layout
from codingagentbench.results.sealing import (
    SEALS,
    Seal,
    SealedAttempt,
    read_seal,
    seal_path,
    sweep_home,
    verify,
)
from codingagentbench.results.signing import signer_of
from codingagentbench.results.store import Store, load_record
from codingagentbench.tasks import find_task

_LARGEST: Final = 1 << 30  # bytes of one file
_MOST: Final = 64 << 30  # bytes of all
_FILES: Final = 5_000_000
_LONGEST_NAME: Final = 64 << 10

OnProgress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """``problems``: by attempt, why nothing was taken in; ``scored``: how many came to the same
    scores again; ``there``: how many were in the results already."""

    sweep: str
    root: str
    problems: dict[str, tuple[str, ...]]
    scored: int
    taken: int
    there: int


def bundle(store: Store, sweep: str, out: Path) -> int:
    """Write the sweep, which has to be as it was sealed, to ``out``; how many attempts it has.

    Raises :class:`ResultsError`.
    """
    done = verify(store, sweep)
    if done.problems:
        where, found = next(iter(done.problems.items()))
        do = f"seal it as it is: cab results seal {sweep}"
        raise ResultsError(f"is not as it was sealed: {found[0]}", where=where, do=do)
    beside = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with (
            beside.open("wb") as raw,
            zstandard.ZstdCompressor(level=6).stream_writer(raw) as file,
            tarfile.open(fileobj=cast("IO[bytes]", file), mode="w|") as archive,
        ):
            for name in _members(store.root, sweep, done.seal.attempts):
                archive.add(store.root / name, arcname=name, filter=_nobody)
        os.replace(beside, out)
    except OSError as error:
        beside.unlink(missing_ok=True)
        do = "free some space, or choose a folder you may write to"
        raise ResultsError(f"cannot be written: {error.strerror}", where=str(out), do=do) from None
    return len(done.seal.attempts)


def _members(root: Path, sweep: str, attempts: Sequence[SealedAttempt]) -> Iterator[str]:
    yield from _beside(root, sweep)
    for one in attempts:
        record = load_record(root / one.path)
        for name in sorted((layout.RECORD, layout.SUMS, *record.files)):
            yield f"{one.path}/{name}"


def _beside(root: Path, sweep: str) -> Iterator[str]:
    """What goes with the attempts: the seal, its signature, the sweep's lock and file."""
    place = seal_path(root, sweep).relative_to(root).as_posix()
    home = sweep_home(root, sweep)
    own = () if home is None else (home / "lock.json", home / "sweep.toml")
    names = (place, f"{place}.sig", *(path.relative_to(root).as_posix() for path in own))
    yield from (name for name in names if (root / name).is_file())


def _nobody(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """No names, numbers and times of this machine."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mtime = 0
    member.mode = 0o644
    return member


def accept(
    file: Path,
    store: Store,
    *,
    key: Path | None = None,
    root: str | None = None,
    tasks_root: Path | None = None,
    on_progress: OnProgress | None = None,
) -> Reviewed:
    """Take a bundle into the results: all of it, or, if anything is wrong, nothing.

    ``key``: the public key that the seal has to be signed with; ``root``: the root it has to have.
    Raises :class:`ResultsError` for a file that is no bundle.
    """
    drafts = store.root / layout.DRAFTS
    drafts.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bundle-", dir=drafts) as folder:
        aside = Store(Path(folder))
        _unpack(file, aside.root)
        seals = sorted((aside.root / SEALS).glob("*.json"))
        if len(seals) != 1:
            raise ResultsError("has no seal", where=str(file), do="make it by: cab results bundle")
        found = read_seal(seals[0])
        problems, scored = _checked(aside, found, key, root, tasks_root, on_progress)
        paths = [one.path for one in found.attempts]
        taken = there = 0
        if not problems:
            clash = [path for path in paths if _differs(aside.root / path, store.root / path)]
            problems = dict.fromkeys(clash, ("another attempt has this place here",))
        if not problems:
            taken, there = _take_in(aside.root, store.root, paths)
            for name in _beside(aside.root, found.sweep):
                (store.root / name).parent.mkdir(parents=True, exist_ok=True)
                os.replace(aside.root / name, store.root / name)
    return Reviewed(
        sweep=found.sweep,
        root=found.root,
        problems=problems,
        scored=scored,
        taken=taken,
        there=there,
    )


def _checked(
    aside: Store,
    found: Seal,
    key: Path | None,
    root: str | None,
    tasks_root: Path | None,
    on_progress: OnProgress | None,
) -> tuple[dict[str, tuple[str, ...]], int]:
    """What is wrong with an unpacked bundle, and how many attempts score as they say."""
    problems = {
        name.removeprefix(f"{aside.root}/"): said
        for name, said in verify(aside, found.sweep).problems.items()
    }
    own = _of_the_seal(aside, found.sweep, key, root, found.root)
    if own:
        problems["the seal"] = own
    scored = 0
    paths = [one.path for one in found.attempts]
    for number, path in enumerate(paths if not problems else (), 1):
        said = _scored_again(aside.root / path, tasks_root)
        if said:
            problems[path] = (said,)
        scored += not said
        if on_progress is not None:
            on_progress(number, len(paths))
    return problems, scored


def _of_the_seal(
    aside: Store, sweep: str, key: Path | None, wanted: str | None, has: str
) -> tuple[str, ...]:
    found = []
    if key is not None:
        found.append(signer_of(seal_path(aside.root, sweep), key))
    if wanted is not None and wanted != has:
        found.append(f"its root is {has}, not {wanted}")
    return tuple(one for one in found if one is not None)


def _scored_again(folder: Path, tasks_root: Path | None) -> str:
    """What is other when the evidence is scored here; empty when nothing is."""
    record = load_record(folder)
    patch = folder / layout.PATCH
    text = patch.read_text(errors="surrogateescape") if patch.is_file() else ""
    try:
        task = find_task(record.spec.task, root=tasks_root)
        again = rescored(record, task, methodology=record.scores.methodology, patch=text)
    except CabError as error:
        return str(error)
    return _other(record, again)


def _other(record: Record, again: Record) -> str:
    if record.scores == again.scores:
        return ""
    said, own = record.scores, again.scores
    if said.verdict.outcome != own.verdict.outcome:
        return f"says {said.verdict.outcome}; its evidence says {own.verdict.outcome}"
    if said.composite != own.composite:
        return f"says composite {said.composite}; its evidence says {own.composite}"
    return "its scores are not those of its evidence"


def _differs(new: Path, old: Path) -> bool:
    if not old.exists():
        return False
    try:
        return (old / layout.RECORD).read_bytes() != (new / layout.RECORD).read_bytes()
    except OSError:
        return True


def _take_in(aside: Path, root: Path, paths: list[str]) -> tuple[int, int]:
    there = 0
    for path in paths:
        if (root / path).exists():
            there += 1
            continue
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        os.rename(aside / path, root / path)
    return len(paths) - there, there


class _Member(tarfile.TarInfo):
    """tarfile reads what it takes for a long name whole into memory, however long it says it is."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        made = super().frombuf(buf, encoding, errors)
        if made.type not in (tarfile.REGTYPE, tarfile.AREGTYPE) and made.size > _LONGEST_NAME:
            raise ResultsError("has a name in it that is too long", where="the bundle")
        return made


def _unpack(file: Path, into: Path) -> None:
    """Plain files at plain places, and no more of them than a sweep has."""
    left, files = _MOST, _FILES
    try:
        with (
            file.open("rb") as raw,
            zstandard.ZstdDecompressor().stream_reader(raw) as stream,
            tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r|", tarinfo=_Member) as archive,
        ):
            for member in archive:
                left, files = left - member.size, files - 1
                if left < 0 or files < 0 or member.size > _LARGEST:
                    raise ResultsError("is larger than any sweep", where=str(file))
                _unpack_one(archive, member, into, file)
    except OSError as error:
        said = error.strerror or "no such file"
        raise ResultsError(f"cannot be read or unpacked: {said}", where=str(file)) from None
    except (tarfile.TarError, zstandard.ZstdError, EOFError) as error:
        raise ResultsError(f"is not a whole bundle: {error}", where=str(file)) from None


def _unpack_one(archive: tarfile.TarFile, member: tarfile.TarInfo, into: Path, file: Path) -> None:
    path = PurePosixPath(member.name)
    plain = member.isfile() and not path.is_absolute() and ".." not in path.parts
    source = archive.extractfile(member) if plain else None
    if source is None or not path.parts or (into / path).exists():
        where = f"{file}: {member.name!r}"
        raise ResultsError("has something in it that is no plain file", where=where)
    target = into / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as out:
        shutil.copyfileobj(source, out, io.DEFAULT_BUFFER_SIZE * 16)
