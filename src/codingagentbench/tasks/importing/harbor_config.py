"""Harbor's task.toml: what of it we follow, what means nothing here, what cannot be had.

https://www.harborframework.com/docs/tasks. A key that no row names is warned about by name.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from codingagentbench.tasks.importing.reading import shown
from codingagentbench.tasks.importing.values import Broken, Unsupported

#: What our own export notes of a task, in a table that Harbor leaves alone.
OURS: Final = "codingagentbench"

_Kind = Literal["taken", "quiet", "warn", "refuse"]

#: Dotted key -> what is done with it. ``quiet``: says nothing that matters to a run.
#: ``refuse``: not supported where it asks for anything.
_KEYS: Final[Mapping[str, tuple[_Kind, str]]] = {
    "version": ("quiet", ""),
    "schema_version": ("quiet", ""),
    "source": ("quiet", ""),
    "task": ("quiet", ""),
    "metadata": ("taken", ""),
    "agent.timeout_sec": ("taken", ""),
    "agent.user": ("warn", "everything runs as one user that is not privileged"),
    "agent.network_mode": ("taken", ""),
    "verifier.timeout_sec": ("taken", ""),
    "verifier.env": ("taken", ""),
    "verifier.user": ("warn", "everything runs as one user that is not privileged"),
    "verifier.network_mode": ("taken", ""),
    "verifier.environment_mode": ("warn", "tests always run in a fresh sandbox"),
    "verifier.environment": ("refuse", "an environment of its own for the tests"),
    "verifier.collect": ("refuse", "commands that collect"),
    "solution.env": ("taken", ""),
    "environment.docker_image": ("taken", ""),
    "environment.workdir": ("taken", ""),
    "environment.env": ("taken", ""),
    "environment.network_mode": ("taken", ""),
    "environment.allow_internet": ("taken", ""),
    "environment.build_timeout_sec": ("quiet", ""),
    "environment.cpus": ("quiet", ""),
    "environment.memory_mb": ("taken", ""),
    "environment.memory": ("taken", ""),
    "environment.storage_mb": ("taken", ""),
    "environment.storage": ("taken", ""),
    "environment.allowed_hosts": ("refuse", "hosts that can be reached"),
    "environment.gpus": ("refuse", "a GPU"),
    "environment.gpu_types": ("refuse", "a GPU"),
    "environment.tpu": ("refuse", "a TPU"),
    "environment.os": ("taken", ""),
    "environment.mcp_servers": ("refuse", "MCP servers"),
    "environment.skills_dir": ("refuse", "skills for the agent"),
    "environment.healthcheck": ("refuse", "a service that has to be up"),
    "environment.services": ("refuse", "more than one container"),
    "artifacts": ("warn", "nothing but the working folder is kept"),
    "steps": ("refuse", "more than one step"),
    "multi_step_reward_strategy": ("refuse", "more than one step"),
}
_OPEN: Final = ("task", "metadata", "verifier.env", "solution.env", "environment.env")
_NO_NETWORK: Final = ("no-network", "none", "off", "isolated", "disabled")
#: What every sandbox has; who asks for more is told so.
_MEMORY_MB, _STORAGE_MB = 4096, 2048
_DEFAULT_S: Final = 600.0


@dataclass(frozen=True, kw_only=True)
class HarborConfig:
    """One task.toml. Times in seconds."""

    agent_s: float
    verifier_s: float
    image: str | None
    workdir: str | None
    env: Mapping[str, str]
    verifier_env: Mapping[str, str]
    solution_env: Mapping[str, str]
    difficulty: str | None
    title: str | None
    ours: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def harbor_config(data: Mapping[str, Any]) -> HarborConfig:
    """``data`` read; raises :class:`LeftOut` for what cannot be followed or makes no sense."""
    warnings = list(_remarks(data, ""))
    warnings += _network(data)
    warnings += _sizes(data)
    if _at(data, "environment.os") not in (None, "linux"):
        raise Unsupported(f"environment.os is {shown(str(_at(data, 'environment.os')))}")
    difficulty, ours = _at(data, "metadata.difficulty"), _at(data, f"metadata.{OURS}")
    return HarborConfig(
        agent_s=_seconds(data, "agent.timeout_sec"),
        verifier_s=_seconds(data, "verifier.timeout_sec"),
        image=_text(data, "environment.docker_image"),
        workdir=_text(data, "environment.workdir"),
        env=_variables(data, "environment.env"),
        verifier_env=_variables(data, "verifier.env"),
        solution_env=_variables(data, "solution.env"),
        difficulty=difficulty if difficulty in ("easy", "medium", "hard") else None,
        title=_text(data, "task.description"),
        ours=ours if isinstance(ours, dict) else {},
        warnings=tuple(warnings),
    )


def _remarks(table: Mapping[str, Any], above: str) -> Iterator[str]:
    for name, value in table.items():
        key = f"{above}{name}"
        kind, why = _KEYS.get(key, (None, ""))
        if kind == "refuse" and value:
            raise Unsupported(f"task.toml asks for {why} ({key})")
        if kind == "warn" and value:
            yield f"task.toml: {key} is not followed: {why}"
        if isinstance(value, dict) and key not in _OPEN and kind is None:
            yield from _remarks(value, f"{key}.")
        elif kind is None:
            yield f"task.toml: {shown(key)} is unknown and not followed"


def _network(data: Mapping[str, Any]) -> Iterator[str]:
    """Warnings where a network is asked for; there is none in a sandbox."""
    for key in ("environment.network_mode", "agent.network_mode", "verifier.network_mode"):
        mode = _at(data, key)
        if mode is not None and mode not in _NO_NETWORK:
            yield f"task.toml: {key} is {shown(repr(mode))}, but there is no network here"
    if _at(data, "environment.allow_internet") is True:
        yield "task.toml: environment.allow_internet is true, but there is no network here"


def _sizes(data: Mapping[str, Any]) -> Iterator[str]:
    for name, most in (("memory", _MEMORY_MB), ("storage", _STORAGE_MB)):
        asked = _at(data, f"environment.{name}_mb")
        if asked is None:
            asked = _megabytes(_at(data, f"environment.{name}"))
        if isinstance(asked, int | float) and asked > most:
            yield f"task.toml asks for {asked:,} MB of {name}; a sandbox has {most:,} MB"


def _megabytes(value: object) -> float | None:
    found = re.fullmatch(r"(\d{1,9})\s*([MG])i?B?", value) if isinstance(value, str) else None
    return None if found is None else int(found[1]) * (1024 if found[2] == "G" else 1)


def _at(data: Mapping[str, Any], key: str) -> Any:
    """The value of a dotted key; ``None`` where there is none."""
    value: Any = data
    for part in key.split("."):
        if value is None:
            return None
        if not isinstance(value, dict):
            raise Broken(f"task.toml: {key.rpartition('.')[0]} is no table")
        value = value.get(part)
    return value


def _seconds(data: Mapping[str, Any], key: str) -> float:
    value = _at(data, key)
    if value is None:
        return _DEFAULT_S
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not math.isfinite(value) or value <= 0:
        raise Broken(f"task.toml: {key} is {shown(repr(value))}, no number of seconds")
    return float(value)


def _text(data: Mapping[str, Any], key: str) -> str | None:
    value = _at(data, key)
    if value is not None and not isinstance(value, str):
        raise Broken(f"task.toml: {key} is {shown(repr(value))}, no text")
    return value or None


def _variables(data: Mapping[str, Any], key: str) -> dict[str, str]:
    found = _at(data, key) or {}
    if not isinstance(found, dict):
        raise Broken(f"task.toml: {key} is no table")
    for name, value in found.items():
        if not isinstance(value, str):
            raise Broken(f"task.toml: {key}.{shown(name)} is no text")
        if re.search(r"\$\{?\w", value):
            raise Unsupported(f"task.toml: {key} wants {shown(value)} of this machine")
        if "\0" in name + value or "=" in name or not name:
            raise Broken(f"task.toml: {key}.{shown(name)} is no variable")
    return dict(found)
