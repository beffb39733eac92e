"""Overlay workspaces: the tree below is never written, the upper folder has what was done."""

from __future__ import annotations

import asyncio
import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from bwrap_kit import Done, run_in

from codingagentbench.sandboxes import Limits, Workspace, open_sandbox


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as path:
        yield Path(path)
        with contextlib.suppress(FileNotFoundError):
            os.chmod(Path(path, "work", "work"), 0o700)  # the kernel makes it unreadable


def run(script: str, folder: Path, **options: object) -> Done:
    lower = folder / "lower"
    (lower / "dir").mkdir(parents=True)
    (lower / "dir" / "file").write_text("below\n")
    (lower / "secret").write_text("0600\n")
    (lower / "secret").chmod(0o600)
    (lower / "tool").write_text("#!/bin/sh\n")
    (lower / "tool").chmod(0o755)

    async def go() -> Done:
        async with open_sandbox().attempt(folder) as slot:
            kind = await slot.overlay_for(lower)
            assert kind == ("root" if os.geteuid() == 0 else "user")
            upper, work = folder / "upper", folder / "work"
            upper.mkdir()
            work.mkdir()
            if kind == "root":
                os.chown(upper, slot.owner.uid, slot.owner.gid)
            workspace = Workspace(
                root=folder, lower=lower, owner=slot.owner, upper=upper, work=work
            )
            return await run_in(slot, script, workspace=workspace, **options)

    return asyncio.run(go())


def test_the_tree_is_seen_as_the_owners_own(folder: Path) -> None:
    done = run("stat -c '%U %a %n' . dir dir/file secret tool; cat secret", folder)
    assert [line.split()[0] for line in done.lines[:5]] == ["agent"] * 5
    assert [line.split()[1] for line in done.lines[1:5]] == ["755", "644", "600", "755"]
    assert done.lines[5] == "0600"


def test_changes_go_to_the_upper_folder_and_not_below(folder: Path) -> None:
    done = run("echo more >> dir/file; rm tool; echo new > new; chmod 644 secret", folder)
    assert done.exit.code == 0
    assert (folder / "lower" / "dir" / "file").read_text() == "below\n"
    assert (folder / "lower" / "tool").exists()
    assert (folder / "lower" / "secret").stat().st_mode & 0o777 == 0o600
    assert (folder / "upper" / "dir" / "file").read_text() == "below\nmore\n"
    assert (folder / "upper" / "new").stat().st_uid == done.owner.uid
    assert sorted(os.listdir(folder / "upper")) == ["dir", "new", "secret", "tool"]


def test_a_folder_of_the_tree_can_be_renamed_by_root_and_copied_else(folder: Path) -> None:
    script = 'python3 -c \'import os; os.rename("dir", "other")\' 2>&1 | tail -1; ls; mv dir last'
    done = run(script, folder)
    if os.geteuid() == 0:
        assert done.lines[0] == "other"
    else:
        assert "Invalid cross-device link" in done.lines[0]
        assert done.exit.code == 0


def test_the_upper_folder_is_bounded(folder: Path) -> None:
    script = "for i in $(seq 60); do head -c 4M /dev/zero > $i; sleep 0.1; done"
    done = run(script, folder, limits=Limits(disk_mb=20))
    assert done.exit.killed_by == "disk"
    assert done.exit.wall_s < 5


def test_many_links_on_the_way_do_not_leave_the_workspace(folder: Path) -> None:
    done = run("ln -s / out; ls out/ | head -30; ls out/root out/upper", folder)
    assert "lower" not in done.text
    assert done.exit.code != 0
