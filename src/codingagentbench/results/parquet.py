"""The index as Parquet, and SQL over it. Needs the extra "export": DuckDB and PyArrow."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from codingagentbench.errors import ResultsError, UsageError
from codingagentbench.results.rows import FIELDS, Row

_NAMES: Final = (
    *("path", "cell", "sweep", "agent", "agent_version", "model", "task", "category"),
    *("language", "outcome", "faults", "methodology", "task_digest", "agent_digest"),
    *("sandbox", "asked", "started_at", "problem"),
)
_BOOLEANS: Final = ("scored", "retry", "solved")
_INTEGERS: Final = (*("run", "attempt", "calls", "input_tokens", "output_tokens", "cached_tokens"),)

#: Views for queries: ``attempts`` is the table itself, ``runs`` the attempt that counts of each.
RUNS: Final = """
CREATE VIEW runs AS SELECT * EXCLUDE (place) FROM (
  SELECT *, input_tokens + output_tokens AS tokens,
    row_number() OVER (PARTITION BY cell ORDER BY scored DESC, attempt DESC) AS place
  FROM attempts WHERE problem IS NULL)
WHERE place = 1
"""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a query found."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]


def table_of(rows: Iterable[Row]) -> Any:
    """A ``pyarrow.Table``; names are stored once each."""
    arrow = _needed("pyarrow")
    names = arrow.dictionary(arrow.int32(), arrow.string())
    kinds = {
        **dict.fromkeys(FIELDS, arrow.float64()),
        **dict.fromkeys(_NAMES, names),
        **dict.fromkeys(_BOOLEANS, arrow.bool_()),
        **dict.fromkeys(_INTEGERS, arrow.int64()),
    }
    kept = list(rows)
    return arrow.table(
        {
            name: arrow.array([getattr(row, name) for row in kept], type=arrow.string()).cast(names)
            if name in _NAMES
            else arrow.array([getattr(row, name) for row in kept], type=kinds[name])
            for name in FIELDS
        }
    )


def write_parquet(rows: Iterable[Row], path: Path) -> None:
    """Raises :class:`ResultsError` when the file cannot be written."""
    table = table_of(rows)
    try:
        _needed("pyarrow.parquet").write_table(table, path)
    except OSError as error:
        raise ResultsError(f"cannot be written: {error}", where=str(path)) from None


def query(rows: Iterable[Row], sql: str) -> Answer:
    """``sql`` over the tables ``attempts`` and ``runs``, in memory, with no way to the disk.

    Raises :class:`UsageError` with what DuckDB says is wrong.
    """
    duckdb = _needed("duckdb")
    connection = duckdb.connect(":memory:")
    connection.register("attempts", table_of(rows))
    connection.execute(RUNS)
    connection.execute("SET enable_external_access = false")
    try:
        found = connection.execute(sql)
        columns = tuple(one[0] for one in found.description or ())
        return Answer(columns=columns, rows=found.fetchall())
    except duckdb.Error as error:
        raise UsageError(f"the query cannot be run: {str(error).splitlines()[0]}") from None


def _needed(module: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError:
        what = f"{module.partition('.')[0]} is not installed"
        raise UsageError(what, do="run: pip install 'codingagentbench[export]'") from None
