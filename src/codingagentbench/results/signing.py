"""A seal signed with somebody's SSH key, by ssh-keygen: no key is read or kept here."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from codingagentbench.errors import ResultsError
from codingagentbench.results.store import write_atomic

_FOR: Final = "codingagentbench"  # a signature made for something else does not count
_WHO: Final = "sealed"


def sign(path: Path, key: Path) -> Path:
    """The signature of the file, beside it. ``key``: a private key, or the public one of a key
    that an agent holds. Raises :class:`ResultsError` when it cannot be made."""
    signature = Path(f"{path}.sig")
    done = _ssh("-Y", "sign", "-q", "-f", str(key), "-n", _FOR, given=path.read_bytes())
    if done.returncode or "SIGNATURE" not in done.stdout:
        why = done.stderr.strip().splitlines()[-1:] or ["ssh-keygen made no signature"]
        raise ResultsError(f"cannot sign: {why[0]}", where=str(key), do="give another --key")
    write_atomic(signature, done.stdout.encode())
    return signature


def signer_of(path: Path, public: Path) -> str | None:
    """Why the file's signature is not that of the key in ``public``; ``None``: it is.

    Raises :class:`ResultsError` when there is no such key.
    """
    signature = Path(f"{path}.sig")
    if not signature.is_file():
        return "is not signed"
    try:
        words = public.read_text("utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "no text"
        raise ResultsError(f"cannot be read: {why}", where=str(public)) from None
    if len(words) < 2 or not words[0].startswith(("ssh-", "ecdsa-", "sk-")):
        do = "give the public key, a file that ends in .pub"
        raise ResultsError("is not a public SSH key", where=str(public), do=do)
    with tempfile.TemporaryDirectory(prefix="cab-signers-") as folder:
        allowed = Path(folder) / "allowed"
        allowed.write_text(f"{_WHO} {words[0]} {words[1]}\n")
        done = _ssh(
            *("-Y", "verify", "-f", str(allowed), "-I", _WHO, "-n", _FOR, "-s", str(signature)),
            given=path.read_bytes(),
        )
    return None if done.returncode == 0 else "its signature is not one of this key"


def _ssh(*words: str, given: bytes = b"") -> subprocess.CompletedProcess[str]:
    try:
        done = subprocess.run(
            ["ssh-keygen", *words],
            input=given,
            capture_output=True,
            check=False,
            env={**os.environ, "SSH_ASKPASS_REQUIRE": "prefer"},
        )
    except FileNotFoundError:
        do = "install OpenSSH's client"
        raise ResultsError("is not here", where="ssh-keygen", do=do) from None
    return subprocess.CompletedProcess(
        done.args,
        done.returncode,
        done.stdout.decode("utf-8", "replace"),
        done.stderr.decode("utf-8", "replace"),
    )
