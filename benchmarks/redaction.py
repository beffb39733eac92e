"""What redaction, digests and the seal cost of a cell.

    python benchmarks/redaction.py [CELLS]

Time inside the functions that do it, by a clock around each, against the cell's own wall time.
Then how fast a stream is read: plain output, and what begins like a key over and over.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from codingagentbench.cells import Bench, cell_request
from codingagentbench.gateway.bodies import Scrubber
from codingagentbench.redact import RedactedStream, Redactor
from codingagentbench.results import Store, run_into, seal, store

GOAL = 0.05
TASK = "polyglot/python-reverse-string"
PIECE, MEGABYTES = 1 << 16, 4
STREAMS = {
    "plain output": b"\x1b[32mline of output\x1b[0m, paths /usr/lib/x, https://x.y/z?a=b\n",
    "spaces": b" ",
    "sk- again and again": b"sk-sk-sk-eyJ",
    "halves of a JWT": b"-eyJ0123456789.eyJ0123456789",
    "bearers of nothing": b"earer xxxxxxxxxxxxxxxxxxxxx ",
    "passwords in URLs": b"://a:bbbbbbbbbb@",
    "ends of private keys": b"PRIVATE KEY-----\nQmFzZTY0QmFzZTY0QmFzZTY0 ",
}


class Clock:
    """Seconds inside wrapped functions, the outermost one counted."""

    def __init__(self) -> None:
        self.seconds, self._depth = 0.0, 0

    def around(self, holder: Any, name: str) -> None:
        inner: Callable[..., Any] = getattr(holder, name)

        def timed(*args: Any, **kwargs: Any) -> Any:
            self._depth += 1
            started = time.perf_counter()
            try:
                return inner(*args, **kwargs)
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self.seconds += time.perf_counter() - started

        setattr(holder, name, timed)


async def main(cells: int) -> None:
    redaction, manifest = Clock(), Clock()
    for holder in (Redactor, Scrubber):
        for name in ("bytes", "text"):
            redaction.around(holder, name)
    redaction.around(RedactedStream, "feed")
    manifest.around(store, "_digests")
    wall = 0.0
    with tempfile.TemporaryDirectory() as folder:
        results = Store(Path(folder)).open()
        async with Bench() as bench:
            for _ in range(cells):
                request = cell_request(agent="pi", model="oracle", task=TASK)
                wall += (await run_into(results, request, bench=bench)).record.timing.wall_s
        started = time.perf_counter()
        seal(results, "local")
        sealed = time.perf_counter() - started
    told = (("redaction", redaction.seconds), ("digests", manifest.seconds), ("seal", sealed))
    for name, seconds in told:
        print(f"{name:<10} {seconds / cells * 1000:6.2f} ms a cell   {seconds / wall:.2%} of it")
    share = sum(seconds for _, seconds in told) / wall
    print(f"together {share:.2%} of a cell of {wall / cells:.2f} s; goal below {GOAL:.0%}")


def streams() -> None:
    """Megabytes a second through a redactor that knows two keys."""
    redactor = Redactor({"sk-" + "a" * 40: "key", "another-secret-1234": "secret"})
    for name, line in STREAMS.items():
        data = line * ((MEGABYTES << 20) // len(line))
        stream, started = redactor.stream(), time.perf_counter()
        for at in range(0, len(data), PIECE):
            stream.feed(data[at : at + PIECE])
        stream.flush()
        print(f"{name:<22} {len(data) / (time.perf_counter() - started) / 1e6:6.1f} MB/s")


if __name__ == "__main__":
    streams()
    asyncio.run(main(int(sys.argv[1]) if sys.argv[1:] else 20))
