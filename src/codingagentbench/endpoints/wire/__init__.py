"""The dialects as the built-in model server speaks them."""

from collections.abc import Mapping
from typing import Final

from codingagentbench.endpoints.wire.chat import CHAT
from codingagentbench.endpoints.wire.common import Answer, BadRequest, Wire
from codingagentbench.endpoints.wire.gemini import GEMINI
from codingagentbench.endpoints.wire.messages import MESSAGES
from codingagentbench.endpoints.wire.responses import RESPONSES
from codingagentbench.gateway.dialects import Dialect

WIRES: Final[Mapping[Dialect, Wire]] = {
    Dialect.CHAT: CHAT,
    Dialect.RESPONSES: RESPONSES,
    Dialect.MESSAGES: MESSAGES,
    Dialect.GEMINI: GEMINI,
}

__all__ = ["WIRES", "Answer", "BadRequest", "Wire"]
