"""A sweep on the screen: one picture on a terminal, one line a cell without, JSON for machines."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

from rich.console import Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from codingagentbench.cli.output import console, count, seconds, shown

if TYPE_CHECKING:
    from codingagentbench.cells import Event
    from codingagentbench.sweeps import Drive, Home, Opened

_SLOWEST = 3


class View(Protocol):
    """Told of events, as :meth:`SweepEvent.plain` has them, and of what running cells do."""

    def take(self, event: Mapping[str, Any]) -> None: ...

    def cell(self, event: Event) -> None: ...

    def attach(self, drive: Drive) -> None: ...


class Silent:
    """Nothing is shown."""

    def take(self, event: Mapping[str, Any]) -> None:
        pass

    def cell(self, event: Event) -> None:
        pass

    def attach(self, drive: Drive) -> None:
        pass


class Lines(Silent):
    """One plain line for every attempt that ended; all events as JSON where that is asked."""

    def __init__(self, *, as_json: bool, done: int, total: int) -> None:
        self._json, self._done, self._total = as_json, done, total
        self._out = sys.stdout  # an engine may have others' words go elsewhere

    def take(self, event: Mapping[str, Any]) -> None:
        """Print it."""
        if self._json:
            print(json.dumps(event, ensure_ascii=False), flush=True, file=self._out)
            return
        what = event["event"]
        if what == "ended":
            self._done += 1
        if what in ("ended", "retry"):
            again = f", again in {event['seconds']:.0f} s" if what == "retry" else ""
            print(
                f"{self._done:>6,}/{self._total:,}  {event['outcome']:<16}"
                f"{seconds(event.get('agent_s')):>9}  {shown(event['cell'])}{again}",
                flush=True,
                file=self._out,
            )
        elif what in ("budget", "stopping", "lost"):
            print(event.get("detail", what), flush=True, file=self._out)


class Screen:
    """The picture: progress and forecast, outcomes, endpoints, the slowest now running."""

    def __init__(self, *, name: str, done: int, total: int, outcomes: Mapping[str, int]) -> None:
        self._name, self._done, self._total = name, done, total
        self._outcomes = Counter(outcomes)
        self._running: dict[str, float] = {}
        self._cells: dict[str, Event] = {}
        self._tokens, self._usd, self._unpriced = 0, 0.0, 0
        self._began, self._fresh = time.monotonic(), 0
        self._said, self._drive = "", None  # type: str, Drive | None

    def attach(self, drive: Drive) -> None:
        """From now on forecasts and endpoints are asked of ``drive``."""
        self._drive = drive

    def cell(self, event: Event) -> None:
        """Something happened in a running cell."""
        self._cells[event.cell_id] = event

    def take(self, event: Mapping[str, Any]) -> None:
        """Take note of it."""
        what, cell = event["event"], event.get("cell", "")
        if what == "started":
            self._began = _when(event)
        if what == "begun":
            self._running[cell] = _when(event)
            return
        self._running.pop(cell, None)
        self._cells.pop(cell, None)
        if what in ("ended", "retry"):
            self._tokens += event.get("tokens") or 0
            self._usd += event.get("usd") or 0.0
            self._unpriced += event.get("usd") is None
        if what == "ended":
            self._done += 1
            self._fresh += 1
            self._outcomes[event["outcome"]] += 1
        elif what != "started":
            self._said = str(event.get("detail") or event.get("outcome") or what)

    def __rich__(self) -> Group:
        took = time.monotonic() - self._began
        head = Table.grid(padding=(0, 2))
        rate = self._fresh / took * 60 if took > 1 else 0.0
        left = seconds(self._left_s(rate))
        head.add_row(
            Text(self._name, style="bold"),
            ProgressBar(total=max(self._total, 1), completed=self._done, width=30),
            f"{self._done:,}/{self._total:,} cells",
            f"{rate:.1f} a minute",
            f"{seconds(took)} so far, about {left} to come",
        )
        counts = "  ".join(f"{name} {n:,}" for name, n in self._outcomes.most_common())
        money = "price unknown" if self._unpriced else f"${self._usd:,.2f}"
        rows: list[Any] = [
            head,
            Text(counts or "no outcome yet"),
            Text(f"{count(self._tokens)} tokens, {money}, in this session"),
        ]
        rows += [Text(line, style="dim") for line in self._endpoints()]
        rows += [Text(line) for line in self._slowest()]
        if self._said:
            rows.append(Text(shown(self._said), style="bold"))
        return Group(*rows)

    def _left_s(self, rate: float) -> float | None:
        if self._drive is not None and hasattr(self._drive, "_scheduler"):
            return self._drive.scheduler.expected_s()
        return (self._total - self._done) / rate * 60 if rate else None

    def _endpoints(self) -> Iterator[str]:
        if self._drive is None:
            return
        seen: dict[str, Any] = {}
        for state in self._drive.states:
            pair = state.cell.pair
            if pair.endpoint not in seen:
                seen[pair.endpoint] = self._drive.engine.pressure(state.cell)
        for name, pressure in seen.items():
            if pressure is None:
                continue
            paused = f", paused for {pressure.paused_s:.0f} s" if pressure.paused_s else ""
            window = f" of {pressure.window:.0f}" if pressure.window else ""
            yield (
                f"{name}: {pressure.running}{window} calls now, {pressure.waiting} wait, "
                f"{pressure.throttled} times throttled{paused}"
            )

    def _slowest(self) -> Iterator[str]:
        now = time.monotonic()
        oldest = sorted(self._running.items(), key=lambda one: one[1])
        for cell, since in oldest[:_SLOWEST]:
            event = self._cells.get(cell)
            doing = f"{event.phase}, {event.calls} calls" if event is not None else ""
            yield f"· {seconds(now - since):>9}  {shown(cell)}  {doing}"
        if len(oldest) > _SLOWEST:
            yield f"  and {len(oldest) - _SLOWEST} more are running"


def _when(event: Mapping[str, Any]) -> float:
    """When it happened, on the monotonic clock: events may be read long after."""
    age = (datetime.now(UTC) - datetime.fromisoformat(event["at"])).total_seconds()
    return time.monotonic() - max(age, 0.0)


@contextmanager
def sweep_view(opened: Opened, *, as_json: bool, quiet: bool) -> Iterator[View]:
    """What fits: a picture on a terminal, lines without one."""
    from codingagentbench.sweeps import summary_of

    summary = summary_of(opened)
    done = sum(summary.standings.get(one, 0) for one in ("scored", "given up"))
    if quiet:
        yield Silent()
    elif as_json or not sys.stderr.isatty():
        yield Lines(as_json=as_json, done=done, total=summary.cells)
    else:
        screen = Screen(
            name=summary.name, done=done, total=summary.cells, outcomes=summary.outcomes
        )
        with Live(
            get_renderable=screen.__rich__, console=console(to_stderr=True), refresh_per_second=4
        ):
            yield screen


def follow(home: Home) -> None:
    """Show what another process does, from its log, until it has ended."""
    path = home.folder / "events.jsonl"
    lock = home.read_lock()
    with path.open(encoding="utf-8") as log:
        text = log.read().splitlines()
        starts = [n for n, line in enumerate(text) if '"event": "started"' in line]
        events = [json.loads(line) for line in text[starts[-1] if starts else 0 :]]
        to_do = int(str(events[0].get("detail", "0")).split()[0]) if events else 0
        screen = Screen(
            name=f"{home.name} ({lock.runs if lock else '?'} runs)",
            done=0,
            total=to_do,
            outcomes={},
        )
        for event in events:
            screen.take(event)
        with Live(get_renderable=screen.__rich__, console=console(), refresh_per_second=4):
            while home.worker() is not None:
                line = log.readline()
                if line.endswith("\n"):
                    screen.take(json.loads(line))
                else:
                    log.seek(log.tell() - len(line.encode()))
                    time.sleep(0.25)
