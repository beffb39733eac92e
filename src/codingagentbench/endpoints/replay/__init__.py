"""Replay: a rerun answered from what was recorded, and where it left the recording."""

from codingagentbench.endpoints.replay.normal import first_difference, normalised, request_digest
from codingagentbench.endpoints.replay.server import Divergence, Reel, ReplayServer
from codingagentbench.endpoints.replay.tape import Take, Tape, load_tape

__all__ = [
    "Divergence",
    "Reel",
    "ReplayServer",
    "Take",
    "Tape",
    "first_difference",
    "load_tape",
    "normalised",
    "request_digest",
]
