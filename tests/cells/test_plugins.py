"""What is added to an agent reaches its model, and makes another cell of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from codingagentbench.agents import AGENTS, CORE, get, install
from codingagentbench.cells import Bench, cell_request
from codingagentbench.errors import UsageError
from codingagentbench.gateway import read_body
from codingagentbench.results import Store, run_into

PLUGIN = Path(__file__).parents[2] / "examples" / "house-rules" / "plugin.toml"
TASK = "polyglot/python-reverse-string"

#: Words of each kind that can only come from the plugin.
MARKS = {
    "rules": b"before you make up a new one",
    "mcp": b"lookup_word",
    "skills": b"Write a line for the release notes",
}


def _case(name: str) -> object:
    return pytest.param(name, marks=[] if name in CORE else [pytest.mark.nightly])


@pytest.mark.agents
@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", [_case(n) for n, a in AGENTS.items() if not a.unverified])
async def test_the_model_is_told_what_the_agent_takes(name: str, tmp_path: Path) -> None:
    install(get(name))
    request = cell_request(agent=name, model="oracle", task=TASK, plugins=[PLUGIN])
    async with Bench() as bench:
        stored = await run_into(Store(tmp_path / "r").open(), request, bench=bench)
    record = stored.record
    assert "passed" == record.scores.verdict.outcome
    folder = stored.folder / "bodies"
    bodies = [read_body(folder, path.stem) for path in folder.iterdir()]
    seen = {kind for kind, mark in MARKS.items() if any(mark in body for body in bodies)}
    (note,) = record.plugins
    assert set(get(name).takes) == set(note.applied) == seen
    assert {"rules", "mcp", "skills"} == {*note.applied, *note.skipped}
    assert f"local/{name}+house-rules/oracle/{TASK}#run1" == record.cell_id
    assert "plugins" == record.spec.behavior_mode
    assert (f"house-rules@{note.digest}",) == record.spec.plugin_stack


def test_two_of_one_name_are_refused() -> None:
    with pytest.raises(UsageError, match="two plugins are called 'house-rules'"):
        cell_request(agent="pi", model="oracle", task=TASK, plugins=[PLUGIN, PLUGIN])
