"""Text and figures as a page shows them: nothing hidden, nothing that acts, nothing invented."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any, Final

#: What "null" is called on every page.
NOT_MEASURED: Final = "not measured"

#: Control characters (but tab and line feed), lone surrogates, and what turns or hides text.
_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff"
    "\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """``text`` with every character that cannot be seen spelled out.

    Control characters become their pictures (U+2400 and up); what reorders or hides text becomes
    ``⟨U+202E⟩``; halves of surrogate pairs become the replacement character. A carriage return
    that ends a line goes.
    """
    if text.isprintable():  # most texts by far; none of what is spelled out is
        return text
    return _HIDDEN.sub(_spelled, text.replace("\r\n", "\n"))


def _spelled(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return f"⟨U+{code:04X}⟩"


def count(value: float | None) -> str:
    """A whole number with thousands set apart."""
    return NOT_MEASURED if value is None else f"{value:,.0f}"


def figure(value: float | None, digits: int = 3) -> str:
    """A score."""
    return NOT_MEASURED if value is None else f"{value:.{digits}f}"


def seconds(value: float | None) -> str:
    """A duration given in seconds: 0.31 ms, 12 ms, 3.42 s, 638.31 s."""
    if value is None:
        return NOT_MEASURED
    if abs(value) >= 0.9995:
        return f"{value:,.2f} s"
    ms = value * 1000
    return f"{ms:.0f} ms" if ms >= 9.995 or ms == 0 else f"{ms:.2f} ms"


def ms(value: float | None) -> str:
    """A duration given in milliseconds."""
    return seconds(None if value is None else value / 1000)


def size(value: float | None) -> str:
    """Bytes, in powers of 1024."""
    if value is None:
        return NOT_MEASURED
    for unit in ("B", "KiB", "MiB"):
        if value < 1024:
            return f"{value:.0f} {unit}" if unit == "B" else f"{value:.1f} {unit}"
        value /= 1024
    return f"{value:.1f} GiB"


def instant(value: datetime) -> str:
    """A moment in UTC, to the microsecond, as the record has it."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def clock(value: datetime) -> str:
    """The time of day of a moment, UTC, to the millisecond."""
    return value.astimezone(UTC).strftime("%H:%M:%S.%f")[:-3]


def digest(value: str | None) -> str | None:
    """``sha256:`` and the digest, the prefix once, however often it was given."""
    if not value:
        return None
    bare = re.sub(r"^(sha256:)+", "", value)
    return f"sha256:{bare}" if re.fullmatch(r"[0-9a-fA-F]{64}", bare) else value


def as_json(value: Any, *, limit: int = 3000) -> str:
    """Plain data on one line; beyond ``limit`` characters it is cut, and says so."""
    text = json.dumps(value, ensure_ascii=False, separators=(", ", ":"), default=str)
    return cut(text, limit=limit)


def cut(text: str, *, limit: int) -> str:
    """The first ``limit`` characters, with a note of how many were left out."""
    if len(text) <= limit:
        return text
    return f"{text[:limit]} … ({len(text) - limit:,} characters more)"


def tail(text: str, *, limit: int) -> str:
    """The last ``limit`` characters, with a note of how many were left out."""
    if len(text) <= limit:
        return text
    return f"({len(text) - limit:,} characters before) …\n{text[-limit:]}"


def plural(number: int, one: str, many: str | None = None) -> str:
    """``1 call``, ``2 calls``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def sentence(text: str) -> str:
    """``text`` with a capital first and a full stop last, where it has none."""
    text = text.strip()
    ended = text if text.endswith((".", "!", "?", "…")) or not text else f"{text}."
    return ended[:1].upper() + ended[1:]
