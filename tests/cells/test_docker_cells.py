"""A cell is the same in containers as in bubblewrap: changes, scores, every field of its record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from codingagentbench.agents import get
from codingagentbench.cells import Bench, cell_request
from codingagentbench.results import Store, Stored, check_files, run_into
from tests.dockerd import FAST, Dockerd

pytestmark = [pytest.mark.docker, pytest.mark.agents, pytest.mark.timeout(300)]
TASK = "polyglot/python-reverse-string"

#: What says where a cell ran, or when and how fast: all else has to be equal.
PLACE = {
    "attempt", "timing", "spans", "sandbox", "backend", "limits", "container_image",
    "image_digest", "image_digest_kind", "image", "wall_s", "setup_s", "teardown_s", "cpu_s",
    "memory_peak_bytes", "workspace_grew_bytes", "home_bytes", "tmp_bytes", "output_tail",
    "output_bytes", "method", "seconds", "files", "output", "scored_at", "asked",
}  # fmt: skip


async def ran(agent: str, sandbox: str, at: Path) -> Stored:
    request = cell_request(agent=agent, model="oracle", task=TASK, sandbox=sandbox)
    async with Bench(sandbox=sandbox) as bench:
        return await run_into(Store(at / sandbox).open(), request, bench=bench)


@pytest.mark.parametrize("agent", FAST)
async def test_both_backends_tell_the_same(agent: str, dockerd: Dockerd, tmp_path: Path) -> None:
    dockerd.with_agent(agent)
    local = await ran(agent, "bubblewrap", tmp_path)
    there = await ran(agent, "docker", tmp_path)
    assert "passed" == str(there.record.scores.verdict.outcome)
    assert "docker" == there.record.exit.backend if there.record.exit else None
    assert f"codingagentbench/{agent}:{get(agent).version}" == (
        there.record.identity.container_image
    )
    one, other = (json.loads((s.folder / "record.json").read_text()) for s in (local, there))
    assert shape(one) == shape(other)
    droppings = get(agent).state_files
    assert changes(one, droppings) == changes(other, droppings)
    for axis in ("pass_", "pass", "blast", "refusal", "integrity", "tokens"):
        assert one["scores"]["axes"].get(axis) == other["scores"]["axes"].get(axis)
    assert one["scores"]["verdict"] == other["scores"]["verdict"]
    assert outcomes(one) == outcomes(other)
    assert one["identity"]["agent_digest"] == other["identity"]["agent_digest"]
    assert one["launch"]["argv"] == other["launch"]["argv"]
    assert () == check_files(there.folder)


def shape(value: Any) -> Any:
    """Names of fields all the way down; of what is measured or names the place, the names alone."""
    if isinstance(value, dict):
        return {key: None if key in PLACE else shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value[:1]]
    return None


def changes(record: dict[str, Any], droppings: tuple[str, ...]) -> list[dict[str, Any]]:
    """The change set; of the agent's own caches the paths alone."""
    rows = record["changes"]["files"]
    heads = tuple(one.partition("*")[0] for one in droppings)
    return [
        {"path": row["path"], "kind": row["kind"]} if row["path"].startswith(heads) else row
        for row in rows
    ]


def outcomes(record: dict[str, Any]) -> list[tuple[str, str, str]]:
    rows = record["verification"]["tests"]
    return [(row["suite"], row["name"], row["outcome"]) for row in rows]
