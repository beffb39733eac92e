"""The recording gateway: every model call of every agent goes through here, and is counted."""

from codingagentbench.gateway.admission import Admission, Pressure, Queue, Throttled, Ticket
from codingagentbench.gateway.bodies import read_body
from codingagentbench.gateway.core import Gateway
from codingagentbench.gateway.dialects import Dialect
from codingagentbench.gateway.ledger import Progress
from codingagentbench.gateway.loop import run
from codingagentbench.gateway.session import Session
from codingagentbench.gateway.standalone import record
from codingagentbench.gateway.totals import Difference, Price, reconcile
from codingagentbench.gateway.upstream import RateLimits, Upstream
from codingagentbench.gateway.values import Budget, Call, ErrorClass, Ledger, Totals, Usage

__all__ = [
    "Admission",
    "Budget",
    "Call",
    "Dialect",
    "Difference",
    "ErrorClass",
    "Gateway",
    "Ledger",
    "Pressure",
    "Price",
    "Progress",
    "Queue",
    "RateLimits",
    "Session",
    "Throttled",
    "Ticket",
    "Totals",
    "Upstream",
    "Usage",
    "read_body",
    "reconcile",
    "record",
    "run",
]
