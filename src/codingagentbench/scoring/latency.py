"""Latency: the agent's own time, with waiting for the provider and our overhead beside it."""

from __future__ import annotations

from codingagentbench.scoring.evidence import Evidence, Value


class Latency(Value):
    """Milliseconds. ``container_active_ms`` is the agent's process from start to last death;
    ``agent_active_ms`` is that less ``provider_waiting_ms``; ``model_call_ms`` is the sum over
    the calls; ``harness_ms`` is our own overhead within ``wall_clock_ms``.
    """

    wall_clock_ms: float
    container_active_ms: float | None = None
    model_call_ms: float | None = None
    agent_active_ms: float | None = None
    provider_waiting_ms: float | None = None
    harness_ms: float | None = None


def latency(evidence: Evidence) -> Latency:
    """The latency axis. A negative figure is a clock that jumped: not measured."""
    timing, exit_, ledger = evidence.timing, evidence.exit, evidence.ledger
    return Latency(
        wall_clock_ms=max(timing.wall_s, 0.0) * 1000,
        container_active_ms=_ms(exit_.wall_s if exit_ else None),
        model_call_ms=_ms(ledger.totals.model_ms / 1000 if ledger else None),
        agent_active_ms=_ms(timing.agent_active_s),
        provider_waiting_ms=_ms(timing.provider_waiting_s),
        harness_ms=_ms(timing.harness_s),
    )


def _ms(seconds: float | None) -> float | None:
    return None if seconds is None or seconds < 0 else seconds * 1000
