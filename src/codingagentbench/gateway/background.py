"""Which calls are not the work itself: titles, summaries, compaction, counting, listings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from codingagentbench.gateway.routes import Endpoint

#: How far into a prompt a sign is looked for: a title request says so at its start.
_HEAD: Final = 600


@dataclass(frozen=True, kw_only=True)
class Sign:
    """What a background request looks like, beside its path."""

    name: str
    words: tuple[str, ...]  # one of them is in whatever ``says`` matches: a cheap look first
    says: re.Pattern[str]  # in the system prompt's head, or in the last user message's head
    tools: bool = False  # whether such a request may offer tools

    def seen_in(self, head: str) -> bool:
        lower = head.lower()
        return any(word in lower for word in self.words) and bool(self.says.search(head))


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


#: Endpoints that never carry work.
PATHS: Final = frozenset({"/messages/count_tokens", "/responses/compact", "/models", "/"})

#: Read top to bottom; a request that matches one row is background. It is a tag: the tokens
#: of background calls count like any other.
SIGNS: Final = (
    Sign(
        name="title",
        words=("title", "topic"),
        says=_words(
            r"\b(title generator|(thread|session|conversation|chat) title"
            r"|(generate|write|create|extract)\W+(?:\w+\W+){0,6}title\b|new conversation topic)"
        ),
    ),
    Sign(
        name="summary",
        words=("summar",),
        says=_words(
            r"\bsummari[sz]e (?:\w+\W+){0,3}(coding )?(conversation|chat|session|history)\b"
            r"|summary of (our|the|this) (conversation|chat|session)"
        ),
    ),
    Sign(
        name="compaction",
        words=("summar", "compaction"),
        says=_words(
            r"your task is to create a (detailed )?summary of (our|the) conversation"
            r"|context checkpoint compaction|anchored (context )?summari[sz]"
        ),
        tools=True,
    ),
    Sign(
        name="commit message",
        words=("commit message",),
        says=_words(r"\bgenerates? (?:\S+\s+){0,4}commit messages?\b"),
    ),
)


def is_background(endpoint: Endpoint, request: Mapping[str, Any]) -> bool:
    """Whether a call is background work, by the tables above."""
    if endpoint.path in PATHS:
        return True
    offers = bool(request.get("tools"))
    heads = _heads(request)
    signs = [sign for sign in SIGNS if sign.tools or not offers]
    return any(sign.seen_in(head) for head in heads for sign in signs)


def _heads(request: Mapping[str, Any]) -> list[str]:
    """The beginnings of the system prompt and of the last thing the user said."""
    turns = request.get("messages", request.get("input", request.get("contents")))
    listed = [t for t in turns if isinstance(t, Mapping)] if isinstance(turns, list) else []
    system = [t.get("content") for t in listed[:2] if t.get("role") in ("system", "developer")]
    last = (t for t in listed[-1:] if t.get("role") == "user")
    user = [t.get("content", t.get("parts")) for t in last]
    instruction = request.get("systemInstruction")
    parts = instruction.get("parts") if isinstance(instruction, Mapping) else None
    spoken = [request.get("system"), request.get("instructions"), parts, *system, *user]
    if isinstance(turns, str):
        spoken.append(turns)
    return [text for content in spoken if (text := _head(content))]


def _head(content: object) -> str:
    """The first characters of a text, or of the first text part of a list of parts."""
    if isinstance(content, str):
        return content[:_HEAD]
    if isinstance(content, list):
        for part in content:
            if isinstance(part, Mapping) and isinstance(part.get("text"), str):
                return str(part["text"])[:_HEAD]
    return ""
