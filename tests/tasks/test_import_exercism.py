"""Exercism folders become drafts, or one sentence that says why not. Nothing is run here."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from codingagentbench.errors import CabError
from codingagentbench.tasks import KIT
from codingagentbench.tasks.importing import Draft, LeftOut, find_exercises
from codingagentbench.tasks.importing.exercism_languages import HELPERS, JEST, MATCHERS

SETS = Path(__file__).parent / "importsets" / "exercism"
GO, JS = "go/exercises/practice/knots", "javascript/exercises/practice/light-house"
PYTHON, RUST = "python/exercises/practice/tide-table", "rust/exercises/practice/ferry-fares"
CPP, JAVA = "cpp/exercises/practice/fire-buckets", "java/exercises/practice/tea-kettle"
Change = Callable[[Path], object]


def draft(place: str, **options: object) -> Draft:
    (found,) = find_exercises(SETS / place, **options)  # type: ignore[arg-type]
    return found.read()


def why_not(tmp_path: Path, place: str, change: Change) -> str:
    """Status and reason of an exercise that was changed."""
    folder = tmp_path / Path(place).name
    shutil.copytree(SETS / place, folder)
    change(folder)
    (found,) = find_exercises(folder)
    with pytest.raises(LeftOut) as error:
        found.read()
    return f"{error.value.status}: {error.value}"


def write(path: str, text: str) -> Change:
    return lambda folder: (folder / path).write_text(text)


def papers(**files: object) -> Change:
    """Other entries in ``files`` of the exercise's config."""

    def change(folder: Path) -> None:
        path = folder / ".meta" / "config.json"
        config = json.loads(path.read_text())
        config["files"] |= files
        path.write_text(json.dumps(config))

    return change


@pytest.mark.parametrize("place", [PYTHON, RUST, GO, JS, CPP])
def test_the_agent_sees_neither_tests_nor_example(place: str) -> None:
    """Not in the tree, and not in what it is told."""
    made = draft(place)
    assert [] == [p for p in made.tree if "test" in p or "spec" in p or ".meta" in p]
    assert made.solution is not None
    examples = {content.data for content in made.solution.values()}
    assert set() == examples & {content.data for content in made.tree.values()}
    assert "The tests are not in the folder" in made.prompt


@pytest.mark.parametrize("place", [PYTHON, RUST, GO, JS, CPP])
def test_some_tests_can_be_shown(place: str) -> None:
    """Every third; those that are shown are not hidden, and the hidden ones are not in the tree."""
    whole = draft(place).config["verifier"]["hidden"]  # type: ignore[index]
    made = draft(place, visible_tests=True)
    tests = made.config["verifier"]
    assert isinstance(tests, dict)
    assert (whole[::3], [n for n in whole if n not in whole[::3]]) == (
        tests["visible"],
        tests["hidden"],
    )
    text = b"\n".join(content.data for content in made.tree.values()).decode()
    for name in tests["hidden"]:
        last = name.rsplit(" > ", 1)[-1].rsplit(".", 1)[-1]
        assert f"{last}(" not in text
        assert f"'{last}'" not in text
    assert set(made.config["paths"]["protected"]) >= set(made.tree) - set(  # type: ignore[index]
        made.config["paths"]["expected"]  # type: ignore[index]
    )


def test_what_a_draft_says() -> None:
    made = draft(PYTHON)
    assert {
        "id": "exercism/python-tide-table",
        "version": "1.0",
        "title": "Tide table",
        "language": "python",
        "category": "exercism",
        "toolchain": ["python"],
        "timeouts": {"agent": 600, "verifier": 120.0},
        "paths": {"expected": ["tide_table.py"], "protected": []},
        "verifier": {
            "command": ["python3", "-I", "verify.py"],
            "carry": ["**/*.py"],
            "hidden": [
                "TideTableTest.test_one_height",
                "TideTableTest.test_the_first_of_two_highest",
                "TideTableTest.test_below_zero",
                "TideTableTest.test_no_heights",
                "TideTableTest.test_open_hours",
                "TideTableTest.test_the_list_stays",
            ],
        },
    } == made.config
    assert made.prompt.index("# Instructions") < made.prompt.index("# Python")


def test_a_track_says_how_hard_an_exercise_is() -> None:
    found = {it.name: it for it in find_exercises(SETS, language="python")}
    assert [PYTHON.replace("tide-table", "plain-functions"), PYTHON] == list(found)
    assert "easy" == found[PYTHON].read().config["difficulty"]


def test_java_files_go_where_their_example_says(tmp_path: Path) -> None:
    (tmp_path / "junit.jar").write_bytes(b"PK")
    made = draft(JAVA, java_jars=tmp_path)
    assert made.solution is not None
    assert ["src/main/java/TeaKettle.java", "src/main/java/Water.java"] == sorted(made.solution)
    assert b"PK" == made.verifier["jars/junit.jar"].data


@pytest.mark.parametrize(
    ("place", "why"),
    [
        (JAVA, "its tests need JUnit and AssertJ; give their jars with --java-jars DIR"),
        (
            JS.replace("light-house", "odd-matcher"),
            "its tests use the matcher toMatchSnapshot, which the stand-in for jest lacks",
        ),
        (
            PYTHON.replace("tide-table", "plain-functions"),
            "its tests are plain functions, which need pytest; unittest is known",
        ),
        (
            RUST.replace("ferry-fares", "needs-crate"),
            "Cargo.toml has [dependencies] rand; only the standard library is here",
        ),
    ],
)
def test_what_is_not_supported_is_said(place: str, why: str) -> None:
    with pytest.raises(LeftOut) as error:
        draft(place)
    assert ("unsupported", why) == (error.value.status, str(error.value))


def link(target: str, name: str) -> Change:
    def change(folder: Path) -> None:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
        os.symlink(target, path)

    return change


def fifo(name: str) -> Change:
    def change(folder: Path) -> None:
        (folder / name).unlink()
        os.mkfifo(folder / name)

    return change


TEST, SPEC, CONFIG = "tide_table_test.py", "light-house.spec.js", ".meta/config.json"
NEEDS_MORE = '{"dependencies": {"left-pad": "1"}}'


@pytest.mark.parametrize(
    ("place", "change", "why"),
    [
        (PYTHON, lambda f: (f / CONFIG).unlink(), "broken: .meta/config.json is missing"),
        (PYTHON, write(CONFIG, "{"), "broken: .meta/config.json is not valid JSON"),
        (PYTHON, write(CONFIG, "[" * 100_000), "broken: .meta/config.json is not valid JSON"),
        (PYTHON, write(CONFIG, "[]"), "broken: .meta/config.json has no 'files'"),
        (PYTHON, papers(solution=[]), "broken: .meta/config.json has no files.solution"),
        (PYTHON, papers(test="x"), "broken: .meta/config.json: files.test is no list of paths"),
        (PYTHON, papers(test=["../x_test.py"]), "files.test has ../x_test.py, which is no plain"),
        (PYTHON, papers(example=["/etc/passwd"]), "files.example has /etc/passwd, which is no"),
        (PYTHON, papers(solution=["*.py"]), "files.solution has *.py, which is no plain path"),
        (PYTHON, papers(solution=[".meta/example.py"]), "files.solution has a hidden file"),
        (PYTHON, papers(example=[]), "unsupported: it has no example solution"),
        (PYTHON, papers(solution=["x.rb"], example=["x.rb"]), "unsupported: its solution is x.rb"),
        (PYTHON, papers(solution=["tide_table.py", "b.py"]), "example.py stands for none of its"),
        (PYTHON, papers(test=["gone_test.py"]), "broken: gone_test.py is missing"),
        (PYTHON, papers(solution=["gone.py"]), "broken: none of its solution files is there"),
        (PYTHON, lambda f: shutil.rmtree(f / ".docs"), "broken: .docs/instructions.md is missing"),
        (PYTHON, link("/etc/passwd", TEST), "broken: tide_table_test.py is reached through a link"),
        (PYTHON, link("/etc/passwd", "tide_table.py"), "tide_table.py is a link that leaves"),
        (PYTHON, link("/etc", ".docs"), "broken: .docs is a link that leaves the folder"),
        (PYTHON, fifo(TEST), "broken: tide_table_test.py is no plain file"),
        (PYTHON, write(TEST, "x" * (2 << 20)), "has more than 1,024 kB"),
        (PYTHON, write(TEST, "def ("), "broken: its test file is not valid Python"),
        (PYTHON, write(TEST, "x = 1\n"), "broken: tide_table_test.py has no test"),
        (PYTHON, write(TEST, "import pytest\n"), "unsupported: its tests need pytest"),
        (RUST, write("Cargo.toml", "["), "broken: Cargo.toml is not valid TOML"),
        (RUST, write("Cargo.toml", "[package]\n"), "Cargo.toml does not name the package"),
        (RUST, write(".meta/Cargo-example.toml", "[dependencies]\nx = '1'"), "[dependencies] x;"),
        (RUST, papers(solution=["src/main.rs"]), "unsupported: it is no library"),
        (GO, write("go.mod", "module x\nrequire y v1.0.0\n"), "unsupported: go.mod asks for"),
        (GO, write("go.mod", "go 1.18\n"), "broken: go.mod does not name the module"),
        (JS, write("package.json", NEEDS_MORE), "unsupported: package.json has dependencies"),
        (JS, write(SPEC, "import 'lodash';"), "its tests import 'lodash', which"),
        (JS, write(SPEC, "test('a', () => {"), "broken: its test file is not valid JavaScript"),
        (JS, write(SPEC, "jest.mock('./x')"), "unsupported: its tests use jest.mock"),
        (JS, write(SPEC, "expect.extend({})"), "unsupported: its tests use expect.extend"),
        (CPP, lambda f: (f / "test/catch.hpp").unlink(), "unsupported: its tests need Catch2"),
        (CPP, write("CMakeLists.txt", "find_package(Boost 1.58)"), "asks for Boost"),
        (CPP, write("fire_buckets_test.cpp", 'TEST_CASE("a") {'), "a brace is never closed"),
    ],
)
def test_foreign_folders_are_not_believed(
    tmp_path: Path, place: str, change: Change, why: str
) -> None:
    """Each is one sentence; nothing outside the folder is read."""
    said = why_not(tmp_path, place, change)
    assert why in said
    assert "root:" not in said
    assert "\n" not in said


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    why = why_not(
        tmp_path, PYTHON, lambda f: (f / ".docs/instructions.md").write_bytes(b"\xff\xfe say")
    )
    assert "broken: .docs/instructions.md is not valid UTF-8" == why


def test_names_with_odd_bytes(tmp_path: Path) -> None:
    """A slug is looked at before anything in it; other names are shown escaped."""
    odd = os.fsdecode(b"\xff\x1b[2J")
    shutil.copytree(SETS / PYTHON, tmp_path / "exercises" / "practice" / odd)
    (found,) = find_exercises(tmp_path)
    with pytest.raises(LeftOut, match=r"is no name of an exercise"):
        found.read()
    assert found.name.isprintable()
    why = why_not(tmp_path / "b", CPP, lambda f: (f / "test" / "a\nb").touch())
    assert "broken: a name with odd characters: a\\nb" in why.replace("test/", "")


def test_a_huge_exercise(tmp_path: Path) -> None:
    def grow(folder: Path) -> None:
        for number in range(2_100):
            (folder / "test" / f"{number}.txt").touch()

    assert "broken: more than 2,000 files or 20 MB" in why_not(tmp_path, CPP, grow)


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"language": "cobol"}, "unknown language 'cobol'"),
        ({"language": "java"}, "no exercise here in java"),
        ({"java_jars": SETS}, "no .jar in it"),
        ({"java_jars": SETS / "gone"}, "no such folder"),
    ],
)
def test_what_was_asked_makes_no_sense(options: dict[str, object], why: str) -> None:
    with pytest.raises(CabError, match=why):
        find_exercises(SETS / PYTHON, **options)  # type: ignore[arg-type]


def test_a_folder_without_exercises(tmp_path: Path) -> None:
    with pytest.raises(CabError, match="no exercise here"):
        find_exercises(tmp_path)
    with pytest.raises(CabError, match="no such folder"):
        find_exercises(tmp_path / "gone")


def test_the_list_of_matchers_is_the_kits() -> None:
    """What is refused is exactly what the stand-in for jest cannot do."""
    source = (KIT / "cabjest.mjs").read_text()
    table = source.split("export const MATCHERS = {")[1].split("\n};")[0]
    names = {line.split(":")[0].strip() for line in table.splitlines() if line.startswith("  to")}
    assert MATCHERS == names
    assert HELPERS == {
        line.split("expect.")[1].split(" ")[0]
        for line in source.splitlines()
        if line.startswith("expect.")
    }
    assert JEST == {"fn"}
