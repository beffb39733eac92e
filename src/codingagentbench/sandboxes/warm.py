"""Warm build caches: what every compiler run would make anew is made once, and nobody can spoil it.

A cache is built inside a sandbox in which nothing else runs, before any agent needs it, and is
then only ever shown: read-only, or below a layer that is each sandbox's own and goes with it. So
an agent that writes into its cache changes neither another attempt's nor the verifier's.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from codingagentbench.errors import SandboxError
from codingagentbench.folders import data_folder
from codingagentbench.sandboxes.protocol import Finding, Sandbox
from codingagentbench.sandboxes.threads import in_thread
from codingagentbench.sandboxes.toolchains import Toolchain, base_env, resolve
from codingagentbench.sandboxes.values import Command, Limits
from codingagentbench.sandboxes.warm_recipes import OUT, RECIPES, SOURCES, Recipe
from codingagentbench.sandboxes.warm_store import Store
from codingagentbench.sandboxes.workspaces import discard, prepare

_BUILD_S: Final = 900.0  # no healthy machine reaches it
_BUILD_LIMITS: Final = Limits(memory_mb=4096, disk_mb=4096)
_TAIL: Final = 300  # characters of what a failed build said


async def warmed(
    toolchains: Iterable[Toolchain],
    *,
    sandbox: Sandbox,
    scratch: Path,
    build: bool = True,
    recipes: Mapping[str, Recipe] = RECIPES,
) -> tuple[Toolchain, ...]:
    """``toolchains``, those with a warm cache with it; a second time changes nothing.

    A cache that is not there yet is built (``build=False``: is done without), in a sandbox below
    the existing folder ``scratch``, by one process while others wait: about a minute for Go.
    Where that fails the toolchain is as good as before, but slower; :func:`warm_findings` says
    why. Raises nothing of its own.
    """
    given = []
    for toolchain in toolchains:
        recipe = recipes.get(toolchain.name)
        if recipe is None or recipe.is_given(toolchain):
            given.append(toolchain)
            continue
        place = await _place(recipe, toolchain, sandbox, scratch, build=build)
        given.append(toolchain if place is None else recipe.given(toolchain, place))
    return tuple(given)


def warm_findings() -> tuple[Finding, ...]:
    """What is warm on this machine, for ``cab doctor``."""
    found = []
    for recipe in RECIPES.values():
        toolchain = resolve(recipe.toolchain)
        if not isinstance(toolchain, Toolchain):
            continue
        key = recipe.key(toolchain)
        store = _store(data_folder())
        manifest, why = store.manifest(key), store.given_up(key)
        if manifest is not None:
            says = f"{manifest.size_bytes / 1e6:.0f} MB, built in {manifest.build_s:.0f} s"
        else:
            says = why or "none yet; built when it is first needed"
        found.append(
            Finding(
                what=f"warm {recipe.toolchain} cache",
                found=says,
                ok=why is None,
                needed_for=f"quick tasks in {recipe.toolchain}",
            )
        )
    return tuple(found)


async def _place(
    recipe: Recipe, toolchain: Toolchain, sandbox: Sandbox, scratch: Path, *, build: bool
) -> Path | None:
    """Where the cache lies, built if need be; None where there is none to be had."""
    store, key = _store(data_folder()), recipe.key(toolchain)
    place = await in_thread(store.find, key)
    if place is not None or not build or store.given_up(key) is not None:
        return place
    try:
        async with store.lock(key):
            place = await in_thread(store.find, key)  # somebody else's, meanwhile
            if place is None and store.given_up(key) is None:
                place = await _built(recipe, toolchain, store, sandbox, scratch)
    except (SandboxError, OSError) as error:
        store.give_up(key, str(error))
    return place


@cache
def _store(data: Path) -> Store:
    return Store(data / "warm")


async def _built(
    recipe: Recipe, toolchain: Toolchain, store: Store, sandbox: Sandbox, scratch: Path
) -> Path:
    """Run the recipe in a sandbox and take what it made into the store."""
    printed: list[bytes] = []
    started = time.monotonic()
    with tempfile.TemporaryDirectory(dir=scratch, prefix="warm-") as name:
        folder = Path(name)
        empty = _room(folder)
        async with sandbox.attempt(folder) as slot:
            workspace = await in_thread(
                prepare, empty, at=folder / "tree", owner=slot.owner, method="copy"
            )
            try:
                done = await slot.run(
                    _command(recipe, toolchain),
                    workspace=workspace,
                    sink=lambda _at, data: printed.append(data),
                )
                if done.code != 0 or done.killed_by is not None:
                    said = b"".join(printed).decode("utf-8", "replace").strip()[-_TAIL:]
                    raise SandboxError(
                        f"building it ended with code {done.code}: {said}", where=recipe.toolchain
                    )
                assert workspace.tree is not None
                return await in_thread(
                    store.add,
                    recipe.key(toolchain),
                    workspace.tree / Path(OUT).name,
                    writable=recipe.private,
                    build_s=time.monotonic() - started,
                )
            finally:
                await in_thread(discard, workspace)


def _room(folder: Path) -> Path:
    """A tree with nothing in it but the folder for the result; ``folder`` can be passed."""
    folder.chmod(0o711)
    empty = folder / "empty"
    (empty / Path(OUT).name).mkdir(parents=True)
    return empty


def _command(recipe: Recipe, toolchain: Toolchain) -> Command:
    return Command(
        argv=("sh", "-c", recipe.script),
        env=base_env((toolchain,)),
        cwd=SOURCES,
        mounts=toolchain.mounts,
        files={f"{SOURCES}/{name}": text.encode() for name, text in recipe.files.items()},
        terminal=None,
        timeout_s=_BUILD_S,
        limits=_BUILD_LIMITS,
    )
