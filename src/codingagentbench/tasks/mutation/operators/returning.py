"""Leaving too early, or not where one should."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from codingagentbench.tasks.mutation.source import Edit, Source

if TYPE_CHECKING:
    from tree_sitter import Node


def early(source: Source) -> Iterator[Edit]:
    """A loop that ends with its first round or where it should go on; a guard that is gone."""
    grammar = source.grammar
    for node in source.of(grammar.skips):
        text = source.text(node)
        if text.rstrip(";") == "continue":
            yield Edit(node.start_byte, node.start_byte + len("continue"), b"break")
    for loop in source.of(grammar.loops):
        edit = _returned_inside(source, loop)
        if edit is not None:
            yield edit
    for branch in source.of(grammar.ifs):
        if _is_guard(source, branch):
            edit = source.removed(branch)
            if edit is not None:
                yield edit


def _returned_inside(source: Source, loop: Node) -> Edit | None:
    """The ``return x`` that follows a loop, made at the end of the loop's body too."""
    after = source.statement(loop).next_named_sibling
    body = loop.child_by_field_name("body")
    if after is None or body is None or not source.written(body):
        return None
    inner = source.written(after)[0] if after.type in source.grammar.statements else after
    returned = source.text(inner)
    if inner.type not in source.grammar.returns:
        if source.grammar.name != "rust" or inner.type not in ("identifier", "call_expression"):
            return None
        returned = f"return {returned}"
    if "\n" in returned:
        return None
    last = source.written(body)[-1]
    if last.type == "statement_list":
        last = source.written(last)[-1]
    start = source.content.rfind(b"\n", 0, last.start_byte) + 1
    margin = source.content[start : last.start_byte]
    if margin.strip():
        return None
    ended = source.grammar.ended if not returned.endswith(";") else ""
    line = f"{returned}{ended}".encode()
    return Edit(last.end_byte, last.end_byte, b"\n" + margin + line)


def _is_guard(source: Source, branch: Node) -> bool:
    """Whether a branch without another does nothing but leave."""
    if branch.child_by_field_name("alternative") is not None:
        return False
    body = branch.child_by_field_name("consequence")
    if body is None:
        return False
    held = [body]
    while len(held) == 1 and held[0].type in (
        *source.grammar.blocks,
        *source.grammar.statements,
    ):
        held = source.written(held[0])
    return len(held) == 1 and held[0].type in source.grammar.leaves
