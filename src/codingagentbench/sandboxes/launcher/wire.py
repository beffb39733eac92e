"""Receiving a message with descriptors that no child inherits."""

from __future__ import annotations

import array
import socket


def receive(sock: socket.socket, size: int, most: int) -> tuple[bytes, list[int]]:
    """One message and at most ``most`` descriptors, all close-on-exec from the start.

    ``socket.recv_fds`` drops its ``flags``, so it cannot do this.
    """
    numbers = array.array("i")
    space = socket.CMSG_LEN(most * numbers.itemsize)
    message, ancillary, _flags, _address = sock.recvmsg(size, space, socket.MSG_CMSG_CLOEXEC)
    for level, kind, data in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            numbers.frombytes(data[: len(data) - len(data) % numbers.itemsize])
    return message, list(numbers)
