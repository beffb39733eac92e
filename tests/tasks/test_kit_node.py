"""The kit's JavaScript: cases answered by one driver, ``node:test`` files run once."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

from codingagentbench.tasks import KIT

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")

DRIVER = """
export default {
  async plain(say) { say("text"); say(1, { b: -0, c: undefined, d: 3n, e: NaN }); },
  async throws() { throw new RangeError("no"); },
  async never() { await new Promise(() => {}); },
  async waits() { setInterval(() => {}, 10); await new Promise(() => {}); },
  async spins() { for (;;); },
  async loose(say) { Promise.reject(new Error("gone")); say("before"); },
  async timer() {
    setImmediate(() => { throw new TypeError("no such boat"); });
    await new Promise((resolve) => setImmediate(resolve));
  },
  async after(say) { say("still asked"); },
};
"""
TESTS = """
import assert from "node:assert/strict";
import { describe, it, test } from "node:test";
console.log("ok 9 - bad: # one");
test("good", () => {});
test("bad: # one", () => assert.equal(1, 2));
test("skipped", { skip: true }, () => {});
describe("group", () => { it("inner", () => {}); });
"""
LAST = """
import test from "node:test";
test("two", () => {});
test("never", () => new Promise(() => {}));
"""


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """``cabnode`` with ``tmp_path`` as the workspace."""
    monkeypatch.setattr(sys, "path", [str(KIT), *sys.path])
    import cabnode
    import cabverify

    monkeypatch.setattr(cabverify, "WORKSPACE", str(tmp_path))
    return cabnode


def test_a_driver_answers_every_case_and_a_bad_one_spoils_no_other(
    kit: ModuleType, tmp_path: Path
) -> None:
    """Throwing, waiting and lost rejections are each that case's own."""
    (tmp_path / "driver.mjs").write_text(DRIVER)
    argv = kit.driver(str(tmp_path / "driver.mjs"), case_seconds=0.2)
    names = ["plain", "throws", "never", "waits", "spins", "loose", "timer", "after"]
    said = kit.cabverify.answers(argv, names)
    assert {
        "plain": 'text\n1 {"b":"-0","c":"undefined","d":"3n","e":"NaN"}',
        "throws": "threw RangeError: no",
        "waits": "no answer within 200 ms",
        "spins": "no answer within 50 ms",
        "loose": "before\nlost Error: gone",
        "timer": "uncaught TypeError: no such boat",
        "after": "still asked",
    } == {name: said[name].text() for name in names if name != "never"}
    with pytest.raises(kit.cabverify.Failed, match="code 13"):
        said["never"].text()


def test_a_program_that_cannot_be_loaded_fails_every_case_at_once(
    kit: ModuleType, tmp_path: Path
) -> None:
    (tmp_path / "driver.mjs").write_text('import "./gone.mjs"; export default {};')
    said = kit.cabverify.answers(kit.driver(str(tmp_path / "driver.mjs")), ["one", "two"])
    for name in ("one", "two"):
        assert "gone.mjs" in said[name].text()


def test_test_files_run_once_and_each_test_is_told_by_name(kit: ModuleType, tmp_path: Path) -> None:
    """What the program prints is no part of the report."""
    (tmp_path / "one.test.mjs").write_text(TESTS)
    (tmp_path / "two.test.mjs").write_text(LAST)
    found, child = kit.outcomes(["one.test.mjs", "two.test.mjs"])
    assert {
        "good": True,
        "bad: # one": False,
        "skipped": False,
        "never": False,
        "group": True,
        "group > inner": True,
        "two": True,
    } == {name: passed for name, (passed, _) in found.items()}
    assert "Expected values to be strictly equal: 1 !== 2" == found["bad: # one"][1]
    assert "ok 9 - bad: # one\n" == child.stdout


def test_a_file_that_cannot_be_loaded_reports_nothing(kit: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "one.test.mjs").write_text('import "./gone.mjs";')
    found, child = kit.outcomes(["one.test.mjs"])
    assert {} == found
    assert "gone.mjs" in child.stderr
