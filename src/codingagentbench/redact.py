"""Secrets and host paths taken out of bytes before they are written anywhere."""

from __future__ import annotations

import contextlib
import json
import os
import pwd
import re
import socket
from collections.abc import Iterable, Mapping
from functools import cached_property
from urllib.parse import quote

from codingagentbench import keyshapes

_SHORTEST_HOST = 5
_ANYBODY = frozenset({"agent", "debian", "docker", "host", "localhost", "nobody", "root", "runner",
                      "sandbox", "server", "ubuntu", "user", "vagrant", "worker"})  # fmt: skip


class Redactor:
    """Replaces every known secret, in the spellings it can take in text, JSON and URLs.

    Built once per attempt with that attempt's secrets and host paths; what must never be written
    goes through it at the place where it is written. Longest spelling first, so that a secret
    that contains another leaves nothing behind. Values shorter than four characters are refused:
    replacing them would tear ordinary text apart.
    """

    def __init__(self, secrets: Mapping[str, str], paths: Mapping[str, str] | None = None) -> None:
        """``secrets``: value -> label, shown as ``[label]``; ``paths``: host path -> stand-in."""
        table: dict[bytes, bytes] = {}
        whole: set[bytes] = set()
        for value, label in secrets.items():
            if len(value) < 4:
                raise ValueError(f"a secret for [{label}] has fewer than four characters")
            for spelling in _spellings(value):
                table[spelling] = f"[{label}]".encode()
        for path, stand_in in (paths or {}).items():
            if len(path) >= 4:
                for spelling in _spellings(path):
                    table.setdefault(spelling, stand_in.encode())
                    whole.add(spelling)
        self._table, self._whole = table, whole
        self._longest = max((len(s) for s in table), default=0)

    @cached_property
    def _pattern(self) -> re.Pattern[bytes]:
        ordered = sorted(self._table, key=len, reverse=True)
        alternatives = (re.escape(s) if s not in self._whole else _as_path(s) for s in ordered)
        return re.compile(b"|".join(alternatives))

    def known(self, data: bytes) -> bytes:
        """``data`` with every spelling of every secret that was given replaced."""
        # Looking for each plainly is many times faster than the pattern, and mostly finds nothing.
        if not any(spelling in data for spelling in self._table):
            return data
        return self._pattern.sub(lambda m: self._table[m.group()], data)

    def bytes(self, data: bytes) -> bytes:
        """``data`` with every spelling of every secret, and all that looks like one, replaced."""
        return keyshapes.taken_out(self.known(data))

    def text(self, data: str) -> str:
        """As :meth:`bytes`, for text; lone surrogates in it survive."""
        raw = data.encode("utf-8", "surrogatepass")
        return self.bytes(raw).decode("utf-8", "surrogatepass")

    def stream(self) -> RedactedStream:
        """A fresh filter for bytes that arrive in pieces."""
        return RedactedStream(self, self._longest)


class RedactedStream:
    """Holds back just enough of a stream that a secret split over two pieces is still seen.

    Of what only looks like a key at most ``keyshapes.HELD`` bytes are held back: a longer one is
    cut there, and its rest goes out as it is.
    """

    def __init__(self, redactor: Redactor, longest: int) -> None:
        self._redactor, self._hold, self._tail = redactor, max(longest - 1, 0), b""
        self._before = b""  # the last byte that went out: whether a key may begin after it

    def feed(self, piece: bytes) -> bytes:
        """The part of the stream that is safe to write now."""
        before = len(self._before)
        data = self._before + self._redactor.known(self._tail + piece)
        cut = max(len(data) - self._hold, before)
        # Only a prefix of some secret may wait; text that cannot be one goes out at once.
        while cut < len(data) and not self._redactor_prefix(data[cut:]):
            cut += 1
        cut = max(min(cut, keyshapes.held_from(data)), before)
        for key in reversed(keyshapes.keys(data, before)):
            if key.begin < cut < key.until:
                long = len(data) - key.begin > keyshapes.HELD
                cut = key.until if long else key.begin
        self._tail = data[cut:]
        out = keyshapes.taken_out(data[:cut], before)
        self._before = data[cut - 1 : cut] if cut else b""
        return out

    def flush(self) -> bytes:
        """What is left at the end."""
        data, before = self._before + self._tail, len(self._before)
        self._tail = self._before = b""
        return keyshapes.taken_out(data, before)

    def _redactor_prefix(self, data: bytes) -> bool:
        return any(s.startswith(data) for s in self._redactor._table)


def _as_path(spelling: bytes) -> bytes:
    """A path where it stands as one: ``/root/x``, but not ``a/root``, ``/rooted``, ``</root>``."""
    return rb"(?<![\w.<-])" + re.escape(spelling) + rb"(?![\w-])"


def _spellings(value: str) -> Iterable[bytes]:
    yield value.encode()
    yield json.dumps(value)[1:-1].encode()
    yield quote(value, safe="").encode()


def host_paths(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """What says whose host this is: the home folder, the user's name in paths, the host's name.

    A name alone may be any word, so a user's is taken out in a path of homes only, and a host's
    where nothing of a word is beside it, and only if no word is like it: it has a digit, a hyphen
    or a dot (a host named ``build`` would tear that word out of all evidence). Names that many have
    are left in.
    """
    paths = dict(extra or {})
    home = os.path.expanduser("~")
    if home not in ("/", "~"):
        paths[home] = "~"
    with contextlib.suppress(KeyError):  # a user without an entry
        user = pwd.getpwuid(os.getuid()).pw_name
        if user not in _ANYBODY:
            paths |= {f"/{homes}/{user}": "~" for homes in ("home", "Users", "var/home")}
    host = socket.gethostname()
    common = host.partition(".")[0] in _ANYBODY or host.isalpha()
    if not common and len(host) >= _SHORTEST_HOST:
        paths[host] = "[host]"
    return paths
