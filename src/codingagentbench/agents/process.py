"""Package managers run to their end: line by line, stoppable, with their last words kept."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence

from codingagentbench.errors import InstallFailed

#: Settings of the user's shell that would send an install elsewhere or into another Python.
#: Everything else is passed on: proxies, indexes, certificate authorities, credentials' places.
_LEFT_OUT = frozenset(
    {
        "NODE_OPTIONS",
        "NODE_PATH",
        "PIP_PREFIX",
        "PIP_PYTHON",
        "PIP_REQUIRE_VIRTUALENV",
        "PIP_ROOT",
        "PIP_TARGET",
        "PIP_USER",
        "PYTHONHOME",
        "PYTHONPATH",
        "VIRTUAL_ENV",
        "npm_config_global",
        "npm_config_prefix",
    }
)
#: What in a package manager's last words calls for which advice; the first that matches wins.
_ADVICE: Sequence[tuple[str, str]] = (
    (r"ENOSPC|No space left", "make room, or set CAB_DATA to a folder on a larger disk"),
    (
        r"CERT|certificate|SELF_SIGNED",
        "name your certificate authority's file in NODE_EXTRA_CA_CERTS and PIP_CERT",
    ),
    (
        r"ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|ENETUNREACH|establish a new connection|timed out"
        r"|from versions: none",
        "check the network, the proxy and the registry that this machine is set to",
    ),
    (r"ETARGET|E404|[Nn]o matching", "choose a version that was released"),
)
_LAST_WORDS = 40  # lines kept
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class Stop:
    """Set once to end every package manager that was started under it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[str]] = set()
        self.is_set = False

    def set(self) -> None:
        """End what runs, at once, and let nothing more start."""
        with self._lock:
            self.is_set = True
            for process in self._running:
                _kill(process)

    def add(self, process: subprocess.Popen[str]) -> None:
        with self._lock:
            self._running.add(process)
            if self.is_set:
                _kill(process)

    def drop(self, process: subprocess.Popen[str]) -> None:
        with self._lock:
            self._running.discard(process)


def run(
    argv: Sequence[str],
    *,
    what: str,
    stop: Stop,
    env: Mapping[str, str] | None = None,
    on_line: Callable[[str], None] = lambda line: None,
    last_words: Callable[[Sequence[str]], str] | None = None,
) -> str:
    """Run ``argv`` to its end and return its output; ``what`` names it in an error.

    Raises :class:`InstallFailed` with ``last_words`` of its output when it fails.
    """
    kept: deque[str] = deque(maxlen=_LAST_WORDS)
    try:
        process = subprocess.Popen(
            argv,
            env={**environment(), **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,  # so that its children can be ended with it
        )
    except OSError as error:
        raise InstallFailed(f"{argv[0]} cannot be started: {error.strerror}", where=what) from error
    stop.add(process)
    try:
        with process:
            assert process.stdout is not None
            for raw in process.stdout:
                line = _COLOUR.sub("", raw).rstrip()
                kept.append(line)
                on_line(line)
    except BaseException:
        _kill(process)
        raise
    finally:
        stop.drop(process)
    if stop.is_set:
        raise InstallFailed("the install was stopped", where=what)
    if process.returncode != 0:
        words = (last_words or final_line)(tuple(kept)) or f"exit code {process.returncode}"
        raise InstallFailed(words, where=what, do=_advice("\n".join(kept)))
    return "\n".join(kept)


def environment() -> dict[str, str]:
    """What a package manager gets to see: this process's, less what would divert it."""
    return {key: value for key, value in os.environ.items() if key not in _LEFT_OUT}


def _advice(output: str) -> str | None:
    return next((advice for pattern, advice in _ADVICE if re.search(pattern, output)), None)


def final_line(lines: Sequence[str]) -> str:
    """The last line that says anything."""
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


def _kill(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
