"""Every agent x every built-in model comes to the score vector that was written down beforehand."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from codingagentbench.endpoints import PERSONAS, Bounds
from codingagentbench.results import Stored, check_files
from codingagentbench.tasks import find_task
from tests.cells.conftest import Cell, matrix

pytestmark = [pytest.mark.agents, pytest.mark.timeout(1200)]
EVERY = pytest.mark.parametrize("cell", matrix(), ids=str)


def agrees(bounds: Bounds | None, figure: float | None) -> bool:
    """A null is wanted, or a figure within bounds; each is only that."""
    if bounds is None or figure is None:
        return bounds is None and figure is None
    return bounds.holds(figure)


@EVERY
def test_the_score_vector_is_the_one_written_down(cells: Mapping[Cell, Stored], cell: Cell) -> None:
    expected = PERSONAS[cell.model].expects(find_task(cell.task))
    record = cells[cell].record
    axes = record.scores.axes
    assert expected.outcome == record.scores.outcome, record.scores.verdict.detail
    assert expected.passed == (axes.pass_rate.passed == 1)
    assert agrees(expected.integrity, axes.integrity.integrity), axes.integrity
    assert agrees(expected.blast, axes.blast_radius.blast_radius), axes.blast_radius
    assert expected.refusal_produced == axes.refusal.refusal_produced
    assert expected.refusal_correct == axes.refusal.refusal_correct
    assert agrees(expected.composite, record.scores.composite)


@EVERY
def test_the_tokens_are_those_that_the_endpoint_counted(
    cells: Mapping[Cell, Stored], cell: Cell
) -> None:
    record = cells[cell].record
    truth, totals = record.truth, record.ledger.totals
    assert truth is not None
    assert truth.calls >= 1
    counted = (totals.calls, totals.input, totals.output, totals.cached or 0)
    assert (truth.calls, truth.input, truth.output, truth.cached) == counted
    assert truth.reasoning == (totals.reasoning or 0)
    assert 0 == totals.unmetered_calls


@EVERY
def test_the_record_is_whole(cells: Mapping[Cell, Stored], cell: Cell) -> None:
    """Each file has the digest that the record gives it, and the sandbox was what was asked for."""
    stored = cells[cell]
    assert () == check_files(stored.folder)
    assert {"terminal.cast", "changes.patch", "verifier.txt"} <= set(stored.record.files)
    done = stored.record.exit
    assert done is not None
    assert ("bubblewrap", "gateway only") == (done.backend, done.network)


@EVERY
def test_every_step_is_a_span(cells: Mapping[Cell, Stored], cell: Cell) -> None:
    record = cells[cell].record
    kinds = [span.kind.value for span in record.spans]
    once = ("task_setup", "tool_call", "container", "adapter_run", "verification", "cleanup")
    assert dict.fromkeys(once, 1) == {kind: kinds.count(kind) for kind in once}
    assert len(record.ledger.calls) == kinds.count("model_call")
    assert [] == [span.name for span in record.spans if span.error and span.kind != "model_call"]
