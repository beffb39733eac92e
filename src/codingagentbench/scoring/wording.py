"""Lists of names inside a sentence: short, and on one line whatever the names are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_SHOWN: Final = 5
_LONGEST: Final = 120  # characters of one name


def listed(names: Sequence[str]) -> str:
    """``a, b, c and 7 more``; characters that would break the line are escaped."""
    shown = ", ".join(_plain(name) for name in names[:_SHOWN])
    rest = len(names) - _SHOWN
    return f"{shown} and {rest} more" if rest > 0 else shown


def _plain(name: str) -> str:
    text = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "..."
