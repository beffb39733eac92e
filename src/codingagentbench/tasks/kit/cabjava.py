"""Java in a verifier: the tree's sources, one driver and the visible tests, compiled by one javac.

No build tool, annotation processor, module descriptor or class file of the tree has a say. Where
everything together does not compile, the program is compiled alone, and the driver and the tests
each against it, so that a test that does not compile takes nothing else along. The driver
(``Driver.java``) has a method for each case and judges nothing:

    public final class Driver {
        static void empty_shelf_weighs_nothing(java.io.PrintStream out) {
            out.println(new Shelf().weight());
        }
    }

What a case throws is printed as ``threw IllegalStateException: message``.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence

import cabverify

_QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xshare:auto")
_JAVAC = ("-proc:none", "-implicit:none", "-nowarn", "-g:source,lines", "-encoding", "UTF-8")
_MAIN = """package cabkit;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

public final class Main {
    public static void main(String[] args) throws Exception {
        FileOutputStream file = new FileOutputStream(FileDescriptor.out);
        PrintStream out = new PrintStream(file, true, "UTF-8");
        Class<?> driver = Class.forName(args[0]);
        for (int at = 1; at < args.length; at++) {
            out.println("== " + args[at]);
            Method ask = driver.getDeclaredMethod(args[at], PrintStream.class);
            ask.setAccessible(true);
            try {
                ask.invoke(null, out);
            } catch (InvocationTargetException wrapped) {
                Throwable thrown = wrapped.getCause();
                String message = thrown.getMessage() == null ? "" : ": " + thrown.getMessage();
                out.println("threw " + thrown.getClass().getSimpleName() + message);
            }
            out.println("== .");
        }
        Runtime.getRuntime().halt(0);
    }
}
"""
_TEST = re.compile(r"^(ok|not ok) ([^\s:]+)(?:: ?(.*))?$", re.MULTILINE)


def check(
    verifier: cabverify.Verifier,
    expected: Mapping[str, str],
    *,
    source: str,
    driver: str,
    tests: str,
    main: str,
    visible: Sequence[str],
    seconds: float = 10.0,
) -> None:
    """All tests of a Java task: the hidden cases by ``driver``, then the visible tests.

    ``source`` and ``tests`` are folders of the tree, ``driver`` is the driver's file, of the
    unnamed package, ``main`` the class of the test program: for each test it prints ``ok NAME``
    or ``not ok NAME: why``. ``seconds`` bounds one run of a program.
    """
    with tempfile.TemporaryDirectory() as scratch:
        built = _Built(scratch, source=source, driver=driver, tests=tests)
        name = os.path.splitext(os.path.basename(driver))[0]
        cabverify.compare(
            verifier,
            expected,
            lambda: [*jvm(built.driver()), "cabkit.Main", name],
            seconds=seconds,
        )
        found: dict[str, tuple[bool, str]] = {}
        missing = "the test did not report"
        try:
            child = cabverify.run([*jvm(built.tests()), main], seconds=seconds)
            found = results(child.stdout)
            missing = f"{missing}: {_end(child)}"
        except cabverify.Failed as failure:
            missing = str(failure)
        for name in visible:

            @verifier.test("visible", name)
            def _(name: str = name) -> None:
                cabverify.require(*found.get(name, (False, missing)))


def jvm(classes: Sequence[str], *, megabytes: int = 192) -> list[str]:
    """The beginning of a command that runs a class: quick to start, with bounded memory."""
    return ["java", *_QUICK, f"-Xmx{megabytes}m", "-Xss1m", "-cp", ":".join(classes)]


def compile_all(
    files: Sequence[str], out: str, *, classes: Sequence[str] = (), seconds: float = 60.0
) -> str:
    """Compile ``files`` into the folder ``out`` and return it, or fail with what javac said."""
    os.makedirs(out, exist_ok=True)
    quick = [f"-J{flag}" for flag in (*_QUICK, *_archive())]
    paths = ["-cp", ":".join(classes) or out, "-sourcepath", out]
    argv = ["javac", *quick, "-J-Xmx256m", *_JAVAC, *paths, "-d", out, *files]
    cabverify.run(argv, cwd=out, seconds=seconds).must_succeed("compiling")
    return out


def _archive() -> list[str]:
    """The compiler's own classes, made ready ahead, where the sandbox has them."""
    ready = os.environ.get("CAB_JAVAC_ARCHIVE")
    return [f"-XX:SharedArchiveFile={ready}"] if ready else []


def sources(folder: str) -> list[str]:
    """The Java files below ``folder``, in order of their names; links and modules left out."""
    return sorted(_sources(folder))


def results(output: str) -> dict[str, tuple[bool, str]]:
    """What a test program printed, as {name: (passed, message)}; of two the failure counts."""
    found: dict[str, tuple[bool, str]] = {}
    for verdict, name, why in _TEST.findall(output):
        if found.get(name, (True, ""))[0]:
            found[name] = (verdict == "ok", cabverify.tail(why) or "the test failed")
    return found


class _Built:
    """The classes of a task: by one javac where that works, else part by part."""

    def __init__(self, scratch: str, *, source: str, driver: str, tests: str) -> None:
        self._scratch = scratch
        self._program = sources(os.path.join(cabverify.WORKSPACE, source))
        self._tests = sources(os.path.join(cabverify.WORKSPACE, tests))
        main = os.path.join(scratch, "Main.java")
        with open(main, "w", encoding="utf-8") as handle:
            handle.write(_MAIN)
        self._driver = [driver, main]
        self._done: dict[str, str | cabverify.Failed] = {}
        self._whole: str | None = None
        try:
            every = [*self._program, *self._driver, *self._tests]
            self._whole = compile_all(every, self._at("whole"))
        except cabverify.Failed:
            pass

    def driver(self) -> list[str]:
        """The class path of the driver; the program's classes cannot stand before its own."""
        return self._path("driver", self._driver)

    def tests(self) -> list[str]:
        """The class path of the visible tests."""
        return self._path("tests", self._tests)

    def _path(self, part: str, files: Sequence[str]) -> list[str]:
        if self._whole is not None:
            return [self._whole]
        program = self._once("program", self._program, ())
        return [self._once(part, files, (program,)), program]

    def _once(self, part: str, files: Sequence[str], classes: Sequence[str]) -> str:
        if part not in self._done:
            try:
                self._done[part] = compile_all(files, self._at(part), classes=classes)
            except cabverify.Failed as failure:
                self._done[part] = failure
        done = self._done[part]
        if isinstance(done, cabverify.Failed):
            raise done
        return done

    def _at(self, part: str) -> str:
        return os.path.join(self._scratch, part)


def _sources(folder: str) -> Iterator[str]:
    for base, _, files in os.walk(folder):
        for file in files:
            path = os.path.join(base, file)
            if file.endswith(".java") and file != "module-info.java" and not os.path.islink(path):
                yield path


def _end(child: cabverify.Child) -> str:
    if child.code is None:
        return f"the program did not end within {child.seconds:.0f} s"
    return cabverify.tail(child.stderr) or f"the program ended with code {child.code}"
