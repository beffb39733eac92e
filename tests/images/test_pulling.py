"""A tree out of an image stays where it is put, whatever its names say."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from codingagentbench.errors import SandboxError
from codingagentbench.images.pulling import _one


def row(name: str, kind: bytes = tarfile.REGTYPE, to: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.linkname, made.size = kind, to, 2 if kind == tarfile.REGTYPE else 0
    made.mode = 0o755
    return made


def extracted(rows: list[tarfile.TarInfo], into: Path) -> None:
    spool = io.BytesIO()
    with tarfile.open(fileobj=spool, mode="w") as tar:
        for one in rows:
            tar.addfile(one, io.BytesIO(b"ok"))
    spool.seek(0)
    links: set[tuple[str, ...]] = set()
    with tarfile.open(fileobj=spool) as tar:
        for one in tar:
            _one(tar, one, into, None, links)


def test_files_links_and_folders_come_as_they_are(tmp_path: Path) -> None:
    rows = [
        row("agent", tarfile.DIRTYPE), row("agent/bin", tarfile.DIRTYPE), row("agent/bin/x"),
        row("agent/bin/y", tarfile.LNKTYPE, "agent/bin/x"),
        row("agent/z", tarfile.SYMTYPE, "bin/x"), row("agent/up", tarfile.SYMTYPE, "../../etc"),
    ]  # fmt: skip
    extracted(rows, tmp_path)
    assert (tmp_path / "bin" / "x").samefile(tmp_path / "bin" / "y")
    assert (tmp_path / "z").read_text() == "ok"
    assert (tmp_path / "up").readlink() == Path("../../etc"), "as it is; nobody follows it here"


@pytest.mark.parametrize(
    "rows",
    [
        [row("agent/../../out")],
        [row("agent/a", tarfile.SYMTYPE, "/tmp"), row("agent/a/out")],
        [row("agent/a", tarfile.SYMTYPE, ".."), row("agent/b/c", tarfile.LNKTYPE, "agent/a/out")],
        [row("agent/b", tarfile.LNKTYPE, "agent/../secret")],
        [row("agent/pipe", tarfile.FIFOTYPE)],
        [row("agent/disk", tarfile.BLKTYPE)],
    ],
    ids=["up", "through a link", "link through a link", "link up", "pipe", "device"],
)
def test_nothing_leaves_the_folder(rows: list[tarfile.TarInfo], tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "out").write_text("secret")
    into = tmp_path / "store" / "prefix"
    into.mkdir(parents=True)
    with pytest.raises(SandboxError, match="a tree that cannot be an installed agent's"):
        extracted(rows, into)
    assert (tmp_path / "out").read_text() == (tmp_path / "secret").read_text() == "secret"
    assert not [path for path in into.rglob("*") if path.is_file() and not path.is_symlink()]
