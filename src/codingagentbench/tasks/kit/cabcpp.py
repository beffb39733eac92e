r"""C++ in a verifier: g++ or clang++ alone, so that no build file of the tree is run.

A driver (``driver.cpp``) holds its cases by name; it prints what came out and judges nothing:

    int main(int count, char** words) {
        for (int at = 1; at < count; ++at) {
            std::printf("== %s\n", words[at]);
            run(words[at]);
            std::printf("== .\n");
            std::fflush(stdout);
        }
    }

A case that ends the program has no answer; the others are asked again. Test programs print
``ok NAME`` or ``not ok NAME: why`` for each of their tests.
"""

from __future__ import annotations

import fnmatch
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

import cabtests
import cabverify

#: The library's own checks are on: an index that is out of range ends the program.
_FLAGS = ("-std=c++17", "-O0", "-g0", "-w", "-pipe", "-D_GLIBCXX_ASSERTIONS")


def check(
    verifier: cabverify.Verifier,
    expected: Mapping[str, str],
    *,
    driver: str,
    visible: Mapping[str, Sequence[str]],
    sources: Sequence[str] = ("src/*.cpp",),
    include: Sequence[str] = ("include", "src"),
    defines: Sequence[str] = (),
    seconds: float = 10.0,
) -> None:
    """All tests of a C++ task: the hidden cases by ``driver``, then the visible tests.

    ``sources`` are globs of the tree (``main.cpp`` is left out), ``include`` folders in which a
    quoted ``#include`` is looked for, ``expected`` what the driver prints for each case,
    ``visible`` the tests of each test program, by its place in the tree. ``seconds`` bounds one
    run of a program; each source that is compiled may take 60.
    """
    with tempfile.TemporaryDirectory() as scratch:
        words = [f"-D{name}" for name in defines]
        for folder in include:
            words += ["-iquote", os.path.join(cabverify.WORKSPACE, folder)]
        tests = [os.path.join(cabverify.WORKSPACE, file) for file in visible]
        with ThreadPoolExecutor(2) as pool:
            made = {
                file: pool.submit(_object, file, os.path.join(scratch, f"{at}.o"), words)
                for at, file in enumerate([driver, *tests, *_sources(sources)])
            }
        parts = [made[file] for file in made if file != driver and file not in tests]

        def start(file: str) -> list[str]:
            out = os.path.join(scratch, os.path.basename(file) + ".out")
            return [_linked([made[file], *parts], out)]

        cabverify.compare(verifier, expected, partial(start, driver), seconds=seconds)
        for file, names in zip(tests, visible.values()):  # noqa: B905  (3.9)
            cabtests.plain_tests(verifier, names, partial(start, file), seconds=seconds)


def compiler() -> str:
    """The compiler's name; fails the test where there is none."""
    name = next((name for name in ("g++", "clang++") if shutil.which(name)), None)
    if name is None:
        raise cabverify.Failed("there is no C++ compiler in the sandbox")
    return name


def _object(source: str, out: str, words: Sequence[str]) -> str:
    """Compile one source without linking; fails the test with the compiler's words."""
    argv = [compiler(), *_FLAGS, *words, "-c", source, "-o", out]
    cabverify.run(argv, seconds=60).must_succeed("compiling " + os.path.basename(source))
    return out


def _linked(objects: Sequence[Future[str]], out: str) -> str:
    argv = [compiler(), *(part.result() for part in objects), "-o", out]
    cabverify.run(argv, seconds=60).must_succeed("linking")
    return out


def _sources(globs: Sequence[str]) -> Iterator[str]:
    """The plain files of the workspace that a glob matches (``*`` crosses folders), sorted."""
    for base, folders, files in os.walk(cabverify.WORKSPACE):
        folders.sort()
        for file in sorted(files):
            path = os.path.join(base, file)
            place = os.path.relpath(path, cabverify.WORKSPACE)
            wanted = any(fnmatch.fnmatchcase(place, glob) for glob in globs)
            if wanted and file != "main.cpp" and not os.path.islink(path):
                yield path
