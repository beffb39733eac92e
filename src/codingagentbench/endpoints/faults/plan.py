"""A fault plan: what goes wrong, and in which calls. Data, from TOML or built in."""

from __future__ import annotations

import hashlib
import random
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from codingagentbench.errors import EndpointError, UnknownName

Kind = Literal[
    "status",
    "delay",
    "hang",
    "drip",
    "cut",
    "malformed",
    "truncated-arguments",
    "no-usage",
    "duplicate",
    "empty",
    "overflow",
]
_WHEN: Final = ("first", "every", "probability")


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Fault(_Value):
    """One thing that goes wrong. Exactly one of ``first``, ``every``, ``probability`` says when.

    Kinds: ``status`` (an error instead of an answer), ``delay`` (``seconds`` before the first
    byte), ``hang`` (no answer at all), ``drip`` (``seconds`` between two events), ``cut`` (the
    connection breaks after ``events`` events), ``malformed`` (the event after ``events`` is no
    JSON), ``truncated-arguments`` (a tool call's arguments break off), ``no-usage``,
    ``duplicate`` (every event twice), ``empty`` (an answer that says nothing),
    ``overflow`` (the prompt is said to be too long).
    """

    kind: Kind
    first: int | None = Field(None, ge=1)  # in the first N calls
    every: int | None = Field(None, ge=1)  # in call N, 2N, 3N, ...
    probability: float | None = Field(None, gt=0, le=1)  # in each call by itself, seeded
    status: int = Field(500, ge=400, le=599)
    retry_after_s: float | None = Field(None, ge=0)
    seconds: float = Field(1.0, ge=0, le=3600)
    events: int = Field(3, ge=0)

    @model_validator(mode="after")
    def _when(self) -> Self:
        if sum(getattr(self, name) is not None for name in _WHEN) != 1:
            raise ValueError(f"say when by exactly one of {', '.join(_WHEN)}")
        return self

    @property
    def label(self) -> str:
        """What a record says was injected: ``status 429``, ``cut``, ..."""
        return f"status {self.status}" if self.kind == "status" else self.kind


class FaultPlan(_Value):
    """Faults in order; the first that is due in a call is the one that happens."""

    name: str = Field(min_length=1)
    seed: int = 0
    faults: tuple[Fault, ...] = ()

    def due(self, call: int, *, place: str = "") -> Fault | None:
        """The fault of call number ``call``, counted from 1; the same for the same seed and place.

        ``place`` is what is being run: chances differ from one to the next.
        """
        for number, fault in enumerate(self.faults):
            if fault.first is not None and call <= fault.first:
                return fault
            if fault.every is not None and call % fault.every == 0:
                return fault
            if fault.probability is not None:
                dice = random.Random(f"{self.seed}/{place}/{number}/{call}")  # noqa: S311
                if dice.random() < fault.probability:
                    return fault
        return None

    @property
    def digest(self) -> str:
        """``"sha256:..."`` over the plan's content."""
        return "sha256:" + hashlib.sha256(self.model_dump_json().encode()).hexdigest()


def _profile(name: str, *faults: Fault) -> FaultPlan:
    return FaultPlan(name=name, seed=1, faults=faults)


#: Plans with a name of their own.
PROFILES: Final[Mapping[str, FaultPlan]] = {
    plan.name: plan
    for plan in (
        _profile("calm"),
        _profile(
            "busy",
            Fault(kind="status", status=429, retry_after_s=1, first=2),
            Fault(kind="status", status=429, retry_after_s=1, every=4),
        ),
        _profile(
            "flaky",
            Fault(kind="status", status=503, first=1),
            Fault(kind="cut", events=3, every=3),
            Fault(kind="status", status=500, every=5),
            Fault(kind="drip", seconds=0.05, every=2),
        ),
        _profile(
            "hostile",
            Fault(kind="status", status=429, first=1),
            Fault(kind="malformed", events=1, every=3),
            Fault(kind="truncated-arguments", every=4),
            Fault(kind="empty", every=5),
            Fault(kind="no-usage", every=2),
            Fault(kind="duplicate", every=7),
        ),
    )
}


def find_plan(name: str) -> FaultPlan:
    """The profile ``name``, or the plan in the file of that path.

    Raises :class:`UnknownName` with the nearest name, or :class:`EndpointError`.
    """
    if name.endswith(".toml") or "/" in name:
        return load_plan(Path(name).expanduser())
    if name not in PROFILES:
        do = f"known: {', '.join(PROFILES)}, or the path of a plan in TOML"
        raise UnknownName("fault profile", name, PROFILES, do=do)
    return PROFILES[name]


def load_plan(path: Path) -> FaultPlan:
    """The plan in a file; its name is the file's unless it gives one. Raises ``EndpointError``."""
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise EndpointError("there is no such fault plan", where=str(path)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise EndpointError(f"not valid TOML: {wrong}", where=str(path)) from None
    except OSError as wrong:
        raise EndpointError(f"cannot be read: {wrong.strerror}", where=str(path)) from None
    try:
        return FaultPlan.model_validate({"name": path.stem, **data})
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False)[0]
        key = ".".join(str(part) for part in first["loc"]) or "the plan"
        do = "see docs/faults.md"
        raise EndpointError(f"'{key}': {first['msg'].lower()}", where=str(path), do=do) from None
