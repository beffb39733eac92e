"""``cab schema``: the JSON Schema of a record."""

from __future__ import annotations

from codingagentbench.cli.output import print_json

EXAMPLES = "Examples:  cab schema > record.schema.json   |   cab schema | jq .title"


def schema() -> None:
    """Print the JSON Schema (2020-12) of a record."""
    from codingagentbench.cells import record_schema

    print_json(record_schema())
