"""Edits as values: a replacement that fits once, a command that survives any text."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from codingagentbench.endpoints.edits import Edit
from codingagentbench.endpoints.shell import WRITTEN, write_command
from codingagentbench.endpoints.textforms import FORMS

from .toolsets import apply_search_replace

lines = st.lists(
    st.sampled_from(["a", "b", "a b", "", "    x", "é", "'", "EOF", "$(x) `y` \\", "```"])
)
texts = st.builds(lambda ls, end: "\n".join(ls) + end, lines, st.sampled_from(["", "\n"]))
plain = st.lists(st.sampled_from(["a", "b", "a b", "", "    x", "é", "EOF"]), min_size=1)
whole_lines = plain.map(lambda ls: "\n".join(ls) + "\n")


@given(texts, texts)
def test_a_span_occurs_once_and_leads_to_the_new_text(old: str, new: str) -> None:
    """Replacing it gives the new file exactly; neither side is ever empty."""
    span = Edit(path="f", before=old.encode(), after=new.encode()).span()
    if span is None:
        assert not old.strip() or not new.strip() or old == new
        return
    assert old.find(span.old) == old.rfind(span.old) >= 0
    assert new == old.replace(span.old, span.new)
    assert span.old.strip()
    assert span.new.strip()


def test_a_span_is_small() -> None:
    """One line of a thousand: not the whole file."""
    old = "".join(f"line {n}\n" for n in range(1000))
    edit = Edit(path="f", before=old.encode(), after=old.replace("e 500\n", "e five\n").encode())
    span = edit.span()
    assert span is not None
    assert (span.old, span.new) == ("line 500", "line five")


def test_what_is_not_text_has_no_span() -> None:
    assert Edit(path="f", before=b"\xff\n", after=b"x\n").span() is None
    assert Edit(path="f", before=b"x\n", after=b"\xff\n").span() is None
    assert Edit(path="f", before=None, after=b"x\n").span() is None


@settings(max_examples=40, deadline=None)
@given(
    st.one_of(st.binary(max_size=60), texts.map(str.encode)),
    st.sampled_from(["plain", "a folder/it's $HOME.txt", "-dash"]),
)
def test_the_command_writes_exactly_these_bytes(content: bytes, path: str) -> None:
    """Any bytes, any path, once or twice over; and its word comes from success alone."""
    with tempfile.TemporaryDirectory() as folder:
        for shell in ("sh", "bash"):
            command = write_command(Edit(path=path, before=None, after=content))
            done = subprocess.run(
                [shell, "-c", command], cwd=folder, capture_output=True, text=True, check=True
            )
            assert f"{WRITTEN} {path}\n" == done.stdout
            assert content == (Path(folder) / path).read_bytes()


def test_a_command_that_fails_does_not_say_it_worked(tmp_path: Path) -> None:
    """Nor does the command's own text, which some terminals repeat."""
    command = write_command(Edit(path="missing/f", before=b"", after=b"x\n"))
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True)
    assert WRITTEN not in done.stdout + done.stderr
    assert WRITTEN not in command


@settings(deadline=None)
@given(whole_lines, whole_lines)
def test_search_replace_blocks_lead_to_the_new_text(old: str, new: str) -> None:
    """As aider reads them: whole lines out, whole lines in."""
    edit = Edit(path="f", before=old.encode(), after=new.encode())
    if edit.span() is None:
        return
    for way in FORMS[0].ways:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "f").write_text(old)
            assert apply_search_replace(Path(folder), way(edit)) == []
            assert new == (Path(folder) / "f").read_text()
