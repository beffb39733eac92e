"""What a verifier says is believed only when it is whole, and a tree cannot talk its way out."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from treekit import scratch
from verifykit import outcomes, task_of, verified

from codingagentbench.sandboxes import Verification, open_sandbox, verify
from codingagentbench.sandboxes.verifying_report import LONGEST, read_report
from codingagentbench.tasks import KIT, Task, find_task

ROOT = os.geteuid() == 0
GOOD = "say one pass; say two fail; echo '{\"done\": 2}' >&3"


def test_a_whole_report_is_sound(tmp_path: Path) -> None:
    done, _ = verified(task_of(tmp_path / "t", script=f"echo hello; {GOOD}"))
    assert {"one": "pass", "two": "fail"} == outcomes(done)
    assert (True, None, False, 0) == (done.sound, done.broken, done.timed_out, done.exit_code)
    assert "hello" in done.output
    assert 0 < done.seconds < 20


@pytest.mark.parametrize(
    ("script", "wanted"),
    [
        ("say one pass; echo '{\"done\": 1}' >&3", {"one": "pass", "two": "error"}),
        ("say one pass; say two pass", {"one": "pass", "two": "pass"}),
        ("say one pass; say two pass; echo '{\"done\": 3}' >&3", {"one": "pass", "two": "pass"}),
        (f"{GOOD}; say one pass", {"one": "pass", "two": "fail"}),
        (f"say three pass; {GOOD}", {"one": "pass", "two": "fail"}),
        (f"say two pass; {GOOD}", {"one": "pass", "two": "error"}),
        (f"echo junk >&3; {GOOD}", {"one": "pass", "two": "fail"}),
        (f"say one maybe; {GOOD}", {"one": "pass", "two": "fail"}),
        (f"{GOOD}; kill -9 $$", {"one": "pass", "two": "fail"}),
        ("say one pass; kill -11 $$", {"one": "pass", "two": "error"}),
    ],
    ids=[
        "a test missing", "no done", "wrong count", "more after done", "unknown test",
        "a test twice", "garbage", "unknown outcome", "killed after done", "crashed",
    ],
)  # fmt: skip
def test_anything_less_is_not_sound_but_keeps_what_was_said(
    tmp_path: Path, script: str, wanted: dict[str, str]
) -> None:
    done, _ = verified(task_of(tmp_path / "t", script=script))
    assert wanted == outcomes(done)
    assert (False, None) == (done.sound, done.broken)


def test_a_verifier_that_hangs_is_ended_and_failing(tmp_path: Path) -> None:
    script = f"say one pass; [ -e /workspace/hang ] && sleep 60; {GOOD}"
    task = task_of(tmp_path / "t", script=script, timeout_s=1)
    done, _ = verified(task, lambda tree: (tree / "hang").touch())
    assert {"one": "pass", "two": "error"} == outcomes(done)
    assert (False, None, True) == (done.sound, done.broken, done.timed_out)
    assert done.tests[1].message == "not reported"


def test_a_daemon_that_keeps_the_output_open_does_not_hold_it_up(tmp_path: Path) -> None:
    done, _ = verified(task_of(tmp_path / "t", script=f"{GOOD}; (setsid sleep 60 &) "))
    assert done.sound
    assert done.seconds < 10


@pytest.mark.parametrize(
    "command",
    [("no-such-program",), ("python3", "-I", "missing.py"), ("sh", "-c", "exit 3"), ("true",)],
)
def test_a_verifier_that_can_never_report_is_broken(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    """Whatever the tree is like: no such program, no such script, or simply silent."""
    task = task_of(tmp_path / "t", script="", command=command)
    done, _ = verified(task, lambda tree: (tree / "new").touch())
    assert done.broken
    assert not done.sound
    assert {"one": "error", "two": "error"} == outcomes(done)


@pytest.mark.parametrize("silencing", ["exit 2", "exit 127", "kill -9 $$", "forge"])
def test_a_tree_that_silences_its_verifier_is_failing_not_broken(
    tmp_path: Path, silencing: str
) -> None:
    """A naive verifier that sources the agent's code; over the pristine tree it does report."""
    task = task_of(
        tmp_path / "t", tree={"src/run.sh": ":"}, script=f". /workspace/src/run.sh; {GOOD}"
    )
    evil = 'echo \'{"broken": "not my fault"}\' >&3; exit 0' if silencing == "forge" else silencing
    done, _ = verified(task, lambda tree: _write(tree / "src" / "run.sh", evil))
    assert (False, None) == (done.sound, done.broken)
    assert {"one": "error", "two": "error"} == outcomes(done)


def test_a_verifiers_own_word_that_it_is_broken_counts(tmp_path: Path) -> None:
    task = task_of(tmp_path / "t", script='echo \'{"broken": "no rustc here"}\' >&3; exit 2')
    done, _ = verified(task, lambda tree: (tree / "new").touch())
    assert "no rustc here" == done.broken


def test_a_sandbox_that_cannot_be_built_is_broken(tmp_path: Path) -> None:
    task = task_of(tmp_path / "t", script=GOOD)

    async def run(base: Path) -> Verification:
        return await verify(
            sandbox=open_sandbox("bubblewrap"), task=task, scratch=base, kit=base / "no-kit"
        )

    with scratch() as base:
        done = asyncio.run(run(base))
    assert done.broken
    assert not done.sound


def test_what_the_verifier_sees(tmp_path: Path) -> None:
    """Its own folder and the kit read-only, the tree for writing, no network, nothing to find."""
    script = f"""
    pwd; cat "$CAB_KIT/cabverify.py" | head -c 3; echo
    touch here 2>/dev/null && echo writable verifier
    touch "$CAB_KIT/x" 2>/dev/null && echo writable kit
    mkdir -p /workspace/src/out && touch /workspace/src/out/x && echo writable tree
    ls /sys/class/net 2>/dev/null; grep -v lo: /proc/net/dev | tail -n +3
    echo "$CAB_WORKSPACE $PYTHONPATH"; cat /workspace/src/main.txt
    {GOOD}
    """
    task = task_of(tmp_path / "t", script=script)
    done, _ = verified(task, lambda tree: _write(tree / "src" / "main.txt", "right\n"))
    assert ["/verifier", '"""', "writable tree", "/workspace ", "right"] == done.output.splitlines()


@pytest.mark.skipif(not ROOT, reason="an ordinary user's own files are always readable")
def test_a_checkout_under_a_strict_umask_can_be_verified(tmp_path: Path) -> None:
    task = task_of(tmp_path / "t", script=GOOD)
    for path in [task.folder, *task.folder.rglob("*")]:
        path.chmod(0o700 if path.is_dir() else 0o600)
    done, _ = verified(task, lambda tree: _write(tree / "src" / "main.txt", "right\n"))
    assert done.sound, done


def test_output_is_kept_from_both_ends(tmp_path: Path) -> None:
    task = task_of(
        tmp_path / "t",
        script=f"echo first; head -c 5000000 /dev/zero | tr '\\0' x; echo last; {GOOD}",
    )
    done, _ = verified(task)
    assert done.sound
    assert done.output.startswith("first\nxxx")
    assert done.output.endswith("xxxlast\n")
    assert "bytes left out" in done.output
    assert len(done.output) < 300_000


def test_a_flood_in_the_report_is_not_believed(tmp_path: Path) -> None:
    task = task_of(tmp_path / "t", script=f"{GOOD}; head -c 3000000 /dev/zero >&3")
    done, _ = verified(task)
    assert {"one": "pass", "two": "fail"} == outcomes(done)
    assert not done.sound


def test_cancelling_leaves_nothing(tmp_path: Path) -> None:
    task = task_of(tmp_path / "t", script="sleep 60")

    async def run(base: Path) -> None:
        running = asyncio.ensure_future(
            verify(sandbox=open_sandbox("bubblewrap"), task=task, scratch=base, kit=KIT)
        )
        await asyncio.sleep(0.4)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert [] == os.listdir(base)

    with scratch() as base:
        asyncio.run(run(base))


def test_a_given_tree_is_verified_as_it_is(tmp_path: Path) -> None:
    """The way a solution is proved: nothing is left out."""
    task = task_of(tmp_path / "t", script=f"ls /workspace; {GOOD}")
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / "conftest.py").touch()

    async def run(base: Path) -> Verification:
        return await verify(
            sandbox=open_sandbox("bubblewrap"), task=task, scratch=base, kit=KIT,
            tree=tmp_path / "given",
        )  # fmt: skip

    with scratch() as base:
        done = asyncio.run(run(base))
    assert (True, "conftest.py") == (done.sound, done.output.strip())


ATTACKS = {
    "leaves at once": "import os\nos._exit(0)\n",
    "equals everything": (
        "class Yes(str):\n"
        "    def __eq__(self, other): return True\n"
        "    def __hash__(self): return 0\n"
        "def reverse(text): return Yes('forged')\n"
    ),
    "writes the report": (
        "import os, json\n"
        "for fd in range(3, 64):\n"
        "    try: os.write(fd, b'{\"suite\": \"hidden\", \"test\": \"ascii_sentence\", '\n"
        "                      b'\"outcome\": \"pass\"}\\n')\n"
        "    except OSError: pass\n"
        "def reverse(text): return text\n"
    ),
    "takes it from its parent": (
        "import os\n"
        "for name in ('3', '4'):\n"
        "    try: open(f'/proc/{os.getppid()}/fd/{name}', 'w').write('{\"done\": 0}\\n')\n"
        "    except OSError: pass\n"
        "def reverse(text): return text\n"
    ),
    "kills its parent": "import os\nos.kill(os.getppid(), 9)\n",
    "patches the tests": (
        "import unittest\n"
        "unittest.TestCase.run = lambda self, result=None: result\n"
        "unittest.TestCase.assertEqual = lambda *a, **k: None\n"
        "def reverse(text): return text\n"
    ),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_passes_a_hidden_test_of_a_real_task(attack: str) -> None:
    """Each made failing tests print "3 passed" with a naive verifier."""
    task = find_task("polyglot/python-reverse-string")

    def act(tree: Path) -> None:
        _write(tree / "src" / "reverse.py", ATTACKS[attack])
        _write(tree / "conftest.py", "raise SystemExit(0)\n")
        _write(tree / "src" / "sitecustomize.py", "import os; os._exit(0)\n")
        _write(tree / "src" / "unittest.py", "raise SystemExit(0)\n")

    done, _ = verified(task, act)
    passed = {t.name for t in done.tests if t.suite == "hidden" and t.outcome == "pass"}
    # What returns its input unchanged is right about texts that read the same both ways.
    harmless = {"empty_stays_empty", "one_character", "twice_is_the_same"}
    assert passed <= harmless
    assert done.broken is None
    assert {"conftest.py", "src/sitecustomize.py"} <= set(done.left_out)


def test_the_task_of_a_report_decides_what_is_missing(tmp_path: Path) -> None:
    task = task_of(tmp_path / "t", script="", hidden=("a",), visible=("a", "b"))
    rows = [{"suite": "visible", "test": "a", "outcome": "pass", "seconds": 1, "message": "m"}]
    report = read_report(_lines(rows), task)
    assert [("hidden", "a", "error"), ("visible", "a", "pass"), ("visible", "b", "error")] == [
        (t.suite, t.name, t.outcome) for t in report.tests
    ]
    assert (1.0, "m") == (report.tests[1].seconds, report.tests[1].message)


KEYS = ["suite", "test", "outcome", "done", "broken", "seconds", "message"]
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner),
    max_leaves=12,
)


@given(st.binary(max_size=300) | values.map(lambda value: json.dumps(value).encode()))
def test_no_report_can_raise_or_be_believed(content: bytes) -> None:
    report = read_report(content, TINY)
    assert not report.whole
    assert [("hidden", "one"), ("hidden", "two")] == [(t.suite, t.name) for t in report.tests]
    for test in report.tests:
        json.dumps(test.model_dump(), allow_nan=False).encode()
        test.model_dump_json()


@pytest.mark.parametrize(
    "line",
    [
        b'{"suite": "hidden", "test": "one", "outcome": "pass", "seconds": 1e999}',
        b'{"suite": "hidden", "test": "one", "outcome": "pass", "seconds": ' + b"9" * 400 + b"}",
        b'{"suite": "hidden", "test": "one", "outcome": "pass", "message": "\\ud800"}',
        b'{"suite": "hidden", "test": ["one"], "outcome": "pass"}',
        b'{"suite": "hidden", "test": "one", "outcome": ["pass"]}',
        b'{"done": true}', b'{"done": "2"}', b'{"done": 2.0}', b"[" * 100_000, b"\xff\xfe",
        b'{"done": ' + b"9" * 5000 + b"}",
    ],
)  # fmt: skip
def test_odd_reports_do_no_harm(line: bytes) -> None:
    report = read_report(line, TINY)
    assert not report.whole
    for test in report.tests:
        test.model_dump_json()


def test_a_report_over_the_limit_is_never_whole() -> None:
    rows = [{"suite": "hidden", "test": n, "outcome": "pass"} for n in ("one", "two")]
    whole = _lines([*rows, {"done": 2}])
    assert read_report(whole, TINY).whole
    assert not read_report(b"\n" * LONGEST + whole, TINY).whole


def _lines(rows: list[dict[str, object]]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def _write(path: Path, text: str) -> None:
    path.write_text(text)


def _tiny() -> Task:
    with scratch() as folder:
        return task_of(folder / "t", script="")


TINY = _tiny()
