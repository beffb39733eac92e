"""Constants that are not what they should be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from codingagentbench.tasks.mutation.source import Edit, Source

if TYPE_CHECKING:
    from tree_sitter import Node

_WHOLE: Final = re.compile(r"(\d[\d_]*)([a-zA-Z]\w*)?")
_POINT: Final = re.compile(r"(\d+)(\.\d+\w*)")
_SEPARATORS: Final[Mapping[str, str]] = {
    ",": ";", ";": ",", ":": "=", "=": ":", "-": "_", "_": "-", "/": "|", "|": "/", ".": ",",
    " ": "", "\\n": " ", "\\t": " ", "#": "*", "*": "#", "+": "-",
}  # fmt: skip
_SIGNS: Final = ("signed", "unary")


def changed(source: Source) -> Iterator[Edit]:
    """A number one off, a truth value turned, another separator."""
    grammar = source.grammar
    for node in source.of(grammar.integers | grammar.floats):
        for text in _numbers(source.text(node)):
            if not _steps_a_loop(source, node):
                yield Edit(node.start_byte, node.end_byte, text.encode())
    for node in source.nodes:
        if not node.children and source.text(node) in grammar.booleans:
            yield Edit(node.start_byte, node.end_byte, grammar.booleans[source.text(node)].encode())
    for node in source.of(grammar.strings | grammar.characters):
        text = source.text(node)
        other = _SEPARATORS.get(text[1:-1])
        if other is not None and (other or node.type in grammar.strings):
            yield Edit(node.start_byte + 1, node.end_byte - 1, other.encode())


def _numbers(text: str) -> Iterator[str]:
    whole, point = _WHOLE.fullmatch(text), _POINT.fullmatch(text)
    if whole is not None and not (text.startswith("0") and len(whole[1]) > 1):
        value = int(whole[1].replace("_", ""))
        style = "_" if "_" in whole[1] else ""
        for other in (value + 1, value - 1) if value > 1 else (value + 1,):
            yield f"{other:{style}}{whole[2] or ''}"
    elif point is not None:
        yield f"{int(point[1]) + 1}{point[2]}"


def _steps_a_loop(source: Source, node: Node) -> bool:
    """``i += 1``: a loop that steps otherwise may not end."""
    up = source.parent(node)
    return up is not None and up.type in source.grammar.updates and source.text(node) == "1"
