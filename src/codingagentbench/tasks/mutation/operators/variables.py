"""The wrong one of two names that could both stand there."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from codingagentbench.tasks.mutation.source import Edit, Source

if TYPE_CHECKING:
    from tree_sitter import Node

_DECLARED: Final = ("name", "left", "pattern", "declarator", "key", "property")
_SELF: Final = ("self", "this", "cls")


class _Name(NamedTuple):
    """A variable or attribute: its name, its type as written or "", where it is declared."""

    name: str
    type: str
    at: int


def wrong_variable(source: Source) -> Iterator[Edit]:
    """Each use of a variable or attribute as the most similar other one of its type."""
    for function in source.of(source.grammar.functions):
        declared = list(_declared(source, function))
        for use in _uses(source, function):
            other = _other(source, declared, source.text(use), before=use.start_byte)
            if other is not None:
                yield Edit(use.start_byte, use.end_byte, other.encode())
    for scope in source.of(source.grammar.scopes):
        accesses = list(_accesses(source, scope))
        known = list(_attributes(source, scope, accesses))
        for use in accesses:
            other = _other(source, known, source.text(use), before=None)
            if other is not None and not _is_called(source, use):
                yield Edit(use.start_byte, use.end_byte, other.encode())


def _declared(source: Source, function: Node) -> Iterator[_Name]:
    """Parameters and variables of this function, not of those in it."""
    table = source.grammar.variables
    for node in _inside(source, function):
        if node.type not in table:
            continue
        name, kind = table[node.type]
        typed = node.child_by_field_name(kind) if kind else None
        found = [node] if not name else node.children_by_field_name(name)
        for one in found:
            for word in _named(source, one):
                yield _Name(
                    source.text(word), "" if typed is None else source.text(typed), node.end_byte
                )


def _named(source: Source, node: Node) -> Iterator[Node]:
    """The plain names that a declaration's part introduces."""
    if node.type in source.grammar.identifiers or node.type == "field_identifier":
        yield node
    elif node.type in ("formal_parameters", "parameters", "typed_parameter"):
        yield from (n for n in node.named_children if n.type in source.grammar.identifiers)
    elif node.type in ("variable_declarator", "init_declarator", "reference_declarator"):
        inner = node.child_by_field_name("name") or node.child_by_field_name("declarator")
        inner = inner or (node.named_children[0] if node.named_children else None)
        if inner is not None:
            yield from _named(source, inner)


def _uses(source: Source, function: Node) -> Iterator[Node]:
    """Names in expressions: not where they are declared, assigned to or called."""
    for node in _inside(source, function):
        up = source.parent(node)
        if node.type not in source.grammar.identifiers or up is None or node == function:
            continue
        if up.type in source.grammar.variables and node.id in _declaring(source, up):
            continue
        if up.type in ("parameters", "formal_parameters", *source.grammar.updates):
            continue
        if up.type in (*source.grammar.functions, "parameter_list", "keyword_argument"):
            continue
        if _is_target(source, node):
            continue
        if not _is_called(source, node) and source.text(node) not in _SELF:
            yield node


def _is_target(source: Source, node: Node) -> bool:
    """Whether something is assigned to ``node``, alone or as one of several."""
    up = source.parent(node)
    while up is not None and up.type in ("expression_list", "pattern_list", "tuple_pattern"):
        node, up = up, source.parent(up)
    return (
        up is not None
        and up.child_by_field_name("left") == node
        and (up.type not in source.grammar.binary)
    )


def _declaring(source: Source, node: Node) -> set[int]:
    name = source.grammar.variables[node.type][0]
    return {n.id for n in (node.children_by_field_name(name) if name else node.named_children)}


def _is_called(source: Source, node: Node) -> bool:
    """Whether ``node`` is, or ends, what a call calls."""
    up = source.parent(node)
    if up is not None and up.type in source.grammar.accesses:
        node, up = up, source.parent(up)
    if up is None or up.type not in source.grammar.calls:
        return False
    called = up.child_by_field_name("function") or up.child_by_field_name("name")
    return called == node


def _accesses(source: Source, scope: Node) -> Iterator[Node]:
    """The names of attributes that are read, in this scope."""
    for node in _inside(source, scope):
        fields = source.grammar.accesses.get(node.type)
        if fields is None:
            continue
        owner, name = (node.child_by_field_name(field) for field in fields)
        if owner is None or name is None:
            continue
        known = source.grammar.typed or source.text(owner) in _SELF
        if known and not _is_target(source, node):
            yield name


def _attributes(source: Source, scope: Node, accesses: list[Node]) -> Iterator[_Name]:
    """Attributes with their types, or, where nobody declares any, all that are read."""
    if not source.grammar.typed:
        yield from (_Name(source.text(n), "", 0) for n in accesses if not _is_called(source, n))
        return
    table = source.grammar.attributes
    for node in _inside(source, scope):
        if node.type in table:
            name, kind = table[node.type]
            typed = node.child_by_field_name(kind)
            for one in node.children_by_field_name(name):
                for word in _named(source, one):
                    if typed is not None:
                        yield _Name(source.text(word), source.text(typed), 0)


def _other(source: Source, known: list[_Name], name: str, *, before: int | None) -> str | None:
    """The name most like ``name`` that has its type and is known at that place."""
    own = next((n for n in known if n.name == name), None)
    if own is None or (source.grammar.typed and not own.type):
        return None
    others = sorted(
        {
            n.name
            for n in known
            if n.name != name and n.type == own.type and (before is None or n.at <= before)
        }
    )
    if not others:
        return None
    return max(others, key=lambda o: (difflib.SequenceMatcher(None, name, o).ratio(), o))


def _inside(source: Source, outer: Node) -> Iterator[Node]:
    """``outer`` and what is in it, except what is in further nodes of its own kind of scope."""
    functions = source.grammar.functions if outer.type in source.grammar.functions else frozenset()
    stack = [outer]
    while stack:
        node = stack.pop()
        yield node
        if node != outer and node.type in functions:
            continue
        stack += [c for c in reversed(node.children) if c.id in source.parents]
