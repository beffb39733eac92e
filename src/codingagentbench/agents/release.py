"""Programs from release pages: one archive, of which one file is kept."""

from __future__ import annotations

import hashlib
import http.client
import platform
import tarfile
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from codingagentbench.agents.model import Release
from codingagentbench.agents.process import Stop
from codingagentbench.errors import InstallFailed

_TIMEOUT_S = 30.0
_PIECE = 1 << 20
_LARGEST = 1 << 30  # bytes of an archive


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What was fetched: its address, and the SHA-256 of the whole archive in hex."""

    url: str
    sha256: str


def fetch_release(
    how: Release, version: str, prefix: Path, *, stop: Stop, on_bytes: Callable[[int], None]
) -> Fetched:
    """Put the program of a release at ``prefix/bin/NAME``.

    No digest is known beforehand: the one that was found is recorded, and every later start is
    held to the installed files. Raises :class:`InstallFailed` in one sentence.
    """
    machine = platform.machine()
    if machine not in how.machines:
        raise InstallFailed(f"there is no release for {machine}", where=how.program)
    url = how.url.format(version=version, machine=how.machines[machine])
    with tempfile.TemporaryFile() as archive:
        digest = _download(url, archive, stop=stop, on_bytes=on_bytes)
        archive.seek(0)
        _unpack(archive, how.program, prefix / "bin", where=url)
    return Fetched(url=url, sha256=digest)


def _download(url: str, into: IO[bytes], *, stop: Stop, on_bytes: Callable[[int], None]) -> str:
    digest, size = hashlib.sha256(), 0
    try:
        with urllib.request.urlopen(url, timeout=_TIMEOUT_S) as answer:  # noqa: S310  ours, https
            while piece := answer.read(_PIECE):
                if stop.is_set:
                    raise InstallFailed("the install was stopped", where=url)
                digest.update(piece)
                into.write(piece)
                size += len(piece)
                on_bytes(size)
                if size > _LARGEST:
                    raise InstallFailed("the archive is larger than 1 GiB", where=url)
    except urllib.error.HTTPError as error:
        raise InstallFailed(f"the server said {error.code} {error.reason}", where=url) from error
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", error)
        raise InstallFailed(
            f"could not be fetched: {reason}", where=url, do="see that this machine reaches it"
        ) from error
    return digest.hexdigest()


def _unpack(archive: IO[bytes], program: str, into: Path, *, where: str) -> None:
    try:
        with tarfile.open(fileobj=archive) as tar:
            for member in tar:
                if member.isfile() and PurePosixPath(member.name).name == program:
                    content = tar.extractfile(member)
                    assert content is not None
                    into.mkdir(parents=True)
                    (into / program).write_bytes(content.read())
                    (into / program).chmod(0o755)
                    return
    except (tarfile.TarError, EOFError) as error:
        raise InstallFailed(f"is no archive: {error}", where=where) from error
    raise InstallFailed(f"has no file '{program}' in it", where=where)
