"""One run: build, start, obey the harness, and see to it that nothing is alive at the end."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import select
import socket
import time
from types import TracebackType
from typing import cast

from codingagentbench.sandboxes.launcher import building, kernel, starting
from codingagentbench.sandboxes.launcher.groups import Groups
from codingagentbench.sandboxes.launcher.killing import Victims
from codingagentbench.sandboxes.launcher.request import (
    END,
    GO,
    KILL,
    LISTENER,
    NAMES,
    READY,
    TERM,
    Answer,
    Request,
)
from codingagentbench.sandboxes.launcher.watching import Growth

_STATUS_BYTES = 65536


def main(fds: list[int]) -> None:
    """Run what the descriptors say: request, control socket, output, report (if asked for)."""
    request_fd, control_fd, *streams = fds
    with socket.socket(fileno=control_fd) as control:
        with open(request_fd, "rb") as file:
            request = cast(Request, json.loads(file.read()))
        with _LastWords(control):
            kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
            _Run(request, control, streams).run()


class _LastWords:
    """Tells the harness of an error that nothing else has told."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            where = "" if trace is None else f" in {trace.tb_frame.f_code.co_name}"
            what = str(error) if isinstance(error, OSError) else f"{type(error).__name__}: {error}"
            _send_end(self._control, _gave_up(f"{what}{where}"))


def _gave_up(why: str) -> Answer:
    return Answer(
        failed=why,
        code=-1,
        status="",
        died_at=time.monotonic(),
        cpu_s=0.0,
        disk=False,
        groups={},
    )


def _send_end(control: socket.socket, answer: Answer) -> None:
    with contextlib.suppress(OSError):  # the harness may be gone; nobody is left to tell
        control.send(END + json.dumps(answer).encode())


class _Run:
    def __init__(self, request: Request, control: socket.socket, streams: list[int]) -> None:
        self._request, self._control = request, control
        self._streams = streams
        self._status = b""
        self._disk = False

    def run(self) -> None:
        """All of it. Leaves no process and no cgroup, whatever happens."""
        groups = Groups(self._request["groups"])
        try:
            self._build()
            with starting.Pipes(self._request, self._streams) as pipes:
                answer = self._start(pipes, groups)
        finally:
            read = groups.close()
        answer["groups"] = read
        _send_end(self._control, answer)

    def _build(self) -> None:
        request = self._request
        if not request["isolate"]:
            if not request["drop"]:
                self._count_apart()
        else:
            building.enter_namespaces(request)
            building.loopback_up()
        self._listen()
        if request["isolate"]:
            building.stage(request)
        else:
            building.place_files(request)

    def _listen(self) -> None:
        """Where the program reaches the gateway and the name server, handed to the harness."""
        request = self._request
        if request["port"] is not None:
            with building.listener(request["port"]) as sock:
                socket.send_fds(self._control, [LISTENER], [sock.fileno()])
        if request["names"]:
            with building.name_listener() as sock:
                socket.send_fds(self._control, [NAMES], [sock.fileno()])

    def _count_apart(self) -> None:
        """A bound on processes must not count those that the user has elsewhere."""
        if all(what != resource.RLIMIT_NPROC for what, _value in self._request["limits"]):
            return
        try:
            if self._request["uid"] == 0:  # which nobody without capabilities may name
                raise PermissionError
            kernel.unshare(kernel.CLONE_NEWUSER)
        except OSError:
            limits = self._request["limits"]
            limits[:] = [row for row in limits if row[0] != resource.RLIMIT_NPROC]
        else:
            building.name_user(self._request)
            kernel.drop_bounding_set()  # a new namespace comes with all of it

    def _start(self, pipes: starting.Pipes, groups: Groups) -> Answer:
        growth = Growth(self._request["watch"]) if self._request["watch"] else None
        if self._request["ready"] is None:
            self._control.send(READY)
            if self._control.recv(16) != GO:
                return _gave_up("given up before the start")
        victims = Victims(starting.start(self._request, pipes, groups), groups, self._request)
        try:
            if self._request["ready"] is not None:
                self._hold(pipes, victims)
            pipes.let_go()
            self._obey(pipes, victims, growth)
        finally:
            ended = victims.bury()
        self._read_status(pipes)
        return Answer(
            failed=pipes.start_error(),
            code=ended.code,
            status=self._status.decode("ascii", "replace"),
            died_at=ended.at,
            cpu_s=ended.cpu_s,
            disk=self._disk,
            groups={},
        )

    def _hold(self, pipes: starting.Pipes, victims: Victims) -> None:
        """Wait until the program-to-be has set itself up, say so, and wait for "go"."""
        poll = select.poll()
        poll.register(pipes.ready, select.POLLOUT)
        poll.register(victims.pidfd, select.POLLIN)
        poll.register(self._control, select.POLLIN)
        told = False
        while not victims.ended():
            events = [fd for fd, _ in poll.poll()]
            if pipes.ready in events:
                poll.unregister(pipes.ready)
                self._control.send(READY)
                told = True
            if self._control.fileno() in events:
                word = self._control.recv(16)
                if told and word == GO:
                    return
                victims.kill()

    def _obey(self, pipes: starting.Pipes, victims: Victims, growth: Growth | None) -> None:
        poll = select.poll()
        poll.register(victims.pidfd, select.POLLIN)
        poll.register(self._control, select.POLLIN)
        if pipes.status is not None:
            poll.register(pipes.status, select.POLLIN)
        while not victims.ended():
            events = [fd for fd, _ in poll.poll(None if growth is None else growth.due_in() * 1000)]
            if pipes.status in events and not self._read_status(pipes):
                poll.unregister(pipes.status)
            if self._control.fileno() in events:
                self._do(self._control.recv(16), victims)
            if growth is not None and growth.due_in() == 0 and growth.too_large():
                self._disk = True
                victims.kill()

    def _do(self, word: bytes, victims: Victims) -> None:
        if word == TERM:
            victims.ask(self._status)
        elif word in (KILL, b""):  # nothing: the harness is gone
            victims.kill()

    def _read_status(self, pipes: starting.Pipes) -> bool:
        """Take what the program-to-be says of itself; False at its end."""
        if pipes.status is None:
            return False
        with contextlib.suppress(BlockingIOError):
            piece = os.read(pipes.status, _STATUS_BYTES)
            self._status += piece
            return bool(piece)
        return True
