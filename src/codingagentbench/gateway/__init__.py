"""The recording gateway: every model call of every agent goes through here, and is counted."""

from codingagentbench.gateway.dialects import Dialect
from codingagentbench.gateway.values import Budget, Call, ErrorClass, Ledger, Totals, Usage

__all__ = ["Budget", "Call", "Dialect", "ErrorClass", "Ledger", "Totals", "Usage"]
