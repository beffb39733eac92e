"""A cache is used only as it was sealed; building it may be interrupted, raced and spoiled."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from bwrap_kit import alive, until
from treekit import scratch
from warmkit import ENTRIES, TOOLCHAIN, cache_of, state, tiny, warm_tiny

from codingagentbench.errors import SandboxError
from codingagentbench.sandboxes import Toolchain, open_sandbox, warmed
from codingagentbench.sandboxes.warm_recipes import OUT, Recipe
from codingagentbench.sandboxes.warm_store import Store

#: Warms the tiny toolchain with the script that it reads; prints where the
#: cache lies, and what is in it.
PROCESS = """
import asyncio, sys
from warmkit import cache_of, tiny, warm_tiny
top = cache_of(asyncio.run(warm_tiny(tiny(script=sys.stdin.read()))))
print(top, *(path.read_text() for path in sorted(top.iterdir())), sep="\\n")
"""


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CAB_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "warm"


def texts(top: Path) -> dict[str, str]:
    return {str(p.relative_to(top)): p.read_text() for p in top.rglob("*") if p.is_file()}


def entries(store: Path) -> list[str]:
    """What lies in the store but locks and notes."""
    return sorted(p.name for p in store.iterdir() if p.suffix not in (".lock", ".failed"))


def process(script: str) -> subprocess.Popen[str]:
    one = subprocess.Popen(
        [sys.executable, "-c", PROCESS], cwd=Path(__file__).parent, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert one.stdin is not None
    one.stdin.write(script)
    one.stdin.close()
    one.stdin = None
    return one


def _rewrite(top: Path) -> None:
    found = (top / "aa/one-a").stat()
    (top / "aa/one-a").write_text("eno\n")  # as long as before, and as old
    os.utime(top / "aa/one-a", ns=(found.st_atime_ns, found.st_mtime_ns))


def _forge_all(top: Path) -> None:
    _rewrite(top)
    manifest = json.loads((top.parent / "manifest.json").read_text())
    manifest["stamp"] = "sha256:0"
    (top.parent / "manifest.json").write_text(json.dumps(manifest))


def _link(top: Path) -> None:
    (top / "aa/one-a").unlink()
    (top / "aa/one-a").symlink_to("/etc/passwd")


def _replace(top: Path) -> None:
    (top / "new").write_text("eno\n")
    (top / "new").rename(top / "aa/one-a")


SPOILING: dict[str, Callable[[Path], object]] = {
    "other bytes, same size and times": _rewrite,
    "other bytes and another stamp": _forge_all,
    "replaced": _replace,
    "a link": _link,
    "removed": lambda top: (top / "aa/one-a").unlink(),
    "added": lambda top: (top / "aa/three").write_text("3"),
    "open to others": lambda top: top.parent.chmod(0o777),
    "a file open to others": lambda top: (top / "aa/one-a").chmod(0o666),
    "no manifest": lambda top: (top.parent / "manifest.json").unlink(),
    "half a manifest": lambda top: (top.parent / "manifest.json").write_text("{"),
    "all gone": lambda top: shutil.rmtree(top),
}


@pytest.mark.parametrize("how", SPOILING)
def test_a_spoiled_cache_is_not_used_but_built_again(store: Path, how: str) -> None:
    given = asyncio.run(warm_tiny())
    SPOILING[how](cache_of(given))
    assert None is Store(store).find(tiny().key(TOOLCHAIN))
    again = cache_of(asyncio.run(_fresh_process_sees()))
    assert ENTRIES == texts(again)
    assert [tiny().key(TOOLCHAIN)] == entries(store)


async def _fresh_process_sees(recipe: Recipe | None = None) -> Toolchain:
    """``warm_tiny`` as a harness that has not looked into the store yet."""
    from codingagentbench.sandboxes import warm

    warm._store.cache_clear()
    return await warm_tiny(recipe)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_store_of_another_user_is_not_used(store: Path) -> None:
    given = asyncio.run(warm_tiny())
    os.chown(cache_of(given).parent, 54321, 54321)
    assert None is Store(store).find(tiny().key(TOOLCHAIN))
    os.chown(store, 54321, 54321)
    with scratch() as base:
        found = asyncio.run(
            warmed((TOOLCHAIN,), sandbox=open_sandbox(), scratch=base, recipes={"tiny": tiny()})
        )
    assert (TOOLCHAIN,) == found  # slower, but by no stranger's bytes


def test_the_same_bytes_elsewhere_are_used_without_building(store: Path) -> None:
    """Restored from a backup: other inodes and times of change, the same contents."""
    key = tiny().key(TOOLCHAIN)
    asyncio.run(warm_tiny())
    shutil.copytree(store / key, store.parent / "backup")
    shutil.rmtree(store / key)
    shutil.copytree(store.parent / "backup", store / key)
    before = state(store / key / "cache")
    fresh = Store(store)
    assert store / key / "cache" == fresh.find(key)
    assert before == state(store / key / "cache")
    manifest = fresh.manifest(key)
    assert manifest is not None
    assert (3, 14) == (manifest.files, manifest.size_bytes)


def test_files_look_young_for_ever() -> None:
    """Go forgets what is older than five days, and rewrites what is older than an hour."""
    top = cache_of(asyncio.run(warm_tiny()))
    assert all(path.stat().st_mtime > 2_100_000_000 for path in top.rglob("*"))
    assert {0o644, 0o755} == {path.stat().st_mode & 0o777 for path in [top, *top.rglob("*")]}


def test_two_processes_build_it_once(store: Path) -> None:
    """Each build leaves a mark of its own; the second one begins while the first one lasts."""
    script = f"sleep 1.618; head -c 8 /dev/urandom | od -An -tx1 > '{OUT}/mark'"
    first = process(script)
    assert until(lambda: bool(alive("sleep 1.618")), 15)
    time.sleep(0.3)
    second = process(script)
    said = [one.communicate(timeout=30)[0] for one in (first, second)]
    assert [0, 0] == [first.returncode, second.returncode]
    assert said[0] == said[1]
    assert ["mark"] == list(texts(Path(said[0].splitlines()[0])))
    assert 1 == len(entries(store))


def test_a_killed_build_leaves_nothing_half_made(store: Path) -> None:
    script = f"echo half > '{OUT}/half'; sleep 31.47; echo whole > '{OUT}/half'"
    one = process(script)
    assert until(lambda: bool(alive("sleep 31.47")), 15)
    one.send_signal(signal.SIGKILL)
    one.communicate()
    assert until(lambda: not alive("sleep 31.47"))
    assert [] == entries(store)
    quick = process(script.replace("sleep 31.47", "true"))
    out, err = quick.communicate(timeout=30)
    assert {"half": "whole\n"} == texts(Path(out.splitlines()[0])), err


def test_what_a_killed_sealing_left_is_cleared(store: Path) -> None:
    key = tiny().key(TOOLCHAIN)
    (store / f"{key}.part-dead" / "cache").mkdir(parents=True)
    store.chmod(0o700)
    asyncio.run(warm_tiny())
    assert [key] == entries(store)


def test_a_cancelled_build_leaves_nothing(store: Path) -> None:
    async def run() -> None:
        building = asyncio.ensure_future(warm_tiny(tiny(script="sleep 32.58")))
        while not alive("sleep 32.58"):
            await asyncio.sleep(0.02)
        building.cancel()
        with pytest.raises(asyncio.CancelledError):
            await building

    asyncio.run(run())
    assert [] == alive("sleep 32.58")
    assert [] == entries(store)
    assert ENTRIES == texts(cache_of(asyncio.run(warm_tiny())))  # nobody holds the lock


def test_a_build_that_leaves_more_than_files_is_refused(store: Path) -> None:
    script = f"ln -s /etc/passwd '{OUT}/link'"
    assert TOOLCHAIN == asyncio.run(warm_tiny(tiny(script=script)))
    assert [] == entries(store)
    with scratch() as base:
        (base / "link").symlink_to("/etc/passwd")
        with pytest.raises(SandboxError, match="files and folders alone"):
            Store(store).add("key", base, writable=True, build_s=0.0)


def test_a_failed_build_is_not_tried_again_for_a_day(store: Path) -> None:
    """Other processes of the same machine would fail just so, after a minute each."""
    key = tiny(script=(script := f"date +%N > '{OUT}/now'; echo no room; exit 3")).key(TOOLCHAIN)
    assert TOOLCHAIN == asyncio.run(warm_tiny(tiny(script=script)))
    assert "tiny: building it ended with code 3: no room" == Store(store).given_up(key)
    note = store / f"{key}.failed"
    written = note.stat().st_ctime_ns
    assert TOOLCHAIN == asyncio.run(_fresh_process_sees(tiny(script=script)))
    assert written == note.stat().st_ctime_ns
    long_ago = time.time() - 90_000
    os.utime(note, (long_ago, long_ago))
    assert None is Store(store).given_up(key)
    assert TOOLCHAIN == asyncio.run(_fresh_process_sees(tiny(script=script)))
    assert written != note.stat().st_ctime_ns


@pytest.mark.skipif(os.geteuid() == 0, reason="root can write everywhere")
def test_no_place_for_a_store_is_slower_and_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    monkeypatch.setenv("CAB_DATA", str(tmp_path / "closed" / "data"))
    assert TOOLCHAIN == asyncio.run(warm_tiny())
