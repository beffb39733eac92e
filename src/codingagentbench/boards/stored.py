"""Columns straight from a Parquet file: codes and figures as they lie there, no row in between."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np

from codingagentbench.boards.columns import Coded, Columns, Floats, Ints
from codingagentbench.errors import ResultsError, UsageError

_NAMES: Final = ("agent", "model", "task", "sweep", "outcome")
_WHOLE: Final = ("run", "attempt")
_FIGURES: Final = ("solved", "usd", "active_s", "composite", "input_tokens", "output_tokens")


def read_columns(path: Path) -> Columns:
    """Of a file that ``cab results export`` wrote. Raises :class:`ResultsError`."""
    try:
        import pyarrow.parquet as parquet
        from pyarrow import ArrowException
    except ImportError:
        do = "run: pip install 'codingagentbench[export]'"
        raise UsageError("pyarrow is not installed", do=do) from None
    wanted = [*_NAMES, *_WHOLE, *_FIGURES, "scored", "problem"]
    try:
        table = parquet.read_table(path, columns=wanted, read_dictionary=list(_NAMES))
    except (OSError, ArrowException) as error:
        said = str(error).splitlines()[0]
        raise ResultsError(f"not a table of attempts: {said}", where=str(path)) from None
    if table["problem"].null_count < table.num_rows:
        table = table.filter(table["problem"].is_null())
    figures = {name: _figures(table[name]) for name in _FIGURES}
    tokens = figures.pop("input_tokens") + figures.pop("output_tokens")
    found: dict[str, Any] = {
        **{name: _coded(table[name]) for name in _NAMES},
        **{name: _whole(table[name]) for name in _WHOLE},
        **figures,
    }
    return Columns(**found, tokens=tokens, scored=_figures(table["scored"]) == 1.0)


def _coded(column: Any) -> Coded:
    whole = column.unify_dictionaries().combine_chunks()
    if hasattr(whole, "chunks"):
        whole = whole.chunk(0)
    codes = whole.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return Coded(codes, tuple(whole.dictionary.to_pylist()))


def _whole(column: Any) -> Ints:
    found: Ints = column.to_numpy().astype(np.int64)
    return found


def _figures(column: Any) -> Floats:
    import pyarrow as arrow

    found: Floats = column.cast(arrow.float64()).to_numpy().astype(np.float64)
    return found
