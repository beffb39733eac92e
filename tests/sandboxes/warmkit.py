"""A toolchain with a tiny warm cache, and a real store for it."""

from __future__ import annotations

from pathlib import Path

from treekit import scratch

from codingagentbench.sandboxes import Toolchain, open_sandbox
from codingagentbench.sandboxes.warm import warmed
from codingagentbench.sandboxes.warm_recipes import OUT, Recipe

TARGET = "/opt/toolchains/tiny-cache"
ENTRIES = {"aa/one-a": "one\n", "aa/one-d": "first\n", "bb/two-a": "two\n"}


def tiny(*, private: bool = True, script: str | None = None, name: str = "tiny") -> Recipe:
    """Its cache has the files of ``ENTRIES``."""
    return Recipe(
        toolchain=name,
        files=ENTRIES,
        script=script or f"cp -r aa bb '{OUT}'; id -u; ls -d /host* 2>/dev/null; true",
        target=TARGET,
        env={"TINY_CACHE": TARGET},
        private=private,
    )


TOOLCHAIN = Toolchain(name="tiny", version="1.0", env={"TINY_CACHE": "/tmp/tiny", "KEPT": "yes"})


async def warm_tiny(recipe: Recipe | None = None, *, build: bool = True) -> Toolchain:
    """``TOOLCHAIN`` with its cache, by way of the store in ``$CAB_DATA``."""
    recipe = recipe or tiny()
    with scratch() as base:
        found = await warmed(
            (TOOLCHAIN,), sandbox=open_sandbox(), scratch=base, build=build,
            recipes={recipe.toolchain: recipe},
        )  # fmt: skip
        assert [] == list(base.iterdir())
    return found[0]


def cache_of(toolchain: Toolchain) -> Path:
    """Where its cache lies on the host."""
    return toolchain.mounts[-1].source


def state(top: Path) -> list[tuple[str, tuple[int, ...], bytes]]:
    """Everything that the kernel and the disk say of a tree."""
    rows = []
    for path in [top, *sorted(top.rglob("*"))]:
        f = path.lstat()
        kept = (f.st_mode, f.st_uid, f.st_nlink, f.st_size, f.st_mtime_ns, f.st_ctime_ns, f.st_ino)
        rows.append((str(path), kept, path.read_bytes() if path.is_file() else b""))
    return rows
