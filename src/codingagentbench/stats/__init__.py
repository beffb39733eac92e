"""Arrays in, numbers out: rates with intervals, paired comparisons, ranks, ratios. Pure."""

from codingagentbench.stats.paired import Paired, compare, holm, mcnemar, sign_flip
from codingagentbench.stats.ranks import Ranking, detectable, rank
from codingagentbench.stats.rates import Rate, interval, rate, rerun_noise
from codingagentbench.stats.ratios import Ratio, Spread, ratio, spread
from codingagentbench.stats.repeats import PassK, Stability, pass_at, pass_hat, passk, stability
from codingagentbench.stats.verdicts import Bounds, Interval, Verdicts, bounds, task_means

__all__ = [
    "Bounds",
    "Interval",
    "Paired",
    "PassK",
    "Ranking",
    "Rate",
    "Ratio",
    "Spread",
    "Stability",
    "Verdicts",
    "bounds",
    "compare",
    "detectable",
    "holm",
    "interval",
    "mcnemar",
    "pass_at",
    "pass_hat",
    "passk",
    "rank",
    "rate",
    "ratio",
    "rerun_noise",
    "sign_flip",
    "spread",
    "stability",
    "task_means",
]
