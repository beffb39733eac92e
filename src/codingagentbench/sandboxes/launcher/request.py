"""What the harness asks of the launcher, and what it is told: plain JSON both ways."""

from __future__ import annotations

from typing import TypedDict

#: Where the launcher gathers everything that a sandbox is made of, in its own mount namespace.
STAGE = "/tmp"  # noqa: S108  (exists everywhere; what is there is covered, for this process only)


class Overlay(TypedDict):
    """An overlay mount at ``target``; ``owner`` maps the lower's owner to the attempt's user."""

    lower: str
    upper: str
    work: str
    target: str
    by_root: bool


class Private(TypedDict):
    """A host folder seen at ``place`` on the stage; what the run changes there is its own."""

    source: str
    place: str
    by_root: bool


class Group(TypedDict):
    """One cgroup folder to make, the settings to write, and the files to read at the end."""

    folder: str
    settings: list[tuple[str, str]]  # file, value
    wishes: list[tuple[str, str]]  # as settings, but not every kernel has them
    read: list[tuple[str, str]]  # name in the answer, file
    forks: str | None  # the file in which "0" forbids new processes


class Watch(TypedDict):
    """A tree that may grow by ``limit`` bytes and no more."""

    path: str
    limit: int


class Request(TypedDict):
    """One run. Paths in ``folders``, ``files``, ``binds`` are those the launcher sees."""

    argv: list[str]
    env: dict[str, str]
    cwd: str
    uid: int
    gid: int
    drop: bool  # become uid:gid first (the harness is root)
    isolate: bool  # own mount and network namespaces, and a stage
    stage_bytes: int | None
    port: int | None
    names: bool  # a UDP listener on the port of name servers
    binds: list[tuple[str, str]]  # host path -> place on the stage
    private: list[Private]
    overlay: Overlay | None
    folders: list[tuple[str, int, bool]]  # path, mode, belongs to uid
    files: list[tuple[str, str, int, bool]]  # path, base64, mode, belongs to uid
    data: list[tuple[int, str]]  # descriptor of the program -> base64 it reads from it
    ready: tuple[int, str] | None  # descriptor it reads when it is set up; held back until "go"
    filter: str | None  # base64 of a seccomp program that the launcher itself is to set
    status: int | None  # descriptor for JSON of its own; "child-pid" is the init it made
    report: int | None  # descriptor of the report pipe
    groups: list[Group]
    limits: list[tuple[int, int]]  # RLIMIT_*, value
    watch: Watch | None


class Answer(TypedDict):
    """How a run ended."""

    failed: str | None  # why it could not be started
    code: int
    status: str
    died_at: float  # time.monotonic() at the death of the last process
    cpu_s: float  # by rusage
    disk: bool  # killed by the watch
    groups: dict[str, str]


#: Words on the control socket. To the launcher:
GO, TERM, KILL = b"go", b"term", b"kill"
#: From the launcher: a listener and one for names (each with its descriptor), ready to go, and the
#: end (JSON follows).
LISTENER, NAMES, READY, END = b"listener", b"names", b"ready", b"end "
