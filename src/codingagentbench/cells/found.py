"""What an attempt left so far: filled step by step, so that a fault keeps what came before."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from codingagentbench.agents import Added, Launch
from codingagentbench.cells.record import Afterwards, Truth
from codingagentbench.endpoints import Reel
from codingagentbench.gateway import Ledger
from codingagentbench.sandboxes import Changes, Exit, Verification
from codingagentbench.scoring import Fault


@dataclass(kw_only=True)
class Found:
    """Evidence as it comes in. ``steps`` are seconds by phase; ``clock`` is monotonic."""

    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    clock: float = field(default_factory=time.monotonic)
    steps: dict[str, float] = field(default_factory=dict)
    toolchains: dict[str, str] = field(default_factory=dict)  # name -> version
    launch: Launch | None = None
    added: tuple[Added, ...] = ()
    exit: Exit | None = None
    changes: Changes | None = None
    ledger: Ledger = field(default_factory=Ledger)
    truth: Truth | None = None
    claimed: Mapping[str, int] | None = None
    afterwards: Afterwards | None = None
    verification: Verification | None = None
    document: str | None = None
    output_tail: bytes = b""
    fault: Fault | None = None
    reel: Reel | None = None  # where the answers came from recordings

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Take down how long the step took, also when it failed."""
        start = time.monotonic()
        try:
            yield
        finally:
            self.steps[step] = time.monotonic() - start
