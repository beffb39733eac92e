"""Syntax in colours: nothing of a diff is lost by it, and nothing in one can act through it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codingagentbench.sandboxes import FileChange
from codingagentbench.site.colours import diff_html
from codingagentbench.site.diff import ChangedFile, Line
from codingagentbench.site.text import visible

from .test_hostile import CORPUS


class _Read(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(f"{tag} {attrs}")

    def handle_data(self, data: str) -> None:
        self.text += data


def read(path: str, lines: list[tuple[str, str]]) -> _Read:
    change = FileChange(path=path, kind="modified")
    made = diff_html(
        ChangedFile(change=change, mark="expected", lines=tuple(Line(*line) for line in lines))
    )
    found = _Read()
    found.feed(str(made))
    found.close()
    return found


RUST = [
    ("hunk", "@@ -1,2 +1,2 @@"),
    ("same", " fn main() {"),
    ("del", '-    let word = "old"; // said'),
    ("add", '+    let word = "new"; // said'),
    ("same", "\\ No newline at end of file"),
]


def test_words_of_a_language_have_colours() -> None:
    found = read("src/main.rs", RUST)
    assert "".join(f"{text}\n" for _, text in RUST) == found.text
    kinds = {tag.partition("'class', '")[2][:1] for tag in found.tags if tag.startswith("i ")}
    assert {"k", "s", "c", "f"} <= kinds


@pytest.mark.parametrize("path", ["README", "x.unknown", "a.rs"])
def test_what_is_not_known_or_far_too_long_is_plain(path: str) -> None:
    text = "x" * 400 if path == "a.rs" else "fn main() {}"
    found = read(path, [("add", f"+{text}")])
    assert f"+{text}\n" == found.text
    assert not any(tag.startswith("i ") for tag in found.tags)


def test_a_comment_that_is_taken_away_colours_nothing_that_stays() -> None:
    lines = [("del", "-/*"), ("same", " fn f() {}"), ("del", "-*/"), ("add", "+fn g() {}")]
    found = read("a.rs", lines)
    assert "".join(f"{text}\n" for _, text in lines) == found.text
    assert any("'k'" in tag for tag in found.tags)


@pytest.mark.parametrize("poison", CORPUS)
@pytest.mark.parametrize("ending", ["py", "rs", "js", "json", "sh"])
def test_nothing_acts(poison: str, ending: str) -> None:
    lines = [("add", f"+{line}") for line in poison.split("\n")]
    found = read(f"a.{ending}", lines)
    assert {tag.split()[0] for tag in found.tags} <= {"span", "i"}
    assert visible("".join(f"{text}\n" for _, text in lines)) == found.text


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["add", "del", "same"]),
            st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=30),
        ),
        max_size=12,
    ),
    st.sampled_from(["py", "rs", "js", "go", "java", "cpp", "sh", "toml", "yaml", "css", "ts"]),
)
def test_whatever_is_in_a_diff_is_on_the_page(given: list[tuple[str, str]], ending: str) -> None:
    signs = {"add": "+", "del": "-", "same": " "}
    lines = [(kind, f"{signs[kind]}{text}") for kind, text in given]
    found = read(f"a.{ending}", lines)
    assert visible("".join(f"{text}\n" for _, text in lines)) == found.text
