"""The tests in an exercise's test file: their names, and where each stands.

Found in the syntax tree; nothing is run. A file whose tests have no names of their own (made in a
loop, by a macro, from a table) is one test as a whole.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from codingagentbench.tasks.importing.values import Broken, Unsupported
from codingagentbench.tasks.mutation.grammar import parser

if TYPE_CHECKING:
    from tree_sitter import Node

_LONGEST_NAME: Final = 300
_MOST: Final = 1_000


class Case(NamedTuple):
    """One test: what its runner calls it, and the bytes of its file that it takes."""

    name: str
    start: int
    end: int


class _Nameless(Exception):
    """The file has tests that cannot be told apart before they run."""


def cases_of(language: str, source: bytes, *, file: str) -> tuple[Case, ...]:
    """The tests in ``source``, in order; empty where they can only be run as a whole.

    Raises :class:`Broken` for a file without tests, :class:`Unsupported` for a kind of test that
    no runner here knows.
    """
    try:
        found = tuple(islice(_FINDERS[language](source), _MOST + 1))
    except _Nameless:
        return ()
    except RecursionError:
        raise Broken(f"{file} is nested too deeply") from None
    names = [case.name for case in found]
    if not found:
        raise Broken(f"{file} has no test")
    odd = any(not n.isprintable() or not n.strip() or len(n) > _LONGEST_NAME for n in names)
    return () if odd or len(set(names)) < len(names) or len(names) > _MOST else found


def without(language: str, source: bytes, cut: tuple[Case, ...]) -> bytes:
    """``source`` without some of its tests."""
    for case in sorted(cut, key=lambda case: case.start, reverse=True):
        source = source[: case.start] + source[case.end :].lstrip(b"\n")
    return _without_imports(source) if language == "go" else source


def _root(language: str, source: bytes) -> Node:
    return parser(f"tree_sitter_{language}").parse(source).root_node


def _text(node: Node | None) -> str:
    return "" if node is None or node.text is None else node.text.decode("utf-8", "replace")


def _below(node: Node) -> Iterator[Node]:
    """``node`` and all in it, in order of the text; no recursion, however deep it is."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(node.children)


def _python(source: bytes) -> Iterator[Case]:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise Broken("its test file is not valid Python") from None
    ends = (match.end() for match in re.finditer(rb"\r\n|\r|\n", source))  # as the parser counts
    starts = [0, *ends, len(source)]
    for node in tree.body:
        _no_pytest(node)
        if isinstance(node, ast.ClassDef):
            yield from _python_class(node, starts)


def _no_pytest(node: ast.stmt) -> None:
    modules: list[str] = []
    if isinstance(node, ast.Import):
        modules = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        modules = [node.module or ""]
    if any(name.split(".")[0] == "pytest" for name in modules):
        raise Unsupported("its tests need pytest, which is not in the standard library")
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test"):
        raise Unsupported("its tests are plain functions, which need pytest; unittest is known")


def _python_class(node: ast.ClassDef, starts: list[int]) -> Iterator[Case]:
    if not node.bases:
        return
    if not any(ast.unparse(base).endswith("TestCase") for base in node.bases):
        raise _Nameless
    if any("skip" in ast.unparse(word) for word in node.decorator_list):
        return
    for item in node.body:
        if not isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        skipped = any("skip" in ast.unparse(word) for word in item.decorator_list)
        if item.name.startswith("test") and not skipped:
            first = min([item.lineno, *(word.lineno for word in item.decorator_list)])
            assert item.end_lineno is not None
            yield Case(f"{node.name}.{item.name}", starts[first - 1], starts[item.end_lineno])


def _rust(source: bytes) -> Iterator[Case]:
    yield from _rust_items(_root("rust", source), "")


def _rust_items(node: Node, module: str) -> Iterator[Case]:
    start, is_test = None, False
    for item in node.named_children:
        if item.type == "attribute_item":
            start = item.start_byte if start is None else start
            is_test = is_test or re.sub(r"\s", "", _text(item)) == "#[test]"
            continue
        name = _text(item.child_by_field_name("name"))
        if item.type == "function_item" and is_test:
            first = item.start_byte if start is None else start
            yield Case(module + name, first, item.end_byte)
        elif item.type == "mod_item" and item.child_by_field_name("body") is not None:
            body = item.child_by_field_name("body")
            assert body is not None
            yield from _rust_items(body, f"{module}{name}::")
        elif item.type == "macro_definition" and "test" in _text(item):
            raise _Nameless
        if item.type not in ("line_comment", "block_comment"):
            start, is_test = None, False


def _go(source: bytes) -> Iterator[Case]:
    for item in _root("go", source).named_children:
        name = _text(item.child_by_field_name("name"))
        takes = _text(item.child_by_field_name("parameters"))
        if item.type == "function_declaration" and re.fullmatch(r"Test([^a-z].*)?", name):
            if name == "TestMain" or not re.search(r"\*testing\.T\b", takes):
                raise _Nameless
            yield Case(name, item.start_byte, item.end_byte)


def _without_imports(source: bytes) -> bytes:
    """Go source without the imports that nothing in it uses any more; unused ones are errors."""
    cut = []
    for node in _below(_root("go", source)):
        if node.type != "import_spec":
            continue
        path = _text(node.child_by_field_name("path")).strip('"`')
        name = _text(node.child_by_field_name("name")) or path.rsplit("/", 1)[-1]
        used = re.search(rb"\b%s\." % re.escape(name.encode()), source)
        if name not in ("_", ".") and not used:
            alone = node.parent is not None and node.parent.type == "import_declaration"
            whole = node.parent if alone and node.parent is not None else node
            cut.append((whole.start_byte, whole.end_byte))
    for start, end in reversed(cut):
        source = source[:start].rstrip(b" \t\n") + source[end:]
    return source


_UNKNOWN_JUNIT: Final = re.compile(
    r"@(ParameterizedTest|RepeatedTest|TestFactory|RunWith|Nested|Rule)\b"
)


def _java(source: bytes) -> Iterator[Case]:
    text = source.decode("utf-8", "replace")
    unknown = _UNKNOWN_JUNIT.search(text)
    if unknown:
        raise Unsupported(f"its tests use JUnit's @{unknown[1]}, which the runner does not know")
    for node in _below(_root("java", source)):
        marks = re.findall(r"@(?:[\w.]+\.)?(\w+)", _text(_child(node, "modifiers")))
        if node.type == "method_declaration" and "Test" in marks:
            yield Case(_text(node.child_by_field_name("name")), node.start_byte, node.end_byte)


def _child(node: Node, kind: str) -> Node | None:
    return next((child for child in node.named_children if child.type == kind), None)


_CATCH = re.compile(rb'^[ \t]*TEST_CASE\(\s*"((?:[^"\\\n]|\\.)*)"', re.MULTILINE)


def _cpp(source: bytes) -> Iterator[Case]:
    text = source.decode("utf-8", "replace")
    if re.search(r"^\s*(TEMPLATE_TEST_CASE|SCENARIO|TEST_CASE_METHOD)\b", text, re.MULTILINE):
        raise _Nameless
    braces = [n for n in _below(_root("cpp", source)) if n.type in ("{", "}")]
    places = [brace.start_byte for brace in braces]
    for found in _CATCH.finditer(source):
        depth = 0
        for brace in braces[bisect_left(places, found.end()) :]:
            depth += 1 if brace.type == "{" else -1
            if depth <= 0:
                name = re.sub(r"\\(.)", r"\1", found[1].decode("utf-8", "replace"))
                yield Case(name, found.start(), brace.end_byte)
                break
        else:
            raise Broken("its test file is not valid C++: a brace is never closed")


_SUITES: Final = ("describe", "xdescribe", "fdescribe")
_TESTS: Final = ("test", "it", "xtest", "xit", "fit")


def _javascript(source: bytes) -> Iterator[Case]:
    root = _root("javascript", source)
    if root.has_error:
        raise Broken("its test file is not valid JavaScript")
    yield from _jest_calls(root, "")


def _jest_calls(node: Node, suite: str) -> Iterator[Case]:
    """Calls of test() below ``node``, where only describe() may be around them."""
    for item in node.named_children:
        call = _child(item, "call_expression") if item.type == "expression_statement" else None
        if call is None:
            if any(_called(inner)[0] in _TESTS for inner in _below(item)):
                raise _Nameless
            continue
        name, words, body = _called(call)
        if name in _SUITES:
            if words is None or body is None:
                raise _Nameless
            yield from _jest_calls(body, f"{suite}{words} > ")
        elif ".each" in name:
            raise _Nameless
        elif name in _TESTS:
            if words is None:
                raise _Nameless
            yield Case(suite + words, item.start_byte, item.end_byte)
        elif not name.endswith((".skip", ".todo")) and any(
            _called(inner)[0] in (*_TESTS, *_SUITES) for inner in _below(call)
        ):
            raise _Nameless


class _Call(NamedTuple):
    name: str
    words: str | None  # the first argument, where it is a plain string
    body: Node | None  # of the function that comes next


def _called(node: Node) -> _Call:
    if node.type != "call_expression":
        return _Call("", None, None)
    name = _text(node.child_by_field_name("function"))
    given = node.child_by_field_name("arguments")
    arguments = [] if given is None else [n for n in given.named_children if n.type != "comment"]
    words = None
    if arguments and arguments[0].type in ("string", "template_string"):
        inner = arguments[0].named_children
        if all(n.type in ("string_fragment", "escape_sequence") for n in inner):
            words = _unescaped(_text(arguments[0])[1:-1])
    body = None
    if len(arguments) > 1:
        body = arguments[1].child_by_field_name("body")
    only = name.removesuffix(".only")
    return _Call(only, words, body if body is not None and body.type == "statement_block" else None)


def _unescaped(text: str) -> str | None:
    """A JavaScript string's content; ``None`` where it has escapes beyond a quoted character."""
    if re.search(r"\\[^'\"`\\]", text):
        return None
    return re.sub(r"\\(.)", r"\1", text)


_FINDERS: Final[Mapping[str, Callable[[bytes], Iterator[Case]]]] = {
    "python": _python,
    "rust": _rust,
    "go": _go,
    "javascript": _javascript,
    "java": _java,
    "c++": _cpp,
}
