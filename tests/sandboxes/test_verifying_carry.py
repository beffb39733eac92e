"""Into the verified tree goes what the task allows, and nothing by which a judge is bought."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import pytest
import treeops
from hypothesis import HealthCheck, given, settings
from test_changes_methods import plays
from treekit import Operation, played_in, scratch
from verifykit import task_of, verified

from codingagentbench.sandboxes import Changes, Command, FileChange, Mount, Workspace, open_sandbox
from codingagentbench.sandboxes import workspaces as workspaces_module
from codingagentbench.sandboxes.carry import NEVER, UNLESS_NAMED, assemble, carry_plan
from codingagentbench.sandboxes.changes import changes
from codingagentbench.sandboxes.treewalk import raw
from codingagentbench.sandboxes.workspaces import discard
from codingagentbench.tasks import Task

SHOW = "cd /workspace; find . ! -type d | sort; cat Cargo.toml pytest.ini tests/t.py 2>/dev/null; "
GOOD = "say one pass; say two pass; echo '{\"done\": 2}' >&3"
TREE = {
    "Cargo.toml": "pristine cargo\n", "pytest.ini": "pristine ini\n", "tests/t.py": "pristine t\n",
}  # fmt: skip


def act(tree: Path) -> None:
    for path in (
        "src/main.txt", "src/new/deep.txt", "Cargo.toml", "pytest.ini", "tests/t.py", "conftest.py",
        "src/conftest.py", "src/sitecustomize.py", "src/x.pth", "src/__pycache__/m.pyc",
        ".git/config", ".gitattributes", "build.rs", ".cargo/config.toml", "package.json",
        "node_modules/x/index.js", ".npmrc", "go.work", "Makefile", "elsewhere.txt",
    ):  # fmt: skip
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        (tree / path).write_text("the agent's\n")
    (tree / "README").unlink()
    (tree / "src" / "out").symlink_to("/etc/passwd")
    (tree / "src" / "up").symlink_to("../../verifier")
    (tree / "src" / "round").symlink_to("new/../../..")
    (tree / "src" / "fine").symlink_to("../src/main.txt")
    os.mkfifo(tree / "src" / "fifo")


@pytest.mark.parametrize("overlay", [False, True], ids=["copy", "overlay"])
def test_what_goes_in_and_what_stays_out(
    tmp_path: Path, overlay: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = task_of(tmp_path / "t", script=SHOW + GOOD, tree=TREE, protected=("tests/**",))
    if overlay:
        monkeypatch.setattr(workspaces_module, "LARGE_ENTRIES", 9)  # the verified tree has more
        for number in range(9):
            (task.tree / f"more{number}").touch()
    done, _ = verified_by_copy(task) if overlay else verified(task, act)
    assert [
        "./Cargo.toml", "./elsewhere.txt", *(f"./more{n}" for n in range(9 if overlay else 0)),
        "./pytest.ini", "./src/fine", "./src/main.txt", "./src/new/deep.txt", "./tests/t.py",
        "pristine cargo", "pristine ini", "pristine t",
    ] == done.output.splitlines()  # fmt: skip
    assert (
        ".cargo/config.toml", ".gitattributes", ".npmrc", "Cargo.toml", "Makefile", "build.rs",
        "conftest.py", "go.work", "node_modules/x/index.js", "package.json", "pytest.ini",
        "src/__pycache__/m.pyc", "src/conftest.py", "src/fifo", "src/out", "src/round",
        "src/sitecustomize.py", "src/up", "src/x.pth", "tests/t.py",
    ) == done.left_out  # fmt: skip
    assert done.sound


def verified_by_copy(task: Task) -> Any:
    """The agent's own workspace is a copy, so that ``act`` needs no mount; the verified one not."""
    from codingagentbench.sandboxes import verify
    from codingagentbench.sandboxes.workspaces import prepare
    from codingagentbench.tasks import KIT

    async def run(base: Path) -> Any:
        sandbox = open_sandbox("bubblewrap")
        async with sandbox.attempt(base) as slot:
            if await slot.overlay_for(task.tree) is None:
                pytest.skip("no overlay can be mounted here")
            workspace = prepare(task.tree, at=base / "ws", owner=slot.owner, method="copy")
            assert workspace.tree is not None
            act(workspace.tree)
            found = changes(workspace)
            done = await verify(
                sandbox=sandbox, task=task, scratch=base, kit=KIT, workspace=workspace,
                changes=found,
            )  # fmt: skip
            discard(workspace)
            return done, found

    with scratch() as base:
        return asyncio.run(run(base))


def plan(task: Task, *rows: tuple[str, str] | tuple[str, str, str]) -> tuple[set[str], set[str]]:
    """What is put and removed of changes given as (kind, path[, after])."""
    files = tuple(
        FileChange(kind=kind, path=path, after=after[0] if after else _after(kind))
        for kind, path, *after in rows
    )
    made = carry_plan(task, Changes(files=files))
    assert {c.path for c in files} == made.put | made.remove | set(made.left_out)
    return set(made.put), set(made.remove)


def _after(kind: str) -> str | None:
    return None if kind == "removed" else "file:0"


@pytest.mark.parametrize("path", ["Cargo.toml", "crates/a/Cargo.toml"])
def test_a_task_that_names_a_build_file_gets_it(tmp_path: Path, path: str) -> None:
    named = task_of(tmp_path / "1", script="", expected=("src/**", "**/Cargo.toml"))
    broad = task_of(tmp_path / "2", script="", expected=("**", "*.toml"))
    assert ({path}, set()) == plan(named, ("modified", path))
    assert (set(), set()) == plan(broad, ("modified", path))


@pytest.mark.parametrize("path", [".git/config", "a/.gitignore", "sitecustomize.py", "a/b.pyc"])
def test_what_is_never_carried_is_not_even_by_name(tmp_path: Path, path: str) -> None:
    task = task_of(tmp_path / "t", script="", expected=(path,))
    assert (set(), set()) == plan(task, ("added", path))


def test_only_what_matches_carry_and_is_not_protected(tmp_path: Path) -> None:
    task = task_of(
        tmp_path / "t", script="", carry=("src/**", "DOC.md"), protected=("src/fixed.txt",)
    )
    rows = [("modified", p) for p in ("src/a", "src/fixed.txt", "DOC.md", "x/DOC.md", "b")]
    assert ({"src/a", "DOC.md"}, set()) == plan(task, *rows, ("removed", "b2"))


def test_nothing_takes_the_place_of_what_stays(tmp_path: Path) -> None:
    """A file cannot hide a protected folder, nor a folder a protected file."""
    task = task_of(tmp_path / "t", script="", protected=("tests/**", "fixed"))
    assert (set(), set()) == plan(task, ("added", "tests"), ("removed", "tests/t.py"))
    assert (set(), set()) == plan(task, ("removed", "fixed"), ("added", "fixed/in"))
    assert ({"d"}, {"d/x"}) == plan(task, ("added", "d"), ("removed", "d/x"))
    assert ({"f/in"}, {"f"}) == plan(task, ("removed", "f"), ("added", "f/in"))


@pytest.mark.parametrize(
    ("path", "target", "inside"),
    [
        ("a", "b", True),
        ("a", "b/c/d", True),
        ("d/a", "../b", True),
        ("d/e/a", "../../b", True),
        ("d/e/a", "../../../b", False),
        ("a", "..", False),
        ("a", "/etc/passwd", False),
        ("a", "/", False),
        ("d/a", "x/../../..", False),
        ("d/a", "x/..", False),
        ("d/a", "./../b", False),
        ("a", "", False),
    ],
)
def test_a_link_that_could_leave_the_tree_stays_out(
    tmp_path: Path, path: str, target: str, inside: bool
) -> None:
    task = task_of(tmp_path / "t", script="")
    assert ({path} if inside else set(), set()) == plan(task, ("added", path, f"link:{target}"))


@pytest.mark.parametrize("kind", ["fifo", "socket", "device", f"large:{1 << 40}:0", "unknown"])
def test_only_files_and_links_are_carried(tmp_path: Path, kind: str) -> None:
    task = task_of(tmp_path / "t", script="")
    assert (set(), set()) == plan(task, ("added", "src/x", kind))


def test_a_path_too_long_for_the_kernel_stays_out(tmp_path: Path) -> None:
    """Else whoever makes one could turn a failed task into a broken verifier."""
    task = task_of(tmp_path / "t", script="")
    long = "/".join(["d" * 200] * 20)
    assert (set(), set()) == plan(task, ("added", long))


def test_the_tables_have_no_row_twice_and_no_row_that_does_nothing() -> None:
    rows = NEVER + UNLESS_NAMED
    assert sorted(set(rows)) == sorted(rows)


@settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck), derandomize=True)
@given(plays)
def any_play(overlay: bool, monkeypatch: pytest.MonkeyPatch, play: list[Operation]) -> None:
    monkeypatch.setattr(workspaces_module, "LARGE_ENTRIES", 0 if overlay else 10**9)
    with scratch() as folder:
        task = task_of(folder / "t", script="", protected=("d/e/**",))
        asyncio.run(_same_as_told(folder, task, play))


async def _same_as_told(folder: Path, task: Task, play: list[Operation]) -> None:
    """The assembled tree, seen from inside, is the pristine one with the carried changes."""
    before = treeops.dump(bytes(await _pristine(folder)))

    async def look(workspace: Workspace) -> None:
        found = changes(workspace)
        async with open_sandbox("bubblewrap").attempt(folder) as slot:
            support = await slot.overlay_for(workspace.lower)
            assembled = assemble(
                task=task, source=workspace, changes=found, at=folder / "assembled",
                owner=slot.owner, overlay_support=support,
            )  # fmt: skip
            done = await slot.run(
                Command(
                    argv=("python3", "/ops/treeops.py", "3", "[]", "dump"),
                    mounts=(Mount(source=Path(treeops.__file__), target="/ops/treeops.py"),),
                    terminal=None, report=True,
                ),
                workspace=assembled.workspace,
            )  # fmt: skip
            discard(assembled.workspace)
        wanted = dict(before)
        for change in found.files:
            key = raw(change.path).hex()
            if change.path in assembled.left_out:
                continue
            if change.kind == "removed":
                del wanted[key]
            else:
                kind, _, target = (change.after or "").partition(":")
                label = f"link:{raw(target).hex()}" if kind == "link" else change.after
                mode = None if change.mode_after is None else change.mode_after & 0o777
                wanted[key] = [label, mode]
        assert wanted == json.loads(done.report)

    results: list[Workspace] = []
    await played_in(
        folder, play, method="copy", look=results.append, tree=folder / "pristine",
        then=look,
    )  # fmt: skip


async def _pristine(folder: Path) -> Path:
    from treekit import pristine

    return pristine(folder / "pristine")


@pytest.mark.parametrize("overlay", [False, True], ids=["copy", "overlay"])
def test_the_assembled_tree_is_the_pristine_one_with_what_is_carried(
    overlay: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    any_play(overlay, monkeypatch)
