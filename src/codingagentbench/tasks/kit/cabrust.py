"""Rust in a verifier: rustc alone, so that no build script or config of the tree is run.

A driver (``driver.rs``) uses the crate as anybody would and holds its cases by name; it prints
what came out and judges nothing:

    fn main() {
        for name in std::env::args().skip(1) {
            println!("== {name}");
            case(&name);
            println!("== .");
        }
    }

A case that panics has no answer; the others are asked again.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import cabtests
import cabverify

_QUICK = ("-C", "debuginfo=0", "--cap-lints", "allow")


def check(
    verifier: cabverify.Verifier,
    expected: Mapping[str, str],
    *,
    crate: str,
    driver: str,
    visible: Mapping[str, Sequence[str]],
    source: str = "src/lib.rs",
    edition: str = "2021",
    seconds: float = 10.0,
) -> None:
    """All tests of a Rust task: the hidden cases by ``driver``, then the visible tests.

    ``source`` is the root of the library that both use as ``crate``; ``expected`` is what the
    driver prints for each case, ``visible`` the tests in each test file, by its place in the tree.
    ``seconds`` bounds one run of a program; what is compiled may take 90.
    """
    with tempfile.TemporaryDirectory() as scratch:
        extern = (crate, os.path.join(scratch, f"lib{crate}.rlib"))
        with ThreadPoolExecutor(2) as pool:
            first = pool.submit(library, crate, _tree(source), extern[1], edition=edition)

            def build(file: str, out: str, test: bool) -> list[str]:
                first.result()
                out = os.path.join(scratch, out)
                program(file, out, library=extern, edition=edition, test=test)
                return ["env", "RUST_BACKTRACE=0", out]

            asked = pool.submit(build, driver, "driver", False)
            tested = {
                file: pool.submit(build, _tree(file), f"visible{at}", True)
                for at, file in enumerate(visible)
            }
        cabverify.compare(verifier, expected, asked.result, seconds=seconds)
        for file, names in visible.items():
            cabtests.cargo_tests(verifier, names, tested[file].result, seconds=seconds)


def library(
    name: str, source: str, out: str, *, edition: str = "2021", seconds: float = 90.0
) -> None:
    """Compile a library with rustc (never cargo: no build script, no config of the tree)."""
    kind = ["--crate-type", "rlib", "--crate-name", name]
    _rustc([*kind, "-o", out, source], edition, seconds)


def program(
    source: str,
    out: str,
    *,
    library: tuple[str, str] | None = None,
    edition: str = "2021",
    test: bool = False,
    seconds: float = 90.0,
) -> None:
    """Compile a program (or a test program) that uses ``library``, a (name, rlib) pair."""
    words = ["--test"] if test else []
    if library:
        words += ["--extern", "{}={}".format(*library)]
    _rustc([*words, "-o", out, source], edition, seconds)


def _rustc(words: Sequence[str], edition: str, seconds: float) -> None:
    child = cabverify.run(["rustc", "--edition", edition, *_QUICK, *words], seconds=seconds)
    child.must_succeed("compiling " + os.path.basename(words[-1]))


def _tree(place: str) -> str:
    return os.path.join(cabverify.WORKSPACE, place)
