"""The knobs of one conversation with a built-in model."""

from __future__ import annotations

from dataclasses import dataclass

from codingagentbench.sandboxes.values import WORKSPACE


@dataclass(frozen=True, kw_only=True)
class Options:
    """How a built-in model speaks.

    ``workspace``: where the tree lies for the agent, for tools that want absolute paths.
    ``piece``: characters in one streamed frame. ``delay_s``: seconds between two frames, so that
    an agent can be killed in the middle of a stream. ``first_delay_s``: seconds before an answer's
    first byte. ``ramble``: characters of text in each reply of a persona that never ends.
    """

    workspace: str = WORKSPACE
    piece: int = 24
    delay_s: float = 0.0
    first_delay_s: float = 0.0
    ramble: int = 2000
