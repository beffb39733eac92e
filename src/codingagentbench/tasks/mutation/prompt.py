"""The ticket of a mutant, from what fails: behaviour in the seed's own words, never the defect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from codingagentbench.tasks.mutation.generating import draw_key
from codingagentbench.tasks.seeds import Seed

_VISIBLE, _HIDDEN = 3, 2  # complaints of each kind at most

_ONE: Final = (
    "Since the last release we get one complaint again and again:",
    "A user reports this:",
    "Something is wrong since last week:",
    "Support has forwarded this report:",
    "We noticed this today:",
)
_SEVERAL: Final = (
    "Since the last release these complaints come in:",
    "Users report the following:",
    "Several things are wrong since last week:",
    "Support has forwarded these reports:",
    "We noticed this today:",
)
_ASK: Final = (
    "Please find the cause and fix it.",
    "Please find out why and put it right.",
    "Please mend this, for every input and not only for the ones above.",
    "Can you track this down and fix it?",
    "Please repair it where it goes wrong, without changing anything else.",
)
_RUN: Final = (
    "`{run}` runs the tests we have.",
    "The tests we have are run with `{run}`.",
    "`{run}` shows some of the trouble.",
    "Some of it can be seen with `{run}`.",
)
_END: Final = "AGENTS.md has the rules of this repository."


def prompt_of(seed: Seed, *, key: str, visible: Sequence[str], hidden: Sequence[str]) -> str:
    """The text of a ticket; ``visible`` and ``hidden`` are the failing tests.

    ``key`` chooses among the wordings. The complaints are those of the visible tests, then at
    most two that the hidden ones add, without repetition.
    """
    complaints = _some(seed, key, visible, _VISIBLE)
    complaints += [c for c in _some(seed, key, hidden, len(hidden)) if c not in complaints][
        :_HIDDEN
    ]
    lead = _chosen(_ONE if len(complaints) == 1 else _SEVERAL, key, "lead")
    ask = _chosen(_ASK, key, "ask")
    run = _chosen(_RUN, key, "run").format(run=seed.ticket.run)
    listed = "\n".join(f"- {c}" for c in complaints) if len(complaints) > 1 else complaints[0]
    return f"{_wrapped(seed.ticket.opening)}\n\n{lead}\n\n{listed}\n\n{ask} {run} {_END}\n"


def title_of(seed: Seed, *, key: str, visible: Sequence[str]) -> str:
    """One line: the first complaint."""
    return _some(seed, key, visible, 1)[0].rstrip(".")


def _some(seed: Seed, key: str, tests: Sequence[str], most: int) -> list[str]:
    """Complaints of ``most`` of these tests, chosen by ``key``, in the order of the tests."""
    chosen = sorted(tests, key=lambda test: draw_key(0, key, test))[:most]
    said = (" ".join(seed.symptoms[test].split()) for test in tests if test in chosen)
    return list(dict.fromkeys(said))


def _chosen(words: Sequence[str], key: str, what: str) -> str:
    return words[int(draw_key(0, key, what), 16) % len(words)]


def _wrapped(text: str) -> str:
    return " ".join(text.split())
