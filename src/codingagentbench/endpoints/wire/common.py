"""What the dialects share: the parts of a wire, pieces of text, readings of content."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from codingagentbench.endpoints.conversation import Reply, Request
from codingagentbench.gateway.values import Usage

Json = Mapping[str, Any]


class BadRequest(Exception):
    """The request is not what its dialect says a request is: answered with 400, in words."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A reply with all that is needed to put it on the wire."""

    id: str  # hex, unique to this answer
    created: int  # seconds since 1970, UTC
    request: Request
    reply: Reply
    usage: Usage
    piece: int = 24  # characters of text or arguments in one streamed frame


@dataclass(frozen=True, kw_only=True)
class Wire:
    """One dialect: how a request is read and how an answer is written."""

    parse: Callable[[Json], Request]
    body: Callable[[Answer], Json]
    frames: Callable[[Answer], Iterator[bytes]]
    error: Callable[[int, str], Json]


def pieces(text: str, size: int) -> Iterator[str]:
    """``text`` cut into parts of ``size`` characters; nothing for no text."""
    return (text[at : at + size] for at in range(0, len(text), size))


def text_of(content: object) -> str:
    """The text of a content field: a string, or a list of parts of which some are text."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    parts = (part.get("text") for part in content if isinstance(part, Mapping))
    return "\n".join(part for part in parts if isinstance(part, str))


def arguments_of(raw: object) -> Mapping[str, Any]:
    """A call's arguments as an object; empty where they are not one."""
    if isinstance(raw, str):
        try:
            raw = json.loads(raw)
        except ValueError:
            return {}
    return raw if isinstance(raw, Mapping) else {}


def objects(body: Json, key: str) -> list[Json]:
    """The list of objects under ``key``; none when absent; refused when it is something else."""
    found = body.get(key)
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        raise BadRequest(f"'{key}' must be a list of objects")
    return found


def model_of(body: Json) -> str:
    """The model's id, which every dialect requires."""
    model = body.get("model")
    if not isinstance(model, str) or not model:
        raise BadRequest("'model' is missing")
    return model


def dense(value: object) -> bytes:
    """JSON without spaces, as UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def event(name: str, data: Json) -> bytes:
    """One server-sent event with a name."""
    return b"event: " + name.encode() + b"\ndata: " + dense(data) + b"\n\n"
