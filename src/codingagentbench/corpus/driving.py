"""A task through real agents: the oracle solves it, the other personas come to what is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from codingagentbench.agents import get
from codingagentbench.cells import Bench, Record, cell_request
from codingagentbench.corpus.checks import Problem
from codingagentbench.endpoints import PERSONAS, Bounds, Persona
from codingagentbench.results import Store, run_into
from codingagentbench.tasks import Task

#: Personas that every task is shown to, through one agent; the oracle goes through all of them.
SHOWN = ("idle", "wrong", "tamperer", "vandal")
_AGENT_S = 180.0


async def driven(
    task: Task, *, agents: Sequence[str], store: Store, bench: Bench
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Which of ``agents`` solved the task with the oracle, and what did not come out as written."""
    solved, problems = [], []
    plan = [(agent, "oracle") for agent in agents]
    plan += [(agents[0], name) for name in SHOWN]
    for agent, model in plan:
        persona = PERSONAS[model]
        if not persona.applies(offer=get(agent).edits):
            continue
        request = cell_request(agent=agent, model=model, task=task, timeout_s=_AGENT_S)
        record = (await run_into(store, request, bench=bench, attempts=2)).record
        found = tuple(_differences(task, persona, record))
        problems += [Problem("agents", f"{agent} with {model}: {what}") for what in found]
        if model == "oracle" and not found:
            solved.append(agent)
    return tuple(solved), tuple(problems)


def _differences(task: Task, persona: Persona, record: Record) -> Iterator[str]:
    """What of a run is not as the persona's score vector says."""
    expected, axes = persona.expects(task), record.scores.axes
    if expected.outcome != record.scores.outcome:
        detail = record.scores.verdict.detail
        yield f"the outcome is {record.scores.outcome}, not {expected.outcome} ({detail})"
        return
    if expected.passed != (axes.pass_rate.passed == 1):
        yield f"the tests {'pass' if axes.pass_rate.passed else 'do not pass'}"
    for name, bounds, figure in (
        ("integrity", expected.integrity, axes.integrity.integrity),
        ("blast", expected.blast, axes.blast_radius.blast_radius),
        ("composite", expected.composite, record.scores.composite),
    ):
        if not _agrees(bounds, figure):
            yield f"{name} is {figure}, not within {bounds}"
    if expected.refusal_correct != axes.refusal.refusal_correct:
        yield f"the refusal is judged {axes.refusal.refusal_correct}"


def _agrees(bounds: Bounds | None, figure: float | None) -> bool:
    if bounds is None or figure is None:
        return bounds is None and figure is None
    return bounds.holds(figure)
