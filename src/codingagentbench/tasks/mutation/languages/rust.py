"""Rust. https://github.com/tree-sitter/tree-sitter-rust"""

from __future__ import annotations

from codingagentbench.tasks.mutation.grammar import Grammar, kinds

RUST = Grammar(
    name="rust",
    package="tree_sitter_rust",
    comments=kinds("line_comment block_comment"),
    opaque=kinds(
        "line_comment block_comment use_declaration attribute_item inner_attribute_item "
        "type_arguments array_type token_tree mod_item extern_crate_declaration"
    ),
    functions=kinds("function_item closure_expression"),
    blocks=kinds("block"),
    binary=kinds("binary_expression"),
    updates=kinds("compound_assignment_expr"),
    branches=kinds("if_expression"),
    loops=kinds("for_expression while_expression loop_expression"),
    ifs=kinds("if_expression"),
    negations=kinds("unary_expression"),
    calls=kinds("call_expression"),
    arguments=kinds("arguments"),
    plain=kinds("identifier field_expression integer_literal string_literal index_expression"),
    identifiers=kinds("identifier"),
    strings=kinds("string_literal raw_string_literal"),
    characters=kinds("char_literal"),
    integers=kinds("integer_literal"),
    floats=kinds("float_literal"),
    awaits=kinds("await_expression"),
    returns=kinds("return_expression"),
    leaves=kinds("return_expression continue_expression"),
    skips=kinds("continue_expression"),
    cases=kinds("match_arm"),
    ranges={"..": "..=", "..=": ".."},
    scopes=kinds("source_file"),
    variables={
        "parameter": ("pattern", "type"),
        "let_declaration": ("pattern", "type"),
    },
    attributes={"field_declaration": ("name", "type")},
    exhaustive=True,
    accesses={"field_expression": ("value", "field")},
)
