"""The kit's Java: one javac for all, part by part where that fails, and nobody is shadowed."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from codingagentbench.tasks import KIT

pytestmark = pytest.mark.skipif(shutil.which("javac") is None, reason="javac is not installed")

PROGRAM = "public final class Lib { public static int twice(int n) { return 2 * n; } }\n"
DRIVER = """import java.io.PrintStream;

final class Driver {
    static void twice(PrintStream out) { out.println(Lib.twice(2) + " x"); }
    static void throwing(PrintStream out) { out.println("first"); throw new Error(); }
    static void exits(PrintStream out) { Runtime.getRuntime().halt(3); }
    static void after(PrintStream out) { out.println("still asked"); }
}
"""
TESTS = """public final class LibTest {
    public static void main(String[] args) {
        System.out.println("ok twice");
        System.out.println("not ok thrice: 4 != 6");
        System.out.println("some words: ok nothing");
    }
}
"""
CASES = ["twice", "throwing", "exits", "after"]


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """``cabjava`` with ``tmp_path`` as the workspace."""
    monkeypatch.setattr(sys, "path", [str(KIT), *sys.path])
    import cabjava

    monkeypatch.setattr(cabjava.cabverify, "WORKSPACE", str(tmp_path))

    return cabjava


def _built(kit: Any, at: Path, files: Mapping[str, str]) -> Any:
    for place, text in files.items():
        (at / place).parent.mkdir(parents=True, exist_ok=True)
        (at / place).write_text(text)
    return kit._Built(
        str(at / "out"), source="src", driver=str(at / "hidden" / "Driver.java"), tests="tests"
    )


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """A whole task's files; the folder for classes is there."""
    (tmp_path / "out").mkdir()
    return {
        "src/Lib.java": PROGRAM,
        "hidden/Driver.java": DRIVER,
        "tests/LibTest.java": TESTS,
    }


def test_cases_are_answered_each_for_itself(
    kit: Any, tmp_path: Path, files: dict[str, str]
) -> None:
    """What a case throws is said; where the process ends, the others are asked again."""
    built = _built(kit, tmp_path, files)
    said = kit.cabverify.answers(
        [*kit.jvm(built.driver()), "cabkit.Main", "Driver"],
        CASES,
        cwd="/",
    )
    assert {"twice": "4 x", "throwing": "first\nthrew Error", "after": "still asked"} == {
        name: said[name].text() for name in ("twice", "throwing", "after")
    }
    with pytest.raises(kit.cabverify.Failed, match="code 3"):
        said["exits"].text()


def test_a_test_that_does_not_compile_takes_nothing_along(
    kit: Any, tmp_path: Path, files: dict[str, str]
) -> None:
    """The driver still runs, and so do the tests where only the driver is in trouble."""
    files["tests/LibTest.java"] = "class LibTest { int x = Lib.thrice(1); }\n"
    built = _built(kit, tmp_path, files)
    child = kit.cabverify.run(
        [*kit.jvm(built.driver()), "cabkit.Main", "Driver", "twice"],
        cwd="/",
    )
    assert "== twice\n4 x\n== .\n" == child.stdout
    with pytest.raises(kit.cabverify.Failed, match="cannot find symbol"):
        built.tests()


def test_a_class_of_the_tree_cannot_stand_in_for_the_driver(
    kit: Any, tmp_path: Path, files: dict[str, str]
) -> None:
    """Nor does a module descriptor change what is compiled."""
    files["src/Driver.java"] = 'class Driver { static { System.out.println("mine"); } }\n'
    files["src/module-info.java"] = "module mine { }\n"
    built = _built(kit, tmp_path, files)
    child = kit.cabverify.run(
        [*kit.jvm(built.driver()), "cabkit.Main", "Driver", "twice"],
        cwd="/",
    )
    assert "== twice\n4 x\n== .\n" == child.stdout


def test_results_of_a_test_program(kit: Any) -> None:
    """Lines that are no results are left alone; of two results the failure counts."""
    assert {"a": (True, "the test failed"), "b": (False, "4 != 6"), "c": (False, "no")} == (
        kit.results("ok a\nnot ok b: 4 != 6\nwords ok d\nnot ok c: no\nok c\n")
    )
