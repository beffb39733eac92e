"""What every exchange of one session shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp

from codingagentbench.gateway.admission import Queue
from codingagentbench.gateway.bodies import Scrubber
from codingagentbench.gateway.dialects import Dialect
from codingagentbench.gateway.ledger import Book
from codingagentbench.gateway.upstream import Upstream


@dataclass(frozen=True, kw_only=True)
class Wiring:
    """The way up, the book, and the bounds on reading on after an agent hung up."""

    key: str  # the session's own
    upstream: Upstream
    client: aiohttp.ClientSession
    admission: Queue | None
    timeout: aiohttp.ClientTimeout
    proxies: Mapping[Dialect, str | None]
    scrubber: Scrubber
    book: Book
    keep: bool  # whether reply bodies are kept for storing
    drain_s: float
    drain_bytes: int
