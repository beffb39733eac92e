"""The kit's Go: only sources come from the tree, and one bad case or test spoils no other."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from codingagentbench.tasks import KIT

pytestmark = pytest.mark.skipif(shutil.which("go") is None, reason="go is not installed")

PROGRAM = """package lib

import "sync"

var gate sync.Mutex

func Twice(n int) int { return 2 * n }

func Wait() { gate.Lock(); gate.Lock() }
"""
DRIVER = """package main

import (
	"os"

	"example.com/lib/lib"
)

var cases = map[string]func(say func(...any)){
	"twice":  func(say func(...any)) { say(lib.Twice(2), "x") },
	"panics": func(say func(...any)) { panic("no") },
	"exits":  func(say func(...any)) { os.Exit(3) },
	"sleeps": func(say func(...any)) { lib.Wait() },
	"after":  func(say func(...any)) { say("still asked") },
}
"""
TESTS = """package lib

import "testing"

func TestGood(t *testing.T)  { t.Run("sub", func(t *testing.T) {}) }
func TestBad(t *testing.T)   { t.Fatalf("got %d", Twice(1)) }
func TestSkip(t *testing.T)  { t.Skip("later") }
func TestPanic(t *testing.T) { panic("broken") }
func TestSleep(t *testing.T) { Wait() }
func TestAfter(t *testing.T) {}
"""
CASES = ["twice", "panics", "exits", "sleeps", "after"]
NAMES = ["TestGood", "TestGood/sub", "TestBad", "TestSkip", "TestPanic", "TestSleep", "TestAfter"]


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """``cabgo`` with a small workspace that also holds what must not be taken from it."""
    monkeypatch.setattr(sys, "path", [str(KIT), *sys.path])
    import cabgo

    work = tmp_path / "work"
    for place, text in {
        "lib/lib.go": PROGRAM,
        "lib/lib_test.go": "package lib // not asked for by name",
        "lib/fast_amd64.s": "TEXT nothing(SB), 0, $0",
        "go.mod": "module example.com/other\n",
        "vendor/modules.txt": "# example.com/x v1.0.0",
        "vendor/x/x.go": "package broken(",
        "cabdriver/driver.go": "package broken(",
        ".hidden/x.go": "package broken(",
    }.items():
        (work / place).parent.mkdir(parents=True, exist_ok=True)
        (work / place).write_text(text)
    (work / "lib" / "link.go").symlink_to("/etc/passwd")
    (tmp_path / "driver.go").write_text(DRIVER)
    monkeypatch.setattr(cabgo.cabverify, "WORKSPACE", str(work))
    return cabgo


@pytest.mark.slow
def test_cases_and_tests_are_answered_each_for_itself(kit: Any, tmp_path: Path) -> None:
    """A panic is said; who exits or sleeps for ever has no answer; the others are asked again."""
    root = kit.assemble(
        str(tmp_path / "m"), module="example.com/lib", driver=str(tmp_path / "driver.go")
    )
    assert ["cabdriver/driver.go", "cabdriver/main.go", "go.mod", "lib/lib.go"] == sorted(
        str(path.relative_to(root)) for path in Path(root).rglob("*") if path.is_file()
    )
    program = kit.build(root, "./cabdriver", str(tmp_path / "driver"))
    said = kit.cabverify.answers(kit.start(program), CASES)
    assert {"twice": "4 x", "panics": "panic: no", "after": "still asked"} == {
        name: said[name].text() for name in ("twice", "panics", "after")
    }
    for name, why in (("exits", "code 3"), ("sleeps", "all goroutines are asleep")):
        with pytest.raises(kit.cabverify.Failed, match=why):
            said[name].text()

    (Path(root) / "lib" / "lib_test.go").write_text(TESTS)
    tests = kit.build(root, "./lib", str(tmp_path / "tests"), test=True)
    found = kit.run_tests(tests, NAMES, root, 5.0)
    assert {name: name in ("TestGood", "TestGood/sub", "TestAfter") for name in NAMES} == {
        name: passed for name, (passed, _) in found.items()
    }
    assert "got 2" in found["TestBad"][1]
    assert "broken" in found["TestPanic"][1]
    assert "asleep" in found["TestSleep"][1]


@pytest.mark.slow
def test_what_does_not_compile_is_said(kit: Any, tmp_path: Path) -> None:
    """cgo is off: a file that needs it is no part of the package."""
    (Path(kit.cabverify.WORKSPACE) / "lib" / "lib.go").write_text('package lib\n\nimport "C"\n')
    root = kit.assemble(
        str(tmp_path / "m"), module="example.com/lib", driver=str(tmp_path / "driver.go")
    )
    with pytest.raises(kit.cabverify.Failed, match=r"compiling ./cabdriver"):
        kit.build(root, "./cabdriver", str(tmp_path / "driver"))
