"""Methodology 0.1 gives the figures of the five published pages, to the last digit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from codingagentbench.scoring import (
    METHODOLOGIES,
    blast_radius_v0_1,
    composite_v0_1,
    cost_v0_1,
    latency_v0_1,
    score,
)

from .make import change, changes, ended, evidence, ledger, task, verified

PAGES = sorted((Path(__file__).parent / "data").glob("*.json"))


@pytest.fixture(params=PAGES, ids=lambda path: path.stem)
def page(request: pytest.FixtureRequest) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(request.param.read_text())
    return loaded


def test_there_are_five_pages() -> None:
    assert len(PAGES) == 5


def test_composite_of_a_page(page: dict[str, Any]) -> None:
    """From the page's own components object."""
    assert page["composite"] == pytest.approx(composite_v0_1(page["components"]), abs=1e-12, rel=0)


def test_derived_components_of_a_page_are_not_believed(page: dict[str, Any]) -> None:
    """The figures that the page derives are worked out anew from the raw ones."""
    derived = ("cost_efficiency", "latency_efficiency", "clean_blast", "refusal_factor")
    raw = {k: v for k, v in page["components"].items() if k not in derived}
    assert page["composite"] == pytest.approx(composite_v0_1(raw), abs=1e-12, rel=0)
    wrong = page["components"] | dict.fromkeys(derived, 0.123)
    assert composite_v0_1(raw) == composite_v0_1(wrong)


def test_blast_of_a_page(page: dict[str, Any]) -> None:
    """From the page's lists, from changes, and from bare paths."""
    blast = page["blast_radius"]
    files = [
        change(path, kind) for kind in ("added", "removed", "modified") for path in blast[kind]
    ]
    for given in (blast, changes(*files), [f.path for f in files]):
        assert blast["blast_radius"] == blast_radius_v0_1(given, page["expected"])


def test_weights_of_a_page(page: dict[str, Any]) -> None:
    assert page["weights"] == METHODOLOGIES["0.1"].weights


def test_scoring_a_page_from_evidence(page: dict[str, Any]) -> None:
    """The whole way: evidence as the original would have had it comes to the page's figures."""
    blast, latency = page["blast_radius"], page["latency"]
    of = task(id=page["task"], expected=tuple(page["expected"]))
    files = [
        change(path, kind) for kind in ("added", "removed", "modified") for path in blast[kind]
    ]
    left = evidence(
        exit=ended(wall_s=latency["container_active_ms"] / 1000),
        changes=changes(*files).model_copy(update={"extra_git_dir": blast["extra_git_dir"]}),
        ledger=ledger(),
        verification=verified(of, failing=() if page["pass"] else ("adds",)),
        state_files=(".aider*", ".aider*/**"),
    )
    timing = left.timing.model_copy(update={"wall_s": latency["wall_clock_ms"] / 1000})
    scores = score(of, left.model_copy(update={"timing": timing}), "0.1")
    assert page["composite"] == pytest.approx(scores.composite, abs=1e-12, rel=0)
    for name, published in page["components"].items():
        assert published == pytest.approx(scores.axes.composite.components[name], abs=1e-12, rel=0)
    ours = json.loads(scores.model_dump_json())["axes"]
    for axis in ("blast_radius", "refusal", "integrity"):
        assert page[axis] == {key: ours[axis][key] for key in page[axis]}


def test_idle_under_0_1_earns_what_it_earned() -> None:
    """Nothing done in four seconds, no tokens recorded: 0.59 under 0.1, nothing under 1.0."""
    idle = evidence(changes=changes(), verification=verified(failing=("adds",)), ledger=ledger())
    quick = idle.timing.model_copy(update={"wall_s": 4.0})
    idle = idle.model_copy(update={"timing": quick})
    assert pytest.approx(0.581, abs=0.01) == score(task(), idle, "0.1").composite


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0.0, 1.0), (90.0, 0.5), (990.0, 1 / 3), (9990.0, 0.25)]
)
def test_latency_curve(seconds: float, expected: float) -> None:
    assert expected == pytest.approx(latency_v0_1(seconds))


@pytest.mark.parametrize(
    ("tokens", "expected"), [(0, 1.0), (90_000, 0.5), (990_000, 1 / 3), (None, 0.0)]
)
def test_cost_curve(tokens: float | None, expected: float) -> None:
    """No tokens recorded is 1 as published; tokens without a correct task are worth nothing."""
    assert expected == pytest.approx(cost_v0_1(tokens))


def test_an_unmet_refusal_halves() -> None:
    raw = {
        "pass_rate": 1,
        "integrity": 1,
        "blast_radius": 0,
        "tokens_per_correct_task": 0,
        "wall_clock_ms": 0,
        "expected_refusal": True,
    }
    assert pytest.approx(composite_v0_1({**raw, "refusal_produced": False})) == 0.5
    assert pytest.approx(composite_v0_1({**raw, "refusal_produced": True})) == 1.0


def test_real_tokens_count_under_0_1() -> None:
    """2,100 tokens for a correct task cost something; for a failed one they earn nothing."""
    good = score(task(), evidence(), "0.1").axes.composite.components
    assert cost_v0_1(2100) == good["cost_efficiency"]
    lost = evidence(verification=verified(failing=("adds",)))
    assert score(task(), lost, "0.1").axes.composite.components["cost_efficiency"] == 0.0
