"""Real agents under fault profiles: outcomes follow the wire, and whose fault it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from codingagentbench.cells import Bench, Record, cell_request
from codingagentbench.endpoints.faults import Fault, FaultPlan
from codingagentbench.results import Store, run_into

pytestmark = [pytest.mark.agents, pytest.mark.timeout(300)]
TASK = "polyglot/python-reverse-string"


async def run(folder: Path, agent: str, *faults: Fault, name: str = "plan") -> Record:
    plan = FaultPlan(name=name, faults=faults)
    request = cell_request(agent=agent, model="oracle", task=TASK, timeout_s=60, faults=plan)
    async with Bench() as bench:
        return (await run_into(Store(folder).open(), request, bench=bench)).record


async def test_an_agent_that_tries_again_solves_it_with_more_calls(
    tmp_path: Path, agents_here: None
) -> None:
    record = await run(tmp_path, "pi", Fault(kind="status", status=429, retry_after_s=1, first=2))
    assert "passed" == record.scores.outcome
    marked = [(call.index, call.injected) for call in record.ledger.calls if call.injected]
    assert [(0, "status 429"), (1, "status 429")] == marked
    assert record.truth is not None
    assert record.truth.calls == record.ledger.totals.calls - 2
    assert record.truth.input == record.ledger.totals.input
    assert record.spec.faults is not None
    assert "plan" == record.spec.faults.name


async def test_an_agent_that_gives_up_on_our_fault_is_scored(
    tmp_path: Path, agents_here: None
) -> None:
    """codex dies of its first 429 without Retry-After: nobody's fault but its own here."""
    record = await run(tmp_path, "codex", Fault(kind="status", status=429, every=1))
    assert ("no_change", True) == (record.scores.outcome, record.scores.verdict.scored)


async def test_calm_is_as_without(tmp_path: Path, agents_here: None) -> None:
    record = await run(tmp_path, "pi", name="calm")
    assert "passed" == record.scores.outcome
    assert [] == [call.index for call in record.ledger.calls if call.injected]
    assert record.truth is not None
    assert record.truth.calls == record.ledger.totals.calls
