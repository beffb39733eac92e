"""Exercism's own tests over the tree, each reported by name; ``suite.json`` says which there are.

The tests share their process with the program under test, which can fool them if it tries. What a
test's program says counts only when it came to its end by itself; then a test has passed when its
runner said so, and one that it said nothing of has not.
"""

from __future__ import annotations

import html
import json
import os
import re
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import cabcpp
import cabgo
import cabjava
import cabrust
import cabverify

#: What became of the tests of one file: by the runner's own name of each; None is the whole file.
Said = dict[Any, tuple[bool, str]]
Test = Mapping[str, Any]
#: One test file of ``suite.json``: its path, and its tests.
File = Mapping[str, Any]

_HERE = os.getcwd()
_PRISTINE = os.path.join(_HERE, "pristine")
_KIT = os.path.dirname(os.path.abspath(__file__))


def main(seconds: float = 60.0) -> None:
    """Run everything that ``suite.json`` names; ``seconds`` bounds the tests of one file."""
    verifier = cabverify.Verifier()
    with open("suite.json", encoding="utf-8") as handle:
        suite = json.load(handle)
    run = _RUNNERS[suite["language"]]
    for file in suite["files"]:
        with tempfile.TemporaryDirectory() as scratch:
            try:
                said = run(file, scratch, suite["options"], seconds)
            except cabverify.Failed as failure:
                said = {"": (False, str(failure))}
        for test in file["tests"]:
            _report(verifier, test, said)
    verifier.finish()


def _report(verifier: cabverify.Verifier, test: Test, said: Said) -> None:
    @verifier.test(test["suite"], test["name"])
    def _() -> None:
        _, why = said.get("", (False, "the test did not report"))
        good, message = said.get(test["id"], (False, f"it was not run: {why}"))
        cabverify.require(good, message or "the test failed")


def told(argv: Sequence[str], *, seconds: float, cwd: str | None = None) -> Said:
    """Run a test program of ours, which gets a token on its standard input.

    It prints ``TOKEN {"test", "ok", "why"}`` for each test and ``TOKEN end`` at its end, without
    which nothing that it printed counts.
    """
    token = secrets.token_hex(16)
    child = cabverify.run(argv, stdin=token + "\n", seconds=seconds, cwd=cwd)
    lines = [line[len(token) + 1 :] for line in child.stdout.splitlines() if line.startswith(token)]
    if child.code is None:
        return {"": (False, f"the tests did not end within {seconds:.0f} s")}
    if not lines or lines[-1] != "end":
        why = cabverify.tail(child.stderr) or f"code {child.code}"
        return {"": (False, f"the tests ended early: {why}")}
    said: Said = {}
    for line in lines[:-1]:
        found = json.loads(line)
        ok, why = said.get(found["test"], (True, ""))
        said[found["test"]] = (ok and bool(found["ok"]), why or str(found["why"])[:1000])
    return whole(said, cabverify.tail(child.stderr))


def whole(said: Said, why: str) -> Said:
    """``said`` with what it means for the file as one test: all passed, and there were some."""
    bad = [name for name, (good, _) in said.items() if not good]
    if bad:
        why = f"{bad[0]}: {said[bad[0]][1]}"
    good = bool(said) and not bad
    return {**said, "": (False, why or "not among the tests that ran"), None: (good, why)}


_PYTHON = """
import json, os, sys, traceback, unittest
token = sys.stdin.readline().strip()
out = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)
say = lambda text: print(token, text, file=out, flush=True)
sys.path[:0] = sys.argv[1].split(":")
class Result(unittest.TestResult):
    def startTest(self, test):
        super().startTest(test)
        self.good, self.why = False, ""
    def addSuccess(self, test):
        self.good = True
    addExpectedFailure = lambda self, test, error: self.addSuccess(test)
    def addSkip(self, test, reason):
        self.why = "skipped: " + reason
    def wrong(self, test, error):
        kind, value, place = error
        self.why = "".join(traceback.format_exception_only(kind, value)).strip()
        if not hasattr(test, "_testMethodName"):
            say(json.dumps({"test": str(test), "ok": False, "why": self.why}))
    addFailure = addError = wrong
    def addSubTest(self, test, subtest, error):
        if error is not None:
            self.wrong(test, error)
    def stopTest(self, test):
        name = type(test).__name__ + "." + test._testMethodName
        say(json.dumps({"test": name, "ok": self.good, "why": self.why}))
unittest.defaultTestLoader.loadTestsFromName(sys.argv[2]).run(Result())
say("end")
"""


def _python(file: File, scratch: str, options: Mapping[str, Any], seconds: float) -> Said:
    del scratch, options
    path = file["path"]
    paths = [os.path.dirname(os.path.join(_PRISTINE, path)), cabverify.WORKSPACE]
    module = os.path.splitext(os.path.basename(path))[0]
    argv = [sys.executable, "-I", "-B", "-c", _PYTHON, ":".join(paths), module]
    return told(argv, seconds=seconds)


_CARGO = re.compile(r"^test (\S+)(?: - should panic)? \.\.\. (ok|FAILED|ignored)\b", re.MULTILINE)


def _rust(file: File, scratch: str, options: Mapping[str, Any], seconds: float) -> Said:
    crate, edition = options["crate"], options["edition"]
    library = (crate, os.path.join(scratch, f"lib{crate}.rlib"))
    source = os.path.join(cabverify.WORKSPACE, "src", "lib.rs")
    cabrust.library(crate, source, library[1], edition=edition)
    program = os.path.join(scratch, "tests")
    test = os.path.join(_PRISTINE, file["path"])
    cabrust.program(test, program, library=library, edition=edition, test=True)
    argv = ["env", "RUST_BACKTRACE=0", program, "--include-ignored", "--test-threads=1"]
    child = cabverify.run(argv, seconds=seconds)
    if child.code is None:
        return {"": (False, f"the tests did not end within {seconds:.0f} s")}
    if not re.search(r"^test result: ", child.stdout, re.MULTILINE):
        return {"": (False, f"the tests ended early: {cabverify.tail(child.stderr)}")}
    said: Said = {
        name: (verdict == "ok", _panic(child.stdout, name))
        for name, verdict in _CARGO.findall(child.stdout)
    }
    return whole(said, cabverify.tail(child.stderr))


def _panic(output: str, name: str) -> str:
    at = output.find(f"---- {name} stdout ----")
    return "" if at < 0 else cabverify.tail(output[at : at + 500].split("\n\n")[0])


def _go(file: File, scratch: str, options: Mapping[str, Any], seconds: float) -> Said:
    root = cabgo.assemble(os.path.join(scratch, "module"), module=options["module"])
    with open(os.path.join(root, "go.mod"), "w", encoding="utf-8") as handle:
        handle.write("module {module}\n\ngo {go}\n".format_map(options))
    copy_over(_PRISTINE, root)
    folder = os.path.dirname(file["path"])
    program = cabgo.build(root, "./" + folder, os.path.join(scratch, "tests"), test=True)
    cwd = os.path.join(root, folder)
    names = [test["id"] for test in file["tests"] if test["id"]]
    if names:
        return whole(dict(cabgo.run_tests(program, names, cwd, seconds)), "")
    child = cabverify.run([*cabgo.start(program), "-test.v"], cwd=cwd, seconds=seconds)
    good = child.code == 0 and "\n--- PASS: " in child.stdout and child.stdout.endswith("PASS\n")
    return {None: (good, cabverify.tail(child.stdout + child.stderr))}


def _javascript(file: File, scratch: str, options: Mapping[str, Any], seconds: float) -> Said:
    del options
    copy_over(cabverify.WORKSPACE, scratch, suffixes=(".js", ".mjs", ".cjs", ".json"))
    copy_over(_PRISTINE, scratch)
    runner = os.path.join(_KIT, "cabjest_run.mjs")
    argv = ["node", "--no-warnings", runner, os.path.join(scratch, file["path"])]
    return told(argv, seconds=seconds, cwd=scratch)


_FLAGS = ("-std=c++17", "-O0", "-g0", "-w", "-pipe", "-pthread", "-DEXERCISM_RUN_ALL_TESTS")
_CATCH = re.compile(r'<TestCase name="([^"]*)"(.*?)</TestCase>', re.DOTALL)


def _cpp(file: File, scratch: str, options: Mapping[str, Any], seconds: float) -> Said:
    del options
    copy_over(cabverify.WORKSPACE, scratch, suffixes=(".cpp", ".h", ".hpp"))
    copy_over(_PRISTINE, scratch)
    tests = {name for name in _names(_PRISTINE) if name.endswith("_test.cpp")} - {file["path"]}
    sources = [n for n in _names(scratch) if n.endswith(".cpp") and n not in tests]
    with ThreadPoolExecutor(2) as pool:
        objects = list(pool.map(lambda name: _object(name, scratch), sources))
    program = os.path.join(scratch, "tests.out")
    argv = [cabcpp.compiler(), "-pthread", *objects, "-o", program]
    cabverify.run(argv, seconds=60).must_succeed("linking")
    child = cabverify.run([program, "-r", "xml"], seconds=seconds, cwd=scratch)
    if child.code is None:
        return {"": (False, f"the tests did not end within {seconds:.0f} s")}
    if not child.stdout.rstrip().endswith(("</Catch>", "</Catch2TestRun>")):
        return {"": (False, f"the tests ended early: {cabverify.tail(child.stderr)}")}
    said: Said = {}
    for name, body in _CATCH.findall(child.stdout):
        good = '<OverallResult success="true"' in body
        said[html.unescape(name)] = (good, "" if good else _plain(body))
    return whole(said, cabverify.tail(child.stderr))


def _object(name: str, scratch: str) -> str:
    out = os.path.join(scratch, name + ".o")
    argv = [cabcpp.compiler(), *_FLAGS, "-iquote", scratch, "-c", os.path.join(scratch, name)]
    cabverify.run([*argv, "-o", out], seconds=150).must_succeed("compiling " + name)
    return out


def _plain(body: str) -> str:
    text = html.unescape(re.sub(r"<[^>]*>", " ", body))
    return cabverify.tail(" ".join(text.split()))


def _java(file: File, scratch: str, options: Mapping[str, Any], seconds: float) -> Said:
    jars = [os.path.join(_HERE, "jars", name) for name in options["jars"]]
    program = cabjava.sources(os.path.join(cabverify.WORKSPACE, "src", "main", "java"))
    classes = cabjava.compile_all(program, os.path.join(scratch, "program"), seconds=90)
    tests = cabjava.sources(os.path.join(_PRISTINE, "src", "test", "java"))
    runner = os.path.join(_KIT, "CabUnit.java")
    built = cabjava.compile_all(
        [*tests, runner], os.path.join(scratch, "tests"), classes=[classes, *jars], seconds=90
    )
    path = file["path"]
    package = re.search(r"^package\s+([\w.]+)\s*;", _text(path), re.MULTILINE)
    name = os.path.splitext(os.path.basename(path))[0]
    name = f"{package[1]}.{name}" if package else name
    argv = cabjava.jvm([built, classes, *jars])
    return told([*argv, "CabUnit", name], seconds=seconds, cwd=scratch)


def _text(path: str) -> str:
    with open(os.path.join(_PRISTINE, path), encoding="utf-8", errors="replace") as handle:
        return handle.read()


def copy_over(source: str, target: str, *, suffixes: tuple[str, ...] = ("",)) -> None:
    """Copy plain files below ``source`` whose names end so into ``target``; links are left out."""
    for name in _names(source):
        if name.endswith(suffixes) and os.path.basename(name) != "package.json":
            place = os.path.join(target, name)
            os.makedirs(os.path.dirname(place), exist_ok=True)
            shutil.copyfile(os.path.join(source, name), place)


def _names(root: str) -> Iterator[str]:
    for base, folders, files in os.walk(root):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f != "node_modules")
        for file in sorted(files):
            path = os.path.join(base, file)
            if os.path.isfile(path) and not os.path.islink(path):
                yield os.path.relpath(path, root)


_RUNNERS: Mapping[str, Callable[[File, str, Mapping[str, Any], float], Said]] = {
    "python": _python,
    "rust": _rust,
    "go": _go,
    "javascript": _javascript,
    "java": _java,
    "c++": _cpp,
}
