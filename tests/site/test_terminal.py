"""The last screen of a recording, as text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codingagentbench.site.terminal import last_screen, screen_text

from . import laid


@pytest.mark.parametrize(
    ("printed", "stands"),
    [
        ("\x1b[1;32mgreen\x1b[0m\r\nplain", "green\nplain"),
        ("10%\r20%\r100%\r\ndone", "100%\ndone"),
        ("long line\rshort\x1b[K", "short"),
        ("one\r\ntwo\x1b[1A\r1\x1b[1B\r2", "1ne\n2wo"),
        ("ab\b\bX", "Xb"),
        ("a\tb", "a       b"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;https://x.test\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("before\x1b[2Jafter", "before\nafter"),
        ("one\r\ntwo\x1b[2;1H\x1b[Jlast", "one\nlast"),
        ("\x1b[?25lhidden cursor\x1b[?25h", "hidden cursor"),
        ("cut short\x1b[", "cut short"),
    ],
)
def test_what_stands_at_the_end(printed: str, stands: str) -> None:
    assert stands == screen_text(printed)


@given(st.text("\x1b[0;9HABCDJKGf?]\r\n\b\tx\x07", max_size=300))
def test_any_stream_ends_as_plain_text(printed: str) -> None:
    shown = screen_text(printed)
    assert not set(shown) & {chr(n) for n in range(32) if n != 10}


def test_a_stream_made_to_fill_memory_does_not() -> None:
    """Each sequence asks for a new screen far below; only so many lines are kept."""
    shown = screen_text("\x1b[2J\x1b[9999Hx\x1b[9999B\x1b[9999Cy" * 20_000)
    assert len(shown) < 3_000_000


def test_a_recording_is_read(tmp_path: Path) -> None:
    path = tmp_path / "terminal.cast"
    path.write_text(laid.cast("hello\r\n", "wor", "ld\r\n") + '[9, "i", "typed"]\n[1, "o"')
    screen = last_screen(path)
    assert screen is not None
    assert ("hello\nworld", 3, False) == (screen.text, screen.events, screen.cut)
    assert 0.3 == pytest.approx(screen.seconds)


def test_a_long_recording_is_read_from_its_end(tmp_path: Path) -> None:
    path = tmp_path / "terminal.cast"
    path.write_text(laid.cast(*(f"line {n}\r\n" for n in range(40_000))))
    screen = last_screen(path)
    assert screen is not None
    assert screen.text.endswith("line 39999")
    assert screen.cut
    assert len(screen.text) <= 5000


def test_no_recording_is_not_an_empty_one(tmp_path: Path) -> None:
    assert last_screen(tmp_path / "terminal.cast") is None
