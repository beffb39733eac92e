"""What a reply says about itself, per dialect: usage, finish, errors, whether it is whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from codingagentbench.gateway.dialects import Dialect
from codingagentbench.gateway.faults import class_of_event, detail_of
from codingagentbench.gateway.usage import (
    chat_usage,
    gemini_usage,
    merged,
    messages_usage,
    responses_usage,
)
from codingagentbench.gateway.values import ErrorClass, Usage

Json = Mapping[str, Any]


@dataclass(kw_only=True, slots=True)
class Reading:
    """What has been read of one reply so far."""

    usage: Usage = field(default_factory=Usage)
    finish: str | None = None
    complete: bool = False  # the dialect's last event, or a finish reason, was seen
    served_model: str | None = None
    error: ErrorClass | None = None
    error_detail: str | None = None
    raw_usage: dict[str, Any] = field(default_factory=dict)

    def fail(self, error: object) -> None:
        """An error object inside a 200."""
        self.error, self.error_detail = class_of_event(error), detail_of(error)

    def named(self, reply: Json) -> None:
        """Keeps what the provider itself calls the model that answered."""
        model = reply.get("model")
        if isinstance(model, str):
            self.served_model = model


@dataclass(frozen=True, kw_only=True)
class Grammar:
    """How one dialect's replies are read.

    ``needles``: an event without any of them carries nothing to read and is never parsed.
    """

    needles: tuple[bytes, ...]
    event: Callable[[Reading, Json], None]
    body: Callable[[Reading, Json], bool]  # False: not a reply of this dialect


def _object(value: object) -> Json:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _chat_event(reading: Reading, chunk: Json) -> None:
    if error := chunk.get("error"):
        reading.fail(error)
    reading.named(chunk)
    usage = chunk.get("usage") or _object(chunk.get("x_groq")).get("usage")
    if isinstance(usage, Mapping):
        reading.usage = chat_usage(usage)
    _chat_finish(reading, chunk)


def _chat_finish(reading: Reading, reply: Json) -> None:
    choices = reply.get("choices")
    for choice in choices if isinstance(choices, list) else ():
        if finish := _text(_object(choice).get("finish_reason")):
            reading.finish, reading.complete = reading.finish or finish, True


def _chat_body(reading: Reading, reply: Json) -> bool:
    if not reply.get("error") and not isinstance(reply.get("choices"), list):
        return False
    _chat_event(reading, reply)
    reading.complete = True
    return True


#: The events that end a Responses stream.
_ENDINGS: Final = ("response.completed", "response.incomplete", "response.failed")


def _responses_event(reading: Reading, event: Json) -> None:
    kind = event.get("type")
    response = _object(event.get("response"))
    reading.named(response)
    if kind in _ENDINGS:
        _responses_end(reading, response)
    elif kind == "error" or (kind is None and event.get("error")):
        nested = event.get("error")
        reading.fail(nested if isinstance(nested, Mapping) else event)


def _responses_end(reading: Reading, response: Json) -> None:
    reading.complete = True
    usage = response.get("usage")
    if isinstance(usage, Mapping):
        reading.usage = responses_usage(usage)
    why = _object(response.get("incomplete_details")).get("reason")
    reading.finish = _text(why) or _text(response.get("status"))
    if response.get("status") == "failed" or response.get("error"):
        reading.fail(response.get("error") or "the provider says the response failed")


def _responses_body(reading: Reading, reply: Json) -> bool:
    if reply.get("error") and "output" not in reply:
        reading.fail(reply["error"])
    elif not isinstance(reply.get("output"), list):
        return False
    reading.named(reply)
    _responses_end(reading, reply)
    return True


def _messages_event(reading: Reading, event: Json) -> None:
    match event.get("type"):
        case "message_start":
            message = _object(event.get("message"))
            reading.named(message)
            _messages_usage(reading, message, final=False)
        case "message_delta":
            if finish := _text(_object(event.get("delta")).get("stop_reason")):
                reading.finish, reading.complete = finish, True
            _messages_usage(reading, event, final=True)
        case "message_stop":
            reading.complete = True
        case "error":
            reading.fail(event.get("error"))
        case None if event.get("error"):
            reading.fail(event["error"])


def _messages_usage(reading: Reading, holder: Json, *, final: bool) -> None:
    usage = holder.get("usage")
    if isinstance(usage, Mapping):
        reading.raw_usage = merged(reading.raw_usage, usage)
        reading.usage = messages_usage(reading.raw_usage, final=final)


def _messages_body(reading: Reading, reply: Json) -> bool:
    if reply.get("type") == "error":
        reading.fail(reply.get("error"))
        return True
    if not isinstance(reply.get("content"), list):
        return False
    reading.named(reply)
    reading.finish, reading.complete = _text(reply.get("stop_reason")), True
    _messages_usage(reading, reply, final=True)
    return True


def _gemini_event(reading: Reading, chunk: Json) -> None:
    if error := chunk.get("error"):
        reading.fail(error)
    if name := _text(chunk.get("modelVersion")):
        reading.served_model = name
    usage = chunk.get("usageMetadata")
    if isinstance(usage, Mapping):  # of everything so far, so the last one counts
        reading.usage = gemini_usage(usage)
    candidates = chunk.get("candidates")
    for candidate in candidates if isinstance(candidates, list) else ():
        if finish := _text(_object(candidate).get("finishReason")):
            reading.finish, reading.complete = finish, True
    if blocked := _text(_object(chunk.get("promptFeedback")).get("blockReason")):
        reading.finish, reading.complete = blocked, True


def _gemini_body(reading: Reading, reply: Json) -> bool:
    known = ("error", "candidates", "promptFeedback")
    if not any(reply.get(name) for name in known):
        return False
    _gemini_event(reading, reply)
    reading.complete = True
    return True


#: ``_tokens"`` stands in every usage object and in no text: JSON text would escape the quote.
GRAMMARS: Final[Mapping[Dialect, Grammar]] = {
    Dialect.CHAT: Grammar(
        needles=(b'_tokens"', b'finish_reason":"', b'finish_reason": "', b'"error"'),
        event=_chat_event,
        body=_chat_body,
    ),
    Dialect.RESPONSES: Grammar(
        needles=(
            b'"response.completed"',
            b'"response.incomplete"',
            b'"response.failed"',
            b'"type":"error"',
            b'"type": "error"',
            b"event: error",
        ),
        event=_responses_event,
        body=_responses_body,
    ),
    Dialect.MESSAGES: Grammar(
        needles=(
            b'_tokens"',
            b'"message_stop"',
            b'"stop_reason"',
            b'"type":"error"',
            b'"type": "error"',
        ),
        event=_messages_event,
        body=_messages_body,
    ),
    Dialect.GEMINI: Grammar(
        needles=(b'"usageMetadata"', b'"finishReason"', b'"blockReason"', b'"error"'),
        event=_gemini_event,
        body=_gemini_body,
    ),
}
