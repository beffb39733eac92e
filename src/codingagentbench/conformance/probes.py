"""The cells that a check is made of: what goes wrong in each, and what is read off its record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from codingagentbench.agents import Agent
from codingagentbench.cells import Record
from codingagentbench.conformance import reading
from codingagentbench.conformance.rows import Row
from codingagentbench.endpoints import Fault, FaultPlan

#: A small task with one fault in one file: what is measured is the agent's way, not its wit.
SMALL: Final = "polyglot/python-reverse-string"


@dataclass(frozen=True, kw_only=True)
class Probe:
    """One cell. ``read``: from its record (and the calm one) to rows."""

    name: str
    read: Callable[[Agent, Record, Record], Sequence[Row]]
    task: str = SMALL
    faults: tuple[Fault, ...] = ()
    timeout_s: float = 40.0

    def plan(self) -> FaultPlan | None:
        """The faults as a plan; ``None`` for none."""
        return FaultPlan(name=self.name, faults=self.faults) if self.faults else None


def _survives(name: str, *faults: Fault, timeout_s: float = 40.0) -> Probe:
    return Probe(
        name=name,
        faults=faults,
        timeout_s=timeout_s,
        read=lambda _, record, calm: (reading.survived(name, record, calm),),
    )


def _solves(language: str, task: str) -> Probe:
    name = f"solves {language}"
    return Probe(name=name, task=task, read=lambda _, record, calm: (reading.solved(name, record),))


#: The first is the measure for the others: nothing goes wrong in it.
CALM: Final = Probe(name="calm", read=lambda agent, record, _: reading.calm(agent, record))

PROBES: Final[tuple[Probe, ...]] = (
    _solves("Rust", "mutations/rust-error-negated"),
    _solves("JavaScript", "mutations/js-parcel-tariff"),
    _survives("429, Retry-After: 1", Fault(kind="status", status=429, retry_after_s=1, first=2)),
    _survives("429", Fault(kind="status", status=429, first=1)),
    _survives("500", Fault(kind="status", status=500, first=1)),
    _survives("503", Fault(kind="status", status=503, first=1)),
    _survives("cut stream", Fault(kind="cut", events=2, first=1)),
    _survives("malformed event", Fault(kind="malformed", events=1, first=1)),
    _survives("malformed tool call", Fault(kind="truncated-arguments", first=1)),
    _survives("empty reply", Fault(kind="empty", first=1)),
    _survives("slow drip", Fault(kind="drip", seconds=0.1, first=2)),
    Probe(
        name="context overflow",
        faults=(Fault(kind="overflow", first=1),),
        read=lambda _, record, calm: (reading.overflowed(record, calm),),
    ),
    Probe(
        name="hang",
        faults=(Fault(kind="hang", every=1),),
        timeout_s=8.0,
        read=lambda agent, record, _: reading.hung(agent, record),
    ),
    Probe(
        name="refused key",
        faults=(Fault(kind="status", status=401, every=1),),
        read=lambda _, record, __: (reading.truthful(record),),
    ),
)
