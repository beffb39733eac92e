"""From a sweep's file to its cells, in the order in which they are begun."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from codingagentbench import agents, tasks
from codingagentbench.cells import CellLimits, CellRequest, cell_request, mounts_of
from codingagentbench.errors import NotInstalled, UsageError
from codingagentbench.gateway import RateLimits
from codingagentbench.globs import matches
from codingagentbench.sandboxes import Missing, opened, toolchain_in
from codingagentbench.sweeps.file import Only, SweepAgent, SweepFile, SweepModel
from codingagentbench.tasks import SealedSuite, Task

_SUITE = "suite:"


@dataclass(frozen=True, kw_only=True)
class Pair:
    """An agent with a model on a task, resolved once for all of its runs."""

    request: CellRequest
    agent: str  # with its plugins
    model: str
    endpoint: str  # cells of one endpoint share its limits
    why_not: str | None  # None: it can be run
    asked: str  # digest of what is asked for
    cell: str  # the id of its cells up to the number of the run

    @property
    def task(self) -> str:
        return self.request.task.id


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One cell of the plan."""

    pair: Pair
    run: int

    @property
    def id(self) -> str:
        return f"{self.pair.cell}{self.run}"

    @property
    def request(self) -> CellRequest:
        return self.pair.request.numbered(self.run)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All cells that a sweep's file asks for, those that cannot be run apart."""

    file: SweepFile
    pairs: tuple[Pair, ...]
    missing: tuple[NotInstalled, ...]  # agents that are not installed; nothing can be run then

    @property
    def runnable(self) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if pair.why_not is None)

    @property
    def unsupported(self) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if pair.why_not is not None)

    def cells(self) -> Iterator[Planned]:
        """Fairly interleaved: after any number of cells every agent and model has had about as
        many, on the same tasks. Tasks are shuffled by the seed, once for each run."""
        chance = random.Random(self.file.seed)  # noqa: S311 - an order, not a secret
        by_task: dict[str, list[Pair]] = {}
        for pair in self.runnable:
            by_task.setdefault(pair.task, []).append(pair)
        for run in range(1, self.file.runs + 1):
            order = sorted(by_task)
            chance.shuffle(order)
            for task in order:
                pairs = list(by_task[task])
                chance.shuffle(pairs)
                for pair in pairs:
                    yield Planned(pair=pair, run=run)


def size_of(file: SweepFile, found: Sequence[Task]) -> int:
    """How many cells the matrix has, before anything is left out."""
    return len(file.agents) * len(file.models) * len(found) * file.runs


def find_tasks(file: SweepFile, *, root: Path | None = None) -> tuple[Task, ...]:
    """The tasks that a file names, each once, by id.

    Raises :class:`UnknownName` for what fits none, :class:`UsageError` for a suite that is sealed
    or whose tasks are not those that are here, :class:`TaskError`.
    """
    suites = [one.removeprefix(_SUITE) for one in file.tasks if one.startswith(_SUITE)]
    globs = [one for one in file.tasks if not one.startswith(_SUITE)]
    found = {task.id: task for name in suites for task in _suite(name, root)}
    if globs:
        found |= {task.id: task for task in tasks.select_tasks(globs, root=root)}
    return tuple(found[id_] for id_ in sorted(found))


def _suite(name: str, root: Path | None) -> Iterator[Task]:
    suite = tasks.find_suite(name)
    if isinstance(suite, SealedSuite):
        raise UsageError(f"suite '{name}' is sealed: it does not say what its tasks are")
    drift = tasks.drift_of(suite, root=root)
    if drift:
        raise UsageError(
            f"suite '{name}': {drift[0].id} {drift[0].what}", do=f"see: cab suites check {name}"
        )
    for entry in suite.tasks:
        yield tasks.find_task(entry.id, root=root)


def make_plan(
    file: SweepFile,
    found: Sequence[Task],
    *,
    base: Path,
    config: Path | None = None,
) -> Plan:
    """Everything resolved: agents, plugins, endpoints, dialects. ``base``: of relative files.

    Raises what :func:`codingagentbench.cells.cell_request` raises, but for agents that are not
    installed, which are listed in the plan; ``SandboxUnavailable`` when an agent cannot be had in
    the sandbox that was asked for.
    """
    pairs: list[Pair] = []
    missing: dict[str, NotInstalled] = {}
    for agent in file.agents:
        known = agents.named(_agent_name(agent, base))
        try:
            installed = agents.ready(known)
        except NotInstalled as error:
            missing[agent.name] = error
            continue
        opened(file.sandbox).admit(mounts_of(installed))
        for model in file.models:
            wanted = [task for task in found if _wanted(file, known.name, model.name, task.id)]
            pairs += _pairs(file, agent, model, wanted, base=base, config=config)
    if not pairs and not missing:
        raise UsageError("no cell is left of the matrix", do="look at 'include' and 'exclude'")
    return Plan(file=file, pairs=tuple(pairs), missing=tuple(missing.values()))


def _pairs(
    file: SweepFile,
    agent: SweepAgent,
    model: SweepModel,
    found: Sequence[Task],
    *,
    base: Path,
    config: Path | None,
) -> Iterator[Pair]:
    first: CellRequest | None = None
    for task in found:
        if first is None:
            first = _request(file, agent, model, task, base=base, config=config)
        request = first.on(task, limits=CellLimits(**file.limits.model_dump()))
        spec = request.spec
        yield Pair(
            request=request,
            agent=spec.label,
            model=model.name,
            endpoint=request.target.endpoint,
            why_not=_why_not(request),
            asked=spec.asked,
            cell=spec.id.removesuffix("1"),
        )


def _why_not(request: CellRequest) -> str | None:
    if request.dialect is None:
        speaks = ", ".join(request.agent.dialects)
        return f"{request.agent.name} speaks {speaks}, which the endpoint is not said to speak"
    for name in request.task.toolchain:
        found = toolchain_in(request.sandbox, name)
        if isinstance(found, Missing):
            return f"this machine has no {found.name} toolchain: {found.reason}"
    return None


def _agent_name(agent: SweepAgent, base: Path) -> str:
    """A file is relative to the sweep's own."""
    is_file = agent.name.endswith(".toml") or "/" in agent.name
    return str(base / Path(agent.name).expanduser()) if is_file else agent.name


def _faults(file: SweepFile, base: Path) -> str | None:
    is_file = file.faults is not None and (file.faults.endswith(".toml") or "/" in file.faults)
    return str(base / Path(file.faults).expanduser()) if is_file and file.faults else file.faults


def _wanted(file: SweepFile, agent: str, model: str, task: str) -> bool:
    def fits(only: Only) -> bool:
        pairs = ((agent, only.agent), (model, only.model), (task, only.task))
        return all(matches(name, (glob,)) for name, glob in pairs)

    kept = not file.include or any(map(fits, file.include))
    return kept and not any(map(fits, file.exclude))


def _request(
    file: SweepFile,
    agent: SweepAgent,
    model: SweepModel,
    task: Task,
    *,
    base: Path,
    config: Path | None,
) -> CellRequest:
    request = cell_request(
        agent=_agent_name(agent, base),
        model=model.name,
        task=task,
        sweep=file.name,
        sandbox=file.sandbox,
        methodology=file.methodology,
        dialect=agent.dialect,
        endpoint=model.endpoint,
        key_env=model.key_env,
        config=config,
        faults=_faults(file, base),
        plugins=[base / one for one in agent.plugins],
    )
    known = model.limits or (request.target.upstream and request.target.upstream.limits)
    limits = known or RateLimits()
    return request.behind(limits.model_copy(update={"adaptive": True}))
