"""What a sandbox is told and what it leaves: plain values, the same for every backend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

#: Where things lie inside every sandbox, whatever the host looks like.
WORKSPACE = "/workspace"
HOME = "/home/agent"


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, kw_only=True)
class Mount:
    """A folder or file of the host, seen read-only at ``target`` inside.

    ``private``, of a folder: the run may change what it sees; the changes are its own, count as
    written to /tmp, and are gone with it. The folder of the host stays as it is either way.
    ``baked``: the digest by which the same tree is known in an image that has it at ``target``;
    a backend with images takes such an image, and nothing of the host.
    """

    source: Path
    target: str
    private: bool = False
    baked: str | None = None


class Limits(_Value):
    """Bounds of one run; ``None`` is no bound."""

    memory_mb: int | None = 4096
    pids: int | None = 1024
    cpus: float | None = None
    disk_mb: int | None = 2048  # written to HOME and /tmp (tmpfs) and to the workspace
    output_mb: int = 64  # terminal bytes kept; the rest is counted and dropped


@dataclass(frozen=True, kw_only=True)
class Command:
    """One program to run to its end inside a sandbox.

    ``files`` maps absolute paths inside (under HOME or /tmp) to contents, placed before the start.
    ``workdir``: where the workspace is seen, if there is one.
    ``port``: a listener made inside on 127.0.0.1:port, whose socket is handed to ``on_listen``.
    ``terminal``: columns and rows of a pty for stdout and stderr; ``None`` means pipes.
    ``report``: give the program an extra pipe as fd 3, read to its end into ``Exit.report``.
    Standard input is always empty.
    """

    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    cwd: str = WORKSPACE
    workdir: str = WORKSPACE
    mounts: tuple[Mount, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    port: int | None = None
    terminal: tuple[int, int] | None = (120, 32)
    names: bool = False  # keep the host names that are asked for: Exit.names
    report: bool = False
    timeout_s: float = 600.0
    grace_s: float = 2.0  # from SIGTERM to SIGKILL
    limits: Limits = field(default_factory=Limits)


class KilledBy(StrEnum):
    TIMEOUT = "timeout"
    MEMORY = "memory"
    DISK = "disk"
    CANCELLED = "cancelled"
    STOPPED = "stopped"  # the harness asked, e.g. because a budget was spent


class Image(_Value):
    """The image that a program ran in.

    A repo digest names what a registry holds, so anybody can pull it; an image id names what was
    built here and never pushed.
    """

    reference: str  # "codingagentbench/aider:0.86.2", or a repository that it was pulled from
    digest: str  # "sha256:..."
    kind: Literal["repo digest", "image id"]
    base: str | None = None  # the id of the image below, which the verifier runs in
    layers: tuple[str, ...] = ()  # digests, the lowest first


class Exit(_Value):
    """How a run ended. ``code`` is the program's own, or 128 + signal."""

    code: int
    killed_by: KilledBy | None = None
    wall_s: float  # from the program's start to the death of the last process inside
    setup_s: float = 0.0  # building the sandbox
    teardown_s: float = 0.0
    cpu_s: float | None = None
    memory_peak_bytes: int | None = None
    oom_kills: int = 0  # processes that the memory limit killed; the program may have lived on
    workspace_grew_bytes: int | None = None  # on disk; an entry counts 4 KiB at the least
    output_bytes: int = 0  # all that was printed, kept or not
    report: bytes = b""
    names: tuple[str, ...] | None = None  # host names asked for; None: nobody listened
    backend: str  # "bubblewrap", "none", "docker"
    limits: str  # what held the limits: "cgroup v2", "cgroup v1", "rlimits only", "none"
    network: str  # "gateway only", "off", "host"
    image: Image | None = None  # where the backend has images


class FileChange(_Value):
    """One changed path. Hashes are of contents, ``None`` for what has none (absent, not a file)."""

    path: str  # relative, "/"-separated; bytes that are not UTF-8 as surrogate escapes -> \xNN
    kind: str  # "added", "removed", "modified"
    before: str | None = None  # "file:sha256", "link:target", "dir", "fifo", "socket", "device"
    after: str | None = None
    mode_before: int | None = None
    mode_after: int | None = None
    binary: bool = False
    lines_added: int | None = None  # None for binary or too large
    lines_removed: int | None = None


class Changes(_Value):
    """What a run did to a working tree; empty folders do not count, touching does not count."""

    files: tuple[FileChange, ...] = ()
    extra_git_dir: bool = False  # a .git that was not there before; its inside is not listed
    method: str = ""  # "overlay", "ctime", "hash"
    patch: str = ""  # unified diff of all text changes, ours, never git's
    patch_truncated: bool = False  # files that did not fit are left out of the patch, whole
    unlisted: int = 0  # added paths beyond the limit of the list

    @property
    def added(self) -> tuple[str, ...]:
        return tuple(f.path for f in self.files if f.kind == "added")

    @property
    def removed(self) -> tuple[str, ...]:
        return tuple(f.path for f in self.files if f.kind == "removed")

    @property
    def modified(self) -> tuple[str, ...]:
        return tuple(f.path for f in self.files if f.kind == "modified")


class TestResult(_Value):
    """One test of a verifier. ``outcome``: pass, fail, error, skip."""

    __test__ = False  # not a pytest class

    suite: str  # "hidden" or "visible"
    name: str
    outcome: str
    message: str = ""
    seconds: float | None = None


class Verification(_Value):
    """What the verifier reported, and whether the report can be believed.

    ``sound`` is true when the verifier ended by itself with exactly the tests the task lists.
    ``broken`` says why the verifier itself could not do its work (a fault of ours or of the task);
    an agent's tree that makes tests fail, hang or crash is not broken, it is failing.
    """

    tests: tuple[TestResult, ...] = ()
    sound: bool = False
    broken: str | None = None
    timed_out: bool = False
    exit_code: int | None = None
    seconds: float = 0.0
    output: str = ""  # capped
    left_out: tuple[str, ...] = ()  # changed paths that were not carried into the verified tree


@dataclass(frozen=True, kw_only=True)
class Owner:
    """The unprivileged user whom everything inside a sandbox runs as and belongs to."""

    uid: int
    gid: int


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """A working tree made for one attempt: a copy (``tree``) or an overlay (``upper``, ``work``).

    Nothing in it is ever opened through a link that the agent may have made, and no program is
    ever run in it outside a sandbox.
    """

    root: Path  # the scratch folder that holds all of it
    lower: Path  # the pristine tree, never written
    owner: Owner
    tree: Path | None = None
    upper: Path | None = None
    work: Path | None = None
    overlay: Literal["root", "user"] | None = None  # who mounts it; see protocol.Overlay
    baseline: Mapping[bytes, tuple[int, ...]] = field(default_factory=dict)  # copy: lstat by path
