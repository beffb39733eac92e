"""Request and response bodies, kept apart from the ledger: redacted, compressed, by digest."""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from collections.abc import Sequence
from pathlib import Path

import zstandard

from codingagentbench.errors import GatewayError
from codingagentbench.redact import Redactor


class Scrubber:
    """Takes the gateway's own secrets out first, then whatever the attempt's redactor knows."""

    def __init__(self, secrets: dict[str, str], redactor: Redactor | None) -> None:
        self._secrets = tuple(value.encode() for value in secrets)
        self._own, self._theirs = Redactor(secrets), redactor

    def bytes(self, data: bytes) -> bytes:
        if any(secret in data for secret in self._secrets):
            data = self._own.bytes(data)
        return data if self._theirs is None else self._theirs.bytes(data)

    def text(self, data: str) -> str:
        return self.bytes(data.encode("utf-8", "replace")).decode("utf-8", "replace")


class BodyStore:
    """A folder of bodies: ``SHA256.zst``, named by the digest of the redacted, plain content."""

    def __init__(self, folder: Path, scrubber: Scrubber) -> None:
        self._folder, self._scrubber = folder, scrubber
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as wrong:
            raise GatewayError(
                f"cannot be made: {wrong.strerror}", where=str(folder), do="choose another folder"
            ) from wrong

    def put(self, pieces: Sequence[bytes]) -> str | None:
        """Stores a body whole or not at all; its digest, ``None`` for an empty one.

        Runs in a thread. Raises ``OSError`` when the folder cannot be written.
        """
        content = self._scrubber.bytes(b"".join(pieces))
        if not content:
            return None
        digest = hashlib.sha256(content).hexdigest()
        target = self._folder / f"{digest}.zst"
        if not target.exists():
            _write(target, zstandard.ZstdCompressor(level=3).compress(content))
        return digest


def read_body(folder: Path, digest: str) -> bytes:
    """A stored body, checked against its digest. Raises ``GatewayError`` when it is not whole."""
    path = folder / f"{digest}.zst"
    try:
        content = zstandard.ZstdDecompressor().decompress(path.read_bytes())
    except (OSError, zstandard.ZstdError) as wrong:
        raise GatewayError("this body cannot be read", where=str(path)) from wrong
    if hashlib.sha256(content).hexdigest() != digest:
        raise GatewayError("this body is not what its name says", where=str(path))
    return content


def _write(target: Path, data: bytes) -> None:
    part = target.with_name(f".{target.name}.{os.getpid()}.{threading.get_ident()}.part")
    try:
        part.write_bytes(data)
        os.replace(part, target)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
