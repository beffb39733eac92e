"""When a document states a fact: the one definition, for verifiers and for scoring."""

from __future__ import annotations

from collections.abc import Sequence


def stated(text: str, facts: Sequence[Sequence[str]]) -> list[str | None]:
    """For each fact (a list of alternatives) the first one that ``text`` contains, or ``None``.

    Case folded, white space of any kind and length taken as one space.
    """
    flat = _flat(text)
    return [next((word for word in fact if _flat(word) in flat), None) for fact in facts]


def _flat(text: str) -> str:
    return " ".join(text.casefold().split())
