"""Visible tests in one run of their own program, each reported by name."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence

import cabverify

#: How a test program says of a test that it passed or failed, with the name as first group.
_CARGO = re.compile(r"^test (?:\w+::)*(\w+)(?: - should panic)? \.\.\. (ok|FAILED)$", re.MULTILINE)
_CARGO_SAID = r"^---- (?:\w+::)*{} stdout ----$(.*?)(?=^---- |^failures:$|\Z)"
_PLAIN = re.compile(r"^(?:not )?ok (\w+)", re.MULTILINE)


def cargo_tests(
    verifier: cabverify.Verifier,
    names: Sequence[str],
    start: Callable[[], Sequence[str]],
    *,
    seconds: float = 20.0,
) -> None:
    """Tests of a program that ``rustc --test`` made; ``start`` builds it and returns its argv."""
    _reported(verifier, names, start, seconds, lambda out: dict(_CARGO.findall(out)), "ok")


def plain_tests(
    verifier: cabverify.Verifier,
    names: Sequence[str],
    start: Callable[[], Sequence[str]],
    *,
    seconds: float = 20.0,
) -> None:
    """Tests of a program that prints ``ok NAME`` or ``not ok NAME: WHY`` for each."""

    def read(out: str) -> dict[str, str]:
        lines = [line for line in out.splitlines() if _PLAIN.match(line)]
        return {_PLAIN.findall(line)[0]: "ok" if line.startswith("ok") else line for line in lines}

    _reported(verifier, names, start, seconds, read, "ok")


def _reported(
    verifier: cabverify.Verifier,
    names: Sequence[str],
    start: Callable[[], Sequence[str]],
    seconds: float,
    read: Callable[[str], dict[str, str]],
    good: str,
) -> None:
    trouble: cabverify.Failed | None = None
    child = None
    said: dict[str, str] = {}
    try:
        child = cabverify.run(start(), seconds=seconds)
        said = read(child.stdout)
    except cabverify.Failed as failure:
        trouble = failure
    for name in names:

        @verifier.test("visible", name)
        def _(name: str = name) -> None:
            if trouble is not None:
                raise trouble
            assert child is not None
            if name not in said:
                raise cabverify.Failed("it was not run: " + cabverify.tail(child.stderr))
            if said[name] != good:
                raise cabverify.Failed(cabverify.tail(_around(child.stdout, name)))


def _around(output: str, name: str) -> str:
    """What a test program printed of one test."""
    found = re.search(_CARGO_SAID.format(name), output, re.MULTILINE | re.DOTALL)
    if found:
        said = found[1].partition("note: run with `RUST_BACKTRACE")[0]
        return " ".join(said.split())
    lines = [line for line in output.splitlines() if name in line]
    return "\n".join(lines[:5])


#: Runs in a child: tests of one unittest class by name, one line for each on standard output.
_UNITTESTS = """
import sys, unittest
sys.path[:0] = [p for p in sys.argv[1].split(":") if p]
for name in sys.argv[3:]:
    suite = unittest.defaultTestLoader.loadTestsFromName(sys.argv[2] + "." + name)
    result = unittest.TestResult()
    suite.run(result)
    good = result.testsRun == 1 and result.wasSuccessful() and not result.skipped
    wrong = [text for _, text in result.failures + result.errors]
    last = wrong[0].strip().splitlines()[-1] if wrong else "it did not run"
    print("ok " + name if good else "not ok " + name + ": " + last, flush=True)
"""


def unittests(
    verifier: cabverify.Verifier,
    case: str,
    names: Sequence[str],
    *,
    paths: Sequence[str],
    seconds: float = 10.0,
) -> None:
    """Tests of the ``unittest`` class ``case`` ("module.Class"), all in one child."""
    argv = [sys.executable, "-I", "-B", "-c", _UNITTESTS, ":".join(paths), case, *names]
    plain_tests(verifier, names, lambda: argv, seconds=seconds)
