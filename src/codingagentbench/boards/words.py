"""What the columns of a board mean: one definition each, shown wherever the word is."""

from __future__ import annotations

from typing import Final

WORDS: Final = {
    "Ships": (
        "the share of tasks solved: all tests pass, integrity kept, a refusal where one was due. "
        "Mean over tasks of solved runs per scored run, with its 95 % interval"
    ),
    "Stays": "the share of tasks whose runs all came to the same verdict; needs two runs a task",
    "Costs": "tokens, in and out, per solved task: all that was spent, on solved tasks or not",
    "place": (
        "the first and the last place that it may have: those above are told apart from it by a "
        "paired test, adjusted for all pairs"
    ),
    "unscored": (
        "runs that say nothing of the agent: the provider's failures and ours. If all of them had "
        "failed, or passed, Ships would be at the bounds"
    ),
}
