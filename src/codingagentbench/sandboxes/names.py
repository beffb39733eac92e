"""A name server that knows no name and remembers which ones it was asked for.

It listens inside a sandbox that has no other network, so that what a program wants of the world
can be told although it gets none of it. RFC 1035, section 4.1.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import Any, Final, cast

_LONGEST: Final = 512  # bytes of a query over UDP
_HEADER: Final = 12
_MOST: Final = 200  # names kept of one run


class NameServer(asyncio.DatagramProtocol):
    """Answers every query with "no such name"; ``asked`` has the names, each once, in order."""

    def __init__(self) -> None:
        self._asked: dict[str, None] = {}
        self._transport: asyncio.DatagramTransport | None = None

    @property
    def asked(self) -> tuple[str, ...]:
        return tuple(self._asked)

    async def serve(self, listener: socket.socket) -> None:
        """Answer on ``listener`` from now on; owns it."""
        listener.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.create_datagram_endpoint(lambda: self, sock=listener)

    def close(self) -> None:
        """Stop answering."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str | Any, int]) -> None:
        name = question(data)
        if name is None or self._transport is None:
            return
        if len(self._asked) < _MOST:
            self._asked.setdefault(name)
        with contextlib.suppress(OSError):  # who asked is gone
            self._transport.sendto(no_such_name(data), addr)


def question(query: bytes) -> str | None:
    """The name that a query asks for, in lower case; ``None`` for what is no query.

    A name is anything that a program of the agent's puts there: only letters, digits, ``-``,
    ``_`` and ``.`` are kept as they are.
    """
    if not _HEADER < len(query) <= _LONGEST or query[2] & 0x80:
        return None
    labels, at = [], _HEADER
    while at < len(query) and (size := query[at]):
        if size > 63:  # a pointer has no business in a question
            return None
        labels.append(query[at + 1 : at + 1 + size])
        at += 1 + size
    if at + 5 > len(query) or not labels:
        return None
    text = b".".join(labels).decode("ascii", "replace").lower()
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "?" for c in text)


def no_such_name(query: bytes) -> bytes:
    """The answer NXDOMAIN: the header and the question, and nothing else."""
    end = _HEADER
    while query[end]:
        end += 1 + query[end]
    flags = bytes([0x80 | (query[2] & 0x79) | 0x04, 0x83])
    counts = b"\x00\x01" + bytes(6)
    return query[:2] + flags + counts + query[_HEADER : end + 5]
