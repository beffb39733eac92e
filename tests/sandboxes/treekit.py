"""Workspaces of every kind, operations played in them for real, and what must then be found."""

from __future__ import annotations

import asyncio
import json
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
import treeops

from codingagentbench.errors import SandboxError
from codingagentbench.sandboxes import Changes, Command, Mount, Owner, Workspace, open_sandbox
from codingagentbench.sandboxes.treewalk import raw, shown
from codingagentbench.sandboxes.workspaces import discard, prepare

T = TypeVar("T")
Operation = tuple[bytes | str, ...]
PYTHON = "/usr/bin/python3"
ROOT = os.geteuid() == 0
ORDINARY = 54321  # a uid that nobody has

#: copy: by the backend over a copy. root, user: overlays mounted by the backend or by unshare.
KINDS = ("copy", "overlay")


def pristine(at: Path) -> Path:
    """A small tree with some of everything that a task may have."""
    at.mkdir()
    (at / "d" / "e").mkdir(parents=True)
    (at / "empty-folder").mkdir()
    for name, content in {
        b"a": b"alpha\n" * 3,
        b"b": b"beta\n",
        b"run": b"#!/bin/sh\n",
        b"d/x": b"x\n",
        b"d/y": b"y without end",
        b"d/e/z": bytes(range(256)),
        b"empty": b"",
        b"odd\xff name\n": b"odd\n",
        b"sp ace": b"text\n",
    }.items():
        Path(os.fsdecode(bytes(at) + b"/" + name)).write_bytes(content)
    (at / "run").chmod(0o755)
    (at / "link").symlink_to("a")
    (at / "folder-link").symlink_to("d")
    (at / "dangling").symlink_to("nowhere")
    return at


def hexed(operations: list[Operation]) -> str:
    rows = [[name, *(os.fsencode(a).hex() for a in rest)] for name, *rest in operations]
    return json.dumps(rows)


async def played_in(
    folder: Path, operations: list[Operation], *, method: str, look: Callable[[Workspace], T],
    tree: Path | None = None, dump: bool = True,
    then: Callable[[Workspace], Awaitable[None]] | None = None,
) -> tuple[T, dict[str, list[Any]]]:  # fmt: skip
    """Play in the real sandbox; returns what ``look`` finds, and the dump from inside."""
    tree = tree or pristine(folder / "pristine")
    async with open_sandbox("bubblewrap").attempt(folder) as slot:
        support = await slot.overlay_for(tree)
        if method == "overlay" and support is None:
            pytest.skip("no overlay can be mounted here")
        workspace = prepare(
            tree, at=folder / "ws", owner=slot.owner, method=method, overlay_support=support,
        )  # fmt: skip
        script = Path(treeops.__file__)
        done = await slot.run(
            Command(
                argv=("python3", "/ops/treeops.py", "3", hexed(operations), "dump" if dump else ""),
                mounts=(Mount(source=script, target="/ops/treeops.py"),),
                env={"PATH": "/usr/bin:/bin"},
                terminal=None,
                report=True,
                timeout_s=60,
            ),
            workspace=workspace,
        )
        assert done.code == 0, done
        found = look(workspace)
        if then is not None:
            await then(workspace)
        discard(workspace)
        assert not workspace.root.exists()
        return found, json.loads(done.report)


def played(
    operations: list[Operation], *, method: str, look: Callable[[Workspace], T], **more: Any
) -> tuple[T, dict[str, list[Any]], dict[str, list[Any]]]:
    """As :func:`played_in`, in a folder of its own; the third is the pristine tree's dump."""
    with scratch() as folder:
        found, after = asyncio.run(played_in(folder, operations, method=method, look=look, **more))
        before = treeops.dump(bytes(folder / "pristine")) if "tree" not in more else {}
        return found, after, before


@contextmanager
def scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o711)
        yield Path(folder)


def expected(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> dict[str, Any]:
    """What must be found, from two dumps: path -> kind, labels, modes."""
    rows = {}
    for path in before.keys() | after.keys():
        parts = bytes.fromhex(path).split(b"/")
        if b".git" in parts[:-1] or before.get(path) == after.get(path):
            continue
        old, new = before.get(path), after.get(path)
        kind = "added" if old is None else "removed" if new is None else "modified"
        rows[shown(bytes.fromhex(path))] = (kind, _label(old), _label(new), _mode(old), _mode(new))
    return rows


def reported(changes: Changes) -> dict[str, Any]:
    """The same from a scan; that a folder is there now is left aside."""
    return {
        c.path: (c.kind, _no_folder(c.before), _no_folder(c.after), c.mode_before, c.mode_after)
        for c in changes.files
    }


def _no_folder(label: str | None) -> str | None:
    return None if label == "dir" else label


def _label(row: list[Any] | None) -> str | None:
    if row is None:
        return None
    kind, _, rest = row[0].partition(":")
    return f"link:{shown(bytes.fromhex(rest))}" if kind == "link" else row[0]


def _mode(row: list[Any] | None) -> int | None:
    return None if row is None else row[1]


def as_ordinary_user(work: Callable[[], T]) -> T:
    """``work`` in a forked child that has dropped the superuser's rights, if we have them."""
    if not ROOT:
        return work()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setgroups([])
            os.setresgid(ORDINARY, ORDINARY, ORDINARY)
            os.setresuid(ORDINARY, ORDINARY, ORDINARY)
            with os.fdopen(writing, "wb") as out:
                pickle.dump(work(), out)
            status = 0
        except BaseException as error:
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
            raise
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        content = answer.read()
    assert os.waitpid(child, 0)[1] == 0
    return pickle.loads(content)


def unshared_overlay(workspace: Workspace, operations: list[Operation], options: str) -> dict:
    """Mount ``workspace`` in namespaces of its own, play there, and return the dump."""
    mountpoint = workspace.root / "mnt"
    mountpoint.mkdir()
    mine = os.geteuid() != 0
    script = (
        'mount -t overlay overlay -o "lowerdir=$1,upperdir=$2,workdir=$3,$4" "$5" && cd "$5" && '
        'exec "$6" "$7" 1 "$8" dump'
    )
    done = subprocess.run(
        ["unshare", *(["-Urm"] if mine else ["-m"]), "sh", "-c", script, "sh",
         str(workspace.lower), str(workspace.upper), str(workspace.work), options,
         str(mountpoint), PYTHON, treeops.__file__, hexed(operations)],
        capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def user_overlays_work() -> bool:
    """Whether an ordinary user can mount an overlay here."""

    def attempt() -> bool:
        with scratch() as folder:
            try:
                workspace = prepare(
                    pristine(folder / "pristine"), at=folder / "ws",
                    owner=Owner(uid=os.geteuid(), gid=os.getegid()),
                    method="overlay", overlay_support="user",
                )  # fmt: skip
                unshared_overlay(workspace, [], "userxattr")
            except (SandboxError, AssertionError):
                return False
            finally:
                if (folder / "ws").exists():
                    discard(Workspace(root=folder / "ws", lower=folder, owner=Owner(uid=0, gid=0)))
        return True

    return shutil.which("unshare") is not None and as_ordinary_user(attempt)


__all__ = ["raw"]
