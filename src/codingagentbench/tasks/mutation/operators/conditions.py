"""Conditions that say the opposite."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from codingagentbench.tasks.mutation.source import Edit, Source

if TYPE_CHECKING:
    from tree_sitter import Node

#: The opposite of a comparison, written as a person would.
_OPPOSITE: Final[Mapping[str, str]] = {
    "<": ">=", ">": "<=", "<=": ">", ">=": "<", "==": "!=", "!=": "==", "===": "!==",
    "!==": "===", "in": "not in", "not in": "in", "is": "is not", "is not": "is",
}  # fmt: skip
_WRAPPERS: Final = ("parenthesized_expression", "condition_clause")
_PATTERNS: Final = ("let_condition", "let_chain", "declaration", "named_expression")
#: Bind closer than a negation does.
_CLOSE: Final = frozenset(
    (
        *("identifier", "call", "call_expression", "method_invocation", "attribute", "subscript"),
        *("field_expression", "selector_expression", "member_expression", "field_access", "true"),
        *("index_expression", "subscript_expression", "array_access", "false", "macro_invocation"),
    )
)


def negated(source: Source) -> Iterator[Edit]:
    """The opposite of what a branch asks; loops are left alone, they would not end."""
    for branch in source.of(source.grammar.branches):
        condition = branch.child_by_field_name("condition")
        while condition is not None and condition.type in _WRAPPERS:
            inner = source.written(condition)
            condition = inner[-1] if len(inner) == 1 else None
        if condition is not None and condition.type not in _PATTERNS:
            yield _opposite(source, condition)


def _opposite(source: Source, condition: Node) -> Edit:
    grammar = source.grammar
    inner = source.written(condition)
    if condition.type in grammar.negations and (
        source.text(condition).startswith(grammar.negation.strip())
    ):
        return Edit(condition.start_byte, inner[-1].start_byte, b"")
    if condition.type in grammar.binary and len(inner) == 2:
        sign = next((n for n in condition.children if n.type in _OPPOSITE and not n.is_named), None)
        if sign is not None:
            return Edit(sign.start_byte, sign.end_byte, _OPPOSITE[sign.type].encode())
    text = source.text(condition)
    said = text if condition.type in _CLOSE else f"({text})"
    return Edit(condition.start_byte, condition.end_byte, f"{grammar.negation}{said}".encode())
