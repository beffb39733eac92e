"""JavaScript. https://github.com/tree-sitter/tree-sitter-javascript"""

from __future__ import annotations

from codingagentbench.tasks.mutation.grammar import Grammar, kinds

JAVASCRIPT = Grammar(
    name="javascript",
    package="tree_sitter_javascript",
    comments=kinds("comment"),
    opaque=kinds("comment import_statement hash_bang_line regex"),
    functions=kinds(
        "function_declaration method_definition arrow_function function_expression "
        "generator_function_declaration"
    ),
    blocks=kinds("statement_block program switch_case switch_default"),
    binary=kinds("binary_expression"),
    updates=kinds("augmented_assignment_expression update_expression"),
    branches=kinds("if_statement"),
    loops=kinds("for_statement for_in_statement while_statement do_statement"),
    ifs=kinds("if_statement"),
    negations=kinds("unary_expression"),
    calls=kinds("call_expression new_expression"),
    arguments=kinds("arguments"),
    plain=kinds("identifier member_expression number string subscript_expression"),
    strings=kinds("string template_string"),
    integers=kinds("number"),
    awaits=kinds("await_expression"),
    returns=kinds("return_statement"),
    leaves=kinds("return_statement throw_statement continue_statement"),
    cases=kinds("switch_case"),
    defaults=kinds("switch_default"),
    entries=kinds("pair"),
    scopes=kinds("class_declaration"),
    variables={
        "formal_parameters": ("", ""),
        "assignment_pattern": ("left", ""),
        "variable_declarator": ("name", ""),
    },
    accesses={"member_expression": ("object", "property")},
    typed=False,
)
