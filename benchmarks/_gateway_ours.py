"""Our gateway in a process of its own, recording everything, as a cell would have it.

python benchmarks/_gateway_ours.py UPSTREAM_PORT FOLDER      prints address and key as JSON
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from codingagentbench.gateway import Gateway, Upstream, run
from codingagentbench.redact import Redactor


async def main(port: str, folder: str) -> None:
    upstream = Upstream(base_url=f"http://127.0.0.1:{port}/v1", key="sk-benchmark-key")
    redactor = Redactor({"sk-benchmark-key": "key"}, {"/home/somebody": "~"})
    async with Gateway() as gateway:
        bodies = None if folder == "-" else Path(folder)
        session = await gateway.open(upstream=upstream, bodies=bodies, redactor=redactor)
        address = await gateway.start()
        print(json.dumps({"address": address, "key": session.key}), flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    run(main(*sys.argv[1:3]))
