"""One model request and its reply, in words that are the same for all dialects."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from codingagentbench.gateway.dialects import Dialect

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, kw_only=True)
class Tool:
    """A tool the agent offers: its name, its words about itself, the JSON schema of its input."""

    name: str
    description: str = ""
    schema: Mapping[str, Any] = field(default_factory=dict)

    @property
    def properties(self) -> Mapping[str, Any]:
        found = self.schema.get("properties")
        return found if isinstance(found, Mapping) else {}

    @property
    def required(self) -> Sequence[str]:
        found = self.schema.get("required")
        return found if isinstance(found, list) else ()


@dataclass(frozen=True, kw_only=True)
class Said:
    """Plain text by one side."""

    role: Role
    text: str


@dataclass(frozen=True, kw_only=True)
class ToolCall:
    """The model asks for one tool."""

    id: str
    name: str
    arguments: Mapping[str, Any]

    @property
    def json(self) -> str:
        """The arguments as they go over the wire."""
        return json.dumps(self.arguments, ensure_ascii=False)


@dataclass(frozen=True, kw_only=True)
class ToolAnswer:
    """What a tool said. ``error`` is true only where the dialect can say so (Messages)."""

    call_id: str
    text: str
    error: bool = False


Item = Said | ToolCall | ToolAnswer


@dataclass(frozen=True, kw_only=True)
class Request:
    """A parsed request. ``prompt`` is everything a model would read, tools first, as bytes."""

    dialect: Dialect
    model: str
    items: tuple[Item, ...]
    tools: tuple[Tool, ...]
    stream: bool
    prompt: bytes
    include_usage: bool = False  # chat only: the stream ends with a frame of usage
    encrypted_reasoning: bool = False  # Responses only: reasoning is wanted back, sealed
    cache_writes: bool = False  # Messages only: some block asks to be cached

    def said_by(self, *roles: Role) -> str:
        """All text of these roles, joined by newlines."""
        return "\n".join(i.text for i in self.items if isinstance(i, Said) and i.role in roles)

    @property
    def replies(self) -> int:
        """How many turns the model has had: runs of assistant text and tool calls."""
        mine = [_by_model(item) for item in self.items]
        return sum(1 for n, is_mine in enumerate(mine) if is_mine and not (n and mine[n - 1]))


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One answer of the model: text, then at most one tool call."""

    text: str = ""
    call: ToolCall | None = None
    reasoning: str = ""


def make_call(name: str, arguments: Mapping[str, Any], *, salt: str = "") -> ToolCall:
    """A call whose id follows from what it does, so that it is known again later."""
    stuff = json.dumps([name, arguments, salt], sort_keys=True).encode()
    return ToolCall(id=hashlib.sha256(stuff).hexdigest()[:24], name=name, arguments=arguments)


def _by_model(item: Item) -> bool:
    return isinstance(item, ToolCall) or (isinstance(item, Said) and item.role == "assistant")
