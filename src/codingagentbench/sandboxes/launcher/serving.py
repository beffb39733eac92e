"""The launcher's own loop: one request, one fork."""

from __future__ import annotations

import contextlib
import os
import signal
import socket

from codingagentbench.sandboxes.launcher import running, wire

_MAX_FDS = 8


def main() -> None:
    """Serve until the harness hangs up. Each message carries the request and its descriptors."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the forks
    os.umask(0o022)
    with socket.socket(fileno=os.dup(0)) as harness:
        with open(os.devnull, "rb") as null:
            os.dup2(null.fileno(), 0)
        while True:
            word, fds = wire.receive(harness, 16, _MAX_FDS)
            if not word:
                return
            if os.fork() == 0:
                harness.close()
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                running.main(fds)
                os._exit(0)
            for fd in fds:
                with contextlib.suppress(OSError):
                    os.close(fd)
