"""The hard cases, each by name, in a copy and in an overlay of the real sandbox."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest
from treekit import Operation, as_ordinary_user, expected, played, pristine, reported, scratch

from codingagentbench.sandboxes import Changes, Owner, Workspace
from codingagentbench.sandboxes import changes_content as content
from codingagentbench.sandboxes import changes_found as found_in
from codingagentbench.sandboxes.changes import changes, read_file
from codingagentbench.sandboxes.treewalk import raw, shown
from codingagentbench.sandboxes.workspaces import discard, prepare

#: name -> what is done, and the paths that are added, removed, modified.
CASES: dict[str, tuple[list[Operation], str, str, str]] = {
    "nothing": ([], "", "", ""),
    "edit in place": ([("write", b"a", b"other\n")], "", "", "a"),
    "same size and times": ([("sneak", b"d/e/z")], "", "", "d/e/z"),
    "through a mapping": ([("mapped", b"a")], "", "", "a"),
    "a new file renamed over": (
        [("write", b"tmp", b"new\n"), ("rename", b"tmp", b"b")], "", "", "b",
    ),
    "the same content renamed over": ([("over", b"a")], "", "", ""),
    "touch": ([("touch", b"a"), ("touch", b"d"), ("touch", b"run")], "", "", ""),
    "written with what it had": ([("same", b"a"), ("same", b"d/x")], "", "", ""),
    "edited and put back": ([("sneak", b"a"), ("sneak", b"a")], "", "", ""),
    "mode": ([("mode", b"run", b"644")], "", "", "run"),
    "mode and back": ([("mode", b"run", b"644"), ("mode", b"run", b"755")], "", "", ""),
    "mode of a folder": ([("mode", b"d", b"700")], "", "", ""),
    "no permission at all": (
        [("write", b"d/new", b"x"), ("mode", b"d/new", b"0"), ("mode", b"a", b"0"),
         ("mode", b"d/e", b"0"), ("mode", b"d", b"0")], "d/new", "", "a",
    ),
    "unlink": ([("remove", b"a")], "", "a", ""),
    "unlink and again": ([("remove", b"a"), ("write", b"a", b"alpha\n" * 3)], "", "", ""),
    "a folder": ([("remove", b"d")], "", "d/e/z d/x d/y", ""),
    "a link to elsewhere": (
        [("remove", b"link"), ("symlink", b"b", b"link")], "", "", "link",
    ),
    "a link that became a file": (
        [("remove", b"link"), ("write", b"link", b"alpha\n" * 3)], "", "", "link",
    ),
    "a dangling link": ([("symlink", b"/nowhere/at/all", b"new")], "new", "", ""),
    "a link to a folder is not a folder": ([("symlink", b"d", b"new")], "new", "", ""),
    "a folder in place of a link to a folder": (
        [("remove", b"folder-link"), ("mkdir", b"folder-link"),
         ("write", b"folder-link/x", b"x\n")], "folder-link/x", "folder-link", "",
    ),
    "ignored files": (
        [("write", b".gitignore", b"*\n"), ("write", b"hidden.pyc", b"\0")],
        ".gitignore hidden.pyc", "", "",
    ),
    "file turned folder": (
        [("remove", b"a"), ("mkdir", b"a"), ("write", b"a/in", b"in\n")], "a/in", "a", "",
    ),
    "file turned empty folder": ([("remove", b"a"), ("mkdir", b"a")], "", "a", ""),
    "file turned folder and back": (
        [("remove", b"a"), ("mkdir", b"a"), ("remove", b"a"), ("write", b"a", b"alpha\n" * 3)],
        "", "", "",
    ),
    "folder turned file": (
        [("remove", b"d"), ("write", b"d", b"file\n")], "d", "d/e/z d/x d/y", "",
    ),
    "folder turned file and back": (
        [("renew", b"d"), ("write", b"d/x", b"x\n"), ("write", b"d/y", b"y without end"),
         ("mkdir", b"d/e"), ("write", b"d/e/z", bytes(range(256)))], "", "", "",
    ),
    "a folder made anew": ([("renew", b"d")], "", "d/e/z d/y", "d/x"),
    "empty folders": ([("mkdir", b"new"), ("mkdir", b"new/er"), ("remove", b"empty-folder")],
                      "", "", ""),
    "a folder moved": ([("rename", b"d", b"new")], "new/e/z new/x new/y", "d/e/z d/x d/y", ""),
    "a folder moved, with an edit": (
        [("rename", b"d", b"new"), ("append", b"new/x", b"more\n"), ("remove", b"new/e/z")],
        "new/x new/y", "d/e/z d/x d/y", "",
    ),
    "a folder moved over an empty one": (
        [("rename", b"d", b"empty-folder")],
        "empty-folder/e/z empty-folder/x empty-folder/y", "d/e/z d/x d/y", "",
    ),
    "a folder moved away and back": (
        [("rename", b"d", b"new"), ("rename", b"new", b"d")], "", "", "",
    ),
    "everything in a folder away and back": ([("round", b"d")], "", "", ""),
    "a folder away and back, less one file": (
        [("round", b"d"), ("remove", b"d/e/z")], "", "d/e/z", "",
    ),
    "folders that swap places": (
        [("mkdir", b"new"), ("write", b"new/x", b"x\n"), ("swap", b"d", b"new")],
        "new/e/z new/x new/y", "d/e/z d/y", "",
    ),
    "a file and a folder that swap places": (
        [("swap", b"a", b"d")], "a/e/z a/x a/y d", "a d/e/z d/x d/y", "",
    ),
    "hard links": ([("hard", b"a", b"new")], "new", "", ""),
    "a write through a hard link": (
        [("hard", b"a", b"new"), ("append", b"new", b"more\n")], "new", "", "a",
    ),
    "fifos and sockets": (
        [("fifo", b"new"), ("sock", b"d/sock"), ("remove", b"a"), ("fifo", b"a")],
        "d/sock new", "", "a",
    ),
    "odd bytes": (
        [("write", b"\xfe\n\x1b[2J", b"x"), ("append", b"odd\xff name\n", b"x"),
         ("write", rb"\xff", b"literally"), ("write", rb"back\slash", b"x")],
        "\\xfe\n\x1b[2J|\\x5cxff|back\\slash", "", "odd\\xff name\n",
    ),
    "marks that only the kernel may make": (
        [("mkdir", b"new"), ("forge", b"d"), ("forge", b"new")], "", "", "",
    ),
    "set-id bits": ([("mode", b"run", b"6755")], "", "", "run"),
}  # fmt: skip


def names(text: str) -> tuple[str, ...]:
    return tuple(sorted(text.split("|" if "|" in text or "\n" in text else " "))) if text else ()


@pytest.mark.parametrize("method", ["copy", "overlay"])
@pytest.mark.parametrize("case", CASES)
def test_a_case_by_name(case: str, method: str) -> None:
    """The named paths, and every label and mode as a dump from inside has them."""
    play, added, removed, modified = CASES[case]
    found, after, before = played(play, method=method, look=changes)
    assert (names(added), names(removed), names(modified)) == (
        found.added,
        found.removed,
        found.modified,
    )
    assert expected(before, after) == reported(found)
    assert not found.extra_git_dir
    assert found.method == {"copy": "ctime", "overlay": "overlay"}[method]


@pytest.mark.parametrize("method", ["copy", "overlay"])
def test_a_new_git_folder_is_said_once_and_not_listed(method: str) -> None:
    play: list[Operation] = [
        ("mkdir", b".git"), ("write", b".git/config", b"[core]\n"), ("mkdir", b"d/.git"),
        ("write", b"d/.git/HEAD", b"x"), ("write", b"d/.gitignore", b"x"),
    ]  # fmt: skip
    found, _, _ = played(play, method=method, look=changes)
    assert (("d/.gitignore",), True) == (found.added, found.extra_git_dir)


@pytest.mark.parametrize("method", ["copy", "overlay"])
def test_a_file_called_git_is_listed(method: str) -> None:
    """A worktree's or submodule's pointer is a file like any other."""
    found, _, _ = played([("write", b".git", b"gitdir: /x\n")], method=method, look=changes)
    assert ((".git",), False) == (found.added, found.extra_git_dir)


@pytest.mark.parametrize("method", ["copy", "overlay"])
def test_a_tree_deeper_than_any_path_is_seen_to_its_end_and_removed(method: str) -> None:
    """70 folders of 200 bytes each: more than three times PATH_MAX."""
    play: list[Operation] = [("deep", b"new", b"70"), ("write", b"a", b"x")]
    found, _, _ = played(play, method=method, look=changes, dump=False, tree=None)
    assert found.added == ("/".join(["new", *(["d" * 200] * 70), "bottom"]),)
    assert found.modified == ("a",)


@pytest.mark.parametrize("method", ["copy", "overlay"])
def test_huge_sparse_files_cost_little(method: str) -> None:
    """Told apart by size and head; gigabytes of nothing are not read."""
    size = 2 << 30
    play: list[Operation] = [("sparse", b"new%d" % n, b"%d" % size) for n in range(5)]
    play += [("sparse", b"a", b"%d" % size)]

    def look(workspace: Workspace) -> tuple[Changes, float]:
        started = time.monotonic()
        return changes(workspace), time.monotonic() - started

    (found, seconds), _, _ = played(play, method=method, look=look, dump=False)
    assert len(found.added) == 5
    assert found.modified == ("a",)
    assert all((f.after or "").startswith(f"large:{size}:") for f in found.files)
    assert seconds < 1


def test_large_files_are_hashed_within_an_allowance(tmp_path: Path) -> None:
    """The pristine tree's own size is always affordable; what is added has a bound in all."""
    tree = pristine(tmp_path / "pristine")
    (tree / "big").write_bytes(b"x" * (3 << 20))
    workspace = prepare(tree, at=tmp_path / "ws", owner=me())
    assert workspace.tree is not None
    with open(workspace.tree / "big", "r+b") as file:
        file.seek((3 << 20) - 1)
        file.write(b"y")
    half = content.HASHED // 2
    for number in range(content.HASHED_IN_ALL // half + 3):
        with open(workspace.tree / f"n{number:02}", "wb") as file:
            file.truncate(half)
    labels = {f.path: (f.after or "").partition(":")[0] for f in changes(workspace).files}
    assert labels["big"] == "file"
    assert list(labels.values()).count("large") == 3


def test_an_agent_that_makes_more_files_than_a_list_can_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are counted; what happened to the pristine files is listed all the same."""
    monkeypatch.setattr(found_in, "LISTED_PATHS", 10)
    workspace = prepare(pristine(tmp_path / "pristine"), at=tmp_path / "ws", owner=me())
    assert workspace.tree is not None
    for number in range(25):
        (workspace.tree / f"n{number:02}").touch()
    (workspace.tree / "sp ace").write_text("edited")
    (workspace.tree / "a").unlink()
    found = changes(workspace)
    assert (10, 15) == (len(found.added), found.unlisted)
    assert (("a",), ("sp ace",)) == (found.removed, found.modified)


@pytest.mark.parametrize("round_", range(30))
def test_a_change_in_the_first_moment_is_seen(tmp_path: Path, round_: int) -> None:
    """The kernel's clock ticks every few milliseconds; the baseline is from an earlier tick."""
    workspace = prepare(pristine(tmp_path / "pristine"), at=tmp_path / "ws", owner=me())
    assert workspace.tree is not None
    place = workspace.tree / "a"
    before = place.stat()
    with open(place, "r+b") as file:
        file.write(b"A")
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert changes(workspace).modified == ("a",)


def test_files_whose_clock_does_not_tick_are_looked_into(tmp_path: Path) -> None:
    """On a file system with whole seconds a ctime proves nothing for that second."""
    from codingagentbench.sandboxes import workspaces_copy

    tree = pristine(tmp_path / "pristine")
    (tmp_path / "ws").mkdir()
    far = {b"a": (0o100644, 1, 2, 1 << 62, 5), b"d": (0o40755,), b"b": (0o100644, 1, 2, 3, 5)}
    settled = workspaces_copy._settled(far, os.fsencode(tree))
    assert {**far, b"a": (0o100644, 1, 2, workspaces_copy.UNCERTAIN, 5)} == settled


def test_looking_twice_finds_the_same(tmp_path: Path) -> None:
    """Also as an ordinary user, who has to open what is closed."""

    def twice() -> tuple[Any, Any]:
        with scratch() as folder:
            workspace = prepare(pristine(folder / "p"), at=folder / "ws", owner=me())
            assert workspace.tree is not None
            (workspace.tree / "d" / "x").chmod(0)
            (workspace.tree / "d").chmod(0)
            (workspace.tree / "secret").write_text("s")
            (workspace.tree / "secret").chmod(0)
            seen = changes(workspace), changes(workspace)
            discard(workspace)
            return seen

    first, second = as_ordinary_user(twice)
    assert first == second
    assert (("secret",), ("d/x",)) == (first.added, first.modified)


@pytest.mark.parametrize("method", ["copy", "overlay"])
def test_a_file_can_be_read_afterwards(method: str) -> None:
    """Changed or not; a link, a folder and nothing give nothing."""
    play: list[Operation] = [
        ("write", b"a", b"changed\n"), ("write", b"new\xff", b"12345678"), ("fifo", b"fifo"),
        ("remove", b"b"), ("remove", b"link"), ("symlink", b"/etc/passwd", b"link"),
        ("rename", b"d/e", b"moved"),
    ]  # fmt: skip
    wanted = {
        "a": b"changed\n", "new\\xff": b"1234", "fifo": None, "b": None, "link": None,
        "d/x": b"x\n", "d": None, "not/there": None, "folder-link/x": None,
        "moved/z": bytes(range(4)), "dangling": None,
    }  # fmt: skip

    def look(workspace: Workspace) -> dict[str, bytes | None]:
        return {p: read_file(workspace, p, limit=8 if p == "a" else 4) for p in wanted}

    assert wanted == played(play, method=method, look=look)[0]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (b"plain/a b", "plain/a b"),
        ("ä€".encode(), "ä€"),
        (b"\xff", "\\xff"),
        (rb"\xff", "\\x5cxff"),
        (rb"\x5c", "\\x5cx5c"),
        (rb"a\b\x", "a\\b\\x"),
        (b"\\x5\xff", "\\x5\\xff"),
        (b"\xed\xa0\x80", "\\xed\\xa0\\x80"),
    ],
)
def test_any_path_can_be_shown_and_read_back(path: bytes, text: str) -> None:
    assert text == shown(path)
    assert path == raw(text)


def me() -> Owner:
    return Owner(uid=os.geteuid(), gid=os.getegid())
