"""How the built-in models count: simple, exact, the same every time.

Four bytes of UTF-8 are one token, rounded up. What a request repeats from the start of the
conversation's previous one is cached, in whole blocks of 64 tokens, as real providers do it.
"""

from __future__ import annotations

from codingagentbench.endpoints.conversation import Reply, Request
from codingagentbench.gateway.dialects import Dialect
from codingagentbench.gateway.values import Usage

BYTES_PER_TOKEN = 4
CACHE_BLOCK = 64  # tokens


def count(text: bytes) -> int:
    """Tokens of ``text``; at least one, for nothing is free."""
    return max(-(-len(text) // BYTES_PER_TOKEN), 1)


def cached(prompt: bytes, previous: bytes) -> int:
    """Tokens of ``prompt`` that ``previous`` began with, in whole blocks, never all of them."""
    same = _common_prefix(prompt, previous)
    blocks = min(same, len(prompt) - 1) // (BYTES_PER_TOKEN * CACHE_BLOCK)
    return max(blocks, 0) * CACHE_BLOCK


def usage(request: Request, reply: Reply, *, previous: bytes) -> Usage:
    """The truth about one call, in the gateway's terms (input has cached, output has reasoning)."""
    total = count(request.prompt)
    hit = cached(request.prompt, previous)
    written = (total - hit) // CACHE_BLOCK * CACHE_BLOCK if request.cache_writes else 0
    said = reply.text + (reply.call.name + reply.call.json if reply.call else "")
    thought = count(reply.reasoning.encode()) if reply.reasoning else 0
    return Usage(
        input=total,
        cached=hit,
        # Some dialects have no word for what was written to the cache, one none for reasoning.
        cache_write=None if request.dialect in (Dialect.CHAT, Dialect.GEMINI) else written,
        output=count(said.encode()) + thought,
        reasoning=None if request.dialect is Dialect.MESSAGES else thought,
    )


def _common_prefix(one: bytes, other: bytes) -> int:
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return low
