"""Two things of one kind in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from codingagentbench.tasks.mutation.source import Edit, Source

if TYPE_CHECKING:
    from tree_sitter import Node

#: Operations whose sides are not alike.
_ORDERED: Final = ("-", "/", "//", "%", "<<", ">>")


def swapped(source: Source) -> Iterator[Edit]:
    """Neighbouring arguments of one call, or the sides of a subtraction or division."""
    for given in source.of(source.grammar.arguments):
        for one, two in pairwise(source.written(given)):
            if _alike(source, one, two):
                yield _exchange(source, one, two)
    for operation in source.of(source.grammar.binary):
        left, right = (operation.child_by_field_name(name) for name in ("left", "right"))
        if left is None or right is None:
            continue
        ordered = any(child.type in _ORDERED for child in operation.children)
        if ordered and {left.type, right.type} <= source.grammar.plain:
            yield _exchange(source, left, right)


def _alike(source: Source, one: Node, two: Node) -> bool:
    plain = one.type in source.grammar.plain and two.type in source.grammar.plain
    same = one.type == two.type or not {one.type, two.type} & {
        *source.grammar.strings,
        *source.grammar.integers,
    }
    return plain and same and source.text(one) != source.text(two)


def _exchange(source: Source, one: Node, two: Node) -> Edit:
    between = source.content[one.end_byte : two.start_byte]
    text = source.text(two).encode() + between + source.text(one).encode()
    return Edit(one.start_byte, two.end_byte, text)
