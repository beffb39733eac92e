"""Path globs, one meaning for the whole project: tasks, carrying, scoring.

| written | matches |
|---|---|
| `*` | any run of characters of one path part, also none, also a leading dot; never `/` |
| `?` | one character, not `/` |
| `**` as a whole part | any number of parts, also none: `a/**/b` matches `a/b` and `a/x/y/b` |
| `a/**` or `a/` | everything below `a`, not `a` itself |
| `**/name` | `name` at any depth, also at the top |
| `name` | `name` at the top only: a glob is always matched against the whole path |

Everything else is literal, upper and lower case differ. A ``**`` inside a part (`a**b`) is `*`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

#: Paths have no leading slash, no `.` or `..` parts; `\n` and undecodable bytes are characters too.
_PART: Final = {"*": "[^/]*", "?": "[^/]"}


def matches(path: str, globs: Iterable[str]) -> bool:
    """Whether ``path`` (relative, "/"-separated) is meant by one of ``globs``."""
    key = globs if isinstance(globs, tuple) else tuple(globs)
    return _compiled(key).fullmatch(path) is not None


@lru_cache(maxsize=1024)
def _compiled(globs: tuple[str, ...]) -> re.Pattern[str]:
    if not globs:
        return re.compile(r"(?!)")
    return re.compile("|".join(f"(?:{_regex(glob)})" for glob in globs), re.DOTALL)


def _regex(glob: str) -> str:
    """``glob`` as a regular expression for the whole of a path."""
    parts = (glob + "**" if glob.endswith("/") else glob).split("/")
    out = ""
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        if part == "**":
            out += ".+" if last else "(?:[^/]+/)*"
        else:
            out += _part(part) + ("" if last else "/")
    return out


def _part(part: str) -> str:
    return "".join(_PART.get(char, re.escape(char)) for char in re.sub(r"\*+", "*", part))
