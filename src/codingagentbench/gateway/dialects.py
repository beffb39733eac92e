"""The wire dialects a model endpoint can speak."""

from __future__ import annotations

from enum import StrEnum


class Dialect(StrEnum):
    """Which HTTP interface a request is written for."""

    CHAT = "chat"  # OpenAI chat completions, POST {base}/chat/completions
    RESPONSES = "responses"  # OpenAI Responses, POST {base}/responses
    MESSAGES = "messages"  # Anthropic Messages, POST {base}/messages
    GEMINI = "gemini"  # Gemini API, POST {base}/models/MODEL:streamGenerateContent
