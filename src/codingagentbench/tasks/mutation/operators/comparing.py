"""Comparators turned round, and bounds that are off by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from codingagentbench.tasks.mutation.source import Edit, Source

#: What a comparator says when it is turned round.
TURNED: Final[Mapping[str, str]] = {
    "<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "!=", "!=": "==", "===": "!==",
    "!==": "===", "in": "not in", "not in": "in", "is": "is not", "is not": "is",
}  # fmt: skip

#: What takes the bound in, or leaves it out.
_BOUNDS: Final[Mapping[str, str]] = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
_SIGNS: Final = {"+": "-", "-": "+"}


def turned(source: Source) -> Iterator[Edit]:
    """``a < b`` as ``a > b``; not where a loop would never end."""
    for node in source.nodes:
        up = source.parent(node)
        if node.is_named or up is None or up.type not in source.grammar.binary:
            continue
        equality = node.type in ("==", "!=", "===", "!==")
        if node.type in TURNED and not (equality and source.is_loop_header(node)):
            yield Edit(node.start_byte, node.end_byte, TURNED[node.type].encode())


def off_by_one(source: Source) -> Iterator[Edit]:
    """``<`` as ``<=``, ``n + 1`` as ``n``, an open range as a closed one."""
    for node in source.nodes:
        up = source.parent(node)
        if node.is_named or up is None:
            continue
        if up.type in source.grammar.binary and node.type in _BOUNDS:
            yield Edit(node.start_byte, node.end_byte, _BOUNDS[node.type].encode())
        elif up.type in source.grammar.binary and node.type in _SIGNS:
            right = up.child_by_field_name("right")
            if right is not None and source.text(right) == "1":
                left = up.child_by_field_name("left")
                if left is not None:
                    yield Edit(left.end_byte, up.end_byte, b"")
        elif node.type in source.grammar.ranges and len(source.written(up)) == 2:
            yield Edit(node.start_byte, node.end_byte, source.grammar.ranges[node.type].encode())
    yield from _range_ends(source)


def _range_ends(source: Source) -> Iterator[Edit]:
    """``range(n)`` as ``range(n - 1)`` and ``range(n + 1)``."""
    for call in source.of(source.grammar.calls):
        function, given = (call.child_by_field_name(name) for name in ("function", "arguments"))
        if function is None or given is None or source.text(function) != "range":
            continue
        ends = source.written(given)[:2]
        if ends and ends[-1].type in ("identifier", "call", "attribute"):
            for change in (b" - 1", b" + 1"):
                yield Edit(ends[-1].end_byte, ends[-1].end_byte, change)
