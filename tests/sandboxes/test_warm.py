"""A warm cache is given to every sandbox, and what one does to it is seen by no other."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from bwrap_kit import run
from treekit import scratch
from verifykit import outcomes, task_of
from warmkit import ENTRIES, TARGET, TOOLCHAIN, cache_of, state, tiny, warm_tiny

from codingagentbench.sandboxes import (
    Changes,
    Command,
    Mount,
    Toolchain,
    Verification,
    base_env,
    changes,
    open_sandbox,
    resolve_toolchain,
    verify,
    warm_findings,
    warmed,
)
from codingagentbench.sandboxes.warm_recipes import OUT, RECIPES
from codingagentbench.sandboxes.workspaces import discard, prepare
from codingagentbench.tasks import KIT

GOOD = "say one pass; say two fail; echo '{\"done\": 2}' >&3"
#: Everything that an agent could try, most of it as its own user in its own layer.
HOSTILE = """
cd "$TINY_CACHE" || exit 9
echo poison > aa/one-a;  printf x >> aa/one-d;  truncate -s 0 bb/two-a
chmod 777 . aa bb aa/one-a;  chmod 4755 aa/one-d;  touch -d 2001-01-01 aa/one-a aa .
ln aa/one-a aa/linked;  ln aa/one-a /workspace/linked 2>/dev/null
ln -s /etc/passwd aa/link;  mv aa/one-d aa/renamed;  mv bb cc;  rm -rf bb
mkdir -p bb; echo forged > bb/two-a;  echo new > aa/new-a;  mknod aa/dev c 1 3 2>/dev/null
python3 - <<'X'
import ctypes, mmap, os
with open("aa/one-a", "r+b") as file:
    with mmap.mmap(file.fileno(), 0) as memory:
        memory[:4] = b"POIS"
for number, call in (("mount", 165), ("umount", 166), ("unshare", 272), ("pivot", 155)):
    ctypes.CDLL(None).syscall(call, b"none", b"/opt", b"tmpfs", 32 | 4096, None)
for pid in filter(str.isdigit, os.listdir("/proc")):
    for place in ("root", "cwd"):
        try:
            os.listdir(f"/proc/{pid}/{place}/data")
        except OSError:
            pass
X
(mount -o remount,rw /; mount -o bind / /opt; umount "$TINY_CACHE") 2>/dev/null
cat aa/one-a
"""


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAB_DATA", str(tmp_path / "data"))


def seen(toolchain: Toolchain, script: str) -> tuple[int, str]:
    done = run(script, mounts=toolchain.mounts, env=base_env((toolchain,)))
    return done.exit.code, done.text


def test_a_toolchain_gets_its_cache_and_keeps_the_rest() -> None:
    given = asyncio.run(warm_tiny())
    assert (Mount(source=cache_of(given), target=TARGET, private=True),) == given.mounts
    assert {"TINY_CACHE": TARGET, "KEPT": "yes"} == dict(given.env)
    assert ENTRIES == {
        str(p.relative_to(cache_of(given))): p.read_text()
        for p in cache_of(given).rglob("*")
        if p.is_file()
    }
    assert (0, "one\nfirst\n") == seen(given, 'cd "$TINY_CACHE"; cat aa/*')


def test_given_once_is_enough() -> None:
    async def twice() -> tuple[Toolchain, ...]:
        first = await warm_tiny()
        with scratch() as base:
            return await warmed(
                (first,), sandbox=open_sandbox(), scratch=base, recipes={"tiny": tiny()}
            )

    assert 1 == len(asyncio.run(twice())[0].mounts)


def test_it_is_built_once_and_then_found() -> None:
    first = cache_of(asyncio.run(warm_tiny()))
    before = state(first)
    assert before == state(cache_of(asyncio.run(warm_tiny())))


def test_without_building_there_is_none_and_nothing_is_lost() -> None:
    assert TOOLCHAIN == asyncio.run(warm_tiny(build=False))


def test_what_cannot_be_built_is_done_without_and_said_in_one_line() -> None:
    """The Go toolchain itself, with a recipe that fails: the real table says the same."""
    broken = tiny(script="echo no room here; exit 3")
    assert TOOLCHAIN == asyncio.run(warm_tiny(broken))
    assert TOOLCHAIN == asyncio.run(warm_tiny(broken))
    if isinstance(resolve_toolchain("java"), Toolchain):
        found = {finding.what: finding for finding in warm_findings()}
        assert "none yet; built when it is first needed" == found["warm java cache"].found


@pytest.mark.parametrize("private", [True, False], ids=["own layer", "read-only"])
def test_no_attempt_changes_what_others_see(private: bool) -> None:
    """Write, replace, chmod, link, rename, map, mount: the next run sees pristine bytes."""
    given = asyncio.run(warm_tiny(tiny(private=private)))
    before = state(cache_of(given))
    _, text = seen(given, HOSTILE)
    assert ("POISon" if private else "one") == text.splitlines()[-1]
    assert before == state(cache_of(given))
    listing = 'cd "$TINY_CACHE"; find . -type f | sort; cat aa/one-a aa/one-d bb/two-a'
    wanted = "./aa/one-a\n./aa/one-d\n./bb/two-a\none\nfirst\ntwo\n"
    assert (0, wanted) == seen(given, listing)
    assert before == state(cache_of(asyncio.run(warm_tiny(tiny(private=private)))))


def test_the_verifier_does_not_see_what_an_agent_put_into_its_own_cache(tmp_path: Path) -> None:
    """The agent poisons its cache and leaves a copy of it in the tree; then the verifier looks."""
    task = task_of(
        tmp_path / "t",
        script=f"""cat "$TINY_CACHE/aa/one-a"; ls "$TINY_CACHE/aa"
        echo mine > "$TINY_CACHE/aa/verifiers-own" || echo not writable
        {GOOD}""",
    )

    async def cell(given: Toolchain) -> tuple[Verification, Changes]:
        sandbox = open_sandbox()
        with scratch() as base:
            async with sandbox.attempt(base) as slot:
                workspace = prepare(task.tree, at=base / "w", owner=slot.owner)
                command = Command(
                    argv=("bash", "-c", HOSTILE + '\ncp -r "$TINY_CACHE" /workspace/src/cache'),
                    env=base_env((given,)), mounts=given.mounts, terminal=None,
                )  # fmt: skip
                done = await slot.run(command, workspace=workspace)
                assert 0 == done.code
                found = changes(workspace)
            verified = await verify(
                sandbox=sandbox, task=task, scratch=base, kit=KIT, workspace=workspace,
                changes=found, toolchains=(given,),
            )  # fmt: skip
            discard(workspace)
        return verified, found

    given = asyncio.run(warm_tiny())
    before = state(cache_of(given))
    done, found = asyncio.run(cell(given))
    assert "src/cache/aa/one-a" in found.added
    assert ["one", "one-a", "one-d"] == done.output.splitlines()
    assert {"one": "pass", "two": "fail"} == outcomes(done)
    assert before == state(cache_of(given))


def test_a_cache_is_built_by_an_unprivileged_user_without_a_network() -> None:
    script = f"id -u > '{OUT}/who'; wc -l < /proc/net/dev > '{OUT}/net'"
    top = cache_of(asyncio.run(warm_tiny(tiny(script=script))))
    assert ("1000\n", "3\n") == ((top / "who").read_text(), (top / "net").read_text())


def test_another_recipe_version_or_environment_is_another_cache() -> None:
    keys = {
        recipe.key(toolchain)
        for recipe in (tiny(), tiny(private=False), tiny(script="true"))
        for toolchain in (
            TOOLCHAIN,
            Toolchain(name="tiny", version="1.1", env=TOOLCHAIN.env),
            Toolchain(name="tiny", version="1.0", env={}),
        )
    }
    assert 9 == len(keys)
    assert tiny().key(TOOLCHAIN) == tiny().key(TOOLCHAIN)
    assert all(key.startswith("tiny-1.") for key in keys)


def test_recipes_are_of_known_toolchains_and_do_not_meet() -> None:
    targets = [recipe.target for recipe in RECIPES.values()]
    assert len(set(targets)) == len(targets)
    for name, recipe in RECIPES.items():
        assert name == recipe.toolchain
        resolve_toolchain(name)  # raises for an unknown one
        assert json.dumps(dict(recipe.env)).count(recipe.target) >= 1
