"""The composite: one figure from the axes, with everything that went into it."""

from __future__ import annotations

from collections.abc import Mapping

from codingagentbench.scoring.evidence import Value
from codingagentbench.scoring.methodology import (
    METHODOLOGIES,
    Figure,
    composite_v0_1,
    composite_v1_0,
    derived_v0_1,
    derived_v1_0,
    solved_v1_0,
)


class Composite(Value):
    """``composite`` in 0..1, or null for an attempt that is not scored."""

    composite: float | None
    weights: Mapping[str, float]
    components: Mapping[str, Figure]
    note: str


def composite_as_published(components: Mapping[str, Figure], *, ran: bool) -> Composite:
    """Methodology 0.1 on its raw components: for whatever ran, however it ended."""
    method = METHODOLOGIES["0.1"]
    return Composite(
        composite=composite_v0_1(components) if ran else None,
        weights=method.weights,
        components={**components, **derived_v0_1(components)},
        note=method.note,
    )


def composite_as_solved(components: Mapping[str, Figure], *, scored: bool) -> Composite:
    """Methodology 1.0 on its raw components: null unless the outcome is one that is scored."""
    method = METHODOLOGIES["1.0"]
    return Composite(
        composite=composite_v1_0(components) if scored else None,
        weights=method.weights,
        components={
            "solved": solved_v1_0(components),
            **components,
            **derived_v1_0(components),
        },
        note=method.note,
    )
