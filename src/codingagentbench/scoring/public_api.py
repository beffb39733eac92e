"""What a source file offers to others, read from diffs alone: a table of languages.

A declaration counts with its whole signature, white space aside. What one side of a diff declares
and the other does not was removed or changed; what was only moved is on both sides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from codingagentbench.globs import matches
from codingagentbench.scoring.patches import FilePatch, Line


class _Seen(NamedTuple):
    """A line of one side of the diff, and whether it stands in a function's body."""

    text: str
    local: bool


@dataclass(frozen=True, kw_only=True)
class Language:
    """``declares``: the first group is the signature, or its beginning where brackets are open.

    ``encloses`` opens a body in which nothing is public, told by indentation.
    """

    files: tuple[str, ...]
    declares: re.Pattern[str]
    encloses: re.Pattern[str] | None = None
    public: Callable[[str], bool] = lambda _text: True


def language_of(path: str) -> Language | None:
    """The row for this file, or ``None``: what it offers cannot be told."""
    return next((row for row in LANGUAGES if matches(path, row.files)), None)


def gone_from(language: Language, patch: FilePatch) -> tuple[str, ...]:
    """Signatures that were declared before and are not after: removed, or changed."""
    before = Counter(_declared(language, patch.lines, "-"))
    after = Counter(_declared(language, patch.lines, "+"))
    return tuple(sorted((before - after).keys()))


def _declared(language: Language, lines: tuple[Line, ...], side: str) -> Iterator[str]:
    seen = tuple(_side(language, lines, side))
    for at, line in enumerate(seen):
        match = None if line.local else language.declares.match(line.text)
        if match and language.public(line.text):
            yield _signature(match.group(1), [one.text for one in seen[at + 1 : at + 30]])


def _side(language: Language, lines: tuple[Line, ...], side: str) -> Iterator[_Seen]:
    """The lines of one side, as a reader of the file would see them."""
    inside: int | None = None  # indentation of the function whose body this is
    for line in lines:
        if line.mark not in (" ", "@", side):
            continue
        depth = len(line.text) - len(line.text.lstrip())
        opens = language.encloses is not None and language.encloses.match(line.text)
        if line.mark == "@":
            inside = depth if opens else None
            continue
        if inside is not None and depth <= inside and line.text.strip()[:1] not in ("", ")"):
            inside = None
        yield _Seen(line.text, inside is not None)
        if opens and inside is None:
            inside = depth


def _signature(start: str, following: list[str]) -> str:
    """The declaration up to where its brackets are closed, white space aside."""
    text = start
    for line in following:
        if text.count("(") <= text.count(")"):
            break
        text += " " + line
    text = re.sub(r"\)\s*(?::|\{|=>|;|where\b).*$", ")", text) if "->" not in text else text
    return re.sub(r"\s+|,\s*(?=\))", "", re.sub(r"\s*[:{;]\s*$", "", text))


def _files(suffixes: str) -> tuple[str, ...]:
    return tuple(f"**/*.{suffix}" for suffix in suffixes.split())


def _not_underscored(text: str) -> bool:
    return re.search(r"\b(?:def|class)\s+_(?!_init__)|^_", text) is None


_RUST: Final = r"(?:const |unsafe |async |extern (?:\"\w+\" )?)*"
_JAVA: Final = r"(?:(?:static|final|abstract|synchronized|default|native|sealed|strictfp|@\w+)\s+)*"
_C_WORDS: Final = (
    r"(?!\s*(?:return|if|else|for|while|switch|case|throw|new|delete|using namespace)\b)"
)

#: The first row that matches wins.
LANGUAGES: Final = (
    Language(
        files=_files("py pyi"),
        declares=re.compile(
            r"\s*((?:async\s+)?def\s+\w+.*|class\s+\w+.*|[A-Z][A-Z0-9_]*(?=\s*[:=]))"
        ),
        encloses=re.compile(r"\s*(?:(?:async\s+)?def\s|\)\s*(?:->[^:]*)?:\s*$)"),
        public=_not_underscored,
    ),
    Language(
        files=_files("rs"),
        declares=re.compile(
            rf"\s*(pub {_RUST}(?:fn|trait|mod|use|type)\s[^{{]*|pub (?:struct|enum|union)\s+\w+"
            r"|pub (?:const|static)(?: mut)?\s+\w+\s*:\s*[^=;]+|pub \w+\s*:\s*[^,]+)"
        ),
    ),
    Language(
        files=_files("go"),
        declares=re.compile(
            r"(func\s+(?:\([^)]*\)\s*)?[A-Z]\w*.*|type\s+[A-Z]\w*|(?:const|var)\s+[A-Z]\w*"
            r"|\t[A-Z]\w*\s+[^=:(){}]+$)"
        ),
    ),
    Language(
        files=_files("java"),
        declares=re.compile(
            rf"\s*((?:@\w+\s+)*(?:public|protected)\s+{_JAVA}[\w<>\[\], .?]+[^={{;]*)"
        ),
    ),
    Language(
        files=_files("js mjs cjs jsx ts tsx mts cts"),
        declares=re.compile(
            r"\s*(export\s+(?:default\s+)?(?:async\s+)?(?:function\s*\*?|class|interface|type)\s*\w*.*"
            r"|export\s+(?:const|let|var)\s+\w+|export\s*(?:\{|\*).*"
            r"|(?:module\.)?exports(?:\.\w+)?\s*=(?:\s*\{.*)?"
            r"|(?:(?:static|async|get|set)\s+|\*\s*)*(?!if\b|for\b|while\b|switch\b|catch\b|with\b|function\b|super\b)"
            r"[A-Za-z$]\w*\s*\([^;]*\)\s*(?=\{\s*$))"
        ),
    ),
    Language(
        files=_files("h hh hpp hxx"),
        declares=re.compile(
            rf"{_C_WORDS}\s*((?:template\s*<.*>\s*)?"
            r"(?:class|struct|enum(?: class)?|union)\s+\w+(?=[^;]*$)"
            r"|using\s+\w+\s*=.*|#define\s+\w+"
            r"|(?:[\w:<>,*&~\[\]]+\s+)*[\w:<>*&~]+\s*\([^;{]*)"
        ),
    ),
    Language(
        files=_files("sql"),
        declares=re.compile(
            r"\s*(create\s+(?:\w+\s+)*?(?:table|view|index|trigger)\s+.*)", re.IGNORECASE
        ),
    ),
    Language(files=_files("sh bash"), declares=re.compile(r"((?:function\s+)?[a-z]\w*\s*\(\))")),
)
