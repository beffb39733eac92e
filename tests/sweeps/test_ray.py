"""A sweep on a cluster of several nodes on this machine, one of which dies in the middle."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from codingagentbench.errors import ResultsError
from codingagentbench.gateway import RateLimits, Throttled, Upstream
from codingagentbench.sweeps import Orders, lock_of
from codingagentbench.sweeps.ray_node import Node
from codingagentbench.sweeps.ray_queue import Queues, account_of

from .kit import SCRIPT, make_sweep, opened

CAB = Path(sys.executable).with_name("cab")

pytestmark = [pytest.mark.timeout(300), pytest.mark.slow]


@pytest.fixture
def cluster() -> Iterator[Any]:
    """Three nodes of two cores each."""
    pytest.importorskip("ray")
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    from ray.cluster_utils import Cluster

    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 2, "include_dashboard": False})
    for _ in range(2):
        made.add_node(num_cpus=2)
    made.wait_for_nodes()
    yield made
    made.shutdown()


def test_a_node_dies_and_nothing_is_lost(cluster: Any, tmp_path: Path) -> None:
    file = make_sweep(tmp_path, tasks=6, runs=3)
    script = tmp_path / "script" / "run.sh"
    script.write_text(SCRIPT + "sleep 8\n")  # longer than it takes workers to see their node die
    words = [CAB, "sweep", "run", str(file), "--results", "r", "--tasks", "tasks", "--json"]
    process = subprocess.Popen(
        [*map(str, words), "--engine", "ray", "--address", cluster.address],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    events = []
    killed = False
    victim = None
    for line in process.stdout:
        events.append(json.loads(line))
        if not killed:  # a node that has just ended a cell, and so has begun another
            victim = next(
                (n for n in cluster.list_all_nodes()[1:] if _ended_on(n.node_id, events)), None
            )
        if victim is not None and not killed:
            killed = True
            time.sleep(3)  # by then they are well under way
            cluster.remove_node(victim, allow_graceful=False)
    said = process.communicate(timeout=60)[1]
    assert 0 == process.returncode, said
    assert killed
    found = opened(file)
    assert {state.cell.id for state in found.states} == {row.cell for row in found.rows}
    assert {1} == set(Counter(row.cell for row in found.rows).values())
    assert {"passed"} == {row.outcome for row in found.rows}
    assert {"lost"} <= {one["event"] for one in events}


def _ended_on(node: str, events: list[dict[str, Any]]) -> int:
    return sum(one["event"] == "ended" and one.get("node") == node for one in events)


async def test_a_node_that_is_not_like_the_others_is_refused(tmp_path: Path) -> None:
    """Each node makes the plan of its own files and holds it against the lock."""
    file = make_sweep(tmp_path, tasks=2, runs=1)
    found = opened(file)
    orders = Orders(
        file=found.file,
        base=tmp_path,
        tasks_root=tmp_path / "tasks",
        config=None,
        lock=lock_of(found.plan),
    )
    readme = tmp_path / "tasks" / "made-up" / "word-1" / "tree" / "README"
    readme.write_text("something else\n")
    with pytest.raises(ResultsError, match=r"node n: is not like the others: task made-up/word-1"):
        await Node(orders, None, "n").open()


def test_a_cluster_that_is_not_there(tmp_path: Path) -> None:
    file = make_sweep(tmp_path, tasks=1, runs=1)
    words = [CAB, "sweep", "run", str(file), "--results", "r", "--tasks", "tasks", "--quiet"]
    for more, said in (
        (["--engine", "ray", "--address", "127.0.0.1:1"], "no Ray cluster at '127.0.0.1:1'"),
        (["--engine", "rya"], "did you mean 'ray'?"),
    ):
        done = subprocess.run(
            [*map(str, words), *more], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert 2 == done.returncode
        assert said in done.stderr


async def test_one_queue_for_all_nodes() -> None:
    """Tickets of two nodes share one limit; those of a node that died are given back."""
    queues = Queues()
    limits = RateLimits(concurrency=2).model_dump()
    first = await queues.enter("a", "account", limits, 10)
    await queues.enter("b", "account", limits, 10)
    assert 2 == (await queues.pressures())["account"].running
    await queues.forget("b")
    third = await queues.enter("c", "account", limits, 10)
    assert 2 == (await queues.pressures())["account"].running
    await queues.leave(first, 10, tuple(Throttled(1.0)))
    await queues.leave(third, None, None)
    seen = (await queues.pressures())["account"]
    assert (0, 1) == (seen.running, seen.throttled)


def test_the_name_of_an_account_shows_no_key() -> None:
    upstream = Upstream(base_url="https://host/v1", key="very-secret-key", limits=RateLimits())
    assert "secret" not in account_of(upstream)
    other = upstream.model_copy(update={"base_url": "https://other/v1"})
    assert account_of(upstream) != account_of(other)
