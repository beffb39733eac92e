"""One meaning of a glob, for tasks, carrying and scoring."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codingagentbench.globs import matches

CASES = [
    ("README.md", "README.md", True),
    ("docs/README.md", "README.md", False),
    ("docs/README.md", "**/README.md", True),
    ("README.md", "**/README.md", True),
    ("a/b/c/README.md", "**/README.md", True),
    ("xREADME.md", "**/README.md", False),
    ("src/lib.rs", "src/*.rs", True),
    ("src/a/lib.rs", "src/*.rs", False),
    ("src/a/lib.rs", "src/**/*.rs", True),
    ("src/lib.rs", "src/**/*.rs", True),
    ("src/lib.rs", "src/**", True),
    ("src", "src/**", False),
    ("src/a/b", "src/", True),
    ("src", "src/", False),
    ("srcs/a", "src/", False),
    ("anything", "**", True),
    ("any/thing", "**", True),
    ("any/thing", "*", False),
    (".hidden", "*", True),
    ("a1", "a?", True),
    ("a/", "a?", False),
    ("axb/c", "a**b/c", True),
    ("ax/yb/c", "a**b/c", False),
    ("a/b", "a/**/b", True),
    ("a/x/y/b", "a/**/b", True),
    ("axb", "a.b", False),
    ("a[1]", "a[1]", True),
    ("A", "a", False),
    ("line\nbreak", "line*", True),
    ("tests/t.py", "**/tests/**", True),
    ("a/tests/b/t.py", "**/tests/**", True),
    ("a.b/.git/config", "**/.git/", True),
]


@pytest.mark.parametrize(("path", "glob", "expected"), CASES)
def test_each_form_has_one_meaning(path: str, glob: str, expected: bool) -> None:
    assert expected == matches(path, (glob,))


def test_one_of_several_is_enough_and_none_matches_nothing() -> None:
    assert matches("b.py", ["a.py", "b.py"])
    assert not matches("b.py", ())


parts = st.text("ab.\n\udc80", min_size=1, max_size=4).filter(lambda p: p not in (".", ".."))


@given(st.lists(parts, min_size=1, max_size=5))
def test_a_path_without_wildcards_matches_itself_alone(path: list[str]) -> None:
    name = "/".join(path)
    assert matches(name, (name,))
    assert not matches("x/" + name, (name,))
    assert matches("x/" + name, ("**/" + name,))
    assert matches(name, ("**",))
