"""Requests without what differs from run to run: ids, dates, times, ports, scratch names."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any, Final

#: Keys whose values name one run and say nothing to the model.
_NOISE: Final = frozenset(
    (
        "client_metadata",
        "id",
        "metadata",
        "prompt_cache_key",
        "safety_identifier",
        "session_id",
        "stream_options",  # of the transport: the gateway asks for usage there
        "user",
    )
)
#: Keys whose values link one part of a request to another: told by the order they appear in.
_LINKS: Final = frozenset(("tool_call_id", "call_id", "tool_use_id", "item_id"))

#: Read top to bottom. Each run of text that matches is replaced by its name.
_VOLATILE: Final = (
    ("uuid", re.compile(r"[0-9a-fA-F]{8}(?:-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}")),
    ("id", re.compile(r"\b(?:call|toolu|msg|resp|chatcmpl|fc|rs|ses|prt)_[0-9A-Za-z]{8,}\b")),
    (
        "time",
        re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?"),
    ),
    ("date", re.compile(r"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}/\d{1,2}/\d{4}\b")),
    (
        "date",
        re.compile(
            r"\b(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? )?"
            r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{1,2},? \d{4}\b"
        ),
    ),
    ("date", re.compile(r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} \d{2} \d{4}\b")),
    (
        "date",  # as ls writes it
        re.compile(
            r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d{1,2} +(?:\d\d:\d\d|\d{4})\b"
        ),
    ),
    ("clock", re.compile(r"\b\d{1,2}:\d\d:\d\d(?:\.\d+)?\b")),
    ("took", re.compile(r"\b\d+(?:\.\d+)? ?(?:ms|s|sec|seconds)\b")),
    ("scratch", re.compile(r"(?<=/tmp/)[\w.-]+")),
    ("chunk", re.compile(r"(?<=Chunk ID: )[0-9a-f]+")),
    ("hash", re.compile(r"\b[0-9a-f]{40,64}\b")),
)


def normalised(body: bytes) -> Any:
    """A request as plain JSON values without what differs from run to run.

    A body that is no JSON stays text.
    """
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return _plain(body.decode("utf-8", "replace"))
    return _walk(value, {})


def request_digest(body: bytes) -> str:
    """SHA-256, in hex, of the normalised request."""
    dense = json.dumps(normalised(body), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(dense.encode("utf-8", "backslashreplace")).hexdigest()


def first_difference(before: bytes, after: bytes) -> str | None:
    """Where two requests first differ, as ``messages.3.content: 'a' became 'b'``; ``None``: not."""
    found = next(_differences("", normalised(before), normalised(after)), None)
    return found and found[:400]


def _walk(value: Any, links: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {
            key: links.setdefault(str(value[key]), f"link {len(links)}")
            if key in _LINKS
            else _walk(value[key], links)
            for key in value
            if key not in _NOISE or (isinstance(value[key], dict | list) and key == "id")
        }
    if isinstance(value, list):
        return [_walk(one, links) for one in value]
    return _plain(value) if isinstance(value, str) else value


def _plain(text: str) -> str:
    for name, pattern in _VOLATILE:
        text = pattern.sub(f"<{name}>", text)
    return text


def _differences(where: str, before: Any, after: Any) -> Iterator[str]:
    if type(before) is not type(after):
        yield f"{where or 'the request'}: {_short(before)} became {_short(after)}"
    elif isinstance(before, dict):
        for key in [*before, *(key for key in after if key not in before)]:
            inner = f"{where}.{key}".lstrip(".")
            if key not in after:
                yield f"{inner}: is gone"
            elif key not in before:
                yield f"{inner}: is new"
            else:
                yield from _differences(inner, before[key], after[key])
    elif isinstance(before, list):
        for number, (one, other) in enumerate(zip(before, after, strict=False)):
            yield from _differences(f"{where}.{number}".lstrip("."), one, other)
        if len(before) != len(after):
            yield f"{where or 'the request'}: {len(before)} entries became {len(after)}"
    elif before != after:
        yield f"{where or 'the request'}: {_around(before, after)}"


def _around(before: Any, after: Any) -> str:
    if not isinstance(before, str):
        return f"{_short(before)} became {_short(after)}"
    pairs = enumerate(zip(before, after, strict=False))
    at = next((n for n, (a, b) in pairs if a != b), min(len(before), len(after)))
    begin = max(at - 20, 0)
    return f"{before[begin : at + 40]!r} became {after[begin : at + 40]!r}"


def _short(value: Any) -> str:
    text = json.dumps(value, default=str)
    return text if len(text) <= 60 else text[:57] + "..."
