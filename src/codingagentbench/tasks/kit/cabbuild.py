"""C++ in a verifier: g++ or clang++ alone, so that no build file of the tree is run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence

import cabverify


def cpp_compiler() -> str | None:
    """The compiler's name, ``None`` where there is none."""
    return next((name for name in ("g++", "clang++") if shutil.which(name)), None)


def cpp_object(source: str, out: str, *, include: Sequence[str] = (), seconds: float = 60.0) -> str:
    """Compile one source without linking; fails the test with the compiler's words."""
    return _cpp(["-c", source], out, include, seconds)


def cpp_program(
    sources: Sequence[str], out: str, *, include: Sequence[str] = (), seconds: float = 60.0
) -> str:
    """A program of these sources and objects, with the sanitizers of the library's own checks.

    ``_GLIBCXX_ASSERTIONS`` makes an index that is out of range end the program, not pass.
    """
    return _cpp(list(sources), out, include, seconds)


def _cpp(what: Sequence[str], out: str, include: Sequence[str], seconds: float) -> str:
    compiler = cpp_compiler()
    if compiler is None:
        raise cabverify.Failed("there is no C++ compiler in the sandbox")
    child = cabverify.run(
        [
            compiler,
            "-std=c++17",
            "-O0",
            "-g0",
            "-D_GLIBCXX_ASSERTIONS",
            *(f"-I{folder}" for folder in include),
            *what,
            "-o",
            out,
        ],
        seconds=seconds,
    )
    child.must_succeed("compiling " + os.path.basename(what[-1]))
    return out
