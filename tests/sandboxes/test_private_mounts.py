"""A private mount looks like the host's folder, can be changed, and never changes it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from bwrap_kit import DOCKER, run
from treekit import scratch

from codingagentbench.errors import SandboxError
from codingagentbench.sandboxes import Limits, Mount
from codingagentbench.sandboxes.launcher import overlays
from codingagentbench.sandboxes.launcher.request import Private, Request

SEEN = "/opt/shared"
CHANGES = f"""
cd {SEEN}
echo more >> deep/file && rm other && mv deep/second third && ln third fourth && mkdir new
chmod 600 deep/file && touch -d 2001-01-01 . && rm -rf folder && echo again > folder
cat deep/file; ls | tr '\\n' ' '
"""


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder for shared things that a sandboxed user may pass."""
    with scratch() as base:
        yield base


def shared(base: Path) -> Path:
    top = base / "shared"
    for path, text in {
        "deep/file": "below\n", "deep/second": "2\n", "other": "3\n", "folder/x": "4\n",
    }.items():  # fmt: skip
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_text(text)
    return top


def state(top: Path) -> list[tuple[str, tuple[int, ...], bytes]]:
    """Everything that the kernel and the disk say of a tree."""
    rows = []
    for path in [top, *sorted(top.rglob("*"))]:
        found = path.lstat()
        kept = (found.st_mode, found.st_uid, found.st_nlink, found.st_mtime_ns, found.st_ctime_ns)
        rows.append((str(path), kept, path.read_bytes() if path.is_file() else b""))
    return rows


@pytest.mark.parametrize("backend", ["bubblewrap", "none", DOCKER])
def test_changes_are_seen_by_the_run_alone(place: Path, backend: str) -> None:
    top = shared(place)
    before = state(top)
    mounts = (Mount(source=top, target=SEEN, private=True),)
    for _ in range(2):  # the second run sees nothing of the first
        done = run(CHANGES, backend=backend, mounts=mounts)
        assert (0, "below\nmore\ndeep folder fourth new third ") == (done.exit.code, done.text)
    assert before == state(top)


def test_without_private_nothing_can_be_changed(place: Path) -> None:
    top = shared(place)
    for path in [top, *top.rglob("*")]:
        path.chmod(0o777)  # not for want of rights
    before = state(top)
    done = run(
        f"cd {SEEN}; echo x >> other; rm other; mkdir n; mv deep d; ln other o; chmod 777 .; ls",
        mounts=(Mount(source=top, target=SEEN),),
    )
    assert ["deep", "folder", "other"] == [line for line in done.lines if ":" not in line]
    assert before == state(top)


def test_changes_count_as_written_to_tmp(place: Path) -> None:
    done = run(
        f"for n in 1 2 3; do head -c 8000000 /dev/zero > {SEEN}/$n; done; cat {SEEN}/[123] | wc -c",
        mounts=(Mount(source=shared(place), target=SEEN, private=True),),
        limits=Limits(disk_mb=16),
    )
    assert "No space left" in done.text
    assert int(done.lines[-1]) <= 17 << 20


def test_a_missing_source_is_one_sentence(place: Path) -> None:
    for backend in ("bubblewrap", "none"):
        with pytest.raises(SandboxError, match=r"nothing to mount|cannot be copied"):
            run(
                ":",
                backend=backend,
                mounts=(Mount(source=place / "no", target=SEEN, private=True),),
            )


def test_where_no_overlay_mounts_it_is_a_copy(place: Path) -> None:
    """The launcher's own fallback: same contents, modes and times, the attempt's user's own."""
    top = shared(place)
    (top / "other").chmod(0o640)
    os.utime(top / "other", ns=(1, 2_000_000_000))
    request = Request(drop=os.geteuid() == 0, uid=54321, gid=54321)  # type: ignore[typeddict-item]
    private = Private(source=str(top), place=str(place / "seen"), by_root=False)
    below = overlays.Below(None, os.open(top, os.O_RDONLY))
    overlays.place_private(private, below, request)
    copied = {p.relative_to(place / "seen"): p for p in (place / "seen").rglob("*")}
    wanted = {p.relative_to(top): p for p in top.rglob("*")}
    assert set(wanted) == set(copied)
    for name, path in copied.items():
        assert path.stat().st_mode == wanted[name].stat().st_mode
        assert path.stat().st_ino != wanted[name].stat().st_ino
        if path.is_file():
            assert path.read_bytes() == wanted[name].read_bytes()
            assert path.stat().st_mtime_ns == wanted[name].stat().st_mtime_ns
        if os.geteuid() == 0:
            assert 54321 == path.stat().st_uid
