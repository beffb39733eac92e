"""What agents say of their own use of tokens: read from their files or from their last words.

Shown beside the wire's count, never used for a figure: agents leave calls out, count the cached
share each in their own way, and say nothing when they are killed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Claimed = Mapping[str, int]  # "input" (cached included), "cached", "output", "total", "calls"


def lines_of_json(text: str) -> Iterator[Any]:
    """Every line of ``text`` that is JSON; what is not is passed over."""
    for line in text.splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            continue


def json_in(text: str) -> Iterator[Any]:
    """The JSON values that stand one after the other in ``text``."""
    decoder, at = json.JSONDecoder(), 0
    while at < len(text):
        begin = re.compile(r"[{\[]").search(text, at)
        if begin is None:
            return
        try:
            value, at = decoder.raw_decode(text, begin.start())
        except ValueError:
            at = begin.start() + 1
            continue
        yield value


def under(value: object, *path: str) -> list[Any]:
    """The members of the object or list at ``path`` of nested objects; none when there is none."""
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    if isinstance(value, Mapping):
        return list(value.values())
    return value if isinstance(value, list) else []


def number(value: object, *path: str) -> int:
    """The whole number at ``path`` of nested objects; 0 when there is none."""
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def summed(rows: Iterable[Claimed]) -> Claimed | None:
    """The rows added up; ``None`` for none."""
    total: dict[str, int] = {}
    for row in rows:
        for name, value in row.items():
            total[name] = total.get(name, 0) + value
    return total or None


def amount(text: str) -> int:
    """``"1.2k"``, ``"3,456"``, ``"2M"`` as a whole number; 0 for what is none."""
    if not re.fullmatch(r"[\d,]*\d(\.\d+)?[kKmM]?", text):
        return 0
    factor = {"k": 1_000, "m": 1_000_000}.get(text[-1:].lower(), 1)
    return round(float(text.rstrip("kKmM").replace(",", "")) * factor)
