"""Model endpoints: providers by name or URL, and the models that are built in."""

from codingagentbench.endpoints.builtin import Conversation, TrueCall, Truth
from codingagentbench.endpoints.config import Config, EndpointConfig, config_path, load_config
from codingagentbench.endpoints.edits import Edit, Plan
from codingagentbench.endpoints.faults import (
    PROFILES,
    Fault,
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
from codingagentbench.endpoints.replay import Divergence, Reel, ReplayServer, Tape, load_tape
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
    "Divergence",
    "Edit",
    "EndpointConfig",
    "Expected",
    "Fault",
    "FaultPlan",
    "FaultsServer",
    "Options",
    "Persona",
    "Plan",
    "Price",
    "Reel",
    "ReplayServer",
    "Tape",
    "Target",
    "TrueCall",
    "Truth",
    "Wrapped",
    "config_path",
    "find_plan",
    "load_config",
    "load_tape",
    "resolve",
    "unexpected",
]
