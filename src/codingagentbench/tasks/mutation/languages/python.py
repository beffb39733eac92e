"""Python. https://github.com/tree-sitter/tree-sitter-python"""

from __future__ import annotations

import ast

from codingagentbench.tasks.mutation.grammar import Grammar, kinds


def _parses(text: bytes) -> bool:
    """The grammar forgives an empty block; Python does not."""
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True


PYTHON = Grammar(
    name="python",
    package="tree_sitter_python",
    comments=kinds("comment"),
    opaque=kinds(
        "comment import_statement import_from_statement future_import_statement decorator type "
        "type_alias_statement"
    ),
    functions=kinds("function_definition lambda"),
    blocks=kinds("block module"),
    binary=kinds("comparison_operator binary_operator boolean_operator"),
    updates=kinds("augmented_assignment"),
    branches=kinds("if_statement elif_clause"),
    loops=kinds("for_statement while_statement"),
    ifs=kinds("if_statement"),
    negations=kinds("not_operator"),
    negation="not ",
    calls=kinds("call"),
    arguments=kinds("argument_list"),
    plain=kinds("identifier attribute integer string subscript"),
    strings=kinds("string concatenated_string"),
    integers=kinds("integer"),
    floats=kinds("float"),
    booleans={"True": "False", "False": "True"},
    awaits=kinds("await"),
    deletions=kinds("delete_statement"),
    returns=kinds("return_statement"),
    leaves=kinds("return_statement raise_statement continue_statement"),
    cases=kinds("case_clause elif_clause"),
    entries=kinds("pair"),
    scopes=kinds("class_definition"),
    variables={
        "parameters": ("", ""),
        "typed_parameter": ("", "type"),
        "default_parameter": ("name", ""),
        "typed_default_parameter": ("name", "type"),
        "assignment": ("left", "type"),
        "for_statement": ("left", ""),
    },
    accesses={"attribute": ("object", "attribute")},
    typed=False,
    indented=True,
    ended="",
    parses=_parses,
)
