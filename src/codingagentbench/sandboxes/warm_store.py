"""Where warm caches lie: built once, sealed, looked at before every use, never written again.

    <data folder>/warm/<key>.lock           held while <key> is built
    <data folder>/warm/<key>/manifest.json  what the cache was when it was sealed
    <data folder>/warm/<key>/cache/         what sandboxes are shown
    <data folder>/warm/<key>.part-*/        being built; of a lock's holder alone
    <data folder>/warm/<key>.failed         why it could not be built; believed for a day

Sandboxes cannot write to it. What the manifest is for is everything else: another user of the
machine, a failing disk, a clean-up that went half way.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import hashlib
import os
import stat
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from codingagentbench.errors import SandboxError
from codingagentbench.sandboxes.values import Owner
from codingagentbench.sandboxes.workspaces_copy import copy_tree
from codingagentbench.sandboxes.workspaces_removal import remove_tree

_MANIFEST: Final = "manifest.json"
_CACHE: Final = "cache"
_LOOK_S: Final = 0.2
_BELIEVED_S: Final = 86_400.0
_OTHERS_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH
#: The last change of every file, so that no tool takes it for old (Go) and none has to say so.
_FUTURE_NS: Final = 2**31 * 1_000_000_000 - 86_400_000_000_000  # fits in 32 bits of seconds


class Manifest(BaseModel):
    """A sealed cache. ``stamp`` is of what the kernel says of every file, ``contents`` of bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    stamp: str
    contents: str
    files: int
    size_bytes: int
    build_s: float


class Store:
    """The warm caches below ``root``, a folder that is made when first needed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._seen: dict[str, tuple[int, ...]] = {}  # key -> manifest.json's lstat when checked
        self._failed: dict[str, str] = {}

    def find(self, key: str) -> Path | None:
        """The cache called ``key``; None when there is none, or not as it was sealed.

        Looked through once in a process (a few milliseconds for a thousand files), later only
        when its manifest is another one.
        """
        entry = self.root / key
        try:
            now = _identity(entry / _MANIFEST)
            if self._seen.get(key) != now and self._checked(entry) is None:
                return None
            self._seen[key] = _identity(entry / _MANIFEST)
        except OSError:
            return None
        return entry / _CACHE

    def manifest(self, key: str) -> Manifest | None:
        """What ``key`` was when it was sealed, if it still is that."""
        with contextlib.suppress(OSError):
            return self._checked(self.root / key)
        return None

    def give_up(self, key: str, why: str) -> None:
        """``key`` cannot be built; not to be tried again by every process, at a minute each."""
        self._failed[key] = why
        with contextlib.suppress(OSError):
            (self.root / f"{key}.failed").write_text(why, encoding="utf-8")

    def given_up(self, key: str) -> str | None:
        """Why ``key`` is not to be built; None when it may be tried."""
        note = self.root / f"{key}.failed"
        with contextlib.suppress(OSError):
            if 0 <= time.time() - note.stat().st_mtime < _BELIEVED_S:
                return note.read_text(encoding="utf-8", errors="replace")
        return self._failed.get(key)

    @asynccontextmanager
    async def lock(self, key: str) -> AsyncIterator[None]:
        """Only one process builds ``key``; waits for its turn. Clears what a dead one left.

        Raises ``SandboxError`` when the store cannot be used.
        """
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            why = _unsafe(self.root)
            if why is not None:
                raise SandboxError(why, where=str(self.root), do="remove it or close it to others")
            fd = os.open(self.root / f"{key}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            what = f"no place for warm caches: {error.strerror}"
            raise SandboxError(what, where=str(self.root)) from error
        try:
            while not _locked(fd):  # noqa: ASYNC110  (another process has it)
                await asyncio.sleep(_LOOK_S)
            for part in self.root.glob(f"{key}.part-*"):
                remove_tree(part)
            yield
        finally:
            os.close(fd)

    def add(self, key: str, built: Path, *, writable: bool, build_s: float) -> Path:
        """Seal a copy of the folder ``built`` as ``key``, which must be locked; returns its place.

        ``writable``: by its owner, for who sees it through a layer of his own.
        Raises ``OSError``, and ``SandboxError`` for anything but files and folders.
        """
        part = Path(tempfile.mkdtemp(prefix=f"{key}.part-", dir=self.root))
        try:
            cache = part / _CACHE
            copy_tree(built, cache, owner=Owner(uid=os.geteuid(), gid=os.getegid()))
            _seal(cache, writable=writable)
            files = [found for _, found in _walk(cache) if stat.S_ISREG(found.st_mode)]
            manifest = Manifest(
                stamp=stamp(cache),
                contents=contents(cache),
                files=len(files),
                size_bytes=sum(found.st_size for found in files),
                build_s=build_s,
            )
            _write(part / _MANIFEST, manifest)
            remove_tree(self.root / key)
            os.rename(part, self.root / key)
            (self.root / f"{key}.failed").unlink(missing_ok=True)
        finally:
            remove_tree(part)
        return self.root / key / _CACHE

    def _checked(self, entry: Path) -> Manifest | None:
        if any(map(_unsafe, (self.root, entry))):
            return None
        try:
            manifest = Manifest.model_validate_json((entry / _MANIFEST).read_bytes())
            if manifest.stamp == stamp(entry / _CACHE):
                return manifest
            if manifest.contents != contents(entry / _CACHE):
                return None
        except (ValidationError, SandboxError):
            return None
        # Moved to another disk, or restored: the same bytes. The next look is a quick one again.
        renewed = manifest.model_copy(update={"stamp": stamp(entry / _CACHE)})
        _write(entry / _MANIFEST, renewed)
        return renewed


def stamp(folder: Path) -> str:
    """What the kernel says of everything in ``folder``: any change to it is a change of ctime."""
    return _digest(
        folder,
        lambda _path, f: repr(
            (f.st_mode, f.st_uid, f.st_size, f.st_mtime_ns, f.st_ctime_ns, f.st_ino)
        ).encode(),
    )


def contents(folder: Path) -> str:
    """Names, modes and bytes of everything in ``folder``."""
    return _digest(
        folder,
        lambda path, f: b"%o " % f.st_mode + (_sha256(path) if stat.S_ISREG(f.st_mode) else b""),
    )


def _digest(folder: Path, row: Callable[[str, os.stat_result], bytes]) -> str:
    total = hashlib.sha256()
    for path, found in _walk(folder):
        name = os.fsencode(os.path.relpath(path, folder))
        fields = (name, row(path, found))
        total.update(b"".join(len(f).to_bytes(8, "big") + f for f in fields))
    return f"sha256:{total.hexdigest()}"


def _walk(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Every file and folder, in order of names; raises ``SandboxError`` for anything else."""
    yield str(folder), os.lstat(folder)
    left = [str(folder)]
    while left:
        with os.scandir(left.pop()) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
        for entry in entries:
            found = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(found.st_mode):
                left.append(entry.path)
            elif not stat.S_ISREG(found.st_mode):
                raise SandboxError("a warm cache has files and folders alone", where=entry.path)
            yield entry.path, found


def _sha256(path: str) -> bytes:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _seal(cache: Path, *, writable: bool) -> None:
    files = 0o644 if writable else 0o444
    for path, found in list(_walk(cache)):
        os.chmod(path, 0o755 if stat.S_ISDIR(found.st_mode) else files)
        os.utime(path, ns=(_FUTURE_NS, _FUTURE_NS))


def _write(path: Path, manifest: Manifest) -> None:
    fd, part = tempfile.mkstemp(prefix=f"{_MANIFEST}.", dir=path.parent)
    with open(fd, "w", encoding="utf-8") as file:
        file.write(manifest.model_dump_json(indent=2) + "\n")
    os.replace(part, path)


def _unsafe(folder: Path) -> str | None:
    """Why somebody else could have put something into ``folder``."""
    found = os.lstat(folder)
    if not stat.S_ISDIR(found.st_mode):
        return "it is not a folder"
    if found.st_uid != os.geteuid():
        return "it belongs to another user"
    return "others may write to it" if found.st_mode & _OTHERS_WRITE else None


def _identity(path: Path) -> tuple[int, ...]:
    found = os.lstat(path)
    return (found.st_dev, found.st_ino, found.st_ctime_ns)


def _locked(fd: int) -> bool:
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
