"""Model endpoints: providers by name or URL, and the models that are built in."""

from codingagentbench.endpoints.builtin import Conversation, TrueCall, Truth
from codingagentbench.endpoints.config import Config, EndpointConfig, config_path, load_config
from codingagentbench.endpoints.edits import Edit, Plan
from codingagentbench.endpoints.faults import (
    PROFILES,
    FaultPlan,
    FaultsServer,
    Wrapped,
    find_plan,
)
from codingagentbench.endpoints.options import Options
from codingagentbench.endpoints.personas import (
    PERSONAS,
    TEXT,
    TOOLS,
    Bounds,
    Expected,
    Persona,
)
from codingagentbench.endpoints.plans import unexpected
from codingagentbench.endpoints.providers import resolve
from codingagentbench.endpoints.server import BuiltinServer
from codingagentbench.endpoints.targets import Price, Target

__all__ = [
    "PERSONAS",
    "PROFILES",
    "TEXT",
    "TOOLS",
    "Bounds",
    "BuiltinServer",
    "Config",
    "Conversation",
    "Edit",
    "EndpointConfig",
    "Expected",
    "FaultPlan",
    "FaultsServer",
    "Options",
    "Persona",
    "Plan",
    "Price",
    "Target",
    "TrueCall",
    "Truth",
    "Wrapped",
    "config_path",
    "find_plan",
    "load_config",
    "resolve",
    "unexpected",
]
