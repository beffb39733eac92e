"""The wrong operator, or the wrong one of two functions that look alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from codingagentbench.tasks.mutation.source import Edit, Source

if TYPE_CHECKING:
    from tree_sitter import Node

_WRONG: Final[Mapping[str, str]] = {
    "+": "-", "-": "+", "*": "+", "/": "*", "//": "*", "%": "/", "and": "or", "or": "and",
    "&&": "||", "||": "&&", "&": "|", "|": "&", "^": "|", "<<": ">>", ">>": "<<", "??": "||",
}  # fmt: skip
_UPDATES: Final[Mapping[str, str]] = {
    "+=": "-=", "-=": "+=", "*=": "+=", "/=": "*=", "//=": "+=", "++": "--", "--": "++",
    "|=": "&=", "&=": "|=", "^=": "|=", "<<=": ">>=", ">>=": "<<=",
}  # fmt: skip
_PAIRS: Final = (
    ("min", "max"), ("any", "all"), ("floor", "ceil"), ("startswith", "endswith"),
    ("starts_with", "ends_with"), ("startsWith", "endsWith"), ("HasPrefix", "HasSuffix"),
    ("TrimPrefix", "TrimSuffix"), ("TrimLeft", "TrimRight"), ("lstrip", "rstrip"),
    ("trim_start", "trim_end"), ("trimStart", "trimEnd"), ("ljust", "rjust"),
    ("padStart", "padEnd"), ("some", "every"),
    ("push_back", "push_front"), ("pop_front", "pop_back"), ("front", "back"), ("find", "rfind"),
    ("indexOf", "lastIndexOf"), ("Index", "LastIndex"), ("addFirst", "addLast"),
    ("pollFirst", "pollLast"), ("peekFirst", "peekLast"), ("anyMatch", "allMatch"),
    ("is_some", "is_none"), ("is_ok", "is_err"), ("lower_bound", "upper_bound"),
    ("bisect_left", "bisect_right"), ("floorKey", "ceilingKey"), ("first", "last"),
    ("lower", "upper"), ("toLowerCase", "toUpperCase"), ("ToLower", "ToUpper"),
    ("union", "intersection"), ("take", "skip"),
    ("to_ascii_lowercase", "to_ascii_uppercase"), ("tolower", "toupper"), ("keys", "values"),
    ("min_by_key", "max_by_key"), ("floorDiv", "floorMod"), ("max_element", "min_element"),
    ("saturating_sub", "saturating_add"), ("wrapping_add", "wrapping_sub"), ("Min", "Max"),
)  # fmt: skip
#: There is no way back for these: the other name may not exist.
_ONE_WAY: Final = {"shift": "pop", "popleft": "pop", "appendleft": "append", "unshift": "push"}
_LIKE: Final[Mapping[str, str]] = {b: a for a, b in _PAIRS} | dict(_PAIRS) | _ONE_WAY
_LAST: Final = re.compile(r"(\w+)$")


def wrong(source: Source) -> Iterator[Edit]:
    """``+`` as ``-``, ``and`` as ``or``, ``min`` as ``max``."""
    for node in source.nodes:
        up = source.parent(node)
        if node.is_named or up is None:
            continue
        table = _WRONG if up.type in source.grammar.binary else {}
        if up.type in source.grammar.updates and not source.is_loop_header(up):
            table = _UPDATES
        if node.type in table and not _joins_text(source, up):
            yield Edit(node.start_byte, node.end_byte, table[node.type].encode())
    yield from _wrong_functions(source)


def _wrong_functions(source: Source) -> Iterator[Edit]:
    for call in source.of(source.grammar.calls):
        called = call.child_by_field_name("function") or call.child_by_field_name("name")
        if called is None:
            continue
        name = _LAST.search(source.text(called))
        if name is not None and name[1] in _LIKE:
            start = called.end_byte - len(name[1].encode())
            yield Edit(start, called.end_byte, _LIKE[name[1]].encode())


def _joins_text(source: Source, operation: Node) -> bool:
    """Whether a literal text is among the operands: there is no other operator for those."""
    strings = {*source.grammar.strings, *source.grammar.characters}
    stack = list(operation.named_children)
    while stack:
        node = stack.pop()
        if node.type in strings:
            return True
        if node.type in source.grammar.binary:
            stack += node.named_children
    return False
