"""Tasks proved: validation, mutants that the tests kill, and the report of both."""

from codingagentbench.corpus.checks import Problem
from codingagentbench.corpus.report import report
from codingagentbench.corpus.validation import Validated, validate

__all__ = ["Problem", "Validated", "report", "validate"]
