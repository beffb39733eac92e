"""One file a CLI: how to install it, and how to launch it."""

from codingagentbench.agents.installing import install, install_many, ready
from codingagentbench.agents.model import (
    Agent,
    Claims,
    Folder,
    Installed,
    Launch,
    LaunchRequest,
    ModelEndpoint,
    Npm,
    Pip,
    Release,
)
from codingagentbench.agents.plugins import Added, Plugin, load_plugin, with_plugins
from codingagentbench.agents.progress import OnProgress, Phase, Progress
from codingagentbench.agents.registry import AGENTS, CORE, get, named
from codingagentbench.agents.store import (
    Manifest,
    default_store,
    installed,
    list_installed,
    remove,
    require,
    show,
    verify,
)
from codingagentbench.agents.wiring import Description, describe, wiring

__all__ = [
    "AGENTS",
    "CORE",
    "Added",
    "Agent",
    "Claims",
    "Description",
    "Folder",
    "Installed",
    "Launch",
    "LaunchRequest",
    "Manifest",
    "ModelEndpoint",
    "Npm",
    "OnProgress",
    "Phase",
    "Pip",
    "Plugin",
    "Progress",
    "Release",
    "default_store",
    "describe",
    "get",
    "install",
    "install_many",
    "installed",
    "list_installed",
    "load_plugin",
    "named",
    "ready",
    "remove",
    "require",
    "show",
    "verify",
    "wiring",
    "with_plugins",
]
