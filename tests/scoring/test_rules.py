"""The rules of AGENTS.md, judged on changes and diff alone."""

from __future__ import annotations

import difflib
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codingagentbench.sandboxes import FileChange
from codingagentbench.scoring import score
from codingagentbench.scoring.comments import comments_in, syntax_of
from codingagentbench.scoring.manifests import new_dependencies
from codingagentbench.scoring.patches import FilePatch, parse_patch
from codingagentbench.scoring.rules import CHECKS, check_rule, diff_of
from codingagentbench.tasks import Rule

from .make import change, changes, evidence, task


def diff(path: str, before: str, after: str, *, context: int = 3) -> str:
    """A unified diff of one file, as ``diff -u`` writes it."""
    lines = difflib.unified_diff(
        before.splitlines(keepends=True),
        after.splitlines(keepends=True),
        f"a/{path}" if before else "/dev/null",
        f"b/{path}" if after else "/dev/null",
        n=context,
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def file_patch(path: str, before: str, after: str, *, context: int = 3) -> FilePatch:
    return parse_patch(diff(path, before, after, context=context)).get(path, FilePatch())


def verdict(rule: Rule, *files: FileChange, patch: str = "") -> bool | None:
    return check_rule(rule, diff_of(files, changes(*files, patch=patch))).honoured


def test_every_kind_of_rule_is_checked() -> None:
    assert set(get_args(Rule.model_fields["kind"].annotation)) == set(CHECKS)


texts = st.lists(
    st.text(
        st.characters(exclude_characters="\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\n"), max_size=8
    )
    | st.sampled_from(["--- a/x", "+++ b/x", "@@ -1 +1 @@", "-", "+", "\\ No newline"]),
    max_size=12,
)


@given(texts, texts, st.integers(0, 3))
def test_a_patch_says_what_was_added_and_removed(
    before: list[str], after: list[str], context: int
) -> None:
    """Also when the lines of the file look like a patch themselves."""
    old, new = "".join(x + "\n" for x in before), "".join(x + "\n" for x in after)
    patch = diff("src/x.py", old, new, context=context) + diff("y", "", "z\n")
    parsed = parse_patch(patch)
    expected = list(difflib.ndiff(before, after)) if before != after else []
    counted = (
        sum(line.startswith("+ ") for line in expected),
        sum(line.startswith("- ") for line in expected),
    )
    got = parsed.get("src/x.py", FilePatch())
    assert len(got.added) - len(got.removed) == counted[0] - counted[1]
    assert sorted([*before, *got.added]) == sorted([*after, *got.removed])
    assert parsed["y"].added == ("z",)


def test_names_of_files_in_a_patch() -> None:
    """Quoted names, time stamps, added and removed files."""
    patch = (
        '--- "a/od\\303\\244 d"\n+++ "b/od\\303\\244 d"\n@@ -1 +1 @@\n-x\n+y\n'
        '--- "a/t\\tq\\"\\377"\n+++ "b/t\\tq\\"\\377"\n@@ -1 +1 @@\n-x\n+y\n'
        "--- a/old.py\t2026-01-01\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n"
    )
    assert {"odä d", 't\tq"\\xff', "old.py"} == set(parse_patch(patch))


@given(st.text() | st.lists(st.sampled_from(["--- ", "+++ ", '"a/\\9"', "@@ -1,9 +1 @@", "\n"])))
def test_no_patch_is_too_odd_to_read(patch: str | list[str]) -> None:
    """What an agent wrote never stops the scorer."""
    parse_patch("".join(patch))


def test_a_patch_that_is_cut_keeps_what_it_has() -> None:
    patch = "--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n-one\n+two"
    assert parse_patch(patch)["x"].added == ("two",)


def test_file_not_touched() -> None:
    rule = Rule(kind="file-not-touched", paths=("tests/**", "go.mod"))
    assert True is verdict(rule, change("src/a.go"))
    assert False is verdict(rule, change("src/a.go"), change("tests/b/c_test.go"))
    assert False is verdict(rule, change("go.mod", "removed"))


def test_file_pattern_required() -> None:
    """Every one of the patterns wants a change."""
    rule = Rule(kind="file-pattern-required-in-diff", paths=("src/*.py", "CHANGELOG.md"))
    assert True is verdict(rule, change("src/a.py"), change("CHANGELOG.md"))
    assert False is verdict(rule, change("src/a.py"))


def test_max_lines_changed() -> None:
    rule = Rule(kind="max-lines-changed", max=4)
    assert True is verdict(rule, change("a", added=2, removed=2))
    assert False is verdict(rule, change("a", added=2, removed=2), change("b", added=1, removed=0))
    blob = FileChange(path="logo.png", kind="added", binary=True)
    assert None is verdict(rule, blob), "a binary has no lines to count"
    assert False is verdict(rule, blob, change("a", added=9)), "but too many are too many"


COMMENTS = [
    ("a.py", "x = 1  # why", 1),
    ("a.py", "s = 'no # comment'", 0),
    ("a.py", 's = "\\" # still text"', 0),
    ("a.py", "#!/usr/bin/env python3", 0),
    ("a.rs", "let x = y; // why", 1),
    ("a.rs", "fn f<'a>(x: &'a str) {} // why", 1),
    ("a.rs", '"http://nowhere"', 0),
    ("a.rs", "#[derive(Debug)]", 0),
    ("a.ts", "const s = `// text`;", 0),
    ("a.java", "/* why */ int x;", 1),
    ("a.java", "   * inside a block", 1),
    ("a.go", "x := '\"' // why", 1),
    ("a.sh", "echo $# a#b", 0),
    ("a.sh", "echo a # why", 1),
    ("a.sql", "select 1 -- why", 1),
    ("Makefile", "# why", 1),
    ("a.html", "<!-- why -->", 1),
]


@pytest.mark.parametrize(("path", "line", "count"), COMMENTS, ids=lambda value: str(value))
def test_what_a_comment_is(path: str, line: str, count: int) -> None:
    syntax = syntax_of(path)
    assert syntax is not None
    assert count == comments_in([line], syntax)


def test_no_comments_added() -> None:
    """Moved comments and comments in files that have none do not count; new ones do."""
    rule = Rule(kind="no-comments-added", max=1)
    before = "# top\nx = 1\n"
    moved = diff("a.py", before, "x = 1\n# top\n")
    assert True is verdict(rule, change("a.py"), patch=moved)
    one = diff("a.py", before, before + "y = 2  # why\n")
    assert True is verdict(rule, change("a.py", added=1, removed=0), patch=one)
    two = diff("a.py", before, before + "# a\n# b\n")
    assert False is verdict(rule, change("a.py", added=2, removed=0), patch=two)
    assert True is verdict(rule, change("notes.txt"), patch=diff("notes.txt", "", "# a\n# b\n"))


def test_what_the_diff_does_not_show_is_not_honoured() -> None:
    """A rule that cannot be checked is null, and null is not counted as kept."""
    rule = Rule(kind="no-comments-added")
    assert None is verdict(rule, change("a.py", added=5, removed=0))
    of = task(rules=(rule, Rule(kind="file-not-touched", paths=("tests/**",))))
    axes = score(of, evidence()).axes
    axis = axes.instruction_fidelity
    assert (0.5, 1, 2) == (axis.instruction_fidelity, axis.rules_honoured, axis.rules_declared)
    assert 0.5 == axes.integrity.integrity


CARGO = (
    '[package]\nname = "x"\nversion = "1.0.0"\nedition = "2021"\n\n[dependencies]\nlog = "0.4"\n'
)
PYPROJECT = (
    '[project]\nname = "x"\nversion = "1"\nrequires-python = ">=3.11"\nkeywords = [\n  "sum",\n]\n'
    'dependencies = [\n  "httpx>=0.27",\n]\n\n[tool.ruff]\nline-length = 100\n'
)
PACKAGE = (
    '{\n  "name": "x",\n  "version": "1.0.0",\n  "scripts": {\n    "test": "node t.js"\n  },\n'
    '  "dependencies": {\n    "left-pad": "^1.0.0"\n  }\n}\n'
)
#: (manifest, before, after, names that are new)
DEPENDENCIES = [
    ("requirements.txt", "a==1\n", "a==1\nb>=2  # new\n", {"b"}),
    ("requirements.txt", "a==1\n", "a==2\n", set()),
    ("requirements.txt", "a==1\n", "a==1\n# just a note\n", set()),
    ("requirements-dev.txt", "", "-e git+https://h/x#egg=x\n", {"-e git+https://h/x"}),
    ("Cargo.toml", CARGO, CARGO + 'rand = "0.8"\n', {"rand"}),
    ("Cargo.toml", CARGO, CARGO + 'serde = { version = "1", features = ["derive"] }\n', {"serde"}),
    ("Cargo.toml", CARGO, CARGO + '\n[dev-dependencies.tokio]\nversion = "1"\n', {"tokio"}),
    ("Cargo.toml", CARGO, CARGO.replace('"0.4"', '"0.5"'), set()),
    ("Cargo.toml", CARGO, CARGO.replace('"1.0.0"', '"1.0.1"'), set()),
    ("Cargo.toml", CARGO, CARGO + "\n[profile.release]\nopt-level = 3\n", set()),
    (
        "pyproject.toml",
        PYPROJECT,
        PYPROJECT.replace("]\n\n[tool", '  "rich",\n]\n\n[tool'),
        {"rich"},
    ),
    ("pyproject.toml", PYPROJECT, PYPROJECT.replace('"sum",', '"sum",\n  "total",'), set()),
    ("pyproject.toml", PYPROJECT, PYPROJECT.replace("100", "99"), set()),
    (
        "pyproject.toml",
        PYPROJECT,
        PYPROJECT + '\n[project.optional-dependencies]\ndev = ["pytest", "mypy>=1"]\n',
        {"pytest", "mypy"},
    ),
    (
        "pyproject.toml",
        PYPROJECT,
        PYPROJECT + '\n[tool.poetry.dependencies]\npython = "^3.11"\nattrs = "^23"\n',
        {"attrs"},
    ),
    ("package.json", PACKAGE, PACKAGE.replace('^1.0.0"', '^1.0.0",\n    "chalk": "^5"'), {"chalk"}),
    ("package.json", PACKAGE, PACKAGE.replace("^1.0.0", "^1.1.0"), set()),
    ("package.json", PACKAGE, PACKAGE.replace("node t.js", "node --test"), set()),
    (
        "package.json",
        PACKAGE,
        PACKAGE.replace('  "dep', '  "devDependencies": {\n    "tap": "*"\n  },\n  "dep'),
        {"tap"},
    ),
    ("go.mod", "module x\n\ngo 1.22\n", "module x\n\ngo 1.23\n", set()),
    ("go.mod", "module x\n", "module x\n\nrequire github.com/a/b v1.2.3\n", {"github.com/a/b"}),
    (
        "pom.xml",
        "<dependencies>\n</dependencies>\n",
        "<dependencies>\n<dependency><artifactId>gson</artifactId></dependency>\n</dependencies>\n",
        {"gson"},
    ),
    ("build.gradle", "", "dependencies {\n  implementation 'a.b:c:1.0'\n}\n", {"a.b:c"}),
    ("Gemfile", "", "gem 'rails', '~> 7'\n", {"rails"}),
    ("setup.py", "", "setup(\n  install_requires=['six', \"attrs>=23\"],\n)\n", {"six", "attrs"}),
    ("CMakeLists.txt", "", "find_package(Boost REQUIRED)\n", {"boost"}),
    ("src/sums.py", "", "import os\n", set()),
]


@pytest.mark.parametrize("context", [0, 3], ids=["no context", "context"])
@pytest.mark.parametrize(("path", "before", "after", "new"), DEPENDENCIES)
def test_new_dependencies(path: str, before: str, after: str, new: set[str], context: int) -> None:
    """With the lines around a change, and without them."""
    patch = file_patch(path, before, after, context=context)
    # Without context nothing tells a keyword from a requirement: it counts as one.
    guessed = {"total"} if context == 0 and '"total"' in after else set()
    assert new | guessed == set(new_dependencies(path, patch))


def test_no_new_dependency() -> None:
    rule = Rule(kind="no-new-dependency")
    patch = diff("requirements.txt", "a\n", "a\nb\n")
    assert False is verdict(rule, change("requirements.txt", added=1, removed=0), patch=patch)
    assert True is verdict(rule, change("src/a.py"))
    assert True is verdict(rule, change("requirements.txt", "removed"))
    assert None is verdict(rule, change("requirements.txt")), "no hunk to look at"


def test_running_the_tests_breaks_no_rule() -> None:
    """What a test run leaves behind is litter, also below protected paths."""
    ran = changes("src/sums.py", change("tests/__pycache__/t.cpython-311.pyc", "added"))
    scores = score(task(), evidence(changes=ran))
    assert scores.outcome == "passed"
    assert scores.axes.blast_radius.litter == ("tests/__pycache__/t.cpython-311.pyc",)
    there_before = changes("src/sums.py", change("tests/__pycache__/t.cpython-311.pyc"))
    assert score(task(), evidence(changes=there_before)).outcome == "failed"


def test_an_untouched_tree_is_not_a_clean_one() -> None:
    """Blast and integrity of a run that changed nothing are null, not perfect."""
    axes = score(task(), evidence(changes=changes())).axes
    assert (axes.blast_radius.blast_radius, axes.integrity.integrity) == (None, None)
    assert axes.integrity.not_applicable
