"""Java. https://github.com/tree-sitter/tree-sitter-java"""

from __future__ import annotations

from codingagentbench.tasks.mutation.grammar import Grammar, kinds

JAVA = Grammar(
    name="java",
    package="tree_sitter_java",
    comments=kinds("line_comment block_comment"),
    opaque=kinds(
        "line_comment block_comment package_declaration import_declaration annotation "
        "marker_annotation type_arguments type_parameters"
    ),
    functions=kinds("method_declaration constructor_declaration lambda_expression"),
    blocks=kinds("block constructor_body switch_block_statement_group"),
    binary=kinds("binary_expression"),
    updates=kinds("assignment_expression update_expression"),
    branches=kinds("if_statement"),
    loops=kinds("for_statement enhanced_for_statement while_statement do_statement"),
    ifs=kinds("if_statement"),
    negations=kinds("unary_expression"),
    calls=kinds("method_invocation object_creation_expression"),
    arguments=kinds("argument_list"),
    plain=kinds("identifier field_access decimal_integer_literal string_literal array_access"),
    strings=kinds("string_literal"),
    characters=kinds("character_literal"),
    integers=kinds("decimal_integer_literal"),
    floats=kinds("decimal_floating_point_literal"),
    returns=kinds("return_statement"),
    leaves=kinds("return_statement throw_statement continue_statement"),
    cases=kinds("switch_block_statement_group switch_rule"),
    scopes=kinds("class_declaration record_declaration"),
    variables={
        "formal_parameter": ("name", "type"),
        "local_variable_declaration": ("declarator", "type"),
    },
    attributes={"field_declaration": ("declarator", "type")},
    accesses={"field_access": ("object", "field")},
)
