"""Terminals: sizes, raw bytes, and recordings that asciinema can play."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bwrap_kit import run
from hypothesis import given
from hypothesis import strategies as st

from codingagentbench.redact import Redactor
from codingagentbench.sandboxes import CastWriter

NOTHING = Redactor({})


def played(path: Path) -> tuple[dict[str, Any], list[Any], str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    events = [json.loads(line) for line in lines[1:]]
    return json.loads(lines[0]), events, "".join(event[2] for event in events)


def test_a_program_has_a_terminal_of_the_size_asked_for() -> None:
    done = run(
        "stty size <&1; test -t 1 && test -t 2 && ! test -t 0 && echo tty", terminal=(100, 37)
    )
    assert done.text == "37 100\r\ntty\r\n"


def test_without_a_terminal_there_are_pipes_and_never_an_input() -> None:
    done = run("test -t 1 || echo pipe; wc -c; echo e >&2")
    assert done.lines == ["pipe", "0", "e"]


def test_the_output_can_be_opened_by_its_name() -> None:
    for terminal in ((80, 24), None):
        done = run("echo a > /dev/stdout; echo b > /proc/self/fd/2", terminal=terminal)
        assert done.text.split() == ["a", "b"]


def test_bytes_come_as_they_were_written() -> None:
    assert run("printf '\\377\\000\\033[1m\\n'").text == "\ufffd\x00\x1b[1m\n"


def test_a_recording_has_a_header_and_events_in_time(tmp_path: Path) -> None:
    with CastWriter(tmp_path / "c", redactor=NOTHING, columns=80, rows=24, title="t") as cast:
        cast.write(0.5, b"one\r\n")
        cast.write(0.25, b"two")  # a clock that steps back
    header, events, _ = played(tmp_path / "c")
    assert header == {"version": 2, "width": 80, "height": 24, "title": "t"}
    assert events == [[0.5, "o", "one\r\n"], [0.5, "o", "two"]]


def test_a_character_and_a_secret_may_be_split(tmp_path: Path) -> None:
    redactor = Redactor({"sk-12345678": "key"})
    with CastWriter(tmp_path / "c", redactor=redactor) as cast:
        for byte in "a € sk-12345678 b sk-1234".encode() + b"\xff":
            cast.write(1.0, bytes([byte]))
    assert played(tmp_path / "c")[2] == "a € [key] b sk-1234\ufffd"


@given(st.lists(st.binary(max_size=20)), st.integers(0, 60))
def test_what_is_kept_is_the_start_and_the_cut_is_told(pieces: list[bytes], limit: int) -> None:
    import tempfile

    data = b"".join(pieces)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "c")
        with CastWriter(path, redactor=NOTHING, limit_bytes=limit) as cast:
            for number, piece in enumerate(pieces):
                cast.write(float(number), piece)
        text = played(path)[2]
    expected = data[:limit].decode("utf-8", "replace")
    if len(data) > limit:
        expected += f"\r\n[recording cut: {limit} of {len(data)} bytes kept]\r\n"
    assert expected == text


def test_what_the_run_dropped_is_told_too(tmp_path: Path) -> None:
    cast = CastWriter(tmp_path / "c", redactor=NOTHING)
    cast.write(0.0, b"kept")
    cast.close(output_bytes=1000)
    cast.close()
    assert played(tmp_path / "c")[2] == "kept\r\n[recording cut: 4 of 1000 bytes kept]\r\n"


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        CastWriter(tmp_path / "no" / "c", redactor=NOTHING)
