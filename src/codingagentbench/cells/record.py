"""The record of one attempt at a cell: spec, evidence by digest, scores. One JSON document."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from codingagentbench.endpoints import FaultPlan
from codingagentbench.gateway import Budget, Ledger
from codingagentbench.sandboxes import Changes, Exit, Limits, Verification
from codingagentbench.scoring import Fault, Scores
from codingagentbench.trace import Span

#: Raised when a field changes its meaning or goes away; additions keep it.
SCHEMA_VERSION = "1.1"


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FaultProfile(_Value):
    """The plan of faults that a cell was run under, pinned."""

    name: str
    digest: str

    @classmethod
    def of(cls, plan: FaultPlan) -> FaultProfile:
        return cls(name=plan.name, digest=plan.digest)


class CellSpec(_Value):
    """What is to be run: agent x model x task x run number, within a sweep, and how."""

    sweep: str = "local"
    agent: str
    agent_version: str
    model: str
    task: str  # "category/name"
    run: int = Field(1, ge=1)
    sandbox: str = "bubblewrap"
    methodology: str = "1.0"
    dialect: str  # the one the agent was told to speak
    timeout_s: float
    budget: Budget
    limits: Limits
    faults: FaultProfile | None = None  # null: nothing was let go wrong
    behavior_mode: Literal["factory", "plugins"] = "factory"  # factory: the agent as shipped
    plugin_stack: tuple[str, ...] = ()  # "NAME@sha256:...", in the order they were added

    @property
    def id(self) -> str:
        """``sweep/agent/model/category/task#runN``; what was added follows the agent's name."""
        return f"{self.sweep}/{self.label}/{self.model}/{self.task}#run{self.run}"

    @property
    def asked(self) -> str:
        """A digest of all but the sweep and the run: equal for runs of one and the same thing."""
        told = self.model_dump(mode="json", exclude={"sweep", "run"})
        return "sha256:" + hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    @property
    def label(self) -> str:
        """The agent, and the plugins that make another of it: ``codex+house-rules``."""
        return "+".join((self.agent, *(one.partition("@")[0] for one in self.plugin_stack)))


class PluginNote(_Value):
    """What became of one plugin: the kinds that the agent was given, and why it was not others."""

    name: str
    digest: str
    applied: tuple[str, ...] = ()
    skipped: Mapping[str, str] = {}


class TaskIdentity(_Value):
    """What of the task a page shows, and what pins it. Nothing of its hidden parts."""

    id: str
    version: str
    title: str
    language: str
    digest: str
    prompt: str
    expected: tuple[str, ...]
    protected: tuple[str, ...]
    expects_refusal: bool


class Identity(_Value):
    """What ran, so that it can be had again."""

    harness_version: str
    agent_digest: str  # over every installed file
    agent_homepage: str = ""
    node_version: str | None = None
    python_version: str | None = None
    task: TaskIdentity
    endpoint: Mapping[str, Any]  # public description, never a key
    model_build_id: str | None = None  # as the endpoint itself named the model
    container_image: str | None = None
    image_digest: str | None = None
    image_digest_kind: str | None = None  # "repo digest": can be pulled; "image id": built here
    toolchains: Mapping[str, str] = {}  # name -> version
    platform: str = ""  # "Linux x86_64"; nothing that names the machine


class LaunchNote(_Value):
    """How the agent was started, as a reader may see it: inside paths, no secret."""

    argv: tuple[str, ...]
    env: Mapping[str, str]
    files: Mapping[str, str]  # path inside -> content, redacted
    wiring: str = ""  # the same with placeholders, for the reader's own endpoint


class Timing(_Value):
    """Where the time went, in seconds. The parts need not add up to ``wall_s`` exactly."""

    started_at: datetime
    ended_at: datetime
    wall_s: float
    workspace_s: float | None = None
    agent_s: float | None = None  # the agent's process, start to last death
    agent_active_s: float | None = None  # without waiting for the provider
    provider_waiting_s: float | None = None
    model_s: float | None = None  # sum of the calls
    changes_s: float | None = None
    verify_s: float | None = None
    harness_s: float | None = None  # wall less agent and verifier: our own overhead


class Truth(_Value):
    """A built-in endpoint's own count, to hold the wire's count against."""

    calls: int
    input: int
    output: int
    cached: int = 0
    reasoning: int = 0


class Afterwards(_Value):
    """What the agent left in its sandbox beside the workspace, as seen from inside: not scored."""

    left: tuple[str, ...] = ()  # names of processes that outlived it by half a second
    home_bytes: int
    tmp_bytes: int


class Record(_Value):
    """Everything a cell page shows about one attempt. Bodies, terminal and patch lie beside it."""

    schema_version: str = SCHEMA_VERSION
    cell_id: str
    attempt: int = Field(1, ge=1)
    spec: CellSpec
    identity: Identity
    timing: Timing
    launch: LaunchNote | None = None
    exit: Exit | None = None
    changes: Changes | None = None  # its patch is kept in changes.patch
    ledger: Ledger = Ledger()
    truth: Truth | None = None
    claimed: Mapping[str, int] | None = None  # tokens by the agent's own count
    afterwards: Afterwards | None = None  # null: it was ended, or nobody looked
    verification: Verification | None = None
    plugins: tuple[PluginNote, ...] = ()
    spans: tuple[Span, ...] = ()
    scores: Scores
    document: str | None = None  # the refusal document as the agent left it
    state_files: tuple[str, ...] = ()  # globs of the agent's own droppings
    fault: Fault | None = None  # what on our side kept this from being an attempt
    output_tail: str = ""  # the last of what the agent printed, redacted
    files: Mapping[str, str] = {}  # path beside the record -> sha256


def record_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record."""
    schema = Record.model_json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:codingagentbench:record:{SCHEMA_VERSION}",
        **schema,
    }
