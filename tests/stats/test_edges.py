"""What is missing, empty, alone or all the same: said, never invented."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import ttest_rel

from codingagentbench import stats

NAN = float("nan")
VERDICTS = arrays(
    np.float64,
    st.tuples(st.integers(1, 12), st.integers(1, 4)),
    elements=st.sampled_from([0.0, 1.0, NAN]),
)


def test_nothing_at_all() -> None:
    nothing = np.empty((0, 3))
    rate = stats.rate(nothing)
    assert (None, None, None, 0) == (rate.solved, rate.interval, rate.rerun_noise, rate.tasks)
    assert np.isnan(rate.bounds.worst)
    assert "none" == stats.compare(nothing, nothing).test
    assert None is stats.compare(nothing, nothing).difference


def test_unscored_runs_are_neither_zero_nor_one() -> None:
    rate = stats.rate(np.array([[1.0, NAN], [0.0, 0.0], [NAN, NAN], [1.0, 1.0]]))
    assert 2 / 3 == rate.solved
    assert (3, 5, 3) == (rate.tasks, rate.runs, rate.unscored)
    assert (3 / 8, 6 / 8) == rate.bounds


def test_what_was_never_run_counts_as_unscored_where_it_was_expected() -> None:
    assert 3 == stats.rate(np.array([[1.0], [0.0]]), expected=5).unscored


def test_one_task_says_nothing_of_others() -> None:
    assert None is stats.rate(np.array([[1.0, 1.0, 0.0]])).interval


def test_all_solved_is_not_certain() -> None:
    """No variance between tasks: as many trials as tasks, however often each was run."""
    rate = stats.rate(np.ones((20, 5)))
    assert 20 == rate.effective_n
    assert rate.interval is not None
    assert 0.8 < rate.interval.low < 0.83
    assert 1.0 == rate.interval.high


def test_a_tie_in_every_task_is_not_certain_either() -> None:
    same = stats.compare(np.ones((30, 2)), np.ones((30, 2)))
    assert (0.0, 1.0) == (same.difference, same.p_value)
    assert same.interval is not None
    assert pytest.approx((-0.1157, 0.1157), abs=1e-3) == same.interval
    assert not same.decided


def test_nothing_solved_has_no_price() -> None:
    found = stats.ratio(np.full((3, 2), 100.0), np.zeros((3, 2)))
    assert (None, None, 600.0, 0.0) == (found.value, found.interval, found.total, found.solved)


def test_a_run_whose_tokens_are_not_known_is_left_out_above_and_below() -> None:
    found = stats.ratio(np.array([[10.0, NAN], [20.0, 30.0]]), np.array([[1.0, 1.0], [0.0, 1.0]]))
    assert (60.0 / 2, 1) == (found.value, found.unknown)


def test_only_tasks_in_common_are_compared() -> None:
    a = np.array([[1.0], [1.0], [NAN], [0.0]])
    b = np.array([[0.0], [NAN], [1.0], [0.0]])
    found = stats.compare(a, b)
    assert (2, 0.5, 1, 0) == (found.tasks, found.difference, found.better, found.worse)


def test_places_are_ranges() -> None:
    """Two that cannot be told apart share their places; a third far behind has its own."""
    generator = np.random.default_rng(2)
    good = (generator.random((2, 60)) < 0.8).astype(float)
    bad = (generator.random((1, 60)) < 0.2).astype(float)
    ranking = stats.rank(np.vstack([bad, good]))
    assert [3, 1, 1] == ranking.best.tolist()
    assert [3, 2, 2] == ranking.worst.tolist()


def test_rows_on_other_tasks_are_compared_on_what_they_share() -> None:
    means = np.vstack([np.ones(40), np.zeros(40), np.r_[np.ones(20), np.full(20, NAN)]])
    ranking = stats.rank(means)
    assert [1, 3, 1] == ranking.best.tolist()
    assert [2, 3, 2] == ranking.worst.tolist()
    apart = np.vstack([np.r_[1.0, NAN], np.r_[NAN, 1.0]])
    assert [1, 1] == stats.rank(apart).best.tolist()
    assert None is stats.rank(apart).detectable


@given(VERDICTS)
def test_the_headline_lies_within_its_interval_and_its_bounds(verdicts: stats.Verdicts) -> None:
    rate = stats.rate(verdicts)
    assert rate.bounds.worst <= rate.bounds.best
    if rate.solved is None:
        return
    if np.isfinite(verdicts).all():
        assert pytest.approx(rate.solved) == rate.bounds.worst
    if rate.interval is not None:
        assert rate.interval.low - 1e-9 <= rate.solved <= rate.interval.high + 1e-9
        assert rate.effective_n is not None
        assert rate.effective_n >= rate.tasks - 1 - 1e-9
        assert rate.effective_n <= max(rate.runs, rate.tasks) + 1e-9


@given(VERDICTS, st.data())
def test_a_comparison_reads_the_same_from_both_sides(
    a: stats.Verdicts, data: st.DataObject
) -> None:
    b = data.draw(arrays(np.float64, a.shape, elements=st.sampled_from([0.0, 1.0, NAN])))
    there, back = stats.compare(a, b), stats.compare(b, a)
    assert there.p_value == back.p_value
    assert (there.better, there.worse) == (back.worse, back.better)
    if there.difference is not None and back.difference is not None:
        assert pytest.approx(there.difference) == -back.difference


@given(VERDICTS)
def test_more_tries_never_solve_less(verdicts: stats.Verdicts) -> None:
    runs = int(np.isfinite(verdicts).sum(axis=-1).min())
    at = [stats.passk(verdicts, k).at for k in range(1, runs + 1)]
    hat = [stats.passk(verdicts, k).hat for k in range(1, runs + 1)]
    values = [one for one in at if one is not None], [one for one in hat if one is not None]
    assert values[0] == sorted(values[0])
    assert all(x >= y - 1e-12 for x, y in zip(values[1], values[1][1:], strict=False))


def test_many_rows_are_told_apart_by_students_t() -> None:
    """So many pairs that no draw could tell any apart: the same order comes out."""
    from codingagentbench.stats.ranks import _flipped, _student

    generator = np.random.default_rng(5)
    means = generator.normal(np.linspace(0.4, 0.6, 6)[:, None], 0.3, size=(6, 80))
    means[2, :10] = NAN
    upper = np.triu_indices(6, 1)
    by_draws, by_t = _flipped(means)[upper], _student(means)[upper]
    assert np.allclose(by_draws, by_t, atol=0.02)
    expected = ttest_rel(means[0], means[5]).pvalue
    assert pytest.approx(expected, rel=1e-6) == _student(means)[0, 5]
