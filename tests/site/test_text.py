"""Nothing in a text is hidden or acts; figures read the same everywhere."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codingagentbench.site import text

ANY = st.text(st.characters(codec=None, categories=None), max_size=200)


@given(ANY)
def test_visible_text_hides_nothing(given_text: str) -> None:
    """No control character but tab and line feed, no format character, no half of a pair."""
    shown = text.visible(given_text)
    shown.encode()
    for character in shown:
        assert unicodedata.category(character) not in ("Cc", "Cs") or character in "\t\n"
        assert unicodedata.bidirectional(character) not in (
            "RLO",
            "LRO",
            "RLE",
            "LRE",
            "RLI",
            "PDF",
        )


@given(ANY)
def test_visible_is_idempotent(given_text: str) -> None:
    assert text.visible(text.visible(given_text)) == text.visible(given_text)


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"])))
def test_plain_text_stays(given_text: str) -> None:
    assert given_text == text.visible(given_text)


@pytest.mark.parametrize(
    ("hidden", "shown"),
    [
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("\x1b[31m", "␛[31m"),
        ("\x00", "␀"),
        ("\x7f", "␡"),
        ("\udc80", "\ufffd"),
        ("one\r\ntwo", "one\ntwo"),
        ("one\rtwo", "one␍two"),
        ("zero\u200bwidth", "zero⟨U+200B⟩width"),
    ],
)
def test_what_hides_is_spelled_out(hidden: str, shown: str) -> None:
    assert shown == text.visible(hidden)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (None, "not measured"),
        (0, "0 ms"),
        (0.00031, "0.31 ms"),
        (0.019, "19 ms"),
        (0.9994, "999 ms"),
        (1, "1.00 s"),
        (36.678769, "36.68 s"),
        (638.310613, "638.31 s"),
    ],
)
def test_durations(seconds: float | None, shown: str) -> None:
    assert shown == text.seconds(seconds)


def test_null_is_said_in_words() -> None:
    """Never a zero, never a dash that could be read as one."""
    for spoken in (text.count, text.figure, text.seconds, text.ms, text.size):
        assert "not measured" == spoken(None)


@pytest.mark.parametrize("prefix", ["", "sha256:", "sha256:sha256:"])
def test_a_digest_has_its_prefix_once(prefix: str) -> None:
    assert f"sha256:{'ab' * 32}" == text.digest(prefix + "ab" * 32)


def test_cut_says_how_much_is_missing() -> None:
    assert "abc … (1,000 characters more)" == text.cut("abc" + "d" * 1000, limit=3)
    assert "(1,000 characters before) …\nabc" == text.tail("d" * 1000 + "abc", limit=3)
    assert "abc" == text.cut("abc", limit=3)
