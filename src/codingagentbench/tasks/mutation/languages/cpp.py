"""C++. https://github.com/tree-sitter/tree-sitter-cpp"""

from __future__ import annotations

from codingagentbench.tasks.mutation.grammar import Grammar, kinds

CPP = Grammar(
    name="c++",
    package="tree_sitter_cpp",
    comments=kinds("comment"),
    opaque=kinds(
        "comment preproc_include preproc_def preproc_ifdef_name template_argument_list "
        "template_parameter_list static_assert_declaration array_declarator using_declaration"
    ),
    functions=kinds("function_definition lambda_expression"),
    blocks=kinds("compound_statement case_statement"),
    binary=kinds("binary_expression"),
    updates=kinds("assignment_expression update_expression"),
    branches=kinds("if_statement"),
    loops=kinds("for_statement for_range_loop while_statement do_statement"),
    ifs=kinds("if_statement"),
    negations=kinds("unary_expression"),
    calls=kinds("call_expression"),
    arguments=kinds("argument_list"),
    plain=kinds("identifier field_expression number_literal string_literal subscript_expression"),
    strings=kinds("string_literal raw_string_literal"),
    characters=kinds("char_literal"),
    integers=kinds("number_literal"),
    deletions=kinds("delete_expression"),
    returns=kinds("return_statement"),
    leaves=kinds("return_statement throw_statement continue_statement"),
    cases=kinds("case_statement"),
    entries=kinds("initializer_list"),
    scopes=kinds("class_specifier struct_specifier translation_unit"),
    variables={
        "parameter_declaration": ("declarator", "type"),
        "declaration": ("declarator", "type"),
    },
    attributes={"field_declaration": ("declarator", "type")},
    accesses={"field_expression": ("argument", "field")},
)
