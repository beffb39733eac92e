"""Imports that run: foreign tasks whose solution is made, if need be, and proved, in the sandbox.

A task is taken in only when its start fails and its solution passes here, on this machine.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import stat
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from codingagentbench.corpus.proving import reference_tree
from codingagentbench.errors import CabError, SandboxError, TaskError, UsageError
from codingagentbench.globs import matches
from codingagentbench.sandboxes import (
    Changes,
    Command,
    Missing,
    Mount,
    Sandbox,
    Toolchain,
    Verification,
    base_env,
    changes,
    discard,
    prepare,
    read_file,
    verify,
    warmed,
)
from codingagentbench.tasks import KIT, Task, folder_digest, load_task
from codingagentbench.tasks.importing import (
    Broken,
    Content,
    Draft,
    Found,
    LeftOut,
    Outcome,
    Solve,
    Unsupported,
    write_draft,
    write_files,
)

_SOLUTION: Final = "/solution"
_LARGEST: Final = 4 << 20  # bytes of one file of a solution
_MOST: Final = 500  # files of a solution

OnDone = Callable[[Outcome], None]


async def bring_in(
    found: Sequence[Found],
    *,
    into: Path,
    sandbox: Sandbox,
    prove: bool = True,
    jobs: int = 2,
    on_done: OnDone | None = None,
) -> tuple[Outcome, ...]:
    """Read, solve, prove and write the tasks of ``found`` below ``into``, in the order given.

    ``prove=False`` takes in tasks unproved, but for those whose solution has to be made. Nothing
    is raised for what is wrong with a task; ``UsageError`` where ``into`` cannot be written.
    """
    await asyncio.to_thread(_writable, into)
    gate, taken = asyncio.Semaphore(jobs), dict[str, str]()

    async def one(it: Found) -> Outcome:
        async with gate:
            done = await _one(it, into=into, sandbox=sandbox, prove=prove, taken=taken)
        if on_done is not None:
            on_done(done)
        return done

    return tuple(await asyncio.gather(*(one(it) for it in found)))


def _writable(into: Path) -> None:
    try:
        into.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=into, prefix=".import-"):
            pass
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror}", where=str(into)) from None


async def _one(
    it: Found, *, into: Path, sandbox: Sandbox, prove: bool, taken: dict[str, str]
) -> Outcome:
    draft: Draft | None = None
    try:
        draft = await asyncio.to_thread(it.read)
        if draft.id in taken:
            raise Broken(f"{taken[draft.id]} is called {draft.id} too")
        taken[draft.id] = it.name
        async with _scratch() as scratch:
            folder, draft = await _made(draft, scratch, sandbox=sandbox, prove=prove)
            placed = await asyncio.to_thread(_placed, folder, into / draft.id)
    except LeftOut as why:
        said = draft.warnings if draft else ()
        return Outcome(name=it.name, status=why.status, reason=str(why), warnings=said)
    except (CabError, OSError) as error:
        return Outcome(name=it.name, status="broken", reason=str(error))
    return Outcome(
        name=it.name, status="imported", id=draft.id, folder=placed, warnings=draft.warnings
    )


@asynccontextmanager
async def _scratch() -> AsyncIterator[Path]:
    with tempfile.TemporaryDirectory(prefix="cab-import-") as folder:
        os.chmod(folder, 0o711)  # noqa: S103  (a sandbox's user has to pass through)
        yield Path(folder)


async def _made(
    draft: Draft, scratch: Path, *, sandbox: Sandbox, prove: bool
) -> tuple[Path, Draft]:
    """The folder of a whole task, its solution made and proved."""
    toolchains = _toolchains(draft, sandbox) if prove or draft.solve else ()
    if draft.solve is not None:
        draft = await _solved(draft, draft.solve, scratch, sandbox=sandbox, toolchains=toolchains)
    folder = scratch / "task"
    try:
        await asyncio.to_thread(write_draft, draft, folder)
        task = await asyncio.to_thread(load_task, folder, expect=draft.id)
    except TaskError as error:
        raise Broken(f"as a task of ours it is not whole: {error.what}") from None
    if prove or draft.solve is not None:
        await _proved(task, scratch, sandbox=sandbox, toolchains=toolchains)
    return folder, draft


def _toolchains(draft: Draft, sandbox: Sandbox) -> tuple[Toolchain, ...]:
    names = draft.config["toolchain"]
    assert isinstance(names, list)
    found = [sandbox.toolchain(name) for name in names]
    for lack in found:
        if isinstance(lack, Missing):
            raise Unsupported(f"this machine has no {lack.name}: {lack.reason}; {lack.mend}")
    return tuple(one for one in found if isinstance(one, Toolchain))


async def _solved(
    draft: Draft,
    solve: Solve,
    scratch: Path,
    *,
    sandbox: Sandbox,
    toolchains: tuple[Toolchain, ...],
) -> Draft:
    """``draft`` with the files that its script makes of its tree, in the sandbox."""
    tree, script = scratch / "start", scratch / "script"
    await asyncio.to_thread(write_files, draft.tree, tree)
    await asyncio.to_thread(write_files, solve.files, script)
    warm = await warmed(toolchains, sandbox=sandbox, scratch=scratch)
    workdir = str(draft.config.get("workdir", "/workspace"))
    env = draft.config.get("env", {})
    assert isinstance(env, dict)
    command = Command(
        argv=("bash", f"{_SOLUTION}/{solve.script}"),
        env={**base_env(warm), **env, **solve.env, "CAB_WORKSPACE": workdir},
        cwd=workdir,
        workdir=workdir,
        mounts=(
            Mount(source=script, target=_SOLUTION),
            *(mount for toolchain in warm for mount in toolchain.mounts),
        ),
        terminal=None,
        timeout_s=solve.seconds,
    )
    printed = bytearray()
    async with sandbox.attempt(scratch) as slot:
        workspace = await asyncio.to_thread(
            prepare, tree, at=scratch / "solving", owner=slot.owner, method="copy"
        )
        try:
            try:
                done = await slot.run(
                    command, workspace=workspace, sink=lambda _at, data: printed.extend(data)
                )
            except SandboxError as error:
                raise Broken(f"its solution cannot be run: {error}") from None
            if done.code != 0 or done.killed_by is not None:
                last = printed.decode("utf-8", "replace").strip().rsplit("\n", 1)[-1][-200:]
                why = f"was stopped: {done.killed_by}" if done.killed_by else f"code {done.code}"
                raise Unsupported(f"its solution does not run here, {why}: {last}")
            made = await asyncio.to_thread(changes, workspace)
            files = await asyncio.to_thread(
                _solution, made, lambda path: read_file(workspace, path, limit=_LARGEST + 1)
            )
        finally:
            await asyncio.to_thread(discard, workspace)
    return replace(draft, solution=files, config=_expecting(draft.config, files))


def _solution(made: Changes, read: Callable[[str], bytes | None]) -> dict[str, Content]:
    """What a script changed, as files to be laid over the tree."""
    if made.removed:
        raise Unsupported(f"its solution removes {made.removed[0]}, which no file can say")
    if not made.files:
        raise Unsupported("its solution changes nothing in the working folder")
    if len(made.files) > _MOST or made.unlisted or made.extra_git_dir:
        raise Unsupported(f"its solution makes a repository or more than {_MOST} files")
    files = {}
    for change in made.files:
        kind, _, detail = (change.after or "").partition(":")
        if kind == "link":
            files[change.path] = Content(link=detail)
            continue
        data = read(change.path) if kind == "file" else None
        if data is None or len(data) > _LARGEST:
            raise Unsupported(f"its solution makes {change.path}, which is no file of a fair size")
        mode = change.mode_after or 0
        files[change.path] = Content(data=data, executable=bool(mode & stat.S_IXUSR))
    return files


def _expecting(config: Mapping[str, Any], files: Mapping[str, Content]) -> Mapping[str, Any]:
    """``config`` that names the solution's files, so that build files among them are carried."""
    paths = dict(config["paths"])
    globs = tuple(glob for glob in paths["expected"] if glob != "**")
    named = [p for p in sorted(files) if not set("*?") & set(p) and not matches(p, globs)]
    return {**config, "paths": {**paths, "expected": [*paths["expected"], *named]}}


async def _proved(
    task: Task, scratch: Path, *, sandbox: Sandbox, toolchains: tuple[Toolchain, ...]
) -> None:
    """The solution passes, and the start does not; raises :class:`LeftOut` where not so."""
    solved = await asyncio.to_thread(reference_tree, task, scratch / "reference")

    async def over(tree: Path) -> Verification:
        return await verify(
            sandbox=sandbox, task=task, scratch=scratch, kit=KIT, tree=tree, toolchains=toolchains
        )

    good = await over(solved)
    why = _not_passed(good)
    if why is not None:
        raise Unsupported(f"its own solution does not pass here: {why}")
    if _not_passed(await over(task.tree)) is None:
        raise Broken("its start passes already; there is nothing to do")


def _not_passed(done: Verification) -> str | None:
    if done.broken:
        return done.broken
    if done.timed_out:
        return f"the tests did not end within {done.seconds:.0f} s"
    bad = [test for test in done.tests if test.outcome != "pass"]
    if bad:
        return f"{bad[0].name}: {bad[0].message[:300]}".replace("\n", " ")
    return None if done.sound else "what its tests report cannot be believed"


def _placed(folder: Path, at: Path) -> Path:
    """Move a whole task to where it belongs; the same one may be there already."""
    if at.exists():
        if at.is_dir() and folder_digest(at) == folder_digest(folder):
            return at
        raise Broken(f"another task is at {at} already; remove it, or import into another folder")
    at.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=at.parent, prefix=".import-") as aside:
        fresh = Path(aside) / "task"
        shutil.copytree(folder, fresh, symlinks=True)
        fresh.rename(at)
    return at
