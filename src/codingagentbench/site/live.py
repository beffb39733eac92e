"""A sweep that runs now, as pages: what is under way, and each cell's page as soon as it ended."""

from __future__ import annotations

import functools
import json
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final, TextIO
from urllib.parse import quote

from codingagentbench.errors import ResultsError
from codingagentbench.results import PAGE
from codingagentbench.site import places
from codingagentbench.site.environment import LIVE_POLICY
from codingagentbench.site.outcomes import look
from codingagentbench.site.sheets import rendered
from codingagentbench.site.sitebuild import build
from codingagentbench.site.text import visible
from codingagentbench.site.writing import write
from codingagentbench.sweeps import Home

LIVE: Final = f"live/{PAGE}"
_NEWEST: Final = 60  # ended cells that the page names
_SHARE: Final = 4  # pages are made a quarter of the time at most: the cells need the cores
_LOOK_S: Final = 0.5


class Progress:
    """What the log of a sweep tells; of its last session only."""

    def __init__(self, home: Home, out: Path) -> None:
        self._home, self._out = home, out
        self._lock = threading.Lock()
        self._log: TextIO | None = None
        self._begin("")

    def _begin(self, at: str, to_do: int = 0) -> None:
        self._began, self._to_do = at, to_do
        self._running: dict[str, str] = {}
        self._newest: deque[dict[str, Any]] = deque(maxlen=_NEWEST)
        self._outcomes: Counter[str] = Counter()
        self._done = self._tokens = 0
        self._said = ""

    def read(self) -> bool:
        """Take in what is new in the log; whether a cell ended."""
        if self._log is None:
            try:
                self._log = (self._home.folder / "events.jsonl").open(encoding="utf-8")
            except FileNotFoundError:
                return False
        ended = False
        while (line := self._log.readline()).endswith("\n"):
            event = json.loads(line)
            with self._lock:
                self._take(event)
            ended |= event["event"] in ("ended", "retry")
        self._log.seek(self._log.tell() - len(line.encode()))
        return ended

    def _take(self, event: Mapping[str, Any]) -> None:
        what, cell = event["event"], event.get("cell", "")
        if what == "started":
            self._begin(event["at"], int(str(event.get("detail", "0")).split()[0]))
            return
        if what == "begun":
            self._running[cell] = event["at"]
            return
        self._running.pop(cell, None)
        if what in ("ended", "retry"):
            self._newest.appendleft(dict(event))
            self._tokens += event.get("tokens") or 0
            self._done += what == "ended"
            self._outcomes[event["outcome"]] += what == "ended"
        else:
            self._said = str(event.get("detail") or what)

    def plain(self) -> dict[str, Any]:
        """As the page asks for it, once a second."""
        now = datetime.now(UTC)
        with self._lock:
            took = _age(self._began, now) if self._began else 0.0
            rate = self._done / took if took > 1 else 0.0
            return {
                "name": visible(self._home.name),
                "works": self._home.worker() is not None,
                "to_do": self._to_do,
                "done": self._done,
                "took_s": took,
                "left_s": (self._to_do - self._done) / rate if rate else None,
                "a_minute": rate * 60,
                "tokens": self._tokens,
                "said": visible(self._said),
                "outcomes": [(*_seen(name), n) for name, n in self._outcomes.most_common()],
                "running": [(visible(c), _age(at, now)) for c, at in self._running.items()],
                "newest": [self._ended(event) for event in self._newest],
            }

    def _ended(self, event: Mapping[str, Any]) -> dict[str, Any]:
        page = f"{places.CELLS}/{event['path']}/{PAGE}"
        return {
            "cell": visible(event["cell"]),
            "seen": _seen(event["outcome"]),
            "again": event["event"] == "retry",
            "tokens": event.get("tokens"),
            "agent_s": event.get("agent_s"),
            "page": quote(page) if (self._out / page).exists() else None,
        }


def _seen(outcome: str) -> tuple[str, str, str]:
    it = look(outcome)
    return it.glyph, it.word, it.colour


def _age(at: str, now: datetime) -> float:
    return max((now - datetime.fromisoformat(at)).total_seconds(), 0.0)


class Watch:
    """Makes the site anew while cells end, and serves it on this machine alone."""

    def __init__(self, home: Home, out: Path, *, port: int) -> None:
        self._home, self._out = home, out
        self._progress = Progress(home, out)
        self._over = threading.Event()
        self.problem: ResultsError | None = None
        write(out / LIVE, rendered("live", LIVE, "Live", name=home.name, policy=LIVE_POLICY))
        handler = functools.partial(
            _Handler, directory=str(out), told=lambda: self._progress.plain()
        )
        try:
            self.server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        except OSError as error:
            raise ResultsError(
                f"cannot listen: {error.strerror}",
                where=f"127.0.0.1:{port}",
                do="choose another --port",
            ) from None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/{LIVE}"

    def run(self) -> None:
        """Until somebody ends it, or the site can no longer be written (``problem``)."""
        builder = threading.Thread(target=self._build, daemon=True)
        builder.start()
        try:
            self.server.serve_forever(poll_interval=0.1)
        finally:
            self._over.set()
            self.server.server_close()
            builder.join(30)

    def _build(self) -> None:
        stale, not_before = True, 0.0
        while not self._over.is_set():
            stale |= self._progress.read()
            if stale and time.monotonic() >= not_before:
                began = time.monotonic()
                try:
                    build(self._home.root, self._out, jobs=1)
                except ResultsError as error:
                    self.problem = error
                    self.server.shutdown()
                    return
                not_before = time.monotonic() + (_SHARE - 1) * (time.monotonic() - began)
                stale = False
            self._over.wait(_LOOK_S)


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *given: Any, told: Callable[[], dict[str, Any]], **named: Any) -> None:
        self._told = told
        super().__init__(*given, **named)

    def do_GET(self) -> None:
        if self.path.partition("?")[0] != "/live.json":
            super().do_GET()
            return
        data = json.dumps(self._told()).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")  # pages change under the reader
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged."""
