"""A node of a cluster: one gateway, one bench, the cells that Ray gives it."""

from __future__ import annotations

import asyncio
import io
import pickle
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codingagentbench.cells import Bench, run_cell
from codingagentbench.errors import CabError, ResultsError
from codingagentbench.gateway import Gateway
from codingagentbench.sweeps.file import SweepFile
from codingagentbench.sweeps.lock import Lock, differences, lock_of
from codingagentbench.sweeps.plan import Pair, find_tasks, make_plan
from codingagentbench.sweeps.ray_queue import RemoteQueue


@dataclass(frozen=True, kw_only=True)
class Orders:
    """What a node is told of a sweep. No key: each node has its own, in its own environment."""

    file: SweepFile
    base: Path  # of the sweep file's relative paths
    tasks_root: Path | None
    config: Path | None
    lock: Lock


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One attempt: its record as JSON, and its folder as a tar file."""

    record: bytes
    folder: bytes
    node: str


class Node:
    """The actor. It makes the plan anew from its own files and installs, and holds it against the
    sweep's lock: what differs from the other nodes is not run."""

    def __init__(self, orders: Orders, queues: Any, node: str) -> None:
        self._orders, self._queues, self._node = orders, queues, node
        self._bench: Bench | None = None
        self._pairs: dict[str, Pair] = {}

    async def open(self) -> None:
        """Raises :class:`ResultsError` with what is other here."""
        orders = self._orders
        found = find_tasks(orders.file, root=orders.tasks_root)
        plan = make_plan(orders.file, found, base=orders.base, config=orders.config)
        if plan.missing:
            raise ResultsError(str(plan.missing[0]), where=f"node {self._node}")
        differ = differences(orders.lock, lock_of(plan))
        if differ:
            said = "; ".join(differ)
            raise ResultsError(f"is not like the others: {said}", where=f"node {self._node}")
        self._pairs = {pair.cell: pair for pair in plan.runnable}
        gateway = Gateway(
            queues=lambda upstream: RemoteQueue(self._queues, node=self._node, upstream=upstream)
        )
        self._bench = await Bench(sandbox=orders.file.sandbox, gateway=gateway).__aenter__()

    async def start(self, cell: str, run: int, place: str) -> None:
        """As :meth:`run`, with what comes of it left in the file ``place``, pickled."""
        try:
            result: Delivery | str = await self.run(cell, run)
        except (CabError, OSError) as error:
            result = str(error)
        await asyncio.to_thread(_leave, Path(place), result)

    async def alive(self) -> bool:
        """That it answers is the answer."""
        return True

    async def run(self, cell: str, run: int) -> Delivery:
        """One attempt at run ``run`` of the cells called ``cell``."""
        assert self._bench is not None
        request = self._pairs[cell].request.numbered(run)
        with self._bench.scratch() as scratch:
            folder = Path(scratch) / "attempt"
            folder.mkdir()
            record = await run_cell(request, folder=folder, bench=self._bench)
            return Delivery(
                record=record.model_dump_json().encode(), folder=packed(folder), node=self._node
            )


def _leave(place: Path, result: Delivery | str) -> None:
    """Whole or not at all: somebody looks for it."""
    beside = place.with_name(f"{place.name}.part")
    beside.write_bytes(pickle.dumps(result))
    beside.rename(place)


def packed(folder: Path) -> bytes:
    """A folder as a tar file, nobody's and of no time."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for path in sorted(folder.rglob("*")):
            tar.add(path, arcname=str(path.relative_to(folder)), recursive=False)
    return out.getvalue()


def unpack(data: bytes, into: Path) -> None:
    """The reverse; nothing gets out of ``into``."""
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        tar.extractall(into, filter="data")
