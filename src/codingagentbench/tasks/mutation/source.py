"""A file under mutation: its text, its syntax tree, and what the operators ask of both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from codingagentbench.tasks.mutation.grammar import Grammar, Kinds, parser

if TYPE_CHECKING:
    from tree_sitter import Node


class Edit(NamedTuple):
    """Bytes ``start`` to ``end`` of a file become ``text``."""

    start: int
    end: int
    text: bytes

    def applied(self, content: bytes) -> bytes:
        """``content`` with this edit made."""
        return content[: self.start] + self.text + content[self.end :]


@dataclass(frozen=True, kw_only=True)
class Source:
    """One file. ``nodes`` are in the order of the text, opaque ones and what is in them left out;
    ``parents`` maps a node's id to the node around it."""

    grammar: Grammar
    content: bytes
    root: Node
    nodes: tuple[Node, ...]
    parents: dict[int, Node]

    def parent(self, node: Node) -> Node | None:
        return self.parents.get(node.id)

    def text(self, node: Node) -> str:
        return self.content[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def of(self, wanted: Kinds) -> Iterator[Node]:
        """The nodes of these kinds."""
        return (node for node in self.nodes if node.is_named and node.type in wanted)

    def around(self, node: Node, wanted: Kinds) -> Node | None:
        """The nearest node of these kinds around ``node``."""
        up = self.parent(node)
        while up is not None and up.type not in wanted:
            up = self.parent(up)
        return up

    def statement(self, node: Node) -> Node:
        """``node``, or the statement that consists of it alone."""
        up = self.parent(node)
        alone = up is not None and up.type in self.grammar.statements
        return up if up is not None and alone else node

    def is_loop_header(self, node: Node) -> bool:
        """Whether ``node`` stands in what steers a loop rather than in its body."""
        below, up = node, self.parent(node)
        while up is not None and up.type not in self.grammar.functions:
            if up.type in self.grammar.loops:
                return below.id != _id(up.child_by_field_name("body"))
            below, up = up, self.parent(up)
        return False

    def written(self, node: Node) -> list[Node]:
        """The named children of ``node`` that are not comments."""
        return [n for n in node.named_children if n.type not in self.grammar.comments]

    def removed(self, node: Node) -> Edit | None:
        """Take a statement out, with its line and the comments that belong to it.

        ``None`` where it is no whole line of a block, or the block would be empty and may not.
        """
        node = self.statement(node)
        block = self.parent(node)
        if block is None or block.type not in self.grammar.blocks:
            return None
        if self.grammar.indented and len(self.written(block)) < 2:
            return None
        return self.without_lines(node)

    def without_lines(self, node: Node) -> Edit | None:
        """The lines of ``node`` away, when nothing else but comments is on them."""
        start = self.content.rfind(b"\n", 0, node.start_byte) + 1
        end = self.content.find(b"\n", node.end_byte)
        end = len(self.content) if end < 0 else end + 1
        before = self.content[start : node.start_byte]
        after = self.content[node.end_byte : end]
        if before.strip() or not _NOTHING.fullmatch(after):
            return None
        while start > 0:
            above = self.content.rfind(b"\n", 0, start - 1) + 1
            if not _COMMENT.match(self.content, above):
                break
            start = above
        return Edit(start, end, b"")


#: What may follow a statement on its line.
_COMMENT: Final = re.compile(rb"[ \t]+(?://|#)")  # a line that holds a comment alone
_NOTHING: Final = re.compile(rb"[ \t]*[;,]?[ \t]*(?:(?://|#)[^\n]*)?\n?")


def read_source(content: bytes, grammar: Grammar) -> Source | None:
    """``content`` parsed; ``None`` when it is not whole in this language."""
    root = parser(grammar.package).parse(content).root_node
    if root.has_error or not grammar.parses(content):
        return None
    nodes: list[Node] = []
    parents: dict[int, Node] = {}
    stack = [root]
    while stack:
        node = stack.pop()
        nodes.append(node)
        for child in reversed(node.children):
            if child.type not in grammar.opaque:
                parents[child.id] = node
                stack.append(child)
    return Source(grammar=grammar, content=content, root=root, nodes=tuple(nodes), parents=parents)


def tokens(content: bytes) -> bytes:
    """What of a text makes a difference: its words and signs, and the indentation of lines."""
    lines = []
    for line in content.split(b"\n"):
        found = _TOKEN.findall(line)
        if found:
            lines.append(line[: len(line) - len(line.lstrip())] + b"\0".join(found))
    return b"\n".join(lines)


_TOKEN: Final = re.compile(rb'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|\w+|[^\w\s]')


def _id(node: Node | None) -> int | None:
    return None if node is None else node.id
