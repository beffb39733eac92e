"""What is asked of one cell, with every name resolved: agent, model, task, limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from codingagentbench import agents, endpoints, tasks
from codingagentbench.agents import Agent, Installed, Plugin
from codingagentbench.cells.record import CellSpec, FaultProfile
from codingagentbench.endpoints import FaultPlan, Options, Tape, Target
from codingagentbench.errors import UsageError
from codingagentbench.gateway import Budget, Dialect, RateLimits
from codingagentbench.sandboxes import Limits, Mount
from codingagentbench.tasks import Task


@dataclass(frozen=True, kw_only=True)
class CellLimits:
    """Of one attempt; ``None`` is the task's own."""

    timeout_s: float | None = None
    calls: int | None = None
    tokens: int | None = None
    usd: float | None = None


@dataclass(frozen=True, kw_only=True)
class CellRequest:
    """Everything that one attempt needs to know; made by :func:`cell_request`."""

    agent: Agent
    installed: Installed
    task: Task
    target: Target
    dialect: Dialect | None  # None: agent and endpoint have no dialect in common
    sandbox: str = "bubblewrap"
    sweep: str = "local"
    run: int = 1
    methodology: str = "1.0"
    timeout_s: float = 600.0
    budget: Budget = field(default_factory=Budget)
    limits: Limits = field(default_factory=Limits)
    plugins: tuple[Plugin, ...] = ()  # added to the agent, in this order
    options: Options | None = None  # knobs of a built-in model
    faults: FaultPlan | None = None  # what is let go wrong on purpose
    drain_s: float = 30.0  # for an answer still under way, so that its tokens are known
    look: bool = False  # at what the agent leaves, and at the names that it asks for
    tape: Tape | None = None  # recorded answers, instead of the target's

    @property
    def model(self) -> str:
        return self.target.model

    def numbered(self, run: int) -> CellRequest:
        """The same request as run number ``run``."""
        return replace(self, run=run)

    def on(self, task: Task, *, limits: CellLimits | None = None) -> CellRequest:
        """The same agent and model on another task, within ``limits`` or the task's own."""
        timeout, budget = _within(task, limits or CellLimits())
        return replace(self, task=task, timeout_s=timeout, budget=budget)

    def behind(self, limits: RateLimits) -> CellRequest:
        """With calls held back by ``limits``; built-in models have none."""
        upstream = self.target.upstream
        if upstream is None:
            return self
        target = replace(self.target, upstream=upstream.model_copy(update={"limits": limits}))
        return replace(self, target=target)

    @property
    def spec(self) -> CellSpec:
        """The request as the record has it."""
        return CellSpec(
            sweep=self.sweep,
            agent=self.agent.name,
            agent_version=self.installed.version,
            model=self.model,
            task=self.task.id,
            run=self.run,
            sandbox=self.sandbox,
            methodology=self.methodology,
            dialect=self.dialect or "none",
            timeout_s=self.timeout_s,
            budget=self.budget,
            limits=self.limits,
            behavior_mode="plugins" if self.plugins else "factory",
            plugin_stack=tuple(f"{one.name}@{one.digest}" for one in self.plugins),
            faults=None if self.faults is None else FaultProfile.of(self.faults),
        )


def cell_request(
    *,
    agent: str | Agent,
    model: str,
    task: str | Task,
    run: int = 1,
    sweep: str = "local",
    sandbox: str = "bubblewrap",
    methodology: str = "1.0",
    dialect: str | None = None,
    timeout_s: float | None = None,
    max_calls: int | None = None,
    max_tokens: int | None = None,
    max_usd: float | None = None,
    tasks_root: Path | None = None,
    endpoint: str | None = None,
    key_env: str | None = None,
    key_file: Path | None = None,
    config: Path | None = None,
    environ: Mapping[str, str] | None = None,
    options: Options | None = None,
    faults: str | FaultPlan | None = None,
    plugins: Sequence[Path | Plugin] = (),
    look: bool = False,
) -> CellRequest:
    """Resolve names to what they mean; limits default to the task's own.

    ``agent`` is ``NAME``, ``NAME@VERSION``, the path of a custom agent's file, or an agent;
    ``faults`` a profile's name, a plan's file or a plan.
    Raises ``UnknownName``, ``NotInstalled``,
    ``TaskError``, ``EndpointError`` or ``UsageError``, each one sentence with what to do.
    """
    named = agent if isinstance(agent, str) else agent.name
    for value in (named, model, sweep, task if isinstance(task, str) else ""):
        _plain(value)
    known = agents.named(agent) if isinstance(agent, str) else agent
    found = task if isinstance(task, Task) else tasks.find_task(task, root=tasks_root)
    target = endpoints.resolve(
        model,
        endpoint=endpoint,
        key_env=key_env,
        key_file=key_file,
        config=config,
        environ=environ,
    )
    asked = CellLimits(timeout_s=timeout_s, calls=max_calls, tokens=max_tokens, usd=max_usd)
    timeout, budget = _within(found, asked)
    return CellRequest(
        agent=known,
        installed=agents.ready(known),
        task=found,
        target=target,
        dialect=_dialect(known, target, dialect),
        sandbox=sandbox,
        sweep=sweep,
        run=run,
        methodology=methodology,
        timeout_s=timeout,
        budget=budget,
        limits=Limits(),
        options=options,
        plugins=_plugins(plugins),
        look=look,
        faults=endpoints.find_plan(faults) if isinstance(faults, str) else faults,
    )


def _within(task: Task, asked: CellLimits) -> tuple[float, Budget]:
    seconds = asked.timeout_s or task.timeouts.agent
    budget = Budget(
        calls=asked.calls or task.budget.calls,
        tokens=asked.tokens or task.budget.tokens,
        usd=asked.usd or task.budget.usd,
        seconds=seconds,
    )
    return seconds, budget


def _plugins(given: Sequence[Path | Plugin]) -> tuple[Plugin, ...]:
    found = tuple(agents.load_plugin(one) if isinstance(one, Path) else one for one in given)
    names = [one.name for one in found]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"two plugins are called '{name}'", do="rename one")
    return found


def _plain(name: str) -> None:
    """A name becomes part of a path and of a page: it must be text."""
    if not name.isprintable() or any("\ud800" <= c <= "\udfff" for c in name):
        raise UsageError(f"{name!r} is no name", do="use printable characters")


def _dialect(agent: Agent, target: Target, asked: str | None) -> Dialect | None:
    """The dialect to speak: the one asked for, else the agent's first that the endpoint speaks."""
    if asked is not None:
        if asked not in tuple(Dialect) or Dialect(asked) not in agent.dialects:
            speaks = ", ".join(agent.dialects)
            raise UsageError(
                f"{agent.name} does not speak '{asked}'", do=f"choose one of: {speaks}"
            )
        return Dialect(asked) if Dialect(asked) in target.dialects else None
    return next((d for d in agent.dialects if d in target.dialects), None)


def mounts_of(installed: Installed) -> tuple[Mount, ...]:
    """What of an installed agent is seen inside."""
    return tuple(
        Mount(source=source, target=target, baked=installed.digests.get(target))
        for target, source in installed.mounts.items()
    )
