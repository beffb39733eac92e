"""One cell, start to end: what is asked, the attempt, its record."""

from codingagentbench.cells.bench import Bench
from codingagentbench.cells.events import Event, OnEvent, Phase
from codingagentbench.cells.record import (
    SCHEMA_VERSION,
    CellSpec,
    Identity,
    LaunchNote,
    Record,
    TaskIdentity,
    Timing,
    Truth,
    record_schema,
)
from codingagentbench.cells.reproducing import Likeness, Reproduction, reproduce
from codingagentbench.cells.request import CellLimits, CellRequest, cell_request, mounts_of
from codingagentbench.cells.running import rescored, run_cell
from codingagentbench.cells.survey import Finding, survey

__all__ = [
    "SCHEMA_VERSION",
    "Bench",
    "CellLimits",
    "CellRequest",
    "CellSpec",
    "Event",
    "Finding",
    "Identity",
    "LaunchNote",
    "Likeness",
    "OnEvent",
    "Phase",
    "Record",
    "Reproduction",
    "TaskIdentity",
    "Timing",
    "Truth",
    "cell_request",
    "mounts_of",
    "record_schema",
    "reproduce",
    "rescored",
    "run_cell",
    "survey",
]
