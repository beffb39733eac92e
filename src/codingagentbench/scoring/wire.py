"""What the gateway saw, call by call, and whether an attempt was lost to the provider."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from codingagentbench.gateway import Call, ErrorClass, Ledger

#: A call that the agent gave up on after this long without a first byte was left hanging.
HUNG_S: Final = 10.0
#: A last stretch of failed or hanging calls this long is what the attempt died of ...
STUCK_S: Final = 60.0
#: ... and so is waiting that makes up this share of the agent's time, or failures of its calls.
MOST: Final = 0.5


class State(StrEnum):
    """How one call ended, seen from the agent."""

    GOOD = "good"
    PROVIDER = "provider"  # it failed, and not through the agent's doing
    HUNG = "hung"  # no first byte until the agent, or its end, broke it off
    REFUSED = "refused"  # 4xx: the request was not accepted
    INJECTED = "injected"  # it failed because we let it: the agent's to cope with
    DROPPED = "dropped"  # broken off by the agent before the provider had time to answer


#: Failures that are the provider's, and the words for them, as "the provider ... of N calls".
PROVIDER_FAILURES: Final[Mapping[ErrorClass, str]] = {
    ErrorClass.RATE_LIMITED: "answered {status} to",
    ErrorClass.AUTH: "refused the key ({status}) in",
    ErrorClass.SERVER_ERROR: "answered {status} to",
    ErrorClass.CONNECT: "could not be reached in",
    ErrorClass.TIMEOUT: "fell silent in",
    ErrorClass.RESET: "broke the connection in",
    ErrorClass.BAD_REPLY: "sent what is no reply of its dialect to",
}
_HUNG_WORDS: Final = "had not answered"

#: Ends of a call that the agent did not bring about.
_NOT_THE_AGENTS: Final = frozenset({State.PROVIDER, State.HUNG})

#: Calls that the gateway itself answered: they say nothing of the provider or of the work.
_OURS: Final = frozenset({ErrorClass.BUDGET, ErrorClass.REJECTED})


@dataclass(frozen=True)
class Blame:
    """The provider's share in the end of an attempt; ``detail`` is a clause with the evidence."""

    rate_limited: bool
    detail: str


@dataclass(frozen=True)
class Wire:
    """One attempt's work calls (no background calls, nothing the gateway refused itself).

    ``wall_s`` is the agent's run, from start to last death.
    """

    ledger: Ledger
    wall_s: float

    @cached_property
    def work(self) -> tuple[Call, ...]:
        return tuple(
            call
            for call in self.ledger.calls
            if call.method == "POST" and not call.background and call.error not in _OURS
        )

    @cached_property
    def states(self) -> tuple[State, ...]:
        return tuple(self._state(call) for call in self.work)

    @property
    def good(self) -> int:
        """How many work calls were answered."""
        return self.states.count(State.GOOD)

    @cached_property
    def last_stretch(self) -> tuple[Call, ...]:
        """The failed and hanging calls after which no call got through, first to last."""
        stretch: list[Call] = []
        for call, state in zip(reversed(self.work), reversed(self.states), strict=True):
            if state in (State.PROVIDER, State.HUNG):
                stretch.append(call)
            elif state is not State.DROPPED:
                break
        return tuple(reversed(stretch))

    @property
    def only_refused(self) -> bool:
        """No call got through, and the last one was not accepted as a request."""
        told = [state for state in self.states if state is not State.DROPPED]
        return not self.good and bool(told) and told[-1] is State.REFUSED

    def blame_for_giving_up(self) -> Blame | None:
        """The agent ended by itself: was its last word from the provider a failure?"""
        if not self.last_stretch or all(map(self._is_impatience, self.last_stretch)):
            return None
        return self._blame(self.last_stretch, "the last ")

    def blame_for_the_clock(self) -> Blame | None:
        """The clock stopped the agent: was the time lost to the provider?"""
        stuck_s = self._stuck_s()
        waited_s = self._waited_s()
        plain = all(self._is_plain_hang(call) for call in self.last_stretch)
        stuck = stuck_s >= STUCK_S and not plain
        mostly = self.wall_s > 0 and max(stuck_s, waited_s) >= MOST * self.wall_s
        if not (stuck or mostly):
            return None
        if self.last_stretch:
            return self._blame(self.last_stretch, "the last ")
        return self._blame(self._failures(), "") or Blame(
            rate_limited=True,
            detail=f"{waited_s:.0f} of {self.wall_s:.0f} s were spent waiting for the provider",
        )

    def blame_for_the_calls(self) -> Blame | None:
        """The budget of calls is spent: did the provider's failures spend most of it?"""
        failures = self._failures()
        return self._blame(failures, "") if len(failures) >= MOST * len(self.work) else None

    def _waited_s(self) -> float:
        """Seconds of waiting for the provider; what we let go wrong is not the provider's."""
        if not any(call.injected for call in self.ledger.calls):
            return self.ledger.totals.waiting_ms / 1000
        failed = zip(self.work, self.states, strict=True)
        lost = sum(self._lasted_s(call) for call, state in failed if state is State.PROVIDER)
        return lost + self.ledger.totals.queue_ms / 1000

    def _failures(self) -> tuple[Call, ...]:
        pairs = zip(self.work, self.states, strict=True)
        return tuple(call for call, state in pairs if state is State.PROVIDER)

    def _state(self, call: Call) -> State:
        seen = self._seen(call)
        return State.INJECTED if call.injected and seen in _NOT_THE_AGENTS else seen

    def _seen(self, call: Call) -> State:
        if call.error in PROVIDER_FAILURES:
            return State.PROVIDER
        if call.error is not None:
            return State.REFUSED
        if call.status is None or (call.aborted and call.ttft_ms is None):
            return State.HUNG if self._lasted_s(call) >= HUNG_S else State.DROPPED
        return State.GOOD

    def _lasted_s(self, call: Call) -> float:
        if call.hung_up_ms is not None:  # what came after was read for its tokens alone
            return call.hung_up_ms / 1000
        if call.duration_ms is not None:
            return call.duration_ms / 1000
        return max(self.wall_s - call.offset_ms / 1000, 0.0)

    def _stuck_s(self) -> float:
        """Seconds from the start of the last stretch to the agent's end."""
        if not self.last_stretch:
            return 0.0
        return min(max(self.wall_s - self.last_stretch[0].offset_ms / 1000, 0.0), self.wall_s)

    def _is_plain_hang(self, call: Call) -> bool:
        """An answer that is not streamed has no first byte before its end: slow looks like hung."""
        silent = call.error is ErrorClass.TIMEOUT and call.aborted
        return not call.streamed and (silent or self._state(call) is State.HUNG)

    def _is_impatience(self, call: Call) -> bool:
        """The agent hung up on such an answer before the gateway took the silence for a failure."""
        return not call.streamed and self._state(call) is State.HUNG

    def _blame(self, calls: tuple[Call, ...], which: str) -> Blame | None:
        if not calls:
            return None
        kinds = Counter(call.error for call in calls)
        most = max(kinds.values())
        kind = next(c.error for c in reversed(calls) if kinds[c.error] == most)
        some = [call for call in calls if call.error is kind]
        words = _HUNG_WORDS
        if kind is not None:
            words = PROVIDER_FAILURES[kind].format(status=some[-1].status or "an error")
        detail = f"the provider {words} {which}{len(some)} of {len(self.work)} calls"
        return Blame(rate_limited=kind is ErrorClass.RATE_LIMITED, detail=detail)
