"""Where scipy or statsmodels have it, ours is theirs."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from scipy import stats as theirs
from statsmodels.stats.contingency_tables import mcnemar as their_mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from codingagentbench import stats
from codingagentbench.stats.paired import difference_interval
from codingagentbench.stats.rates import wilson


@pytest.mark.parametrize(("solved", "of"), [(0, 7), (3, 10), (50, 60), (60, 60)])
def test_wilson(solved: int, of: int) -> None:
    low, high = proportion_confint(solved, of, alpha=0.05, method="wilson")
    assert pytest.approx((low, high)) == wilson(solved / of, of, theirs.norm.ppf(0.975))


@pytest.mark.parametrize(("better", "worse"), [(0, 0), (1, 0), (5, 1), (12, 30), (8, 8)])
def test_mcnemar(better: int, worse: int) -> None:
    expected = their_mcnemar([[10, better], [worse, 7]], exact=True).pvalue
    assert pytest.approx(min(expected, 1.0)) == stats.mcnemar(better, worse, mid=False)
    seen = theirs.binom.pmf(better, better + worse, 0.5)
    mid = 2 * theirs.binom.cdf(min(better, worse), better + worse, 0.5) - seen
    assert pytest.approx(mid if better + worse else 1.0) == stats.mcnemar(better, worse)


def test_holm() -> None:
    p_values = [0.04, 0.001, 0.3, 0.012, 0.012, 0.9]
    assert pytest.approx(multipletests(p_values, method="holm")[1]) == stats.holm(p_values)
    assert () == stats.holm([])


def test_sign_flip_where_every_pattern_is_looked_at() -> None:
    differences = np.array([0.4, -0.2, 0.6, 0.2, 0.0, 0.8, -0.4, 1.0, 0.2])
    done = theirs.permutation_test(
        (differences,), np.sum, permutation_type="samples", n_resamples=np.inf
    )
    assert pytest.approx(done.pvalue) == stats.sign_flip(differences, mid=False)
    assert stats.sign_flip(differences) < done.pvalue


def test_sign_flip_by_draws() -> None:
    differences = np.random.default_rng(4).normal(0.1, 0.4, size=60)
    done = theirs.permutation_test(
        (differences,),
        np.sum,
        permutation_type="samples",
        n_resamples=40_000,
        rng=np.random.default_rng(1),
    )
    assert pytest.approx(done.pvalue, abs=0.01) == stats.sign_flip(differences, mid=False)


def test_sign_flip_of_shares_of_runs() -> None:
    """More patterns than anybody could look at: counted exactly, and drawn by scipy."""
    generator = np.random.default_rng(5)
    differences = generator.binomial(3, 0.6, size=50) / 3 - generator.binomial(4, 0.5, size=50) / 4
    done = theirs.permutation_test(
        (differences,),
        np.sum,
        permutation_type="samples",
        n_resamples=40_000,
        rng=np.random.default_rng(1),
    )
    assert pytest.approx(done.pvalue, abs=0.01) == stats.sign_flip(differences, mid=False)


def test_with_one_run_each_the_sign_flip_is_mcnemar() -> None:
    differences = np.array([1.0] * 8 + [-1.0] * 2 + [0.0] * 20)
    assert pytest.approx(stats.mcnemar(8, 2)) == stats.sign_flip(differences)


def test_a_comparison_turned_around() -> None:
    generator = np.random.default_rng(3)
    a = generator.integers(0, 2, size=(20, 3)).astype(float)
    b = generator.integers(0, 2, size=(20, 3)).astype(float)
    there, back = stats.compare(a, b), stats.compare(b, a)
    turned = there.turned()
    assert pytest.approx(back.interval) == turned.interval
    assert pytest.approx(back.p_value) == turned.p_value
    assert (back.difference, back.better, back.worse) == (
        pytest.approx(turned.difference),
        turned.better,
        turned.worse,
    )


def test_the_paired_interval() -> None:
    generator = np.random.default_rng(7)
    a, b = generator.random(30), generator.random(30)
    expected = theirs.ttest_rel(a, b).confidence_interval()
    assert pytest.approx(tuple(expected)) == difference_interval(a - b)


def test_the_bootstrap_of_a_ratio() -> None:
    generator = np.random.default_rng(3)
    spent = generator.gamma(2.0, 500.0, size=(40, 1))
    solved = (generator.random((40, 1)) < 0.6).astype(float)
    done = theirs.bootstrap(
        (spent[:, 0], solved[:, 0]),
        lambda x, y, axis: x.sum(axis=axis) / y.sum(axis=axis),
        paired=True,
        method="percentile",
        vectorized=True,
        n_resamples=5000,
        rng=np.random.default_rng(1),
    )
    found = stats.ratio(spent, solved)
    assert spent.sum() / solved.sum() == found.value
    assert pytest.approx(tuple(done.confidence_interval), rel=0.03) == found.interval


@pytest.mark.parametrize(("runs", "solved", "k"), [(5, 2, 1), (5, 2, 3), (4, 4, 2), (6, 0, 6)])
def test_pass_at_and_hat_are_the_mean_over_all_ways_to_draw(runs: int, solved: int, k: int) -> None:
    drawn = list(combinations([1] * solved + [0] * (runs - solved), k))
    verdicts = np.array([[1.0] * solved + [0.0] * (runs - solved)])
    found = stats.passk(verdicts, k)
    assert pytest.approx(np.mean([any(one) for one in drawn])) == found.at
    assert pytest.approx(np.mean([all(one) for one in drawn])) == found.hat


@pytest.mark.parametrize("chance", [0.1, 0.5, 0.9])
def test_rerun_noise_is_unbiased(chance: float) -> None:
    """Over all that three runs of two tasks can do, its square is the variance of the headline."""
    expected = found = 0.0
    for runs in product((0.0, 1.0), repeat=6):
        verdicts = np.array(runs).reshape(2, 3)
        weight = np.prod(np.where(verdicts == 1, chance, 1 - chance))
        noise = stats.rerun_noise(verdicts)
        assert noise is not None
        found += weight * noise**2
        expected += weight * (verdicts.mean() - chance) ** 2
    assert pytest.approx(expected) == found
