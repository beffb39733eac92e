"""The tree that is verified: the pristine one, with only those changes in it that may count.

What a verifier judges is the program, so nothing gets in by which an agent could tell the judge
what to see: no configuration of test runners and build tools, no code that an interpreter runs
by itself, no link out of the tree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from codingagentbench.globs import matches
from codingagentbench.sandboxes.carry_writing import Writer
from codingagentbench.sandboxes.changes import scan_of
from codingagentbench.sandboxes.protocol import Overlay
from codingagentbench.sandboxes.treewalk import raw
from codingagentbench.sandboxes.values import Changes, FileChange, Owner, Workspace
from codingagentbench.sandboxes.workspaces import prepare
from codingagentbench.tasks import Task

#: Never carried, whatever a task says. The pristine tree's own stay as they are.
NEVER: Final = (
    "**/.git*", "**/.git*/",
    "**/__pycache__/", "**/*.pyc", "**/*.pyo", "**/*.pth",
    "**/sitecustomize.py", "**/usercustomize.py",
    "**/node_modules/", "**/.venv/", "**/*.dist-info/", "**/*.egg-info/",
)  # fmt: skip

#: Carried only where ``task.expected`` names the file itself (its last part has no wildcard).
UNLESS_NAMED: Final = (
    # Python
    "**/conftest.py", "**/pytest.ini", "**/.pytest.ini", "**/tox.ini", "**/setup.cfg",
    "**/setup.py", "**/pyproject.toml", "**/noxfile.py", "**/.coveragerc", "**/MANIFEST.in",
    "**/requirements*.txt", "**/Pipfile*", "**/poetry.lock", "**/uv.lock", "**/uv.toml",
    "**/.python-version",
    # Rust
    "**/Cargo.toml", "**/Cargo.lock", "**/build.rs", "**/.cargo/", "**/rust-toolchain",
    "**/rust-toolchain.toml", "**/.rustfmt.toml", "**/rustfmt.toml", "**/clippy.toml", "target/",
    # Go
    "**/go.mod", "**/go.sum", "**/go.work", "**/go.work.sum", "**/vendor/",
    # JavaScript
    "**/package.json", "**/package-lock.json", "**/npm-shrinkwrap.json", "**/yarn.lock",
    "**/pnpm-*.yaml", "**/.npmrc", "**/.yarnrc*", "**/.yarn/", "**/.pnp.*", "**/.pnpmfile.*",
    "**/.mocharc*", "**/jest.config.*", "**/vitest.*", "**/vite.config.*", "**/ava.config.*",
    "**/karma.conf.*", "**/babel.config.*", "**/.babelrc*", "**/.swcrc", "**/.nycrc*",
    "**/tsconfig*.json", "**/.node-version", "**/.nvmrc", "**/bunfig.toml", "**/deno.json*",
    # Java
    "**/pom.xml", "**/.mvn/", "**/mvnw*", "**/build.gradle*", "**/settings.gradle*",
    "**/gradle.properties", "**/gradlew*", "**/gradle/",
    # C++, make and the like
    "**/CMakeLists.txt", "**/*.cmake", "**/CMake*Presets.json", "**/Makefile", "**/makefile",
    "**/GNUmakefile", "**/*.mk", "**/meson.build", "**/meson_options.txt", "**/configure",
    "**/conanfile.*", "**/vcpkg.json", "**/BUILD", "**/BUILD.bazel", "**/WORKSPACE", "**/*.bzl",
    "**/justfile", "**/Taskfile.y*ml", "**/.pre-commit-config.yaml",
    # read by shells and version managers
    "**/.env", "**/.envrc", "**/.tool-versions", "**/mise.toml", "**/.mise.toml",
)  # fmt: skip


#: Bytes of a carried path: no program under test has longer ones, and the kernel takes no more
#: than 4096 with what is in front of it.
_LONGEST: Final = 2048


@dataclass(frozen=True, kw_only=True)
class CarryPlan:
    """Which changed paths go in, which are taken out, and which are left as they were."""

    put: frozenset[str]
    remove: frozenset[str]
    left_out: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Assembled:
    """A tree to be verified, and the changed paths that are not in it."""

    workspace: Workspace
    left_out: tuple[str, ...]


def assemble(
    *,
    task: Task,
    source: Workspace,
    changes: Changes,
    at: Path,
    owner: Owner,
    overlay_support: Overlay | None = None,
) -> Assembled:
    """The pristine tree in the new folder ``at``, with what of ``changes`` may be carried.

    ``source`` is the workspace that ``changes`` tells of; it is only read. Raises
    ``SandboxError`` when either cannot be read or written.
    """
    plan = carry_plan(task, changes)
    result = prepare(source.lower, at=at, owner=owner, overlay_support=overlay_support)
    if plan.put or plan.remove:
        writer = Writer(result)
        for path in sorted(plan.remove):
            writer.remove(raw(path))
        wanted = {raw(path) for path in plan.put}
        for difference in scan_of(source):
            if difference.path in wanted and difference.after is not None:
                writer.put(difference.path, difference.after)
    return Assembled(workspace=result, left_out=plan.left_out)


def carry_plan(task: Task, changes: Changes) -> CarryPlan:
    """What is carried of ``changes``, by the task's globs and the tables above.

    A path is left out, too, where it would need the place of something that stays: a file where
    a folder with files that stay is, or below a file that stays.
    """
    allowed = {c.path for c in changes.files if _allowed(c.path, task)}
    remove = {c.path for c in changes.files if c.kind == "removed" and c.path in allowed}
    stays = {c.path for c in changes.files if c.kind == "removed"} - remove
    blocked = {folder for path in stays for folder in _above(path)}
    put = {
        c.path
        for c in changes.files
        if c.path in allowed
        and _portable(c)
        and c.path not in blocked
        and not stays.intersection(_above(c.path))
    }
    left_out = sorted(c.path for c in changes.files if c.path not in put | remove)
    return CarryPlan(put=frozenset(put), remove=frozenset(remove), left_out=tuple(left_out))


def _allowed(path: str, task: Task) -> bool:
    if not matches(path, task.verifier.carry) or matches(path, task.protected + NEVER):
        return False
    return not matches(path, UNLESS_NAMED) or matches(path, _naming(task.expected))


def _naming(globs: Iterable[str]) -> tuple[str, ...]:
    """The globs whose last part is a name: who wrote one meant that file."""
    return tuple(glob for glob in globs if not {"*", "?", ""} & set(glob.rsplit("/", 1)[-1] or "*"))


def _above(path: str) -> list[str]:
    """The folders that ``path`` is in."""
    parts = path.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts))]


def _portable(change: FileChange) -> bool:
    """Whether the path is now a file of bearable size, or a link that stays in the tree."""
    if change.after is None or change.kind == "removed" or len(raw(change.path)) > _LONGEST:
        return False
    kind, _, detail = change.after.partition(":")
    return kind == "file" or (kind == "link" and _stays_inside(change.path, detail))


def _stays_inside(path: str, target: str) -> bool:
    """Whether a link at ``path`` to ``target`` cannot leave the tree.

    ``..`` is allowed only at the beginning, and not beyond the top: after the name of another
    link it could lead anywhere.
    """
    parts = target.split("/")
    climbing = 0
    while climbing < len(parts) and parts[climbing] == "..":
        climbing += 1
    depth = path.count("/")
    return bool(target) and parts[0] != "" and climbing <= depth and ".." not in parts[climbing:]
