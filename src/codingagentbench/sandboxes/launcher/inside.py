"""The launcher as the first program of a container: one run, asked for over a socket in a mount.

It runs as the container's only user, as the program will, and is not proof against it: a program
that kills it ends its own run. What a run used is read from outside.
"""

from __future__ import annotations

import socket

from codingagentbench.sandboxes.launcher import kernel, running, wire

_MAX_FDS = 8


def main(path: str) -> None:
    """Take the one request from the socket at ``path``, run it, and wait to be dismissed."""
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)  # its descriptors and memory are not the program's
    control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with control:
        with theirs, socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as call:
            call.connect(path)
            socket.send_fds(call, [b"here"], [theirs.fileno()])
        _word, fds = wire.receive(control, 16, _MAX_FDS)
        if not fds:
            return  # given up before there was anything to run
        request, *streams = fds
        running.main([request, control.dup().detach(), *streams])
        while control.recv(16):  # a container whose first program has ended cannot be measured
            pass
