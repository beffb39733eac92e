"""What the operators need to know of a language: a row of node kinds of its tree-sitter grammar."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Parser

Kinds = frozenset[str]


def kinds(names: str) -> Kinds:
    """Node kinds written as words."""
    return frozenset(names.split())


@dataclass(frozen=True, kw_only=True)
class Grammar:
    """One language. Field names of nodes (``condition``, ``body``, ...) are those of the grammars.

    ``opaque`` subtrees get no defect: imports, annotations, types, unparsed macros.
    ``variables`` and ``attributes`` say where names are declared: kind of the declaration ->
    (field of the name, field of the type or ""). ``parses`` is an exacter check than the grammar.
    """

    name: str
    package: str
    comments: Kinds
    opaque: Kinds
    functions: Kinds
    blocks: Kinds
    binary: Kinds  # two operands and a token between them
    updates: Kinds  # += ++ and their like
    branches: Kinds  # have a condition, are no loops
    loops: Kinds
    ifs: Kinds
    negations: Kinds
    negation: str = "!"
    calls: Kinds
    arguments: Kinds
    plain: Kinds  # arguments that can change places when they are of one kind
    identifiers: Kinds = frozenset({"identifier"})
    strings: Kinds
    characters: Kinds = frozenset()
    integers: Kinds
    floats: Kinds = frozenset()
    booleans: Mapping[str, str] = field(default_factory=lambda: {"true": "false", "false": "true"})
    awaits: Kinds = frozenset()
    statements: Kinds = frozenset({"expression_statement"})  # that hold a call alone
    deletions: Kinds = frozenset()  # statements that free or remove something
    returns: Kinds
    leaves: Kinds  # a branch that ends so is a guard
    skips: Kinds = frozenset({"continue_statement"})
    cases: Kinds
    defaults: Kinds = frozenset()
    entries: Kinds = frozenset()  # of tables
    ranges: Mapping[str, str] = field(default_factory=dict)
    scopes: Kinds  # classes and their like, to which attributes belong
    variables: Mapping[str, tuple[str, str]]
    attributes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    accesses: Mapping[str, tuple[str, str]]  # kind -> (field of the owner, field of the name)
    typed: bool = True
    exhaustive: bool = False  # a switch has to have a case for everything
    indented: bool = False  # blocks are told by indentation, and may not be empty
    ended: str = ";"  # what ends a statement
    parses: Callable[[bytes], bool] = lambda _text: True


@lru_cache(maxsize=16)
def parser(package: str) -> Parser:
    """The parser of a grammar's package."""
    import tree_sitter

    language = tree_sitter.Language(importlib.import_module(package).language())
    return tree_sitter.Parser(language)
