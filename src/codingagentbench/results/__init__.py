"""Where records lie: layout on disk, atomic writes, reading back, checking."""

from codingagentbench.results.bundling import Reviewed, accept, bundle
from codingagentbench.results.checking import check_files
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
from codingagentbench.results.scanning import Leak, Scan, scan
from codingagentbench.results.sealing import (
    Proof,
    Prover,
    Seal,
    Verified,
    check_proof,
    read_seal,
    seal,
    seal_path,
    verify,
)
from codingagentbench.results.signing import sign, signer_of
from codingagentbench.results.store import (
    Draft,
    Store,
    Stored,
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
    "Leak",
    "Moved",
    "Proof",
    "Prover",
    "Reviewed",
    "Row",
    "Scan",
    "Seal",
    "Store",
    "Stored",
    "Verified",
    "accept",
    "bundle",
    "cell_path",
    "check_files",
    "check_proof",
    "load_record",
    "pull",
    "push",
    "query",
    "read_seal",
    "replace_record",
    "run_into",
    "run_path",
    "scan",
    "seal",
    "seal_path",
    "sign",
    "signer_of",
    "verify",
    "write_parquet",
]
