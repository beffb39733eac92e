"""A board over a million runs, made up here: how long it takes, and in how much memory.

    python benchmarks/board.py [--runs 1000000] [--keep FILE]

100 rows (agent x model) x 1,000 tasks x 10 runs, with difficulty by task, a strength by row, 3 %
without a scored outcome and a third of those tried twice. The goal is 2 s from the Parquet file to
the board, ranks and intervals included. Beside it: DuckDB's own mean over the same file, which is
no board but what one could have at least.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as arrow
import pyarrow.parquet as parquet

from codingagentbench.boards import board_of, read_columns

GOAL_S = 2.0


def made_up(runs: int) -> arrow.Table:
    """A table like that of ``cab results export``, of about ``runs`` attempts."""
    chance = np.random.default_rng(11)
    rows, repeats = 100, 10
    tasks = max(runs // (rows * repeats), 1)
    shape = (rows, tasks, repeats)
    hard, strong = chance.normal(0, 2.5, tasks), chance.normal(0.5, 0.8, rows)
    likely = 1 / (1 + np.exp(-(strong[:, None] - hard)))
    solved = chance.random(shape) < likely[:, :, None]
    scored = chance.random(shape) > 0.03
    row, task, run = (index.ravel() for index in np.indices(shape))
    again = np.flatnonzero(~scored.ravel())[::3]
    order = np.concatenate([np.arange(row.size), again])
    attempt = np.concatenate([np.ones(row.size, np.int64), np.full(again.size, 2)])
    solved_now = solved.ravel()[order]
    scored_now = np.concatenate([scored.ravel(), np.ones(again.size, bool)])
    row, task, run = row[order], task[order], run[order] + 1
    tokens = chance.lognormal(10, 0.7, order.size).astype(np.int64)

    def names(codes: np.ndarray, text: str) -> arrow.DictionaryArray:
        kinds = [text.format(n) for n in range(int(codes.max()) + 1)]
        return arrow.DictionaryArray.from_arrays(codes.astype(np.int32), kinds)

    outcome = np.where(~scored_now, 2, np.where(solved_now, 0, 1))
    return arrow.table(
        {
            "agent": names(row // 10, "agent-{:02}"),
            "model": names(row % 10, "model-{:02}"),
            "task": names(task, "made-up/task-{:05}"),
            "sweep": names(np.zeros_like(row), "made-up-{}"),
            "outcome": arrow.DictionaryArray.from_arrays(
                outcome.astype(np.int32), ["passed", "failed", "rate_limited"]
            ),
            "run": run,
            "attempt": attempt,
            "scored": scored_now,
            "solved": arrow.array(solved_now, mask=~scored_now),
            "input_tokens": tokens,
            "output_tokens": tokens // 20,
            "usd": tokens * 1e-6,
            "active_s": chance.lognormal(3, 0.5, order.size),
            "composite": np.where(solved_now, 0.8, 0.0),
            "problem": arrow.nulls(order.size, arrow.string()),
        }
    )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--runs", type=int, default=1_000_000)
    asked.add_argument("--keep", type=Path)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="cab-bench-") as folder:
        path = given.keep or Path(folder) / "attempts.parquet"
        parquet.write_table(made_up(given.runs), path)
        start = time.perf_counter()
        columns = read_columns(path)
        read = time.perf_counter() - start
        board = board_of(columns)
        took = time.perf_counter() - start
        start = time.perf_counter()
        duckdb.execute(
            f"SELECT agent, model, avg(m) FROM (SELECT agent, model, task, avg(solved::int) m "
            f"FROM '{path}' WHERE scored GROUP BY ALL) GROUP BY ALL"
        ).fetchall()
        plain = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print("| a board over | attempts | reading | in all | goal | ratio | DuckDB's mean | peak |")
    print("|---|---|---|---|---|---|---|---|")
    print(
        f"| {board.attempts:,} runs | {len(columns):,} | {read:.2f} s | {took:.2f} s "
        f"| {GOAL_S:g} s | {took / GOAL_S:.2f} | {plain:.2f} s | {peak:.0f} MB |"
    )
    best = board.rows[0]
    print(
        f"\nfirst of {len(board.rows)}: {best.label}, {best.ships.solved:.3f}, place {best.place}"
    )


if __name__ == "__main__":
    main()
