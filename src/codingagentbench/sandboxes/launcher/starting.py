"""Turns a fork of the launcher into the program: descriptors, limits, user, and no way back."""

from __future__ import annotations

import base64
import contextlib
import fcntl
import os
import resource
import signal
from types import TracebackType

from codingagentbench.sandboxes.launcher import kernel
from codingagentbench.sandboxes.launcher.groups import Groups
from codingagentbench.sandboxes.launcher.request import Request

_HIGH = 100  # descriptors of ours, out of the way of those the program gets


class Pipes:
    """The descriptors of one program: what it gets (by number), and our ends of the pipes.

    ``ready`` is our end of a pipe that holds one full slot: it can be written to again when the
    program has read it, which is how the program says that it is set up; it then waits for the
    end of the pipe, which is how it is let go. Descriptor of what the program reports: ``status``.
    """

    def __init__(self, request: Request, streams: list[int]) -> None:
        null = os.open(os.devnull, os.O_RDONLY)
        output = streams[0]
        self._given = {0: null, 1: output, 2: output}
        self._ours: list[int] = []
        self.ready, self.status = -1, None if request["status"] is None else -1
        if request["report"] is not None:
            self._given[request["report"]] = streams[1]
        for number, content in request["data"]:
            self._given[number] = _memory_file(base64.b64decode(content))
        if request["ready"] is not None:
            number, content = request["ready"]
            self._given[number], self.ready = os.pipe()
            fcntl.fcntl(self.ready, fcntl.F_SETPIPE_SZ, 1)
            os.write(self.ready, base64.b64decode(content))
            self._ours.append(self.ready)
        if request["status"] is not None:
            self.status, self._given[request["status"]] = os.pipe()
            os.set_blocking(self.status, False)
            self._ours.append(self.status)
        self._error, self.error_to = os.pipe()
        self._ours.append(self._error)
        os.set_blocking(self._error, False)
        for fd in set(streams):
            if request["drop"]:  # else /dev/stdout could not be opened inside
                os.fchown(fd, request["uid"], request["gid"])

    def __enter__(self) -> Pipes:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for fd in self._ours:
            _close(fd)

    def give(self) -> None:
        """In the child: put every descriptor at its number."""
        high = {n: fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, _HIGH) for n, fd in self._given.items()}
        self.error_to = fcntl.fcntl(self.error_to, fcntl.F_DUPFD_CLOEXEC, _HIGH)
        for number, fd in high.items():
            os.dup2(fd, number, inheritable=True)

    def given(self) -> None:
        """In the parent, after the fork: forget what the child has."""
        for fd in {*self._given.values(), self.error_to}:
            _close(fd)

    def let_go(self) -> None:
        """The program may start."""
        if self.ready >= 0:
            self._ours.remove(self.ready)
            _close(self.ready)
            self.ready = -1

    def start_error(self) -> str | None:
        """Why the child did not become the program, if it did not."""
        with contextlib.suppress(BlockingIOError):
            return os.read(self._error, 4096).decode("utf-8", "replace") or None
        return None


def start(request: Request, pipes: Pipes, groups: Groups) -> int:
    """The pid of the started program. What goes wrong in it is told by the pipes."""
    parent = os.getpid()
    pid = os.fork()
    if pid:
        pipes.given()
        return pid
    try:
        os.setsid()
        groups.enter()
        pipes.give()
        _become(request, parent)
    except OSError as error:
        os.write(pipes.error_to, str(error).encode("utf-8", "replace"))
    finally:
        os._exit(127)


def _become(request: Request, parent: int) -> None:
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # Python ignores them
        signal.signal(number, signal.SIG_DFL)
    for what, value in request["limits"]:
        hard = resource.getrlimit(what)[1]
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(what, (bound, bound))
    if request["drop"]:
        os.setgroups([])
        os.setresgid(request["gid"], request["gid"], request["gid"])
        os.setresuid(request["uid"], request["uid"], request["uid"])
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(127)
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    os.umask(0o022)
    os.chdir(request["cwd"])
    if request["filter"] is not None:
        kernel.set_filter(base64.b64decode(request["filter"]))
    program = request["argv"][0]
    try:
        os.execvpe(program, request["argv"], request["env"])  # noqa: S606 - by the child's PATH
    except FileNotFoundError:
        raise FileNotFoundError(f"execvp {program}: No such file or directory") from None


def _memory_file(content: bytes) -> int:
    fd = os.memfd_create("sandbox")
    view = memoryview(content)
    while view:
        view = view[os.write(fd, view) :]
    os.lseek(fd, 0, os.SEEK_SET)
    return fd


def _close(fd: int) -> None:
    with contextlib.suppress(OSError):
        os.close(fd)
