"""Container images: the base that every container runs on, and one for each agent upon it."""

from codingagentbench.images.agents import build_agent
from codingagentbench.images.base import BaseRecipe, build_base
from codingagentbench.images.daemon import Daemon, OnStep
from codingagentbench.images.listing import Listed, listed, remove
from codingagentbench.images.pulling import pull

__all__ = [
    "BaseRecipe",
    "Daemon",
    "Listed",
    "OnStep",
    "build_agent",
    "build_base",
    "listed",
    "pull",
    "remove",
]
