"""Cells on a Ray cluster: tasks that ask for a core and memory, one gateway a node, one queue
before each endpoint for all of them. Needs the extra "ray"."""

from __future__ import annotations

import asyncio
import importlib
import os
import pickle
import sys
import tempfile
import time
from contextlib import ExitStack, redirect_stdout
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from codingagentbench.cells import Record
from codingagentbench.errors import UsageError
from codingagentbench.gateway import Pressure
from codingagentbench.results import Store
from codingagentbench.sweeps.driving import Ran, WorkerLost
from codingagentbench.sweeps.plan import Planned
from codingagentbench.sweeps.ray_node import Delivery, Node, Orders, unpack
from codingagentbench.sweeps.ray_queue import Queues, account_of

_LOOK_S: Final = 1.0  # between two looks at the cluster
_REACH_S: Final = 10.0  # for its head to answer
_POLL_S: Final = 0.02
_ALIVE_S: Final = 30.0  # between two questions whether a node's actor is still there
_OPEN_S: Final = 120.0  # for a node to be ready


class RayEngine:
    """``async with RayEngine(orders, store=store, address="auto") as engine``.

    ``address``: of a running cluster; ``None`` starts one of this machine alone. Attempts come
    back through Ray and are published here, so that nodes need no folder in common.
    """

    memory_mb: int | None = None  # Ray sees to it

    def __init__(self, orders: Orders, *, store: Store, address: str | None) -> None:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        self._ray = _ray()
        self._orders, self._store, self._address = orders, store, address
        self._namespace = f"cab-{orders.file.name}-{os.getpid()}-{time.monotonic_ns()}"
        self._nodes: dict[str, Any] = {}  # node id -> actor
        self._refused: dict[str, str] = {}  # node id -> why
        self._pressures: dict[str, Pressure] = {}
        self._watcher: asyncio.Task[None] | None = None
        self._cores = 1
        self._stdout = ExitStack()

    @property
    def jobs(self) -> int:
        """Cores of the cluster, as it is now, or as many as the file allows."""
        most = self._orders.file.machine.jobs
        return max(min(most, self._cores) if most else self._cores, 1)

    async def __aenter__(self) -> Self:
        await _reachable(self._address)
        self._stdout.enter_context(redirect_stdout(sys.stderr))  # Ray talks while nodes die
        try:
            self._ray.init(
                address=self._address,
                namespace=self._namespace,
                include_dashboard=False,
                log_to_driver=False,
                logging_level="error",
            )
        except (ConnectionError, ValueError, RuntimeError) as error:
            raise UsageError(
                f"no Ray cluster at '{self._address}': {str(error).splitlines()[0]}",
                do="start one: ray start --head",
            ) from None
        actor = self._ray.remote(num_cpus=0, max_concurrency=10_000)(Queues)
        self._queues = actor.options(name="queues").remote()
        self._cell = self._ray.remote(max_retries=0)(_on_a_node)
        await self._look()
        if self._refused or not self._nodes:
            await self.__aexit__(None, None, None)
            said = "; ".join(self._refused.values()) or "it has no node that is alive"
            raise UsageError(f"the cluster cannot run the sweep: {said}")
        self._watcher = asyncio.create_task(self._watch())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._watcher is not None:
            self._watcher.cancel()
            await asyncio.gather(self._watcher, return_exceptions=True)
        self._ray.shutdown()  # the actors end with it: they are this program's
        self._stdout.close()

    async def run(self, cell: Planned) -> Ran:
        """See :class:`Engine`."""
        spec = cell.request.spec
        needs = {"num_cpus": 1, "memory": cell.pair.request.agent.memory_mb << 20}
        place = (self._namespace, cell.pair.cell, cell.run)
        ref = self._cell.options(**needs).remote(*place)
        try:
            delivery: Delivery | str = await ref
        except asyncio.CancelledError:
            self._ray.cancel(ref)
            raise
        except self._ray.exceptions.RayError as wrong:
            raise WorkerLost(f"a node was lost under the cell: {type(wrong).__name__}") from None
        if isinstance(delivery, str):
            raise WorkerLost(f"a node could not run the cell: {delivery}")
        record = Record.model_validate_json(delivery.record)
        with self._store.draft(
            sweep=spec.sweep, agent=spec.label, model=spec.model, task=spec.task, run=cell.run
        ) as draft:
            unpack(delivery.folder, draft.folder)
            return Ran(folder=draft.publish(record).folder, node=delivery.node)

    def pressure(self, cell: Planned) -> Pressure | None:
        """See :class:`Engine`; as it was a moment ago."""
        upstream = cell.pair.request.target.upstream
        return None if upstream is None else self._pressures.get(account_of(upstream))

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_S)
            self._pressures = await self._queues.pressures.remote()
            await self._look()

    async def _look(self) -> None:
        """Open nodes that came, forget those that went."""
        alive = {one["NodeID"] for one in self._ray.nodes() if one["Alive"]}
        for gone in self._nodes.keys() - alive:
            del self._nodes[gone]
            await self._queues.forget.remote(gone)
        self._cores = int(self._ray.cluster_resources().get("CPU", 1))
        new = alive - self._nodes.keys() - self._refused.keys()
        await asyncio.gather(*(self._open(node) for node in new))

    async def _open(self, node: str) -> None:
        affinity = self._ray.util.scheduling_strategies.NodeAffinitySchedulingStrategy
        actor = self._ray.remote(num_cpus=0, max_concurrency=1000)(Node)
        handle = actor.options(
            name=f"node-{node}", scheduling_strategy=affinity(node_id=node, soft=False)
        ).remote(self._orders, self._queues, node)
        try:
            async with asyncio.timeout(_OPEN_S):
                await handle.open.remote()
        except self._ray.exceptions.RayTaskError as error:
            self._refused[node] = str(error.cause)
        except (self._ray.exceptions.RayError, TimeoutError):
            self._refused[node] = f"node {node[:8]} did not come up"
        else:
            self._nodes[node] = handle


async def _reachable(address: str | None) -> None:
    """Ray itself would try for minutes. Raises :class:`UsageError`."""
    host, colon, port = (address or "").rpartition(":")
    if not colon or not port.isdigit():
        return  # "auto", or a name that Ray looks up
    try:
        async with asyncio.timeout(_REACH_S):
            _, writer = await asyncio.open_connection(host, int(port))
    except (OSError, TimeoutError) as error:
        why = getattr(error, "strerror", None) or "no answer"
        raise UsageError(
            f"no Ray cluster at '{address}': {why}", do="start one: ray start --head"
        ) from None
    writer.close()


def _on_a_node(namespace: str, cell: str, run: int) -> Delivery | str:
    """What Ray runs as a task, with the cell's resources: the node's own actor does the work.

    The result comes by a file, not by ``ray.get``: a task that waits in that gives its core back,
    and Ray would put more and more cells where the first ones are.
    """
    ray = _ray()
    node = ray.get_runtime_context().get_node_id()
    actor = _actor(ray, f"node-{node}", namespace)
    with tempfile.TemporaryDirectory(prefix="cab-ray-") as folder:
        place = Path(folder) / "delivery"
        actor.start.remote(cell, run, str(place))
        looked = time.monotonic()
        while not place.exists():
            time.sleep(_POLL_S)
            if time.monotonic() - looked > _ALIVE_S:
                looked = time.monotonic()
                ray.get(actor.alive.remote(), timeout=_ALIVE_S)
        found: Delivery | str = pickle.loads(place.read_bytes())  # noqa: S301 - of our own actor
    return found


def _actor(ray: Any, name: str, namespace: str) -> Any:
    """A node that has just come has its actor a moment later."""
    deadline = time.monotonic() + _OPEN_S
    while True:
        try:
            return ray.get_actor(name, namespace=namespace)
        except ValueError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def _ray() -> Any:
    try:
        ray = importlib.import_module("ray")
        importlib.import_module("ray.util.scheduling_strategies")
    except ImportError:
        do = "run: pip install 'codingagentbench[ray]'"
        raise UsageError("Ray is not installed", do=do) from None
    return ray
