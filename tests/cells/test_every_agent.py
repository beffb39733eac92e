"""Every agent that was ever seen to run: three tasks in three languages, and again from the record.

Those of the core are in the matrix of every run; the others take their time, and run by night.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from codingagentbench.agents import AGENTS, CORE, get, install
from codingagentbench.cells import Bench, Likeness, cell_request, reproduce
from codingagentbench.results import Store, run_into

OTHERS = [name for name, agent in AGENTS.items() if name not in CORE and not agent.unverified]
TASKS = ("polyglot/python-reverse-string", "mutations/rust-error-negated")
THIRD = "mutations/js-parcel-tariff"

pytestmark = [pytest.mark.agents, pytest.mark.nightly, pytest.mark.timeout(600)]


@pytest.mark.parametrize("name", OTHERS)
async def test_three_tasks_are_solved_and_every_token_is_counted(name: str, tmp_path: Path) -> None:
    install(get(name))
    store = Store(tmp_path / "results").open()
    async with Bench() as bench:
        for task in (*TASKS, THIRD):
            asked = cell_request(agent=name, model="oracle", task=task, look=True)
            record = (await run_into(store, asked, bench=bench)).record
            assert "passed" == record.scores.verdict.outcome, record.scores.verdict.detail
            truth, totals = record.truth, record.ledger.totals
            assert truth is not None
            assert (truth.calls, truth.input, truth.output) == (
                totals.calls,
                totals.input,
                totals.output,
            )
            assert record.scores.axes.blast_radius.blast_radius == 0.0
            assert record.exit is not None
            assert set(record.exit.names or ()) <= set(get(name).still_phones)
            if get(name).claims is not None:
                assert record.claimed


@pytest.mark.parametrize("name", OTHERS)
async def test_a_cell_is_reproduced_from_its_record(name: str, tmp_path: Path) -> None:
    install(get(name))
    asked = cell_request(agent=name, model="oracle", task=TASKS[0])
    async with Bench() as bench:
        stored = await run_into(Store(tmp_path / "results").open(), asked, bench=bench)
        done = await reproduce(stored.record, stored.folder, bench=bench)
    assert (Likeness.IDENTICAL, None) == (done.likeness, done.difference)
