"""Rust in a verifier: rustc alone, so that no build script or config of the tree is run."""

from __future__ import annotations

import os

import cabverify


def library(
    name: str, source: str, out: str, *, edition: str = "2021", seconds: float = 90.0
) -> None:
    """Compile a library with rustc (never cargo: no build script, no config of the tree)."""
    child = cabverify.run(
        [
            "rustc",
            "--edition",
            edition,
            "--crate-type",
            "rlib",
            "--crate-name",
            name,
            "-C",
            "debuginfo=0",
            "-o",
            out,
            source,
        ],
        seconds=seconds,
    )
    child.must_succeed("compiling " + os.path.basename(source))


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
    argv = ["rustc", "--edition", edition, "-C", "debuginfo=0", "-o", out, source]
    if test:
        argv.append("--test")
    if library:
        argv += ["--extern", "{}={}".format(*library)]
    cabverify.run(argv, seconds=seconds).must_succeed("compiling " + os.path.basename(source))
