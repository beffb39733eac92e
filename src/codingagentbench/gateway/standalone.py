"""The gateway by itself: records any agent that is pointed at it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from codingagentbench.errors import GatewayError
from codingagentbench.gateway.core import Gateway
from codingagentbench.gateway.dialects import Dialect
from codingagentbench.gateway.session import Session
from codingagentbench.gateway.upstream import Upstream
from codingagentbench.gateway.values import Call, Ledger
from codingagentbench.redact import Redactor


@dataclass(frozen=True, kw_only=True)
class Listening:
    """What an agent must be told: the base URL for its dialect, and the key."""

    session: Session
    address: str  # host:port

    @property
    def key(self) -> str:
        return self.session.key

    def url(self, dialect: Dialect) -> str:
        return self.session.url(dialect, self.address)


async def record(
    upstream: Upstream,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    out: Path,
    on_call: Callable[[Call], None] | None = None,
    on_listen: Callable[[Listening], None] | None = None,
    redactor: Redactor | None = None,
) -> None:
    """Records until cancelled. Prints nothing; ``on_listen`` says where it listens.

    Writes below ``out``: ``calls.jsonl``, one row per HTTP request, on disk as soon as the row is
    complete; ``bodies/``; and at the end ``ledger.json``.
    Raises ``GatewayError`` when ``out`` cannot be written or the address cannot be had.
    """
    rows = _opened(out)
    broken = asyncio.get_running_loop().create_future()

    def write(call: Call) -> None:
        try:
            rows.write(call.model_dump_json() + "\n")
            rows.flush()
        except OSError as wrong:
            if not broken.done():
                broken.set_exception(
                    GatewayError(f"cannot be written: {wrong.strerror}", where=rows.name)
                )
        if on_call is not None:
            on_call(call)

    with rows:
        async with Gateway() as gateway:
            session = await gateway.open(
                upstream=upstream, redactor=redactor, bodies=out / "bodies", on_call=write
            )
            address = await gateway.start(host=host, port=port)
            if on_listen is not None:
                on_listen(Listening(session=session, address=address))
            try:
                await broken
            finally:
                _leave(out, await session.close(drain_s=5.0))


def _opened(out: Path) -> TextIO:
    try:
        out.mkdir(parents=True, exist_ok=True)
        return (out / "calls.jsonl").open("a", encoding="utf-8")
    except OSError as wrong:
        raise GatewayError(f"cannot be written: {wrong.strerror}", where=str(out)) from wrong


def _leave(out: Path, ledger: Ledger) -> None:
    try:
        (out / "ledger.json").write_text(ledger.model_dump_json(indent=1), encoding="utf-8")
    except OSError as wrong:
        raise GatewayError(f"cannot be written: {wrong.strerror}", where=str(out)) from wrong
