"""A published cell run again from its record alone, and what came out of it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from codingagentbench import agents, endpoints, tasks
from codingagentbench.agents import Agent, Installed, Plugin
from codingagentbench.cells.attempt import attempt
from codingagentbench.cells.bench import Bench
from codingagentbench.cells.events import OnEvent, silent
from codingagentbench.cells.record import Record
from codingagentbench.cells.request import CellRequest
from codingagentbench.cells.running import record_of
from codingagentbench.endpoints import Reel, Target
from codingagentbench.errors import EndpointError, NotInstalled, TaskError, UnknownName, UsageError
from codingagentbench.gateway import Dialect
from codingagentbench.scoring import FilePatch, parse_patch
from codingagentbench.tasks import Task

_PATCH = "changes.patch"
_BODIES = "bodies"


class Likeness(StrEnum):
    """How a rerun compares with the record."""

    IDENTICAL = "identical"  # the same requests, the same changes, the same tests, the same outcome
    SAME_VERDICT = "same verdict"
    DRIFTED = "drifted"


@dataclass(frozen=True, kw_only=True)
class Reproduction:
    """``difference`` is the first one, in one sentence; ``None`` where there is none.

    ``record`` is the rerun's own; ``None`` where the task or the agent is another one, so that
    nothing was run.
    """

    likeness: Likeness
    difference: str | None
    record: Record | None = None


async def reproduce(
    record: Record,
    folder: Path,
    *,
    bench: Bench,
    agent: Agent | None = None,
    plugins: Sequence[Plugin] = (),
    tasks_root: Path | None = None,
    on_event: OnEvent | None = None,
) -> Reproduction:
    """Run the cell of ``record`` again, its model replayed from the bodies in ``folder``.

    ``agent`` is needed where the record's is not one that is known by name; ``plugins`` where it
    ran with any, in their order. Raises ``EndpointError`` when a body is missing or was changed,
    ``NotInstalled`` with the command that installs the agent, ``UsageError`` for a record of an
    attempt that never ran, or whose agent or plugins were not given.
    """
    if record.exit is None:
        raise UsageError("this attempt never ran, so there is nothing to reproduce")
    if record.spec.dialect not in tuple(Dialect):
        raise UsageError(f"this attempt spoke no dialect ('{record.spec.dialect}')")
    task = _task(record, tasks_root)
    if isinstance(task, str):
        return Reproduction(likeness=Likeness.DRIFTED, difference=task)
    agent = _agent(record, agent)
    other = _other_agent(record, agent) or _other_plugins(record, plugins)
    if other is not None:
        return Reproduction(likeness=Likeness.DRIFTED, difference=other)
    installed = _installed(agent)
    if installed.digest != record.identity.agent_digest:
        what = f"the installed {record.spec.agent} {installed.version} is not, byte for byte, that"
        return Reproduction(likeness=Likeness.DRIFTED, difference=f"{what} of the record")
    request = _request(record, folder, task, installed, agent=agent, plugins=plugins)
    with tempfile.TemporaryDirectory(prefix="cab-reproduce-") as scratch:
        done = await attempt(
            request, folder=Path(scratch), bench=bench, on_event=on_event or silent
        )
        again = record_of(request, done)
        patches = _patch(folder), _patch(Path(scratch))
    assert done.found.reel is not None or again.fault is not None
    return _compared(record, again, patches, done.found.reel)


def _task(record: Record, root: Path | None) -> Task | str:
    """The record's task, or why it is not to be had."""
    wanted = record.identity.task
    try:
        task = tasks.find_task(wanted.id, root=root)
    except UnknownName:
        return f"the task {wanted.id} is not here"
    except TaskError as error:
        return f"the task cannot be loaded: {error}"
    if task.digest != wanted.digest:
        return f"the task {wanted.id} is another one: {task.digest} here, {wanted.digest} recorded"
    return task


def _agent(record: Record, given: Agent | None) -> Agent:
    spec = record.spec
    if given is not None:
        return given
    try:
        return agents.get(spec.agent, spec.agent_version)
    except UnknownName:
        raise UsageError(
            f"{spec.agent} {spec.agent_version} is an agent from somebody's own file",
            do="give that file: --agent FILE",
        ) from None


def _other_agent(record: Record, agent: Agent) -> str | None:
    """Why ``agent`` is not the record's."""
    wanted = (record.spec.agent, record.spec.agent_version)
    if wanted == (agent.name, agent.version):
        return None
    return f"the agent given is {agent.name} {agent.version}, recorded was {' '.join(wanted)}"


def _other_plugins(record: Record, given: Sequence[Plugin]) -> str | None:
    """Why the plugins given are not the record's."""
    wanted = record.spec.plugin_stack
    if len(given) != len(wanted):
        names = ", ".join(one.partition("@")[0] for one in wanted) or "none"
        raise UsageError(
            f"the record's agent ran with these plugins: {names}; {len(given)} were given",
            do="give the file of each, in that order: --plugin FILE" if wanted else None,
        )
    for one, was in zip(given, wanted, strict=True):
        if f"{one.name}@{one.digest}" != was:
            return f"the plugin {one.name} is another one: {one.digest} here, {was} recorded"
    return None


def _installed(agent: Agent) -> Installed:
    try:
        return agents.ready(agent)
    except NotInstalled as error:
        raise NotInstalled(f"{error.what}, and the record needs it", do=error.do) from None


def _request(
    record: Record,
    folder: Path,
    task: Task,
    installed: Installed,
    *,
    agent: Agent,
    plugins: Sequence[Plugin],
) -> CellRequest:
    spec = record.spec
    return CellRequest(
        agent=agent,
        installed=installed,
        plugins=tuple(plugins),
        task=task,
        target=Target(model=spec.model, endpoint="replay"),
        dialect=Dialect(spec.dialect),
        sandbox=spec.sandbox,
        sweep="reproduced",
        run=spec.run,
        methodology=spec.methodology,
        timeout_s=spec.timeout_s,
        budget=spec.budget,
        limits=spec.limits,
        tape=endpoints.load_tape(record.ledger, folder / _BODIES),
    )


def _patch(folder: Path) -> bytes:
    path = folder / _PATCH
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise EndpointError(f"cannot be read: {error.strerror}", where=str(path)) from None


def _compared(
    before: Record, after: Record, patches: tuple[bytes, bytes], reel: Reel | None
) -> Reproduction:
    verdict = next(_verdict(before, after), None)
    if verdict is not None:
        told = next(_requests(reel), None)
        first = f"{verdict} (first, {told})" if told else verdict
        return Reproduction(likeness=Likeness.DRIFTED, difference=first, record=after)
    detail = next(_details(before, after, patches, reel), None)
    like = Likeness.IDENTICAL if detail is None else Likeness.SAME_VERDICT
    return Reproduction(likeness=like, difference=detail, record=after)


def _verdict(before: Record, after: Record) -> Iterator[str]:
    """What makes another verdict of it."""
    if before.scores.outcome != after.scores.outcome:
        yield f"the outcome was {before.scores.outcome}, now it is {after.scores.outcome}"
    was, now = _tests(before), _tests(after)
    for name in was:
        if was[name] != now.get(name):
            yield f"test {name} was {was[name]}, now it is {now.get(name, 'gone')}"


def _details(
    before: Record, after: Record, patches: tuple[bytes, bytes], reel: Reel | None
) -> Iterator[str]:
    """What differs although the verdict is the same."""
    yield from _requests(reel)
    old, new = _paths(before), _paths(after)
    if old != new:
        some = sorted(old ^ new)[0]
        yield f"{some} was {'' if some in old else 'not '}changed, now it is the other way"
    was, now = (_lines(patch, one) for patch, one in zip(patches, (before, after), strict=True))
    other = sorted(path for path in was.keys() | now.keys() if was.get(path) != now.get(path))
    if other:
        yield f"the changes of {other[0]} are not the same, line by line"
    if reel is not None and reel.left:
        yield f"{reel.left} recorded calls were not made this time"


def _requests(reel: Reel | None) -> Iterator[str]:
    for divergence in reel.divergences if reel else ():
        yield f"call {divergence.call}: {divergence.what}"


def _tests(record: Record) -> dict[str, str]:
    found = record.verification.tests if record.verification else ()
    return {f"{test.suite}/{test.name}": str(test.outcome) for test in found}


def _lines(patch: bytes, record: Record) -> dict[str, FilePatch]:
    """The hunks of every changed file but litter."""
    litter = record.scores.axes.blast_radius.litter
    parsed = parse_patch(patch.decode("utf-8", "surrogateescape"))
    return {path: lines for path, lines in parsed.items() if path not in litter}


def _paths(record: Record) -> set[str]:
    litter = record.scores.axes.blast_radius.litter
    files = record.changes.files if record.changes else ()
    return {file.path for file in files} - set(litter)
