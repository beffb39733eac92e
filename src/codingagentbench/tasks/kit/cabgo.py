"""Go in a verifier: a scratch module of the tree's ``.go`` files, one driver, the visible tests.

Only source files come from the tree: no ``go.mod``, no vendored code, no assembly, no test that is
not asked for by name; cgo is off and vet is not run. A driver (``driver.go``) holds its cases by
name and judges nothing:

    package main

    import "example.com/depot/stock"

    var cases = map[string]func(say func(...any)){
        "empty_shelf": func(say func(...any)) { say(stock.New().Total()) },
    }

``say`` prints one line, as ``fmt.Println`` does. A panic is printed as ``panic: message``; where
the driver dies or all goroutines sleep, that case has no answer and the others are asked again.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import cabverify

_DRIVER = "cabdriver"  # the driver's folder in the scratch module
_SKIPPED = ("vendor", "testdata", _DRIVER)
_ENV = {
    "CGO_ENABLED": "0",
    "GO111MODULE": "on",
    "GOENV": "off",
    "GOFLAGS": "",
    "GOWORK": "off",
}
#: The same words for everything that is built, so that compiled packages can be shared.
_FLAGS = ("-trimpath", "-buildvcs=false", "-ldflags=-s -w")
_MAIN = """package main

import (
	"fmt"
	"os"
)

func main() {
	for _, name := range os.Args[1:] {
		fmt.Println("==", name)
		answer(cases[name])
		fmt.Println("== .")
	}
}

func answer(ask func(say func(...any))) {
	defer func() {
		if trouble := recover(); trouble != nil {
			fmt.Println("panic:", trouble)
		}
	}()
	ask(func(words ...any) { fmt.Println(words...) })
}
"""
_RESULT = re.compile(r"^ *--- (PASS|FAIL|SKIP): (\S+) \(", re.MULTILINE)
_BEGUN = re.compile(r"^=== (?:RUN|CONT) +(\S+)$", re.MULTILINE)

#: What became of visible tests: name -> (passed, message).
Outcomes = dict[str, tuple[bool, str]]


def check(
    verifier: cabverify.Verifier,
    expected: Mapping[str, str],
    *,
    module: str,
    driver: str,
    visible: Mapping[str, Sequence[str]],
    seconds: float = 10.0,
) -> None:
    """All tests of a Go task: the hidden cases by ``driver``, then the visible tests.

    ``module`` is the path that the tree's ``go.mod`` declares, ``expected`` what the driver prints
    for each case, ``visible`` the tests in each test file, by its place in the tree. ``seconds``
    bounds one run of a program; what is compiled may take 120.
    """
    with tempfile.TemporaryDirectory() as scratch:
        root = assemble(os.path.join(scratch, "module"), module=module, driver=driver)
        packages = _by_folder(visible)
        for file in visible:
            os.makedirs(os.path.join(root, os.path.dirname(file)), exist_ok=True)
            shutil.copy(os.path.join(cabverify.WORKSPACE, file), os.path.join(root, file))
        with ThreadPoolExecutor(2) as pool:
            program = pool.submit(build, root, "./" + _DRIVER, os.path.join(scratch, "driver"))
            tests = {
                folder: pool.submit(
                    build, root, "./" + folder, os.path.join(scratch, f"{at}.test"), test=True
                )
                for at, folder in enumerate(packages)
            }
        cabverify.compare(verifier, expected, lambda: start(program.result()), seconds=seconds)
        found: Outcomes = {}
        for folder, names in packages.items():
            try:
                found.update(
                    run_tests(tests[folder].result(), names, os.path.join(root, folder), seconds)
                )
            except cabverify.Failed as failure:
                found.update({name: (False, str(failure)) for name in names})
        for name in (name for group in visible.values() for name in group):

            @verifier.test("visible", name)
            def _(name: str = name) -> None:
                cabverify.require(*found[name])


def assemble(root: str, *, module: str, driver: str | None = None) -> str:
    """Make the scratch module: the workspace's sources, our ``go.mod``, the driver; its folder."""
    for file in _sources(cabverify.WORKSPACE):
        target = os.path.join(root, file)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copyfile(os.path.join(cabverify.WORKSPACE, file), target)
    os.makedirs(os.path.join(root, _DRIVER))
    with open(os.path.join(root, "go.mod"), "w", encoding="utf-8") as handle:
        handle.write(f"module {module}\n\ngo 1.19\n")
    if driver is not None:
        shutil.copyfile(driver, os.path.join(root, _DRIVER, "driver.go"))
        with open(os.path.join(root, _DRIVER, "main.go"), "w", encoding="utf-8") as handle:
            handle.write(_MAIN)
    return root


def build(root: str, package: str, out: str, *, test: bool = False, seconds: float = 120.0) -> str:
    """Compile ``package`` (or its tests) to ``out``; returns it, or fails with what go said."""
    verb = ("test", "-c", "-vet=off") if test else ("build",)
    argv = ["go", *verb, *_FLAGS, "-o", out, package]
    cabverify.run(argv, cwd=root, env=_ENV, seconds=seconds).must_succeed("compiling " + package)
    return out


def start(program: str) -> list[str]:
    """The beginning of a command that runs what was built; where it dies it says why in short."""
    return ["env", "GOTRACEBACK=none", program]


def run_tests(program: str, names: Sequence[str], cwd: str, seconds: float) -> Outcomes:
    """Run tests in one process; where one ends it or hangs, run those after it in another.

    No alarm of ``testing`` is set, so that the runtime sees when every goroutine sleeps. The tests
    share their process with the program under test, which can fool them: never the only proof.
    """
    found: Outcomes = {}
    left = list(names)
    while left:
        tops = dict.fromkeys(re.escape(name.partition("/")[0]) for name in left)
        flags = ["-test.v", "-test.timeout=0", "-test.run=^(" + "|".join(tops) + ")$"]
        child = cabverify.run([*start(program), *flags], cwd=cwd, seconds=seconds)
        said = {name: verdict for verdict, name in _RESULT.findall(child.stdout)}
        for name in [name for name in left if name in said]:
            found[name] = (said[name] == "PASS", _reason(child, name))
            left.remove(name)
        for name in _culprits(child, left, progress=bool(said)):
            found[name] = (False, _trouble(child))
            left.remove(name)
    return found


def _culprits(child: cabverify.Child, left: Sequence[str], *, progress: bool) -> list[str]:
    """Of the tests without a result those that have none because of themselves: the one that
    began last. Where the process ended well it does not know them."""
    if child.code == 0:
        return list(left)
    begun = [name for name in _BEGUN.findall(child.stdout) if name in left]
    return begun[-1:] if begun or progress else list(left[:1])


def _reason(child: cabverify.Child, name: str) -> str:
    """What a test that ended said, up to the next one's beginning."""
    _, _, after = child.stdout.partition(f"=== RUN   {name}\n")
    said = re.sub(r"--- FAIL: \S+ \(\S+\)", "", after.partition("\n=== RUN")[0])
    return cabverify.tail(" ".join(said.split())) or _trouble(child)


def _trouble(child: cabverify.Child) -> str:
    if child.code is None:
        return f"it did not end within {child.seconds:.0f} s"
    return cabverify.tail(child.stderr) or "the test did not report"


def _by_folder(visible: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    packages: dict[str, list[str]] = {}
    for file, names in visible.items():
        packages.setdefault(os.path.dirname(file), []).extend(names)
    return packages


def _sources(root: str) -> Iterator[str]:
    """Every ``.go`` file below that is a plain file and no test, by its place."""
    for base, folders, files in os.walk(root):
        folders[:] = sorted(f for f in folders if f[0] not in "._" and f not in _SKIPPED)
        for file in sorted(files):
            path = os.path.join(base, file)
            if not file.endswith(".go") or file.endswith("_test.go") or os.path.islink(path):
                continue
            if os.path.isfile(path):
                yield os.path.relpath(path, root)
