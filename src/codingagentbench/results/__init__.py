"""Where records lie: layout on disk, atomic writes, reading back, checking."""

from codingagentbench.results.index import Index
from codingagentbench.results.layout import (
    BODIES,
    PAGE,
    PATCH,
    RECORD,
    TERMINAL,
    VERIFIER_OUTPUT,
    cell_path,
    run_path,
)
from codingagentbench.results.parquet import Answer, query, write_parquet
from codingagentbench.results.remote import Moved, pull, push
from codingagentbench.results.rows import Row
from codingagentbench.results.running import run_into
from codingagentbench.results.store import (
    Draft,
    Store,
    Stored,
    check_files,
    load_record,
    replace_record,
)

__all__ = [
    "BODIES",
    "PAGE",
    "PATCH",
    "RECORD",
    "TERMINAL",
    "VERIFIER_OUTPUT",
    "Answer",
    "Draft",
    "Index",
    "Moved",
    "Row",
    "Store",
    "Stored",
    "cell_path",
    "check_files",
    "load_record",
    "pull",
    "push",
    "query",
    "replace_record",
    "run_into",
    "run_path",
    "write_parquet",
]
