"""Tokens as each dialect counts them, brought to one meaning; ``None`` stays unknown.

OpenAI: prompt and input include what was cached, completion and output include reasoning.
Anthropic: ``input_tokens`` leaves out cache reads and cache writes, so they are added.
Gemini: candidates leave out thoughts, so they are added.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from codingagentbench.gateway.values import Usage


def chat_usage(raw: Mapping[str, Any]) -> Usage:
    """From a chat completion's ``usage``."""
    into = _inner(raw, "prompt_tokens_details")
    out = _inner(raw, "completion_tokens_details")
    reasoning = _count(out, "reasoning_tokens")
    given, made = _count(raw, "prompt_tokens"), _count(raw, "completion_tokens")
    cached = _count(into, "cached_tokens")
    if cached is None:
        cached = _count(raw, "prompt_cache_hit_tokens")  # DeepSeek
    return Usage(
        input=given,
        cached=cached,
        cache_write=_count(into, "cache_write_tokens"),  # OpenRouter
        output=_with_reasoning(given, made, reasoning, _count(raw, "total_tokens")),
        reasoning=reasoning,
        raw=_clean(raw),
    )


def responses_usage(raw: Mapping[str, Any]) -> Usage:
    """From a Responses object's ``usage``."""
    into, out = _inner(raw, "input_tokens_details"), _inner(raw, "output_tokens_details")
    return Usage(
        input=_count(raw, "input_tokens"),
        cached=_count(into, "cached_tokens"),
        cache_write=_count(into, "cache_write_tokens"),
        output=_count(raw, "output_tokens"),
        reasoning=_count(out, "reasoning_tokens"),
        raw=_clean(raw),
    )


def messages_usage(raw: Mapping[str, Any], *, final: bool) -> Usage:
    """From Anthropic's ``usage``; until ``final``, the output named in it is only a beginning."""
    given = _count(raw, "input_tokens")
    cached = _count(raw, "cache_read_input_tokens")
    written = _count(raw, "cache_creation_input_tokens")
    return Usage(
        input=None if given is None else given + (cached or 0) + (written or 0),
        cached=cached,
        cache_write=written,
        output=_count(raw, "output_tokens") if final else None,
        raw=_clean(raw),
    )


def gemini_usage(raw: Mapping[str, Any]) -> Usage:
    """From Gemini's ``usageMetadata``: thoughts are apart from candidates, what tools were given
    is apart from the prompt, and what was cached is in it."""
    given, tools = _count(raw, "promptTokenCount"), _count(raw, "toolUsePromptTokenCount")
    made, thoughts = _count(raw, "candidatesTokenCount"), _count(raw, "thoughtsTokenCount")
    return Usage(
        input=None if given is None else given + (tools or 0),
        cached=_count(raw, "cachedContentTokenCount"),
        output=None if made is None and thoughts is None else (made or 0) + (thoughts or 0),
        reasoning=thoughts,
        raw=_clean(raw),
    )


def merged(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Anthropic's cumulative usage: what a later event names replaces, what it leaves out stays."""
    return {**before, **{key: value for key, value in after.items() if value is not None}}


def _clean(raw: Mapping[str, Any]) -> dict[str, Any]:
    """``raw`` as it is, or with what no UTF-8 can hold (lone surrogates) replaced."""
    text = json.dumps(raw, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        raw = json.loads(text.encode("utf-8", "replace"))
    return dict(raw)


def _inner(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = raw.get(key)
    return found if isinstance(found, Mapping) else {}


def _count(raw: Mapping[str, Any], key: str) -> int | None:
    found = raw.get(key)
    if isinstance(found, float) and found.is_integer():
        found = int(found)
    return found if isinstance(found, int) and not isinstance(found, bool) and found >= 0 else None


def _with_reasoning(
    given: int | None, made: int | None, reasoning: int | None, total: int | None
) -> int | None:
    """Some providers (xAI) leave reasoning out of the completion; their total gives it away."""
    if given is None or made is None or not reasoning or total != given + made + reasoning:
        return made
    return made + reasoning
