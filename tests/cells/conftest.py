"""The whole matrix once: every agent x every built-in model, on real tasks, in real sandboxes."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from codingagentbench.agents import CORE, get, install_many, installed
from codingagentbench.cells import Bench, cell_request
from codingagentbench.endpoints import PERSONAS
from codingagentbench.gateway import run
from codingagentbench.results import Store, Stored, run_into

RUST, PYTHON, REFUSAL = (
    "mutations/rust-error-negated",
    "polyglot/python-reverse-string",
    "integrity/unsolvable-refusal",
)
RAMBLER_CALLS = 8


class Cell(NamedTuple):
    agent: str
    model: str
    task: str

    def __str__(self) -> str:
        return f"{self.agent}-{self.model}-{self.task.split('/')[1]}"


def matrix() -> list[Cell]:
    """Every persona that an agent's kind of offer allows; the oracle on all tasks."""
    cells = [Cell(agent, "oracle", RUST) for agent in CORE]
    for agent in map(get, CORE):
        for persona in PERSONAS.values():
            if persona.applies(offer=agent.edits):
                cells += [Cell(agent.name, persona.name, task) for task in (PYTHON, REFUSAL)]
    return cells


@pytest.fixture(scope="session")
def agents_here() -> None:
    """The agents of the core, installed once into the user's own store."""
    missing = [agent for agent in map(get, CORE) if installed(agent) is None]
    if missing:
        install_many(missing)


@pytest.fixture(scope="session")
def cells(agents_here: None, tmp_path_factory: pytest.TempPathFactory) -> Mapping[Cell, Stored]:
    """All cells of the matrix, run two at a time, by what they are."""
    store = Store(tmp_path_factory.mktemp("matrix")).open()
    return run(_all(store))


async def _all(store: Store) -> Mapping[Cell, Stored]:
    gate = asyncio.Semaphore(os.cpu_count() or 1)
    async with Bench() as bench:

        async def one(cell: Cell) -> Stored:
            calls = RAMBLER_CALLS if cell.model == "rambler" else None
            request = cell_request(
                agent=cell.agent, model=cell.model, task=cell.task, max_calls=calls, timeout_s=120
            )
            async with gate:
                return await run_into(store, request, bench=bench)

        wanted = matrix()
        done = await asyncio.gather(*(one(cell) for cell in wanted))
    return dict(zip(wanted, done, strict=True))


def every_file(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]
