"""From rows to a board: which attempt counts, what a comparison says, when a gate shuts."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from codingagentbench.boards import (
    Answer,
    Board,
    board_of,
    columns_of,
    compare,
    final,
    gate,
    read_columns,
    where,
)
from codingagentbench.errors import ResultsError, UnknownName, UsageError
from codingagentbench.results import Row, query, write_parquet
from tests.sweeps.kit import row


def runs(agent: str, verdicts: dict[str, str], *, model: str = "m", **more: object) -> list[Row]:
    """Rows of one agent: for each task a string of + solved, - failed, ? not scored."""
    made = []
    for task, signs in verdicts.items():
        for number, sign in enumerate(signs, start=1):
            scored = sign != "?"
            made.append(
                row(
                    f"s/{agent}/{model}/c/{task}#run{number}",
                    agent=agent,
                    model=model,
                    task=f"c/{task}",
                    run=number,
                    scored=scored,
                    retry=not scored,
                    solved=sign == "+" if scored else None,
                    outcome={"+": "passed", "-": "failed", "?": "rate_limited"}[sign],
                    composite=(0.9 if sign == "+" else 0.0) if scored else None,
                    **more,
                )
            )
    return made


def board(*rows: list[Row]) -> Board:
    return board_of(columns_of(one for some in rows for one in some))


MANY = {f"t{n:02}": "+++" if n % 4 else "+--" for n in range(40)}
FEW = {f"t{n:02}": "---" if n % 3 else "++-" for n in range(40)}


def test_figures_of_a_row() -> None:
    made = board(runs("a", {"x": "++", "y": "+-", "z": "-?"}))
    (one,) = made.rows
    assert pytest.approx(0.5) == one.ships.solved
    assert (3, 5, 1) == (one.ships.tasks, one.ships.runs, one.ships.unscored)
    assert pytest.approx((3 / 6, 4 / 6)) == one.ships.bounds
    assert 0.5 == one.stays.agreeing
    assert 5 * 110 / 3 == one.tokens.value
    assert {"passed": 3, "failed": 2, "rate_limited": 1} == one.outcomes
    assert (3, 2) == (len(made.tasks), made.runs)


def test_only_the_attempt_that_counts_of_a_run_is_on_a_board() -> None:
    """The last that was scored; without one, the last."""
    tried = [
        row("s/a/m/c/t#run1", attempt=1, scored=False, solved=None, outcome="rate_limited"),
        row("s/a/m/c/t#run1", attempt=2, solved=True),
        row("s/a/m/c/t#run1", attempt=3, scored=False, solved=None, outcome="provider_error"),
        row("s/a/m/c/t#run2", attempt=1, run=2, scored=False, solved=None, outcome="auth"),
        row("s/a/m/c/t#run2", attempt=2, run=2, scored=False, solved=None, outcome="reset"),
    ]
    kept = final(columns_of(tried))
    assert [2, 2] == kept.attempt.tolist()
    assert ["passed", "reset"] == [kept.outcome.names[n] for n in kept.outcome.codes]


def test_runs_of_two_sweeps_are_runs_of_one_row() -> None:
    again = [row(r.cell.replace("s/", "u/"), sweep="u", path=r.path) for r in runs("a", {"t": "+"})]
    made = board(runs("a", {"t": "+"}), [*again])
    assert (1, 2) == (len(made.rows), made.attempts)


def test_an_attempt_that_is_not_believed_is_on_no_board() -> None:
    edited = row("s/a/m/c/t#run1", problem="record.json was changed after the run")
    assert 0 == len(columns_of([edited]))


def test_best_first_and_equals_share_a_place() -> None:
    made = board(runs("few", FEW), runs("many", MANY), runs("same", MANY))
    assert ["many", "same", "few"] == [one.agent for one in made.rows]
    assert ["1-2", "1-2", "3"] == [one.place for one in made.rows]
    assert made.detectable is not None


def test_of_equals_the_cheaper_one_is_first() -> None:
    made = board(runs("dear", MANY, input_tokens=9000), runs("cheap", MANY))
    assert ["cheap", "dear"] == [one.agent for one in made.rows]


def test_filters() -> None:
    columns = columns_of([*runs("a", MANY), *runs("b", FEW), *runs("a", FEW, model="n")])
    assert {"a"} == set(where(columns, agents=["a"]).agent.names)
    one = where(columns, agents=["a"], models=["n"], tasks=["c/t0*"])
    assert (("n",), 10) == (one.model.names, len(one.task.names))
    with pytest.raises(UnknownName, match="did you mean 'a'"):
        where(columns, agents=["aa"])


def test_a_verdict_in_words() -> None:
    made = board(runs("many", MANY), runs("few", FEW))
    found = compare(made, "many", "few")
    assert re.fullmatch(
        r"many x m solves [\d.]+ more of 40 tasks than few x m "
        r"\(95 %: [\d.]+ to [\d.]+; p < 0.001\)",
        found.sentence,
    )
    assert found.sentence == compare(made, "few x m", "many x m").sentence
    flips = {pair.task: pair.flipped for pair in found.tasks}
    assert (1, -1) == (flips["c/t01"], flips["c/t12"])
    alike = compare(board(runs("a", MANY), runs("b", MANY)), "a", "b").sentence
    assert "a x m and b x m are not told apart on 40 tasks: they solve as many" in alike
    apart = compare(board(runs("a", {"x": "+"}), runs("b", {"y": "+"})), "a", "b")
    assert "no scored task in common" in apart.sentence
    with pytest.raises(UnknownName, match="see: cab board"):
        compare(made, "many", "fewer")
    two = board(runs("a", MANY), runs("a", FEW, model="n"), runs("b", FEW))
    with pytest.raises(UnknownName, match="several models"):
        compare(two, "a", "b")


@pytest.mark.parametrize(
    ("now", "max_drop", "answer"),
    [
        (MANY, 0.0, Answer.HOLDS),
        (FEW, 0.1, Answer.WORSE),
        (FEW, 0.9, Answer.HOLDS),
        ({**MANY, "t01": "---"}, 0.0, Answer.UNSURE),
        ({"other": "+"}, 0.0, Answer.MISSING),
    ],
)
def test_a_gate(now: dict[str, str], max_drop: float, answer: Answer) -> None:
    found = gate(board(runs("a", now)), board(runs("a", MANY)), max_drop=max_drop)
    assert [answer] == [one.answer for one in found.rows]
    assert (answer is not Answer.WORSE) == found.passed


def test_a_gate_names_what_was_lost_and_what_became_dearer() -> None:
    after = runs("a", {**MANY, "t01": "---"}, input_tokens=400)
    found = gate(board(after), board(runs("a", MANY)), max_drop=0.5, max_tokens=1.5)
    assert ("c/t01",) == found.rows[0].lost
    assert Answer.WORSE == found.rows[0].answer
    assert "times the tokens per solved task" in found.rows[0].sentence


def test_parquet_and_back(tmp_path: Path) -> None:
    rows = [*runs("many", MANY), *runs("few", FEW)]
    write_parquet(rows, tmp_path / "attempts.parquet")
    there, back = board(rows), board_of(read_columns(tmp_path / "attempts.parquet"))
    assert [r.label for r in there.rows] == [r.label for r in back.rows]
    assert there.rows[0].ships == back.rows[0].ships
    assert there.rows[0].tokens == back.rows[0].tokens
    assert np.array_equal(there.verdicts, back.verdicts, equal_nan=True)
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 and nothing else")
    with pytest.raises(ResultsError, match="not a table of attempts"):
        read_columns(tmp_path / "broken.parquet")


def test_a_query() -> None:
    rows = runs("a", {"x": "+?", "y": "-+"})
    found = query(rows, "SELECT count(*), sum(solved::int) FROM runs WHERE scored")
    assert [(3, 2)] == list(found.rows)
    with pytest.raises(UsageError, match="cannot be run"):
        query(rows, "SELECT nothing FROM runs")
    with pytest.raises(UsageError, match="cannot be run"):
        query(rows, "COPY runs TO '/tmp/stolen.csv'")
