"""Go. https://github.com/tree-sitter/tree-sitter-go"""

from __future__ import annotations

from codingagentbench.tasks.mutation.grammar import Grammar, kinds

GO = Grammar(
    name="go",
    package="tree_sitter_go",
    comments=kinds("comment"),
    opaque=kinds(
        "comment package_clause import_declaration array_type type_arguments type_parameter_list"
    ),
    functions=kinds("function_declaration method_declaration func_literal"),
    blocks=kinds("statement_list block"),
    binary=kinds("binary_expression"),
    updates=kinds("assignment_statement inc_statement dec_statement"),
    branches=kinds("if_statement"),
    loops=kinds("for_statement"),
    ifs=kinds("if_statement"),
    negations=kinds("unary_expression"),
    calls=kinds("call_expression"),
    arguments=kinds("argument_list"),
    plain=kinds(
        "identifier selector_expression int_literal interpreted_string_literal index_expression"
    ),
    strings=kinds("interpreted_string_literal raw_string_literal"),
    characters=kinds("rune_literal"),
    integers=kinds("int_literal"),
    floats=kinds("float_literal"),
    statements=kinds("expression_statement defer_statement"),
    returns=kinds("return_statement"),
    leaves=kinds("return_statement continue_statement"),
    cases=kinds("expression_case type_case communication_case"),
    defaults=kinds("default_case"),
    entries=kinds("keyed_element"),
    scopes=kinds("source_file"),
    variables={
        "parameter_declaration": ("name", "type"),
        "var_spec": ("name", "type"),
    },
    attributes={"field_declaration": ("name", "type")},
    accesses={"selector_expression": ("operand", "field")},
    ended="",
)
