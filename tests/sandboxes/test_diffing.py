"""Patches that other tools can apply, and figures that stay true when time is short."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codingagentbench.sandboxes.diffing import Counts, Patch, Side
from codingagentbench.sandboxes.diffing_lines import Effort, differences

Tree = dict[bytes, Side]


def text(content: bytes, mode: int = 0o100644) -> Side:
    return Side(kind="file", mode=mode, data=content)


def patch_of(
    before: Tree, after: Tree, max_bytes: int = 1 << 20
) -> tuple[str, dict[bytes, Counts]]:
    patch = Patch(max_bytes=max_bytes)
    paths = [p for p in sorted(before.keys() | after.keys()) if before.get(p) != after.get(p)]
    counts = {path: patch.add(path, before.get(path), after.get(path)) for path in paths}
    return patch.text(), counts


def build(top: Path, tree: Tree) -> None:
    top.mkdir()
    for path, side in tree.items():
        place = os.fsencode(top) + b"/" + path
        os.makedirs(os.path.dirname(place), exist_ok=True)
        assert side.data is not None
        if side.kind == "link":
            os.symlink(side.data, place)
        else:
            with open(place, "wb") as file:
                file.write(side.data)
            os.chmod(place, side.mode & 0o777)


def built(top: Path) -> Tree:
    found = {}
    for base, folders, names in os.walk(os.fsencode(top)):
        for name in [*names, *(f for f in folders if os.path.islink(base + b"/" + f))]:
            place = base + b"/" + name
            path = os.path.relpath(place, os.fsencode(top))
            if os.path.islink(place):
                found[path] = Side(kind="link", mode=0o120777, data=os.readlink(place))
            else:
                with open(place, "rb") as file:
                    found[path] = text(file.read(), 0o100000 | os.stat(place).st_mode & 0o777)
    return found


APPLY = {
    "git": ["git", "-c", "core.fsync=none", "apply", "--whitespace=nowarn", "-p1", "-"],
    "patch": ["patch", "-p1", "--quiet", "--no-backup-if-mismatch"],
}


def apply(tool: str, folder: Path, before: Tree, patch: str) -> Tree:
    """What ``tool`` makes of ``before``, in a folder that nobody else wrote to."""
    top = folder / tool
    build(top, before)
    if patch:
        done = subprocess.run(
            APPLY[tool], cwd=top, input=patch.encode(), capture_output=True,
            env=os.environ | {"HOME": str(folder), "GIT_CEILING_DIRECTORIES": str(folder)},
        )  # fmt: skip
        assert done.returncode == 0, (done.stdout + done.stderr).decode() + patch
    result = built(top)
    shutil.rmtree(top)
    return result


BEFORE: Tree = {
    b"kept": text(b"same\n"),
    b"edited": text(b"".join(b"line %d\n" % n for n in range(40))),
    b"removed": text(b"gone\nsoon\n"),
    b"no-end": text(b"first\nlast"),
    b"empty-gone": text(b""),
    b"made-executable": text(b"#!/bin/sh\n"),
    b"sp ace": text(b"old\n"),
    b'quo"te\\ \t\n': text(b"old\n"),
    b"\xc3\xa4\xe2\x82\xac": text(b"old\n"),
    b"odd\xff": text(b"old\n"),
    b"crlf": text(b"one\r\ntwo\rthree\x0b\x0c\n"),
    b"link": Side(kind="link", mode=0o120777, data=b"kept"),
    b"was-file": text(b"file\n"),
    b"folder/in": text(b"in\n"),
}
AFTER: Tree = {
    b"kept": text(b"same\n"),
    b"edited": text(
        b"".join(b"line %d\n" % n for n in range(40) if n not in (0, 20, 39)) + b"more\n"
    ),
    b"no-end": text(b"first\nlast\nand more"),
    b"empty-new": text(b""),
    b"made-executable": text(b"#!/bin/sh\n", 0o100755),
    b"sp ace": text(b"new\n"),
    b'quo"te\\ \t\n': text(b"new\n"),
    b"\xc3\xa4\xe2\x82\xac": text(b"new\n"),
    b"odd\xff": text(b"new\n"),
    b"crlf": text(b"one\r\nTWO\rthree\x0b\x0c\n"),
    b"link": Side(kind="link", mode=0o120777, data=b"edited"),
    b"was-file": Side(kind="link", mode=0o120777, data=b"kept"),
    b"new folder/deep/new": text(b"added\nwithout end"),
    b"folder": text(b"a file now\n"),
}


@pytest.mark.parametrize("tool", ["git", "patch"])
def test_a_patch_makes_the_one_tree_from_the_other(tmp_path: Path, tool: str) -> None:
    """Edits, additions, removals, modes, links, odd names, files without an end of line."""
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not here")
    after = dict(AFTER)
    if tool == "patch":
        del after[b"folder"]  # it removes emptied folders only at its end, too late for that
    patch, _ = patch_of(BEFORE, after)
    assert apply(tool, tmp_path, BEFORE, patch) == after


lines = st.lists(st.sampled_from([b"a", b"b", b"", b"}", b"unique %d", b" x\r"]), max_size=25)
contents = st.builds(
    lambda parts, end: b"\n".join(p % n if b"%" in p else p for n, p in enumerate(parts)) + end,
    lines,
    st.sampled_from([b"", b"\n"]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(before=st.none() | contents, after=st.none() | contents)
@pytest.mark.parametrize("tool", ["git", "patch"])
def test_any_two_texts(
    tmp_path: Path, tool: str, before: bytes | None, after: bytes | None
) -> None:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not here")
    old = {} if before is None else {b"f": text(before)}
    new = {} if after is None else {b"f": text(after)}
    patch, _ = patch_of(old, new)
    assert new == apply(tool, tmp_path, old, patch)


@given(
    st.lists(st.integers(0, 5), max_size=40),
    st.lists(st.integers(0, 5), max_size=40),
    st.integers(0, 300),
)
def test_the_stretches_tell_what_to_do_however_little_time_there_is(
    old: list[int], new: list[int], steps: int
) -> None:
    """Replacing them gives the new text; outside them the texts are the same."""
    a, b = [b"%d\n" % n for n in old], [b"%d\n" % n for n in new]
    parts = differences(a, b, Effort(steps))
    made, at = [], 0
    for part in parts:
        assert part.a_from < part.a_to or part.b_from < part.b_to
        assert at <= part.a_from
        made += a[at : part.a_from] + b[part.b_from : part.b_to]
        at = part.a_to
    assert b == made + a[at:]


@given(st.lists(st.integers(0, 3), max_size=25), st.lists(st.integers(0, 3), max_size=25))
def test_with_time_enough_no_shorter_edit_exists_between_anchors(
    old: list[int], new: list[int]
) -> None:
    """Where no line is unique, the number of lines is that of the longest common subsequence."""
    a, b = [b"%d\n" % n for n in old] * 2, [b"%d\n" % n for n in new] * 2
    parts = differences(a, b, Effort())
    length = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, line in enumerate(a):
        for j, other in enumerate(b):
            length[i + 1][j + 1] = (
                length[i][j] + 1 if line == other else max(length[i][j + 1], length[i + 1][j])
            )
    shortest = len(a) + len(b) - 2 * length[-1][-1]
    assert shortest == sum(p.a_to - p.a_from + p.b_to - p.b_from for p in parts)


def test_lines_are_counted() -> None:
    _, counts = patch_of(BEFORE, AFTER)
    assert Counts(1, 3, binary=False) == counts[b"edited"]
    assert Counts(0, 2, binary=False) == counts[b"removed"]
    assert Counts(2, 1, binary=False) == counts[b"no-end"]
    assert Counts(0, 0, binary=False) == counts[b"made-executable"]
    assert Counts(2, 0, binary=False) == counts[b"new folder/deep/new"]


@pytest.mark.parametrize(
    "content", [b"a\0b", b"\xff\xfe", "größe".encode("latin-1"), b"\xed\xa0\x80"]
)
def test_what_is_not_utf8_text_is_binary_and_only_named(content: bytes) -> None:
    patch, counts = patch_of({b"x": text(content)}, {b"x": text(b"now text\n")})
    assert Counts(None, None, binary=True) == counts[b"x"]
    assert patch == "Binary files a/x and b/x differ\n"


def test_a_binary_file_does_not_keep_the_rest_from_being_applied(tmp_path: Path) -> None:
    before = BEFORE | {b"binary": text(b"\0"), b"zz": text(b"\0")}
    patch, _ = patch_of(before, AFTER | {b"binary": text(b"\0\0"), b"zz": text(b"\0\0")})
    assert AFTER | {b"binary": text(b"\0"), b"zz": text(b"\0")} == apply(
        "git", tmp_path, before, patch
    )


def test_what_is_too_large_for_the_patch_is_left_out_whole(tmp_path: Path) -> None:
    """Small files still get in, the figures stay, and what is there can be applied."""
    before = {b"a": text(b""), b"big": text(b""), b"z": text(b"")}
    after = {b"a": text(b"a\n"), b"big": text(b"line\n" * 1000), b"z": text(b"z\n")}
    patch = Patch(max_bytes=500)
    counts = [patch.add(path, before[path], after[path]) for path in sorted(before)]
    assert [c.added for c in counts] == [1, 1000, 1]
    assert patch.truncated
    assert len(patch.text()) <= 500
    assert after | {b"big": text(b"")} == apply("git", tmp_path, before, patch.text())


def test_content_that_was_too_large_to_keep_is_named() -> None:
    large = Side(kind="file", mode=0o100644, data=None)
    patch = Patch(max_bytes=1000)
    assert Counts(None, None, binary=False) == patch.add(b"x", large, text(b""))
    assert patch.text() == "Large files a/x and b/x differ\n"


def numbers(values: range, end: bytes = b"\n") -> bytes:
    return b"".join(b"%d" % value + end for value in values)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\n" * 500_000, b"x\n\n" * 250_000),
        (b"}\n{\n" * 150_000, b"{\n}\n;\n" * 100_000),
        (numbers(range(100_000)), numbers(range(99_999, -1, -1))),
        (numbers(range(0, 350_000, 7), b"\n\n"), numbers(range(0, 550_000, 11), b"\n\n")),
        (b"x" * (1 << 20), b"y" * (1 << 20)),
    ],
    ids=["blank lines", "braces", "turned round", "half the anchors", "one line"],
)  # fmt: skip
def test_no_megabyte_takes_long(old: bytes, new: bytes) -> None:
    """Texts made to be slow stay within a bound; the counts add up all the same."""
    started = time.process_time()
    patch = Patch(max_bytes=1 << 23)
    counts = patch.add(b"f", text(old), text(new))
    assert time.process_time() - started < 4
    assert counts.added is not None
    assert counts.removed is not None
    assert counts.added - counts.removed == new.count(b"\n") - old.count(b"\n")


def test_a_thousand_slow_files_share_one_allowance() -> None:
    old, new = b"{\n}\n" * 1000, b"}\n{\n;\n" * 700
    started = time.process_time()
    patch = Patch(max_bytes=1 << 20)
    for number in range(300):
        patch.add(b"%d" % number, text(old), text(new))
    assert time.process_time() - started < 15
