"""What a run prints and reports, read as it comes without holding it up."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import pty
import struct
import termios
import time
from collections.abc import Callable
from typing import Final

_PIECE: Final = 1 << 16
_REPORT_BYTES: Final = 8 << 20  # a longer report is cut: nobody honest writes one
_TAIL_BYTES: Final = 2048


class Stream:
    """One readable descriptor of ours; ``theirs`` goes to the program."""

    def __init__(self, ours: int, theirs: int, take: Callable[[bytes], None]) -> None:
        self.theirs: int | None = theirs
        self._ours, self._take = ours, take
        self._loop = asyncio.get_running_loop()
        self._open = True
        os.set_blocking(ours, False)
        self._loop.add_reader(ours, self._read)

    def hand_over(self) -> None:
        """The program has its end now; close our copy of it."""
        if self.theirs is not None:
            os.close(self.theirs)
            self.theirs = None

    def finish(self) -> None:
        """Take what is still in the pipe and close; nobody writes any more."""
        self.hand_over()
        while self._open and self._read():
            pass
        self._stop()
        if self._ours >= 0:
            os.close(self._ours)
            self._ours = -1

    def _read(self) -> bool:
        try:
            piece = os.read(self._ours, _PIECE)
        except BlockingIOError:
            return False
        except OSError:  # EIO: the last holder of a terminal is gone
            piece = b""
        if piece:
            self._take(piece)
        else:
            self._stop()
        return bool(piece)

    def _stop(self) -> None:
        if self._open:
            self._open = False
            self._loop.remove_reader(self._ours)


class Output:
    """Terminal or pipe output: the first ``keep`` bytes go to the sink, all are counted."""

    def __init__(self, keep: int, sink: Callable[[float, bytes], None] | None) -> None:
        self.started = time.monotonic()
        self.bytes = 0
        self.tail = b""  # the last of it, to say why something did not start
        self._keep, self._sink = keep, sink

    def take(self, piece: bytes) -> None:
        kept = piece[: max(self._keep - self.bytes, 0)]
        self.bytes += len(piece)
        self.tail = (self.tail + piece[-_TAIL_BYTES:])[-_TAIL_BYTES:]
        if kept and self._sink is not None:
            self._sink(max(time.monotonic() - self.started, 0.0), kept)


class Report:
    """What came down the report pipe."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._bytes = 0

    def take(self, piece: bytes) -> None:
        kept = piece[: max(_REPORT_BYTES - self._bytes, 0)]
        self._bytes += len(piece)
        if kept:
            self._pieces.append(kept)

    @property
    def content(self) -> bytes:
        return b"".join(self._pieces)


def open_output(size: tuple[int, int] | None, take: Callable[[bytes], None]) -> Stream:
    """A pty of ``size`` (columns, rows), or a pipe."""
    if size is None:
        ours, theirs = os.pipe()
        with contextlib.suppress(OSError):
            fcntl.fcntl(ours, fcntl.F_SETPIPE_SZ, 1 << 20)
        return Stream(ours, theirs, take)
    ours, theirs = pty.openpty()
    columns, rows = size
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    return Stream(ours, theirs, take)


def open_pipe(take: Callable[[bytes], None]) -> Stream:
    """A pipe that the program writes to."""
    ours, theirs = os.pipe()
    return Stream(ours, theirs, take)
