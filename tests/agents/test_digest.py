"""One digest for one content."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from codingagentbench.agents.digest import digest_tree


def tree(root: Path) -> Path:
    (root / "a").mkdir(parents=True)
    (root / "a" / "file").write_bytes(b"content")
    (root / "a" / "tool").write_bytes(b"#!/bin/sh\n")
    (root / "a" / "tool").chmod(0o755)
    (root / "link").symlink_to("a/file")
    (root / "__pycache__").mkdir()
    (root / "__pycache__" / "m.pyc").write_bytes(b"code")
    return root


def test_time_owner_and_empty_folders_do_not_count(tmp_path: Path) -> None:
    one, other = tree(tmp_path / "1"), tree(tmp_path / "2")
    os.utime(other / "a" / "file", (0, 0))
    (other / "empty").mkdir()
    (other / "a" / "file").chmod(0o600)
    assert digest_tree(one) == digest_tree(other)


CHANGES: dict[str, Callable[[Path], object]] = {
    "content": lambda root: (root / "a" / "file").write_bytes(b"Content"),
    "mode": lambda root: (root / "a" / "tool").chmod(0o644),
    "name": lambda root: (root / "a" / "file").rename(root / "a" / "File"),
    "target": lambda root: ((root / "link").unlink(), (root / "link").symlink_to("a")),
    "more": lambda root: (root / "more").write_bytes(b""),
    "kind": lambda root: ((root / "link").unlink(), (root / "link").write_text("a/file")),
    "odd name": lambda root: Path(os.fsdecode(os.fsencode(root) + b"/\xff\n")).write_bytes(b""),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_counts(change: str, tmp_path: Path) -> None:
    before = digest_tree(tree(tmp_path))
    CHANGES[change](tmp_path)
    after = digest_tree(tmp_path)
    assert before.files != after.files
    assert before.bytecode == after.bytecode


def test_bytecode_is_apart(tmp_path: Path) -> None:
    before = digest_tree(tree(tmp_path))
    (tmp_path / "__pycache__" / "m.pyc").write_bytes(b"other")
    after = digest_tree(tmp_path)
    assert before.files == after.files
    assert before.bytecode != after.bytecode


def test_hard_links_are_one_file_on_disk(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"x" * 1000)
    os.link(tmp_path / "one", tmp_path / "two")
    found = digest_tree(tmp_path)
    assert (2, 1000) == (found.count, found.size_bytes)
