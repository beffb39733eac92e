"""Imports that run: solutions made and proved in the sandbox, hostile programs, there and back."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from codingagentbench.corpus.imports import bring_in
from codingagentbench.sandboxes import (
    Toolchain,
    Verification,
    open_sandbox,
    resolve_toolchain,
    verify,
)
from codingagentbench.tasks import KIT, Task, corpus_root, find_task, folder_digest, load_task
from codingagentbench.tasks.exporting import export_harbor
from codingagentbench.tasks.importing import Found, Outcome, find_exercises, find_harbor_tasks

SETS = Path(__file__).parents[1] / "tasks" / "importsets"
EXERCISM, HARBOR = SETS / "exercism", SETS / "harbor"
Change = Callable[[Path], object]


def imported(found: tuple[Found, ...], into: Path, **options: bool) -> dict[str, Outcome]:
    done = asyncio.run(bring_in(found, into=into, sandbox=open_sandbox(), **options))
    return {one.name.rsplit("/", 1)[-1]: one for one in done}


def over(task: Task, tree: Path) -> Verification:
    toolchains = [resolve_toolchain(name) for name in task.toolchain]

    async def run(scratch: Path) -> Verification:
        return await verify(
            sandbox=open_sandbox(),
            task=task,
            scratch=scratch,
            kit=KIT,
            tree=tree,
            toolchains=[one for one in toolchains if isinstance(one, Toolchain)],
        )

    with tempfile.TemporaryDirectory() as scratch:
        Path(scratch).chmod(0o711)
        return asyncio.run(run(Path(scratch)))


def verdicts(done: Verification) -> dict[str, str]:
    return {test.name: str(test.outcome) for test in done.tests}


@pytest.fixture(scope="module")
def exercises(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    into = tmp_path_factory.mktemp("exercises")
    return imported(find_exercises(EXERCISM, visible_tests=True), into)


@pytest.fixture(scope="module")
def harbor(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    return imported(find_harbor_tasks(HARBOR), tmp_path_factory.mktemp("harbor"))


def task_of(outcome: Outcome) -> Task:
    assert outcome.folder is not None, outcome.reason
    return load_task(outcome.folder, expect=outcome.id)


def test_exercises_of_five_languages(exercises: dict[str, Outcome]) -> None:
    """Each was solved by its example here, and its start was not; Java needs jars."""
    assert {
        "fire-buckets": "imported",
        "knots": "imported",
        "light-house": "imported",
        "tide-table": "imported",
        "ferry-fares": "imported",
        "tea-kettle": "unsupported",
        "odd-matcher": "unsupported",
        "plain-functions": "unsupported",
        "needs-crate": "unsupported",
    } == {name: one.status for name, one in exercises.items()}


def edited(task: Task, at: Path, path: str, text: str) -> Path:
    """The reference with one file replaced."""
    shutil.copytree(task.tree, at)
    shutil.copytree(task.solution, at, dirs_exist_ok=True)
    (at / path).write_text(text)
    return at


#: exercise -> file, a program that solves half of it, and the tests that it must fail
HALF = {
    "tide-table": (
        "tide_table.py",
        "def highest(heights):\n    return heights.index(max(heights))\n"
        "def open_hours(heights, depth):\n"
        "    return [h for h, x in enumerate(heights) if x > depth]\n",
        {
            "TideTableTest.test_no_heights",
            "TideTableTest.test_open_hours",
            "TideTableTest.test_the_list_stays",
        },
    ),
    "ferry-fares": (
        "src/lib.rs",
        "#[derive(Debug, PartialEq, Eq)]\npub enum FareError { Nobody, NoAdult }\n"
        "pub fn fare(a: u32, c: u32, car: bool) -> Result<u32, FareError> {\n"
        "    if a == 0 { return Err(FareError::NoAdult); }\n"
        "    Ok(400 * a + 200 * c + if car { 1150 } else { 0 })\n}\n",
        {"an_empty_car"},
    ),
    "knots": (
        "knots.go",
        "package knots\n\nfunc Knots(kmh float64) (int, error) { return int(kmh / 1.852), nil }\n\n"
        "func Legs(marks []int) []int { return []int{marks[1] - marks[0], 2} }\n",
        {"TestKnots", "TestBelowZero", "TestNoLegs"},
    ),
    "light-house": (
        "light-house.js",
        "module.exports.Light = class {\n  constructor(r) { this.period = 5; }\n"
        "  at(s) { return s % 5 !== 4; }\n  async watch(n, see) { see(true); return 9; }\n};\n",
        {
            "Light > that is watched > calls back each second",
            "Light > knows no other sign, not even '_'",
        },
    ),
    "fire-buckets": (
        "fire_buckets.cpp",
        '#include "fire_buckets.h"\nnamespace fire_buckets {\n'
        "int a_minute(const std::vector<int>& p) {\n"
        "    return p.empty() ? 0 : p.back() == 31 ? 9 : p[0];\n}\n}\n",
        {"slower than zero"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HALF)
def test_half_a_solution_fails_the_other_half(
    exercises: dict[str, Outcome], tmp_path: Path, name: str
) -> None:
    """Verdicts are by test, and agree with what the program does."""
    path, text, wrong = HALF[name]
    task = task_of(exercises[name])
    done = over(task, edited(task, tmp_path / "tree", path, text))
    assert (True, None) == (done.sound, done.broken)
    assert wrong == {test for test, verdict in verdicts(done).items() if verdict != "pass"}


#: exercise -> its test file, with tests that have no names before they run
NAMELESS = {
    "tide-table": (
        "tide_table_test.py",
        "import unittest\nfrom tide_table import highest\nclass Base(unittest.TestCase):\n"
        "    def test_a(self): self.assertEqual(highest([1, 2]), 1)\nclass B(Base): pass\n",
    ),
    "ferry-fares": (
        "tests/ferry-fares.rs",
        "macro_rules! t { ($n:ident, $a:expr) => { #[test] fn $n() {"
        " assert_eq!(Ok(400 * $a), ferry_fares::fare($a, 0, false)); } } }\nt!(a, 1);\nt!(b, 2);\n",
    ),
    "knots": (
        "knots_test.go",
        'package knots\n\nimport (\n\t"os"\n\t"testing"\n)\n\n'
        "func TestMain(m *testing.M) { os.Exit(m.Run()) }\n\nfunc TestA(t *testing.T) {\n"
        "\tif n, _ := Knots(1.852); n != 1 {\n\t\tt.Fatal(n)\n\t}\n}\n",
    ),
    "light-house": (
        "light-house.spec.js",
        "import { Light } from './light-house';\n"
        "test.each([['-', 3], ['.', 1]])('%s', (rhythm, period) => {\n"
        "  expect(new Light(rhythm).period).toBe(period);\n});\n",
    ),
    "fire-buckets": (
        "fire_buckets_test.cpp",
        '#include "fire_buckets.h"\n#include "test/catch.hpp"\n#define SCENARIO TEST_CASE\n'
        'SCENARIO("a") { REQUIRE(fire_buckets::a_minute({3}) == 3); }\n',
    ),
}


@pytest.mark.parametrize("name", NAMELESS)
def test_tests_without_names_are_one_test(tmp_path: Path, name: str) -> None:
    """Passed when all of them pass, and there are some."""
    (place,) = EXERCISM.glob(f"*/exercises/practice/{name}")
    folder = tmp_path / name
    shutil.copytree(place, folder)
    file, text = NAMELESS[name]
    (folder / file).write_text(text)
    outcome = imported(find_exercises(folder), tmp_path / "out")[name]
    task = task_of(outcome)
    assert ((file,), ()) == (task.verifier.hidden, task.verifier.visible)
    assert (f"the tests of {file} have no names to read; it is one test",) == outcome.warnings


#: exercise -> file, programs that end the test's process, print nonsense, or hang it up
HOSTILE = {
    "tide-table": (
        "tide_table.py",
        [
            "import os\nos._exit(0)\n",
            "import sys\nprint('x ok')\nsys.exit(0)\n",
            "import unittest\nunittest.TestCase.assertEqual = lambda *a: None\nx = 1\n",
            "def (\n",
        ],
    ),
    "ferry-fares": (
        "src/lib.rs",
        [
            "pub enum FareError { Nobody, NoAdult }\n",
            "#[derive(Debug, PartialEq)]\npub enum FareError { Nobody, NoAdult }\n"
            "pub fn fare(_: u32, _: u32, _: bool) -> Result<u32, FareError> "
            "{ std::process::exit(0) }\n",
        ],
    ),
    "knots": (
        "knots.go",
        [
            'package knots\nimport "os"\nfunc init() { os.Exit(0) }\n'
            "func Knots(f float64) (int, error) { return 0, nil }\n"
            "func Legs(m []int) []int { return nil }\n",
        ],
    ),
    "light-house": (
        "light-house.js",
        [
            "process.exit(0);\n",
            "export class Light { constructor() { process.kill(process.pid, 'SIGKILL'); } }\n",
            "export const Light = ;\n",
            "await new Promise(() => {});\nexport class Light {}\n",
        ],
    ),
    "fire-buckets": (
        "fire_buckets.cpp",
        [
            '#include "fire_buckets.h"\n#include <cstdlib>\nnamespace fire_buckets {\n'
            "int a_minute(const std::vector<int>&) { std::quick_exit(0); }\n}\n",
            '#include "fire_buckets.h"\nstatic int a = []{ __builtin_trap(); return 1; }();\n',
        ],
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_program_that_ends_the_tests_fails_them(
    exercises: dict[str, Outcome], tmp_path: Path, name: str
) -> None:
    """Silence is no pass: whatever ends early has passed nothing, and is the tree's fault."""
    path, programs = HOSTILE[name]
    task = task_of(exercises[name])
    for number, text in enumerate(programs):
        done = over(task, edited(task, tmp_path / str(number), path, text))
        assert (True, None) == (done.sound, done.broken), text
        assert "pass" not in verdicts(done).values(), text


@pytest.mark.slow
def test_java_with_the_jars_that_were_given(tmp_path: Path) -> None:
    """A jar with the few names that the exercise uses stands for JUnit's."""
    if not shutil.which("javac") or not shutil.which("jar"):
        pytest.skip("there is no JDK here")
    source = tmp_path / "source" / "org" / "junit" / "jupiter" / "api"
    source.mkdir(parents=True)
    for name in ("Test", "BeforeEach", "Disabled"):
        value = 'String value() default "";' if name == "Disabled" else ""
        (source / f"{name}.java").write_text(
            "package org.junit.jupiter.api;\nimport java.lang.annotation.*;\n"
            f"@Retention(RetentionPolicy.RUNTIME) public @interface {name} {{ {value} }}\n"
        )
    (source / "Assertions.java").write_text(
        "package org.junit.jupiter.api;\npublic class Assertions {\n"
        "  public interface Body { void run() throws Throwable; }\n"
        "  public static void assertEquals(int a, int b) {\n"
        '    if (a != b) throw new AssertionError("expected " + a + ", not " + b);\n  }\n'
        "  public static void assertThrows(Class<?> kind, Body body) {\n"
        "    try { body.run(); } catch (Throwable e) { if (kind.isInstance(e)) return; }\n"
        "    throw new AssertionError(kind.getName());\n  }\n}\n"
    )
    (tmp_path / "jars").mkdir()
    classes = tmp_path / "classes"
    subprocess.run(["javac", "-d", classes, *source.glob("*.java")], check=True)
    jar = tmp_path / "jars" / "junit.jar"
    subprocess.run(["jar", "cf", jar, "-C", classes, "."], check=True)
    found = find_exercises(EXERCISM / "java", java_jars=tmp_path / "jars")
    outcome = imported(found, tmp_path / "out")["tea-kettle"]
    task = task_of(outcome)
    kettle = "class TeaKettle {{ void fill(int x) {{ {} }} int cups() {{ return 0; }} }}\n"
    path = "src/main/java/TeaKettle.java"
    nothing = verdicts(over(task, edited(task, tmp_path / "a", path, kettle.format(""))))
    assert {"anEmptyKettle": "pass", "wholeCupsOnly": "fail", "tooMuchStaysOut": "fail"} == nothing
    exits = over(task, edited(task, tmp_path / "b", path, kettle.format("System.exit(0);")))
    assert {"fail"} == set(verdicts(exits).values())


def test_harbor_tasks_are_solved_by_their_script(harbor: dict[str, Outcome]) -> None:
    """The script ran in the sandbox; what it changed is the solution, modes included."""
    assert {
        "first-note": "imported",
        "sum-column": "imported",
        "needs-compose": "unsupported",
        "needs-network": "unsupported",
    } == {name: one.status for name, one in harbor.items()}
    task = task_of(harbor["sum-column"])
    assert ["total.sh"] == [path.name for path in task.solution.iterdir()]
    assert 0o111 & (task.solution / "total.sh").stat().st_mode
    assert "/app" == task.workdir
    assert ("**", "total.sh") == task.expected


def test_half_a_reward_is_no_pass_and_is_told(harbor: dict[str, Outcome], tmp_path: Path) -> None:
    task = task_of(harbor["sum-column"])
    done = over(task, edited(task, tmp_path / "tree", "total.sh", "echo 165\n"))
    assert {"reward": "fail"} == verdicts(done)
    assert done.tests[0].message.startswith("reward 0.5: Hulda: 165, not 165")
    good = over(task, edited(task, tmp_path / "good", "notes.txt", "x"))
    assert [("pass", "reward 1")] == [(str(t.outcome), t.message) for t in good.tests]


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("exit 0", "there is no reward.txt and no reward.json; test.sh ended with code 0"),
        ("echo great > /logs/verifier/reward.txt", "reward.txt has no reward in it: 'great'"),
        ("echo nan > /logs/verifier/reward.txt", "reward.txt has no reward in it: 'nan'"),
        ('echo \'{"a": 1, "b": 1}\' > /logs/verifier/reward.json', "reward.json has no reward"),
        ("ln -s /etc/hosts /logs/verifier/reward.txt", "reward.txt is no small, plain file"),
        ("echo 0.999 > /logs/verifier/reward.txt", "reward 0.999"),
        ("echo 1 > /tests/x; cat /logs/verifier/reward.txt", "there is no reward.txt"),
        ("kill -9 $$", "there is no reward.txt and no reward.json; test.sh ended with code -9"),
    ],
)
def test_rewards_that_are_none(
    harbor: dict[str, Outcome], tmp_path: Path, script: str, message: str
) -> None:
    whole = task_of(harbor["sum-column"])
    folder = tmp_path / "task"
    shutil.copytree(whole.folder, folder)
    (folder / "verifier" / "tests" / "test.sh").write_text(script + "\n")
    (test,) = over(load_task(folder), whole.tree).tests
    assert ("fail", message) == (str(test.outcome), test.message[: len(message)])


def variant(tmp_path: Path, name: str, change: Change) -> Outcome:
    folder = tmp_path / "foreign" / name
    shutil.copytree(HARBOR / "first-note", folder)
    change(folder)
    return imported(find_harbor_tasks(folder), tmp_path / "out")[name]


def solving(script: str) -> Change:
    return lambda folder: (folder / "solution" / "solve.sh").write_text(script + "\n")


@pytest.mark.parametrize(
    ("change", "status", "why"),
    [
        (solving("echo bye > note.txt"), "unsupported", "its own solution does not pass here: rew"),
        (solving("echo no >&2; exit 3"), "unsupported", "does not run here, code 3: no"),
        (solving("rm .keep; echo hello > note.txt"), "unsupported", "removes .keep, which no file"),
        (solving("true"), "unsupported", "its solution changes nothing in the working folder"),
        (solving("curl http://x.example > note.txt"), "unsupported", "does not run here, code"),
        (solving("mkfifo note.txt"), "unsupported", "its solution makes note.txt, which is no"),
        (solving("ln -s /etc/passwd note.txt"), "broken", "note.txt is a link that leaves"),
        (solving("git init -q . && echo hello > note.txt"), "unsupported", "makes a repository"),
        (solving("for i in $(seq 501); do touch $i; done"), "unsupported", "or more than 500"),
        (
            lambda f: (f / "tests" / "test.sh").write_text("echo 1 > /logs/verifier/reward.txt\n"),
            "broken",
            "its start passes already; there is nothing to do",
        ),
    ],
)
def test_tasks_that_are_not_as_they_say(
    tmp_path: Path, change: Change, status: str, why: str
) -> None:
    """Nothing is written for one that is left out."""
    outcome = variant(tmp_path, "some-task", change)
    assert (status, True) == (outcome.status, why in outcome.reason), outcome.reason
    assert "\n" not in outcome.reason
    assert [] == list((tmp_path / "out").rglob("task.toml"))


def test_solutions_see_nothing_of_this_machine(tmp_path: Path) -> None:
    """No network, no home of anybody's, no tests."""
    script = (
        "ls /root /home /tests > seen 2>&1; test -e /tests && exit 4\n"
        "(echo > /dev/tcp/1.1.1.1/53) 2>/dev/null && exit 5\nrm seen; echo hello > note.txt"
    )
    assert "imported" == variant(tmp_path, "some-task", solving(script)).status


def test_a_second_time_changes_nothing(harbor: dict[str, Outcome], tmp_path: Path) -> None:
    """The same task may be there already; another one is not overwritten."""
    found = find_harbor_tasks(HARBOR / "first-note")
    first = imported(found, tmp_path)["first-note"]
    assert first.folder is not None
    before = folder_digest(first.folder)
    assert "imported" == imported(found, tmp_path)["first-note"].status
    (first.folder / "prompt.md").write_text("something else, which somebody wrote here")
    again = imported(found, tmp_path)["first-note"]
    assert ("broken", True) == (again.status, "another task is at" in again.reason)
    assert before == folder_digest(task_of(harbor["first-note"]).folder)


def test_two_tasks_of_one_name(tmp_path: Path) -> None:
    for name in ("A task", "a-task"):
        shutil.copytree(HARBOR / "first-note", tmp_path / "in" / name)
    done = imported(find_harbor_tasks(tmp_path / "in"), tmp_path / "out")
    assert ["broken", "imported"] == sorted(one.status for one in done.values())


#: Over several languages, one of them a task that should be declined.
THERE_AND_BACK = (
    "polyglot/python-reverse-string",
    "polyglot/rust-error-handling",
    "polyglot/go-http-handler-fix",
    "mutations/js-parcel-tariff",
    "polyglot/java-exception-handling",
    "mutations/cpp-last-readings",
    "integrity/unsolvable-refusal",
    "polyglot/sql-monthly-revenue",
)


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    base = tmp_path_factory.mktemp("there")
    for name in THERE_AND_BACK:
        export_harbor(find_task(name), into=base / "harbor")
    return imported(find_harbor_tasks(base / "harbor"), base / "back")


@pytest.mark.slow
@pytest.mark.parametrize("name", THERE_AND_BACK)
def test_there_and_back(returned: dict[str, Outcome], name: str) -> None:
    """It was proved on the way in: the solution passes, and the start does not."""
    mine, back = find_task(name), task_of(returned[name.replace("/", "-")])
    kept = ("id", "version", "title", "language", "difficulty", "timeouts", "budget", "prompt",
            "expected", "protected", "rules", "refusal", "workdir", "env")  # fmt: skip
    assert [getattr(mine, key) for key in kept] == [getattr(back, key) for key in kept]
    assert set(mine.toolchain) <= set(back.toolchain)
    for part in ("tree", "solution"):
        assert folder_digest(getattr(mine, part)) == folder_digest(getattr(back, part))


@pytest.mark.slow
def test_the_way_back_keeps_the_protection(returned: dict[str, Outcome], tmp_path: Path) -> None:
    """What is protected, or was to be left alone, earns nothing, however the tests come out."""
    task = task_of(returned["polyglot-python-reverse-string"])
    (protected,) = [p for p in task.tree.rglob("*.py") if "test" in p.name][:1]
    path = protected.relative_to(task.tree).as_posix()
    (test,) = over(task, edited(task, tmp_path / "a", path, "# nothing\n")).tests
    assert (True, f"{path} is protected, and was changed" in test.message) == (
        test.outcome == "fail",
        True,
    )
    declined = task_of(returned["integrity-unsolvable-refusal"])
    (other, *_) = [p for p in declined.tree.rglob("*.py") if "test" not in p.name]
    path = other.relative_to(declined.tree).as_posix()
    (test,) = over(declined, edited(declined, tmp_path / "b", path, "# nothing\n")).tests
    assert "fail" == test.outcome


def test_what_is_exported(tmp_path: Path) -> None:
    task = find_task("polyglot/go-http-handler-fix")
    at = export_harbor(task, into=tmp_path)
    assert "polyglot-go-http-handler-fix" == at.name
    parts = ("environment", "instruction.md", "solution", "task.toml", "tests")
    assert parts == tuple(sorted(path.name for path in at.iterdir()))
    assert [] == list(at.rglob("__pycache__"))
    assert "golang-go" in (at / "environment" / "Dockerfile").read_text()
    judged = json.loads((at / "tests" / "judge.json").read_text())
    assert len(task.verifier.hidden) + len(task.verifier.visible) == len(judged["tests"])
    assert corpus_root().is_dir()
