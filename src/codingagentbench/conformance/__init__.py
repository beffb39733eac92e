"""What an agent does by itself and when things go wrong: a table, in about a minute."""

from codingagentbench.conformance.checking import OnStep, check
from codingagentbench.conformance.matrix import matrix
from codingagentbench.conformance.probes import PROBES, Probe
from codingagentbench.conformance.rows import Conformance, Row, Verdict

__all__ = ["PROBES", "Conformance", "OnStep", "Probe", "Row", "Verdict", "check", "matrix"]
