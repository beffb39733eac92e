"""What an agent does by itself and when things go wrong: a table, in about a minute."""

from codingagentbench.conformance.checking import OnStep, check
from codingagentbench.conformance.rows import Conformance, Row, Verdict

__all__ = ["Conformance", "OnStep", "Row", "Verdict", "check"]
