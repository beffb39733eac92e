"""A case that nobody thought of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from codingagentbench.tasks.mutation.source import Edit, Source

if TYPE_CHECKING:
    from tree_sitter import Node

_EITHER: Final = ("or", "||", "and", "&&")
_LEAST: Final = 3  # entries of a table, or cases of a switch, before one can be missed


def missing(source: Source) -> Iterator[Edit]:
    """A case of a switch, an ``else if``, an entry of a table or a side of ``or`` left out."""
    grammar = source.grammar
    for node in source.of(grammar.cases):
        edit = source.without_lines(node) if _has_company(source, node) else None
        if edit is not None:
            yield edit
    for node in source.of(grammar.ifs):
        edit = _else_if(source, node)
        if edit is not None:
            yield edit
    for node in source.of(grammar.entries):
        edit = _entry(source, node)
        if edit is not None:
            yield edit
    for node in source.of(grammar.binary):
        if any(child.type in _EITHER for child in node.children):
            for side in ("left", "right"):
                kept = node.child_by_field_name(side)
                if kept is not None:
                    text = source.content[kept.start_byte : kept.end_byte]
                    yield Edit(node.start_byte, node.end_byte, text)


def _has_company(source: Source, case: Node) -> bool:
    """Whether cases are left; the last resort (``default``, ``_``) is never taken out."""
    up = source.parent(case)
    if up is None or source.text(case).lstrip().startswith(("default", "_ =>", "case _")):
        return False
    if case.type == "elif_clause":
        return True
    cases = [n for n in up.named_children if n.type in source.grammar.cases]
    if source.grammar.exhaustive and not any(source.text(n).startswith("_ =>") for n in cases):
        return False
    return len(cases) >= 2


def _else_if(source: Source, node: Node) -> Edit | None:
    """``else if`` away; the rest of the chain stays."""
    around = source.parent(node)
    if around is None or node.type in source.grammar.cases:
        return None
    whole = around.type == "else_clause"
    outer = source.parent(around) if whole else around
    if outer is None or outer.type not in source.grammar.ifs:
        return None
    if not whole and outer.child_by_field_name("alternative") != node:
        return None
    rest = node.child_by_field_name("alternative")
    if rest is not None:
        body = source.written(rest)[-1] if rest.type == "else_clause" else rest
        text = source.content[body.start_byte : body.end_byte]
        return Edit(node.start_byte, node.end_byte, text)
    before = outer.child_by_field_name("consequence")
    return None if before is None else Edit(before.end_byte, node.end_byte, b"")


def _entry(source: Source, node: Node) -> Edit | None:
    """An entry of a table that stands outside all functions."""
    table = source.parent(node)
    if table is None or source.around(node, source.grammar.functions) is not None:
        return None
    entries = [n for n in source.written(table) if n.type == node.type]
    if len(entries) < _LEAST or node not in entries:
        return None
    lines = source.without_lines(node)
    if lines is not None and node != entries[-1]:
        return lines
    after = source.content[node.end_byte :]
    comma = len(after) - len(after.lstrip(b" ,"))
    if b"," not in after[:comma]:
        return None
    return Edit(node.start_byte, node.end_byte + comma, b"")
