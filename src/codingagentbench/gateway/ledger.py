"""The rows of one session as they come about: order, logical calls, what is spent so far."""

from __future__ import annotations

import asyncio
import hashlib
import pickle
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from codingagentbench.gateway.dialects import Dialect
from codingagentbench.gateway.replies import Reading
from codingagentbench.gateway.requests import identity_of
from codingagentbench.gateway.totals import REFUSALS, Price, totals_of
from codingagentbench.gateway.values import Budget, Call, ErrorClass, Ledger, Usage

#: Rows kept of requests that were refused here; more are only counted. An agent may send millions.
MAX_REFUSED_ROWS: Final = 1000

#: Rows of any kind that one session keeps; then it takes no more. No attempt that works comes near.
MAX_ROWS: Final = 20_000

_FIELDS: Final = set(Call.model_fields)


@dataclass(kw_only=True, eq=False, slots=True)
class Entry:
    """A row being written. The fields are those of ``Call``; ``reading`` holds the reply's own."""

    index: int
    logical: int
    dialect: Dialect | None
    method: str
    path: str
    model: str | None = None
    generates: bool = False
    background: bool = False
    streamed: bool = False
    started_at: datetime
    offset_ms: float
    queue_ms: float = 0.0
    ttft_ms: float | None = None
    duration_ms: float | None = None
    status: int | None = None
    retry_after_s: float | None = None
    error: ErrorClass | None = None
    error_detail: str | None = None
    aborted: bool = False
    hung_up_ms: float | None = None
    rewritten: tuple[str, ...] = ()
    body: bytes  # the request's, let go of when the row is complete
    request_sha256: str | None = None  # not hashed before the request has gone up
    request_bytes: int
    response_bytes: int = 0
    request_body: str | None = None
    response_body: str | None = None
    reading: Reading = field(default_factory=Reading)
    last_tool: str | None = None

    def sha256(self) -> str:
        """Of the request's body as the agent sent it."""
        if self.request_sha256 is None:
            self.request_sha256 = hashlib.sha256(self.body).hexdigest()
        return self.request_sha256

    def identity(self) -> bytes:
        """Equal for retries of one request."""
        return self.path.encode() + identity_of(self.body)

    def call(self) -> Call:
        """The row as a value, with what is known now."""
        reading, done = self.reading, self.duration_ms is not None or self.error is not None
        error = self.error or (reading.error if done else None)
        # Our own values, as typed above: checking them again would cost more than all the rest,
        # and a set of field names for each row twice its memory.
        return Call.model_construct(
            _FIELDS,
            index=self.index,
            logical=self.logical,
            dialect=self.dialect,
            method=self.method,
            path=self.path,
            model=self.model,
            background=self.background,
            streamed=self.streamed,
            started_at=self.started_at,
            offset_ms=self.offset_ms,
            queue_ms=self.queue_ms,
            ttft_ms=self.ttft_ms,
            duration_ms=self.duration_ms,
            status=self.status,
            retry_after_s=self.retry_after_s,
            finish=reading.finish,
            served_model=reading.served_model,
            rewritten=self.rewritten,
            error=error,
            error_detail=self.error_detail or (reading.error_detail if error else None),
            aborted=self.aborted,
            hung_up_ms=self.hung_up_ms,
            usage=reading.usage,
            request_sha256=self.sha256(),
            request_bytes=self.request_bytes,
            response_bytes=self.response_bytes,
            request_body=self.request_body,
            response_body=self.response_body,
        )


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far an attempt is; for people to look at while it runs."""

    calls: int  # sent to a model so far
    running: int  # of them, not yet answered
    failed: int
    tokens: int  # input + output, as far as known
    last_tool: str | None  # the tool whose result the agent sent last


class Book:
    """One session's rows. Everything here runs in the event loop's thread."""

    def __init__(self, *, budget: Budget, price: Price | None) -> None:
        self._budget, self._price = budget, price
        self._began = time.monotonic()
        self._began_at = datetime.now(UTC)
        self._rows: dict[int, Entry] = {}  # by index, until nothing of it will change
        self._done: dict[int, bytes] = {}  # pickled: as an object a row takes four times as much
        self._running: set[Entry] = set()
        self._failed: dict[bytes, int] = {}  # identity -> logical, until an attempt goes well
        self._logical = 0
        self._index = 0
        self._refused = 0
        self._asked = self._failures = self._tokens = 0
        self._usd = 0.0
        self._last_tool: str | None = None
        self.budget_hit: str | None = None
        self.budget_spent = asyncio.Event()

    def open(
        self,
        *,
        dialect: Dialect | None,
        method: str,
        path: str,
        body: bytes,
    ) -> Entry:
        """A new row, its place and time fixed. A retry of a failed call gets that call's number."""
        offset_s = time.monotonic() - self._began
        entry = Entry(
            index=self._index,
            logical=self._logical,
            dialect=dialect,
            method=method[:16],
            path=path,
            started_at=self._began_at + timedelta(seconds=offset_s),
            offset_ms=offset_s * 1000,
            request_bytes=len(body),
            body=body,
        )
        if self._failed and (retried := self._failed.get(entry.identity())) is not None:
            entry.logical = retried
        else:
            self._logical += 1
        self._index += 1
        self._rows[entry.index] = entry
        return entry

    def begin(self, entry: Entry) -> None:
        """The row's call is about to go up and counts from now on."""
        self._running.add(entry)
        self._asked += entry.generates
        self._last_tool = entry.last_tool or self._last_tool

    def failing(self, entry: Entry) -> None:
        """The agent will try this again, or may: the next equal request shares its number."""
        self._failed[entry.identity()] = entry.logical

    def finish(self, entry: Entry) -> Call:
        """The row is complete but for its stored bodies; sums include it from now on."""
        self._running.discard(entry)
        call = entry.call()
        if call.error in REFUSALS:
            self._refused += 1
        elif entry.generates:
            self._count(entry, call)
        entry.body = b""
        return call

    def _count(self, entry: Entry, call: Call) -> None:
        self._failures += call.error is not None
        self._tokens += _tokens(call.usage)
        if self._price is not None and call.usage.raw is not None:
            self._usd += self._price(call) or 0.0
        if call.error is not None or call.aborted:
            self.failing(entry)
        elif self._failed:
            self._failed.pop(entry.identity(), None)

    def settle(self, entry: Entry) -> Call:
        """Nothing of the row will change any more."""
        call = entry.call()
        del self._rows[entry.index]
        if call.error not in REFUSALS or self._refused <= MAX_REFUSED_ROWS:
            self._done[entry.index] = pickle.dumps(call, pickle.HIGHEST_PROTOCOL)
        return call

    @property
    def full(self) -> bool:
        """Whether the session has as many rows as it may have."""
        return len(self._done) + len(self._rows) >= MAX_ROWS

    def over_budget(self) -> str | None:
        """Which limit is reached, if one is; remembered, and told to whoever waits for it."""
        running = sum(_tokens(entry.reading.usage) for entry in self._running)
        spent: Mapping[str, float] = {
            "calls": self._asked,
            "tokens": self._tokens + running,
            "usd": self._usd,
            "seconds": time.monotonic() - self._began,
        }
        for name, amount in spent.items():
            limit = getattr(self._budget, name)
            if limit is not None and amount >= limit:
                self.budget_hit = self.budget_hit or name
                self.budget_spent.set()
                return name
        return None

    def progress(self) -> Progress:
        return Progress(
            calls=self._asked,
            running=sum(entry.generates for entry in self._running),
            failed=self._failures,
            tokens=self._tokens + sum(_tokens(e.reading.usage) for e in self._running),
            last_tool=self._last_tool,
        )

    def ledger(self) -> Ledger:
        """Everything seen so far; calls under way have no duration yet."""
        # Nothing is unpickled but what was pickled above, in this process.
        known = {index: pickle.loads(row) for index, row in self._done.items()}  # noqa: S301
        known |= {index: entry.call() for index, entry in self._rows.items()}
        calls = tuple(call for _, call in sorted(known.items()))
        totals = totals_of(calls, price=self._price)
        totals = totals.model_copy(update={"refused_calls": self._refused})
        return Ledger(calls=calls, totals=totals, budget_hit=self.budget_hit)


def _tokens(usage: Usage) -> int:
    return (usage.input or 0) + (usage.output or 0)
