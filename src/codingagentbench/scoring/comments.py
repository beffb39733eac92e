"""How a comment is written, by file name. A table of syntaxes and a scanner that knows strings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from codingagentbench.globs import matches


@dataclass(frozen=True, kw_only=True)
class Syntax:
    """``line`` starts a comment to the line's end, ``block`` opens one; ``quotes`` open strings.

    ``apart``: a line comment must stand at the start or behind white space, as in a shell.
    """

    files: tuple[str, ...]
    line: tuple[str, ...] = ()
    block: tuple[str, ...] = ()
    quotes: str = "\"'"
    apart: bool = False


def _files(suffixes: str) -> tuple[str, ...]:
    return tuple(f"**/*.{suffix}" for suffix in suffixes.split())


#: The first row that matches wins. A file of no row has no comments that we know of.
SYNTAXES: Final = (
    Syntax(files=_files("py pyi"), line=("#",)),
    Syntax(files=_files("rs"), line=("//",), block=("/*",), quotes='"'),  # 'a is a lifetime
    Syntax(files=_files("js jsx mjs cjs ts tsx go"), line=("//",), block=("/*",), quotes="\"'`"),
    Syntax(
        files=_files("java kt scala swift cs dart gradle c h cc cpp cxx hh hpp hxx m mm css scss"),
        line=("//",),
        block=("/*",),
    ),
    Syntax(files=_files("php"), line=("//", "#"), block=("/*",)),
    Syntax(files=_files("sql"), line=("--",), block=("/*",)),
    Syntax(files=_files("lua hs"), line=("--",)),
    Syntax(
        files=(*_files("sh bash rb pl R toml yaml yml mk"), "**/Makefile", "**/Dockerfile"),
        line=("#",),
        apart=True,
    ),
    Syntax(files=_files("html xml"), block=("<!--",), quotes=""),
)


def syntax_of(path: str) -> Syntax | None:
    """The row for this file, or ``None``."""
    return next((row for row in SYNTAXES if matches(path, row.files)), None)


def comments_in(lines: Iterable[str], syntax: Syntax) -> int:
    """How many of ``lines`` hold a comment, at their start or behind code.

    Each line is looked at by itself, since a diff does not show what stands above: a line inside
    a block comment counts when it starts with ``*``.
    """
    return sum(_has_comment(line, syntax) for line in lines)


def _has_comment(line: str, syntax: Syntax) -> bool:
    text = line.strip()
    if syntax.block and "/*" in syntax.block and (text == "*" or text.startswith(("* ", "*/"))):
        return True
    if text.startswith("#!"):  # the interpreter's line
        return False
    quote, index, opens = "", 0, syntax.line + syntax.block
    while index < len(text):
        char = text[index]
        if quote:
            index += char == "\\"
            quote = "" if char == quote else quote
        elif text.startswith(opens, index) and (not syntax.apart or _stands_apart(text, index)):
            return True
        elif char in syntax.quotes:
            quote = char
        index += 1
    return False


def _stands_apart(text: str, index: int) -> bool:
    return index == 0 or text[index - 1].isspace()
