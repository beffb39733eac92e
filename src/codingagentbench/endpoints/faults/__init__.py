"""Faults on purpose: any endpoint, built in or real, with a plan of what goes wrong and when."""

from codingagentbench.endpoints.faults.plan import (
    PROFILES,
    Fault,
    FaultPlan,
    find_plan,
    load_plan,
)
from codingagentbench.endpoints.faults.server import FaultsServer, Injected, Wrapped

__all__ = [
    "PROFILES",
    "Fault",
    "FaultPlan",
    "FaultsServer",
    "Injected",
    "Wrapped",
    "find_plan",
    "load_plan",
]
