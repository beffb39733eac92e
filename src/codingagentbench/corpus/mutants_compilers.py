"""Stands in for a compiler inside a batch: nothing is compiled twice from the same input.

A mutant that may be kept is verified twice, to see that it behaves the same both times; the second
time its programs are there already. The runner puts this file under the compilers' names at the
head of PATH, and empties its memory before each mutant. What is remembered of a call that worked
is the file or folder that it was told to write (``-o FILE``, ``-d FOLDER``), by the words of the
call and the contents of every file that they name or that lies in its folder. Anything else is
passed on, and so is a call without that memory.

Standard library only, Python 3.9 or later.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import subprocess
import sys

MEMORY = "CAB_BATCH_MEMORY"  # a folder, in the environment of the verifier
NAMES = ("rustc", "g++", "clang++", "javac", "go")
_TEMPORARY = re.compile(r"/tmp/[^/\s:=]+")  # noqa: S108  (inside)
_MANY = 300  # files of a folder beyond which nothing is remembered


def main(argv: list[str]) -> int:
    """Answer one call: ``argv`` as the compiler got it, the name first."""
    name = os.path.basename(argv[0])
    own = os.path.dirname(os.path.abspath(argv[0]))
    path = [part for part in os.environ.get("PATH", "").split(":") if part != own]
    real = shutil.which(name, path=":".join(path))
    if real is None:
        sys.stderr.write(f"{name}: not found\n")
        return 127
    out, memory = _out(argv[1:]), os.environ.get(MEMORY)
    place = None
    if out is not None and memory is not None:
        key = _key(name, argv[1:])
        place = None if key is None else os.path.join(memory, key)
    if place is not None and out is not None and os.path.exists(place):
        _copy(place, out)
        return 0
    os.environ["PATH"] = ":".join(path)
    code = _call(real, argv[1:])
    if code == 0 and place is not None and out is not None and os.path.exists(out):
        with contextlib.suppress(OSError):
            _copy(out, place + ".part")
            os.rename(place + ".part", place)
    return code


def _call(program: str, words: list[str]) -> int:
    code = subprocess.run([program, *words], check=False).returncode
    return code if code >= 0 else 128 - code


def _out(words: list[str]) -> str | None:
    for flag, value in zip(words, words[1:]):  # noqa: B905, RUF007  (3.9)
        if flag in ("-o", "-d"):
            return value
    return None


def _key(name: str, words: list[str]) -> str | None:
    """The call and all that it reads, but for the names of temporary folders."""
    total = hashlib.sha256(name.encode())
    paths: list[str] = []
    for word in words:
        total.update(_TEMPORARY.sub("*", word).encode() + b"\0")
        paths += [part for part in (word, word.rpartition("=")[2]) if os.path.isfile(part)]
    if os.getcwd().startswith("/tmp/"):  # noqa: S108  (inside)
        for base, folders, files in os.walk("."):
            folders.sort()
            paths += [os.path.join(base, file) for file in sorted(files)]
            if len(paths) > _MANY:
                return None
    for path in paths:
        with open(path, "rb") as handle:
            total.update(hashlib.sha256(handle.read()).digest())
    return total.hexdigest()


def _copy(source: str, target: str) -> None:
    if os.path.isdir(source):
        shutil.copytree(source, target, dirs_exist_ok=True)
    else:
        shutil.copy2(source, target)


if __name__ == "__main__":
    sys.exit(main(sys.argv))
