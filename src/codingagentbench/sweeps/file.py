"""A sweep's file: which agents, models and tasks, how often, and within what limits."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from codingagentbench.errors import UsageError
from codingagentbench.gateway import RateLimits

_NAME: Final = r"^[a-z0-9][a-z0-9._-]{0,63}$"
_FORMAT: Final = "see docs/sweeps.md"


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SweepAgent(_Value):
    """An agent, ``NAME``, ``NAME@VERSION`` or a file, and what is added to it."""

    name: str
    plugins: tuple[str, ...] = ()  # files, relative to the sweep's own
    dialect: str | None = None


class SweepModel(_Value):
    """A model, and where its calls go; limits are those of its endpoint."""

    name: str
    endpoint: str | None = None  # a configured one, or a base URL
    key_env: str | None = None
    limits: RateLimits | None = None


class CellLimits(_Value):
    """Of one attempt; the task's own where one is not given."""

    timeout_s: float | None = Field(None, gt=0)
    calls: int | None = Field(None, gt=0)
    tokens: int | None = Field(None, gt=0)
    usd: float | None = Field(None, gt=0)


class SweepBudget(_Value):
    """Of the whole sweep, over all sessions but ``hours``; no cell is begun once one is spent."""

    calls: int | None = Field(None, gt=0)
    tokens: int | None = Field(None, gt=0)
    usd: float | None = Field(None, gt=0)
    hours: float | None = Field(None, gt=0)  # of one session's work


class Machine(_Value):
    """What one machine takes at a time."""

    jobs: int = Field(0, ge=0, le=1024)  # cells; 0: one a core
    memory_mb: int | None = Field(None, gt=0)  # all agents together; None: what is free less 1 GiB


class Retry(_Value):
    """For outcomes that are not the agent's: those of the agent are never tried again."""

    attempts: int = Field(3, ge=1, le=50)  # in all
    wait_s: float = Field(5.0, ge=0)  # before the second; doubled each time, and jittered
    longest_s: float = Field(300.0, ge=0)


class Only(_Value):
    """Cells that all of these globs fit; what is not given fits everything."""

    agent: str = "**"
    model: str = "**"
    task: str = "**"


class Notify(_Value):
    """Who is told at the end, with the sweep's state as JSON: a command's input, or a POST."""

    command: tuple[str, ...] = ()
    webhook: str | None = Field(None, pattern=r"^https?://")


def _as_table(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class SweepFile(_Value):
    """The file, as it is written. Lists of names will do for ``agents`` and ``models``."""

    name: str = Field(pattern=_NAME)
    agents: tuple[Annotated[SweepAgent, BeforeValidator(_as_table)], ...] = Field(min_length=1)
    models: tuple[Annotated[SweepModel, BeforeValidator(_as_table)], ...] = Field(min_length=1)
    tasks: tuple[str, ...] = Field(min_length=1)  # ids, globs, "suite:NAME"
    runs: int = Field(1, ge=1, le=10_000)
    seed: int = 0
    sandbox: str = "bubblewrap"
    faults: str | None = None
    methodology: str = "1.0"
    limits: CellLimits = CellLimits()
    budget: SweepBudget = SweepBudget()
    machine: Machine = Machine()
    retry: Retry = Retry()
    include: tuple[Only, ...] = ()  # a cell has to fit one of them, where there are any
    exclude: tuple[Only, ...] = ()
    notify: Notify = Notify()

    @model_validator(mode="after")
    def _once(self) -> SweepFile:
        for what, names in (
            ("model", [model.name for model in self.models]),
            ("agent", [(agent.name, agent.plugins) for agent in self.agents]),
        ):
            for one in names:
                if names.count(one) > 1:  # type: ignore[arg-type]
                    shown = one if isinstance(one, str) else one[0]
                    raise ValueError(f"{what} '{shown}' is listed twice")
        return self


def load_sweep(path: Path) -> SweepFile:
    """The sweep in a file. Raises :class:`UsageError`, one sentence with the key that is wrong."""
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise UsageError("there is no such sweep file", where=str(path)) from None
    except OSError as wrong:
        raise UsageError(f"cannot be read: {wrong.strerror}", where=str(path)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise UsageError(f"not valid TOML: {wrong}", where=str(path)) from None
    try:
        return SweepFile.model_validate(told)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        what = f"key '{key}': {said[:1].lower() + said[1:]}" if key else said
        raise UsageError(what, where=str(path), do=_FORMAT) from None
