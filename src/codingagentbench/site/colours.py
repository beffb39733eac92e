"""The diff of a file as HTML, with its syntax in colours.

An agent chooses names and contents of its files, so only lexers named here are used, for lines of
a sensible length: a lexer is made of regular expressions, and some texts keep those busy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Final

from markupsafe import Markup
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, String, Token, _TokenType

from codingagentbench.site.diff import ChangedFile, Line
from codingagentbench.site.siblings import escape

_LEXERS: Final[Mapping[str, str]] = {
    "py": "python",
    "rs": "rust",
    "js": "javascript",
    "mjs": "javascript",
    "cjs": "javascript",
    "jsx": "javascript",
    "ts": "typescript",
    "go": "go",
    "java": "java",
    "c": "c",
    "h": "cpp",
    "cc": "cpp",
    "cpp": "cpp",
    "hpp": "cpp",
    "sh": "bash",
    "toml": "toml",
    "json": "json",
    "yaml": "yaml",
    "yml": "yaml",
    "css": "css",
}
_LONGEST: Final = 300  # characters of a line
_COLOURED: Final = 2_000  # characters of a file; colours make them six times as many

#: What has a colour of its own; everything else is plain.
_KINDS: Final[tuple[tuple[_TokenType, str], ...]] = (
    (Comment, "c"),
    (String, "s"),
    (Number, "n"),
    (Keyword, "k"),
    (Name.Function, "f"),
    (Name.Class, "f"),
    (Name.Builtin, "f"),
)


def diff_html(file: ChangedFile) -> Markup:
    """Lines of one kind that follow each other are one block."""
    coloured = _coloured(file.lines, file.change.path)
    out = []
    pairs = zip(file.lines, coloured, strict=True)
    for kind, these in groupby(pairs, key=lambda pair: pair[0].kind):
        text = "".join(f"{html}\n" for _, html in these)
        out.append(text if kind == "same" else f'<span class="{kind}">{text}</span>')
    return Markup("".join(out))  # noqa: S704 - of escaped parts


def _coloured(lines: Sequence[Line], path: str) -> list[str]:
    """Each line as HTML. What was and what is are read apart, as each is a text of its own."""
    plain = [str(escape(line.text)) for line in lines]
    lexer = _lexer(path.rpartition(".")[2])
    if lexer is None or any(len(line.text) > _LONGEST for line in lines):
        return plain
    some = _beginning(lines)
    for kinds in (("same", "del"), ("same", "add")):
        for stretch in _stretches(some, kinds):
            body = "\n".join(lines[n].text[1:] for n in stretch)
            for n, html in zip(stretch, _lines_of(lexer, body), strict=False):
                plain[n] = f"{escape(lines[n].text[:1])}{html}"
    return plain


def _beginning(lines: Sequence[Line]) -> Sequence[Line]:
    """As many lines as may have colours."""
    room = _COLOURED
    for number, line in enumerate(lines):
        room -= len(line.text)
        if room < 0:
            return lines[:number]
    return lines


def _stretches(lines: Sequence[Line], kinds: tuple[str, str]) -> Iterator[list[int]]:
    """Numbers of the lines of ``kinds``, hunk by hunk."""
    stretch: list[int] = []
    for number, line in enumerate(lines):
        if line.kind == "hunk":
            yield stretch
            stretch = []
        elif line.kind in kinds and not line.text.startswith("\\"):
            stretch.append(number)
    yield stretch


def _lines_of(lexer: Lexer, body: str) -> Iterator[str]:
    """``body`` as HTML, line by line."""
    parts: list[str] = []
    for kind, text in _tokens(lexer, body):
        first, *rest = text.split("\n")
        parts.append(_span(kind, first))
        for line in rest:
            yield "".join(parts)
            parts = [_span(kind, line)]
    yield "".join(parts)


def _tokens(lexer: Lexer, body: str) -> Iterable[tuple[_TokenType, str]]:
    return lexer.get_tokens(f"{body}\n") if body else ()


def _span(kind: _TokenType, text: str) -> str:
    css = _class(kind)
    return f'<i class="{css}">{escape(text)}</i>' if css and text else str(escape(text))


@cache
def _class(kind: _TokenType) -> str:
    return next((css for known, css in _KINDS if kind in known), "") if kind is not Token else ""


@cache
def _lexer(ending: str) -> Lexer | None:
    name = _LEXERS.get(ending.lower())
    return None if name is None else get_lexer_by_name(name, stripnl=False, ensurenl=False)
