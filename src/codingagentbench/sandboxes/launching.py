"""The harness's end of the launcher: one small process, started when first needed."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from codingagentbench.errors import SandboxError
from codingagentbench.sandboxes.launcher.request import Request

_MAIN = Path(__file__).parent / "launcher" / "__main__.py"
_CONTROL_BYTES = 1 << 18


class Launcher:
    """Starts runs. Safe to use from several threads and event loops, and after a fork."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pid = 0  # of the harness that started it
        self._socket: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, request: Request, streams: Sequence[int]) -> socket.socket:
        """Begin one run; returns its control socket (messages in both directions).

        ``streams``: output and, if the request has one, report. The launcher gets copies.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        for side in (ours, theirs):
            side.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _CONTROL_BYTES)
        paper = os.memfd_create("request")
        try:
            with open(paper, "wb", closefd=False) as file:
                file.write(json.dumps(request).encode())
            os.lseek(paper, 0, os.SEEK_SET)
            self._send([paper, theirs.fileno(), *streams])
        finally:
            os.close(paper)
            theirs.close()
        ours.setblocking(False)
        return ours

    def close(self) -> None:
        """End the launcher; runs that are under way go on to their own ends."""
        with self._lock:
            if self._socket is not None and self._pid == os.getpid():
                self._socket.close()
                if self._process is not None:
                    self._process.terminate()  # only the listener; every run is a fork of it
                    self._process.wait()
            self._socket = self._process = None

    def _send(self, fds: list[int]) -> None:
        with self._lock:
            for _attempt in range(2):
                if self._socket is None or self._pid != os.getpid():
                    self._spawn()
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    assert self._socket is not None
                    socket.send_fds(self._socket, [b"run"], fds)
                    return
                self._socket = None
        raise SandboxError("the launcher of sandboxes dies as soon as it is started")

    def _spawn(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        nothing: dict[str, str] = {}
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", str(_MAIN)],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=nothing,
                cwd="/",
                start_new_session=True,  # ^C is for the harness, which then ends the runs
            )
        self._socket, self._pid = ours, os.getpid()


#: One for the whole process.
LAUNCHER = Launcher()
atexit.register(LAUNCHER.close)
