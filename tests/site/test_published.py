"""Every figure of the five published pages stands on ours, and none of their mistakes does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from codingagentbench.site import build, render_page
from codingagentbench.site.render import CONTENTS
from codingagentbench.site.text import ms

from . import laid
from .published import PAGES, Published, as_record
from .reading import Page


@pytest.fixture(params=PAGES, ids=lambda page: page.name)
def published(request: pytest.FixtureRequest) -> Published:
    found: Published = request.param
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All five as records in a folder of results, and the site of it."""
    base = tmp_path_factory.mktemp("published")
    for one in PAGES:
        laid.stored(base / "r", as_record(one))
    built = build(base / "r", base / "site")
    assert (len(PAGES), {}) == (built.made, built.wrong)
    return base / "site"


@pytest.fixture(params=["alone", "in a site"])
def ours(request: pytest.FixtureRequest, published: Published, site: Path) -> Page:
    if request.param == "alone":
        return Page(render_page(as_record(published)))
    pages = (site / "cells").rglob("index.html")
    texts = [page.read_text() for page in pages if published.cell_id in page.read_text()]
    assert 1 == len(texts)
    return Page(texts[0])


def test_every_block(published: Published, ours: Page) -> None:
    """All that the published pages have, and what ours have more."""
    blocks = [block for _, _, blocks in CONTENTS for block, _ in blocks]
    assert all(ours.block(block) for block in blocks)
    heading = ours.block("h1")
    assert f"{published.agent} × {published.model}" in heading
    assert published.task in heading


def test_every_span(published: Published, ours: Page) -> None:
    block = ours.block("spans")
    assert f"Trace spans ({len(published.spans)})" in block
    for span in published.spans:
        assert f"{span['span_id']}" in block
        assert span["parent_id"] is None or f"↳ {span['parent_id']}" in block
        assert f"{span['kind']} {span['name']}" in block
        assert ms(span["duration_ms"]) in block
        for value in span["attributes"].values():
            assert json.dumps(value, separators=(", ", ":")) in block
    assert f"/ {published.duration}" in ours.block("replay")
    assert "Model calls (0)" in ours.block("calls")


def test_the_row_of_axes(published: Published, ours: Page) -> None:
    row = ours.block("scores").split("What these figures mean")[0]
    for title, figure in published.figures.items():
        assert f"{title} {figure}" in row
    assert "Tokens/correct not measured" in row, "no tokens were scored: never a perfect cost"
    assert "Refusal not applicable" in row


def test_a_figure_that_says_nothing_says_so(published: Published, ours: Page) -> None:
    """An unchanged tree is not a clean one, and integrity is not judged outside its family."""
    row = ours.block("scores")
    assert "not judged on this task" in row
    if not published.axes["blast_radius"]["total_changes"]:
        assert "0.000 nothing changed" in row


def test_run_identity(published: Published, ours: Page) -> None:
    block = ours.block("identity")
    assert f"cell_id {published.cell_id}" in block
    assert f"sweep_id {published.sweep}" in block
    assert f"model_build_id {published.model}" in block
    assert f"exit_code {published.exit_code}" in block
    if published.image:
        assert f"container_image {published.image}" in block
        assert f"image_digest {published.digest}" in block


def test_timing(published: Published, ours: Page) -> None:
    block = ours.block("timing")
    assert f"started_at {published.started}" in block
    assert f"ended_at {published.ended}" in block
    assert f"duration {published.duration}" in block
    if published.tokens:
        assert f"prompt_tokens {published.tokens[0]:,}" in block
        assert f"completion_tokens {published.tokens[1]:,}" in block
    else:
        assert "prompt_tokens not measured" in block


def test_scorer_breakdown(published: Published, ours: Page) -> None:
    """The published keys come first, in their order, with their values."""
    block = ours.blocks["breakdown"]
    axes = published.axes
    found = {}
    for start in re.finditer(r"\{", block):
        try:
            value, _ = json.JSONDecoder().raw_decode(block[start.start() :])
        except ValueError:
            continue
        for first in list(value)[:1]:
            found.setdefault(first, value)
    for axis, first in (
        ("tokens", "prompt_tokens"),
        ("latency", "wall_clock_ms"),
        ("blast_radius", "blast_radius"),
        ("refusal", "refusal"),
        ("integrity", "integrity"),
    ):
        theirs = axes[axis]
        assert list(theirs) == [k for k in list(found[first])[: len(theirs) + 3] if k in theirs]
        assert theirs == {key: found[first][key] for key in theirs}
    assert axes["composite"] == found["composite"]["composite"]
    assert axes["weights"] == found["composite"]["weights"]
    assert axes["components"] == found["composite"]["components"]
    assert axes["pass"] == found["pass"]["pass"]


def test_terminal(published: Published, ours: Page) -> None:
    assert published.title in ours.block("terminal")
    assert "not recorded" in ours.block("terminal")


def test_the_container_command_is_for_this_agent(published: Published, ours: Page) -> None:
    block = ours.block("yourself")
    if published.image is None:
        assert "docker" not in block
        return
    assert f"docker pull {published.image}@{published.digest}" in block
    assert f"--tui {published.agent} --model {published.model} --task {published.task}" in block


def test_none_of_the_mistakes(published: Published, ours: Page) -> None:
    html = ours.text
    assert "sha256:sha256:" not in html
    assert "/home/user" not in html
    assert "drive this same model fine" not in html
    assert f"{published.sweep}/{published.agent}" in ours.block("embed")
    assert "run1/attempt1/index.html" in ours.block("embed")


def test_no_percentage_where_nothing_was_scored(published: Published, ours: Page) -> None:
    block = ours.block("embed")
    percentage = f"{published.axes['composite']:.0%}"
    if published.outcome == "rate_limited":
        assert "rate limited, not scored" in block
        assert percentage not in block
    else:
        assert percentage in block
