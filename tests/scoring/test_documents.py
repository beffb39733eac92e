"""What the documents and the pages say of scoring is what the code does."""

from __future__ import annotations

from pathlib import Path

import pytest

from codingagentbench.errors import UnknownName
from codingagentbench.scoring import AXES, METHODOLOGIES, Axes, Outcome, score
from codingagentbench.scoring.rules import CHECKS

from .make import evidence, task

DOCS = Path(__file__).parents[2] / "docs"


def test_every_axis_is_explained() -> None:
    """In the order of the scores, and its headline figure is a key of its JSON."""
    written = score(task(), evidence()).model_dump(mode="json")["axes"]
    assert [axis.name for axis in AXES] == list(Axes.model_fields)
    for axis in AXES:
        assert axis.figure in written[axis.name]
        assert axis.meaning
        assert axis.formula


def test_the_document_names_every_outcome_rule_and_axis() -> None:
    text = (DOCS / "scoring.md").read_text()
    for outcome in Outcome:
        assert f"`{outcome}`" in text
    for kind in CHECKS:
        assert f"`{kind}`" in text
    for axis in AXES:
        assert f"| {axis.title} | `{axis.figure}` |" in text


def test_the_document_has_the_formulas_of_the_code() -> None:
    """The words may differ; weights, constants and shapes may not."""
    text = (DOCS / "scoring.md").read_text()
    old, new = METHODOLOGIES["0.1"].formulas, METHODOLOGIES["1.0"].formulas
    for formula in (old["latency"], old["cost"], old["blast"], old["composite"], new["solved"]):
        assert formula in text
    for name, weight in METHODOLOGIES["1.0"].weights.items():
        shown = {"clean_blast": "(1 - blast)"}.get(name, name)
        assert f"{weight} {shown}" in text


def test_an_unknown_methodology_names_the_nearest() -> None:
    with pytest.raises(UnknownName, match=r"did you mean '1.0'"):
        score(task(), evidence(), "1.1")
