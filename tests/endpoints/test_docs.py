"""What the documentation says of the built-in models is what their rows say."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from codingagentbench.endpoints import PERSONAS
from codingagentbench.endpoints.config import Config

PAGE = (Path(__file__).parents[2] / "docs/endpoints.md").read_text("utf-8")


def test_the_table_has_every_persona_with_its_outcomes() -> None:
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| (\w+)[^|]* \| (\w+)[^|]* \|$", PAGE, re.MULTILINE)
    assert rows == [
        (name, row.expected.outcome, row.expected_refusal.outcome) for name, row in PERSONAS.items()
    ]


def test_the_sample_config_is_a_config() -> None:
    """It parses, and it shows every key there is."""
    (sample,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    config = Config.model_validate(tomllib.loads(sample))
    shown = config.endpoints["nebula"].model_fields_set | {"key_file"}
    assert shown == set(type(config.endpoints["nebula"]).model_fields)
