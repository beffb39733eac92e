"""A workspace looks like its tree, belongs to its user, and goes away whatever is in it."""

from __future__ import annotations

import asyncio
import fcntl
import os
import shutil
import struct
import subprocess
import time
from pathlib import Path

import pytest
import treeops
from treekit import as_ordinary_user, played, pristine, scratch

from codingagentbench.errors import SandboxError
from codingagentbench.sandboxes import Command, Owner, open_sandbox
from codingagentbench.sandboxes.changes import changes
from codingagentbench.sandboxes.workspaces import LARGE_BYTES, LARGE_ENTRIES, discard, prepare

ROOT = os.geteuid() == 0
ME = Owner(uid=os.geteuid(), gid=os.getegid())
OTHER = Owner(uid=54321, gid=54322)


@pytest.mark.parametrize("method", ["copy", "overlay"])
def test_inside_it_is_the_tree(method: str) -> None:
    """Contents, modes, links and odd names, as a dump made inside has them."""
    found, after, before = played([], method=method, look=changes)
    assert before == after
    assert () == found.files


@pytest.mark.parametrize("method", ["copy", "overlay"])
def test_inside_everything_belongs_to_the_user_and_has_its_times(
    tmp_path: Path, method: str
) -> None:
    tree = pristine(tmp_path / "pristine")
    os.utime(tree / "d" / "x", ns=(10**18, 10**18 + 7))
    os.utime(tree, ns=(10**18, 10**18 + 9))
    os.chmod(tmp_path, 0o711)

    async def run() -> str:
        async with open_sandbox("bubblewrap").attempt(tmp_path) as slot:
            support = await slot.overlay_for(tree)
            if method == "overlay" and support is None:
                pytest.skip("no overlay can be mounted here")
            workspace = prepare(
                tree,
                at=tmp_path / "ws",
                owner=slot.owner,
                method=method,  # type: ignore[arg-type]
                overlay_support=support,
            )
            printed: list[bytes] = []
            script = "find . -printf '%u:%g\\n' | sort -u; stat -c %y . d/x"
            await slot.run(
                Command(
                    argv=("sh", "-c", script),
                    env={"TZ": "UTC", "PATH": "/usr/bin:/bin"},
                    terminal=None,
                ),
                workspace=workspace,
                sink=lambda _at, data: printed.append(data),
            )
            discard(workspace)
            return b"".join(printed).decode(errors="replace")

    assert [
        "agent:agent",
        "2001-09-09 01:46:40.000000009 +0000",
        "2001-09-09 01:46:40.000000007 +0000",
    ] == asyncio.run(run()).splitlines()


def test_a_copy_breaks_hard_links(tmp_path: Path) -> None:
    """A write to one name must not show in another, and never in the pristine tree."""
    tree = pristine(tmp_path / "pristine")
    os.link(tree / "a", tree / "twin")
    workspace = prepare(tree, at=tmp_path / "ws", owner=ME)
    assert workspace.tree is not None
    (workspace.tree / "a").write_text("changed")
    assert "changed" != (workspace.tree / "twin").read_text()
    assert "changed" != (tree / "a").read_text()
    assert ("a",) == changes(workspace).modified


@pytest.mark.skipif(not ROOT, reason="needs the superuser")
def test_a_copy_belongs_to_its_owner_down_to_the_links(tmp_path: Path) -> None:
    tree = pristine(tmp_path / "pristine")
    (tree / "run").chmod(0o6755)
    workspace = prepare(tree, at=tmp_path / "ws", owner=OTHER)
    assert workspace.tree is not None
    found = [workspace.tree, *workspace.tree.rglob("*")]
    assert {(OTHER.uid, OTHER.gid)} == {(p.lstat().st_uid, p.lstat().st_gid) for p in found}
    assert 0o6755 == (workspace.tree / "run").stat().st_mode & 0o7777


def test_large_files_and_closed_folders_are_copied_whole(tmp_path: Path) -> None:
    tree = pristine(tmp_path / "pristine")
    (tree / "big").write_bytes(os.urandom(1 << 20) * 3 + b"end")
    (tree / "d" / "e").chmod(0o555)
    workspace = prepare(tree, at=tmp_path / "ws", owner=ME)
    assert workspace.tree is not None
    assert 0o555 == (workspace.tree / "d" / "e").stat().st_mode & 0o777
    assert treeops.dump(bytes(tree)) == treeops.dump(bytes(workspace.tree))


@pytest.mark.parametrize(
    ("entries", "size", "support", "copied"),
    [
        (20, 0, "root", True),
        (LARGE_ENTRIES + 50, 0, "root", False),
        (20, LARGE_BYTES + 1, "root", False),
        (LARGE_ENTRIES + 50, 0, None, True),
    ],
)
def test_auto_copies_what_is_small_or_cannot_be_overlaid(
    tmp_path: Path, entries: int, size: int, support: str | None, copied: bool
) -> None:
    if support == "root" and not ROOT:
        support = "user"
    tree = tmp_path / "tree"
    tree.mkdir()
    for number in range(entries):
        (tree / str(number)).touch()
    with open(tree / "sparse", "wb") as file:
        file.truncate(size)
    workspace = prepare(tree, at=tmp_path / "ws", owner=ME, overlay_support=support)  # type: ignore[arg-type]
    assert copied == (workspace.tree is not None)
    assert (None if copied else support) == workspace.overlay


def test_what_cannot_be_done_is_said_in_one_sentence(tmp_path: Path) -> None:
    tree = pristine(tmp_path / "pristine")
    with pytest.raises(SandboxError, match="no overlay workspace: this machine cannot mount one"):
        prepare(tree, at=tmp_path / "ws", owner=ME, method="overlay")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    with pytest.raises(SandboxError, match=r"full: the folder for a workspace is not empty"):
        prepare(tree, at=tmp_path / "full", owner=ME)
    with pytest.raises(SandboxError, match="No such file"):
        prepare(tmp_path / "nothing", at=tmp_path / "ws2", owner=ME)
    os.mkfifo(tree / "fifo")
    with pytest.raises(SandboxError, match="only files, folders and links"):
        prepare(tree, at=tmp_path / "ws3", owner=ME)


@pytest.mark.skipif(not Path("/dev/shm").is_dir() or not ROOT, reason="needs a mount")
def test_a_file_system_that_cannot_hold_an_upper_folder_gets_a_copy(tmp_path: Path) -> None:
    """An overlay on an overlay, as in many containers."""
    tree = tmp_path / "tree"
    tree.mkdir()
    for number in range(LARGE_ENTRIES + 1):
        (tree / str(number)).touch()
    folders = [tmp_path / name for name in ("lower", "upper", "work", "merged")]
    for folder in folders:
        folder.mkdir()
    options = f"lowerdir={folders[0]},upperdir={folders[1]},workdir={folders[2]}"
    subprocess.run(["mount", "-t", "overlay", "o", "-o", options, folders[3]], check=True)
    try:
        workspace = prepare(tree, at=folders[3] / "ws", owner=ME, overlay_support="root")
        assert workspace.tree is not None
        with pytest.raises(SandboxError, match=r"file system \(overlay\) cannot hold"):
            prepare(tree, at=folders[3] / "ws2", owner=ME, method="overlay", overlay_support="root")
        discard(workspace)
    finally:
        subprocess.run(["umount", folders[3]], check=True)


def evil(top: Path) -> None:
    """Everything that makes a removal stumble."""
    outside = top.parent.parent / "outside"
    (top / "to-outside").symlink_to(outside)
    (top / "up").symlink_to("../..")
    closed = top / "closed" / "inner"
    closed.mkdir(parents=True)
    (closed / "file").touch()
    closed.chmod(0)
    closed.parent.chmod(0o111)
    (top / "listless").mkdir()
    (top / "listless" / "x").touch()
    (top / "listless").chmod(0o444)
    os.mkdir(bytes(top) + b"/\xff\n-rf *")
    os.mkfifo(top / "fifo")
    treeops.sock(bytes(top) + b"/sock")
    here = os.getcwd()
    os.chdir(top)
    treeops.deep(b"deep", b"300")
    os.chdir(here)


def removed(folder: Path) -> tuple[bool, list[str]]:
    (folder / "outside").mkdir()
    (folder / "outside" / "kept").touch()
    workspace = prepare(pristine(folder / "pristine"), at=folder / "ws", owner=ME)
    assert workspace.tree is not None
    evil(workspace.tree)
    discard(workspace)
    discard(workspace)  # gone already is fine
    return workspace.root.exists(), os.listdir(folder / "outside")


def test_discard_removes_whatever_was_left_and_nothing_else() -> None:
    with scratch() as folder:
        assert (False, ["kept"]) == removed(folder)


def test_discard_does_so_for_an_ordinary_user_too() -> None:
    def work() -> tuple[bool, list[str]]:
        with scratch() as folder:
            return removed(folder)

    assert (False, ["kept"]) == as_ordinary_user(work)


@pytest.mark.skipif(not ROOT, reason="needs the superuser")
def test_discard_clears_immutable_flags(tmp_path: Path) -> None:
    workspace = prepare(pristine(tmp_path / "pristine"), at=tmp_path / "ws", owner=OTHER)
    assert workspace.tree is not None
    for path in (workspace.tree / "a", workspace.tree / "d", workspace.tree / "d" / "x"):
        fd = os.open(path, os.O_RDONLY)
        try:
            fcntl.ioctl(fd, 0x4008_6602, struct.pack("l", 0x10))
        except OSError:
            pytest.skip("this file system has no immutable files")
        finally:
            os.close(fd)
    with pytest.raises(PermissionError):
        (workspace.tree / "a").unlink()
    discard(workspace)
    assert not workspace.root.exists()


def test_three_thousand_folders_deep(tmp_path: Path) -> None:
    """Neither recursion nor the number of open descriptors is a limit."""
    workspace = prepare(pristine(tmp_path / "pristine"), at=tmp_path / "ws", owner=ME)
    assert workspace.tree is not None
    fd = os.open(workspace.tree, os.O_RDONLY)
    for _ in range(3_000):
        os.mkdir("n", dir_fd=fd)
        below = os.open("n", os.O_RDONLY, dir_fd=fd)
        os.close(fd)
        fd = below
    os.close(os.open("bottom", os.O_CREAT | os.O_WRONLY, dir_fd=fd))
    os.close(fd)
    assert ("n/" * 3_000 + "bottom",) == changes(workspace).added
    discard(workspace)
    assert not workspace.root.exists()


def test_a_small_tree_costs_little(tmp_path: Path) -> None:
    """Twenty files: a copy, the changes and the removal, each in milliseconds."""
    tree = tmp_path / "tree"
    tree.mkdir()
    for number in range(20):
        (tree / f"{number}.py").write_text("line\n" * 50)
    best = {"prepare": 1.0, "changes": 1.0, "discard": 1.0}
    for number in range(7):
        times = [time.perf_counter()]
        workspace = prepare(tree, at=tmp_path / f"ws{number}", owner=ME)
        times.append(time.perf_counter())
        changes(workspace)
        times.append(time.perf_counter())
        discard(workspace)
        times.append(time.perf_counter())
        for name, start, stop in zip(best, times, times[1:], strict=False):
            best[name] = min(best[name], stop - start)
    assert all(seconds < 0.015 for seconds in best.values()), best
    shutil.rmtree(tree)
