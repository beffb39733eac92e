"""What a task's verifier is written with: tests with names, children that cannot forge a report.

Standard library only, Python 3.9 or later: it runs inside the sandbox, with whatever Python is
there. The program under test always runs in a child process; what is expected is known only to
this process, which closes the report to its children and makes itself unreadable to them.

    import os, sys
    sys.path.insert(0, os.environ["CAB_KIT"])
    import cabverify

    verifier = cabverify.Verifier()

    @verifier.test("hidden", "adds_two_numbers")
    def _() -> None:
        child = cabverify.run(["python3", "-I", "driver.py"], stdin="1 2")
        cabverify.equal("3", child.stdout.strip())

    verifier.finish()

Report (file descriptor 3): one JSON object a line, ``{"suite", "test", "outcome", "message",
"seconds"}``, then ``{"done": COUNT}``; or ``{"broken": WHY}`` when the verifier cannot work.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import random
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from typing import IO, Any, NoReturn

Body = Callable[[], None]

WORKSPACE = os.environ.get("CAB_WORKSPACE", "/workspace")
OUTPUT_CAP = 256 * 1024  # bytes of a child's output that are looked at
_REPORT_FD = 3
_PR_SET_DUMPABLE = 4
#: What a bug in a verifier looks like: that test is an error, never a pass.
_BUGS = (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)


class Failed(AssertionError):
    """The program under test did not do what the task asks."""


class Child:
    """What a finished child left: ``code`` (None when it was stopped), ``stdout``, ``stderr``."""

    def __init__(self, code: int | None, stdout: str, stderr: str, seconds: float) -> None:
        self.code, self.stdout, self.stderr, self.seconds = code, stdout, stderr, seconds

    def must_succeed(self, what: str = "the program") -> Child:
        """Fail the running test unless the child ended by itself with exit code 0."""
        if self.code is None:
            raise Failed(f"{what} did not end within {self.seconds:.0f} s")
        if self.code != 0:
            raise Failed(f"{what} ended with code {self.code}: {tail(self.stderr)}")
        return self

    def json(self) -> Any:
        """The last line of standard output as JSON; fails the test when it is none."""
        self.must_succeed()
        lines = self.stdout.strip().splitlines()
        try:
            return json.loads(lines[-1])
        except (IndexError, ValueError):
            raise Failed(f"the program printed no answer: {tail(self.stdout)!r}") from None


class Verifier:
    """Collects tests, runs each once when it is declared, and writes the report."""

    def __init__(self) -> None:
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        os.set_inheritable(_REPORT_FD, False)
        self._report = os.fdopen(_REPORT_FD, "w", encoding="utf-8", closefd=True)
        self._count = 0

    def test(self, suite: str, name: str) -> Callable[[Body], Body]:
        """Decorator: run the function now and report it as test ``name`` of ``suite``."""

        def run_now(body: Body) -> Body:
            start = time.monotonic()
            outcome, message = "pass", ""
            try:
                body()
            except Failed as failure:
                outcome, message = "fail", str(failure)
            except _BUGS as error:
                outcome, message = "error", f"{type(error).__name__}: {error}"
            self.record(suite, name, outcome, message, time.monotonic() - start)
            return body

        return run_now

    def record(
        self, suite: str, name: str, outcome: str, message: str = "", seconds: float | None = None
    ) -> None:
        """Report one test whose outcome (pass, fail, error, skip) is known already."""
        line: dict[str, Any] = {
            "suite": suite,
            "test": name,
            "outcome": outcome,
            "message": message[:2000],
        }
        if seconds is not None:
            line["seconds"] = round(seconds, 4)
        self._write(line)
        self._count += 1
        print(f"{suite:7} {outcome:5} {name}" + (f": {message}" if message else ""))

    def broken(self, why: str) -> NoReturn:
        """Say that the verifier itself cannot work here, and stop."""
        self._write({"broken": why})
        self._report.close()
        sys.exit(2)

    def finish(self) -> None:
        """Close the report. Without this line nothing that was reported is believed."""
        self._write({"done": self._count})
        self._report.close()

    def _write(self, line: dict[str, Any]) -> None:
        self._report.write(json.dumps(line) + "\n")
        self._report.flush()


def run(
    argv: Sequence[str],
    *,
    stdin: str = "",
    cwd: str | None = None,
    seconds: float = 20.0,
    env: Mapping[str, str] | None = None,
) -> Child:
    """Run a child to its end: own process group, capped output, killed with all it started.

    ``stdin`` is text. Output is read from files, so that a daemon that keeps it open cannot
    make the verifier wait. Returns :class:`Child`; a missing program raises FileNotFoundError.
    """
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        given.write(stdin.encode("utf-8"))
        given.seek(0)
        start = time.monotonic()
        process = subprocess.Popen(
            argv,
            stdin=given,
            stdout=out,
            stderr=err,
            cwd=cwd or WORKSPACE,
            env=dict(os.environ, **(env or {})),
            start_new_session=True,
            close_fds=True,
        )
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired:
            code = None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return Child(code, _read(out), _read(err), time.monotonic() - start)


def _read(handle: IO[bytes]) -> str:
    size = os.fstat(handle.fileno()).st_size
    handle.seek(0)
    data = handle.read(OUTPUT_CAP)
    if size > 2 * OUTPUT_CAP:
        data += b"\n[...]\n"
        handle.seek(size - OUTPUT_CAP)
        data += handle.read(OUTPUT_CAP)
    elif size > OUTPUT_CAP:
        data += handle.read(OUTPUT_CAP)
    return data.decode("utf-8", "replace")


def equal(expected: object, actual: object) -> None:
    """Fail unless both are equal; compared here, in plain values, never by the agent's objects."""
    if expected != actual or type(expected) is not type(actual):
        raise Failed(f"expected {tail(repr(expected))}, got {tail(repr(actual))}")


def require(condition: object, message: str) -> None:
    """Fail with ``message`` unless ``condition`` holds."""
    if not condition:
        raise Failed(message)


def tail(text: str, size: int = 400) -> str:
    """The last ``size`` characters of a text, for messages."""
    text = text.strip()
    return text if len(text) <= size else "..." + text[-size:]


#: Runs inside a child: one unittest by name; says so only after the test has ended by itself.
_UNITTEST_CHILD = """
import sys, unittest
token = sys.stdin.readline().strip()
sys.path[:0] = [p for p in sys.argv[1].split(":") if p]
suite = unittest.defaultTestLoader.loadTestsFromName(sys.argv[2])
result = unittest.TextTestRunner(stream=sys.stderr, verbosity=0).run(suite)
good = result.testsRun == 1 and result.wasSuccessful() and not result.skipped
sys.stdout.write("\\n" + token + (" ok" if good else " failed") + "\\n")
sys.stdout.flush()
"""


def unittest(name: str, *, paths: Sequence[str], seconds: float = 20.0) -> None:
    """Run one test of an ordinary ``unittest`` module, by dotted name, in a child of its own.

    It shares its process with the program under test, so it can be fooled by one that tries:
    good for the visible tests, never the only proof.
    """
    token = secrets.token_hex(16)
    child = run(
        [sys.executable, "-I", "-B", "-c", _UNITTEST_CHILD, ":".join(paths), name],
        stdin=token + "\n",
        seconds=seconds,
    )
    if token + " ok" not in child.stdout:
        raise Failed(tail(child.stderr) or "the test did not report")


class Answer:
    """What a driver said of one case: the lines it printed for it, or why it did not get there."""

    def __init__(self, text: str, why: str | None) -> None:
        self._text, self._why = text, why

    def text(self) -> str:
        """What was printed, without the last line end; fails the test when the case broke off."""
        if self._why is not None:
            said = f" after {tail(self._text, 120)!r}" if self._text else ""
            raise Failed(self._why + said)
        return self._text


def answers(
    argv: Sequence[str],
    names: Sequence[str],
    *,
    seconds: float = 10.0,
    cwd: str | None = None,
    env: Mapping[str, str] | None = None,
) -> dict[str, Answer]:
    """Ask one driver for many cases: ``argv`` plus the cases' names, in their order.

    For each the driver prints ``== NAME``, then any lines, then ``== .``, and flushes. Where it
    ends or hangs (``seconds`` for a whole run) that case has no answer, and the driver is started
    again with the cases after it.
    """
    found: dict[str, Answer] = {}
    left = list(names)
    if os.environ.get("CAB_SEED"):  # whoever proves a task asks in another order each time
        random.Random(os.environ["CAB_SEED"]).shuffle(left)  # noqa: S311
    while left:
        child = run([*argv, *left], seconds=seconds, cwd=cwd, env=env)
        said = _cases(child.stdout)
        for name in list(left):
            text, ended = said.get(name, ("", False))
            left.remove(name)
            if not ended:
                found[name] = Answer(text, _why(child))
                break
            found[name] = Answer(text, None)
    return found


def compare(
    verifier: Verifier,
    expected: Mapping[str, str],
    start: Callable[[], Sequence[str]],
    *,
    suite: str = "hidden",
    seconds: float = 10.0,
    apart: bool = False,
) -> None:
    """One test a case: what the driver prints for NAME must equal ``expected[NAME]``.

    ``apart`` asks each case of a driver of its own, for programs that leave something running.
    ``start`` builds the driver and returns its argv; when it raises :class:`Failed` (the program
    does not compile) every test fails with that message.
    """
    given: dict[str, Answer] = {}
    trouble: Failed | None = None
    try:
        argv = start()
        groups = [[name] for name in expected] if apart else [list(expected)]
        for names in groups:
            given.update(answers(argv, names, seconds=seconds))
    except Failed as failure:
        trouble = failure
    for name, want in expected.items():

        @verifier.test(suite, name)
        def _(name: str = name, want: str = want) -> None:
            if trouble is not None:
                raise trouble
            equal(want, given[name].text())


def _cases(output: str) -> dict[str, tuple[str, bool]]:
    """Case name -> (what was printed for it, whether it came to its end)."""
    found: dict[str, tuple[str, bool]] = {}
    name: str | None = None
    lines: list[str] = []
    for line in output.replace("\r\n", "\n").split("\n"):
        if line == "== ." and name is not None:
            found[name] = ("\n".join(lines), True)
            name = None
        elif line.startswith("== ") and name is None:
            name, lines = line[3:], []
        elif name is not None:
            lines.append(line)
    if name is not None:
        found[name] = ("\n".join(lines), False)
    return found


def _why(child: Child) -> str:
    if child.code is None:
        return f"the program did not end within {child.seconds:.0f} s"
    return f"the program ended early with code {child.code}: {tail(child.stderr)}"
