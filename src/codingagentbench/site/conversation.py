"""The conversation behind each model call, from the bodies that are kept beside a record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import zstandard

from codingagentbench.errors import GatewayError
from codingagentbench.gateway import Call, read_body
from codingagentbench.results import BODIES
from codingagentbench.site.messages import Turn, reply_turns, request_turns
from codingagentbench.site.text import cut

SHOWN: Final = 16_000  # characters of all conversations that a page has inside it
_CALL: Final = 6_000  # of one call
_TURN: Final = 2_500  # of one message
_TURNS: Final = 12  # messages of one call
_READ: Final = 4 << 20  # bytes of a body that are taken into memory
_NAME: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, kw_only=True)
class Body:
    """A kept body: where it lies beside the page."""

    sha256: str
    path: str


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """What one call added. ``repeated``: messages that the call before had sent already.

    ``note`` says what of it is not shown, and why.
    """

    repeated: int = 0
    sent: tuple[Turn, ...] = ()
    answered: tuple[Turn, ...] = ()
    request: Body | None = None
    reply: Body | None = None
    note: str = ""


def exchanges(calls: Iterable[Call], *, folder: Path) -> Mapping[int, Exchange]:
    """By the index of a call: what was said, up to :data:`SHOWN` in all.

    Calls whose bodies are not kept are left out.
    """
    found: dict[int, Exchange] = {}
    room, before = SHOWN, tuple[Turn, ...]()
    for call in calls:
        request, reply = _kept(folder, call.request_body), _kept(folder, call.response_body)
        if request is None and reply is None:
            continue
        if room <= 0:
            break
        asked = _read(folder, request)
        answer = _read(folder, reply)
        turns = request_turns(asked) if asked is not None else ()
        repeated = _common(before, turns)
        exchange = _exchange(
            turns[repeated:], reply_turns(answer) if answer else (), min(room, _CALL)
        )
        unread = (request is not None and asked is None) or (reply is not None and answer is None)
        found[call.index] = Exchange(
            repeated=repeated,
            sent=exchange.sent,
            answered=exchange.answered,
            request=request,
            reply=reply,
            note="A body is too large for the page or not whole." if unread else exchange.note,
        )
        room -= sum(len(t.text) + 40 for t in (*exchange.sent, *exchange.answered))
        before = turns or before
    return found


def _exchange(sent: tuple[Turn, ...], answered: tuple[Turn, ...], room: int) -> Exchange:
    """As much of both sides as there is room for; the reply has the right to half of it."""
    replies = _fitting(answered, room // 2)
    used = sum(len(t.text) for t in replies)
    # The last messages are what the call is about: those before give way first.
    asked = tuple(reversed(_fitting(tuple(reversed(sent)), room - used)))
    missing = len(sent) + len(answered) - len(asked) - len(replies)
    note = f"{missing} messages are not shown here; the files have them." if missing else ""
    return Exchange(sent=asked, answered=replies, note=note)


def _fitting(turns: tuple[Turn, ...], room: int) -> tuple[Turn, ...]:
    shown: list[Turn] = []
    for turn in turns[:_TURNS]:
        if room <= 0:
            break
        text = cut(turn.text, limit=min(_TURN, room))
        shown.append(Turn(turn.role[:40], text))
        room -= len(text)
    return tuple(shown)


def _common(before: tuple[Turn, ...], now: tuple[Turn, ...]) -> int:
    """How many messages at the head of both are the same."""
    same = 0
    for old, new in zip(before, now, strict=False):
        if old != new:
            break
        same += 1
    return same if same < len(now) else 0


def _kept(folder: Path, name: str | None) -> Body | None:
    if name is None or _NAME.fullmatch(name) is None:
        return None
    path = folder / BODIES / f"{name}.zst"
    return Body(sha256=name, path=f"{BODIES}/{name}.zst") if path.is_file() else None


def _read(folder: Path, body: Body | None) -> bytes | None:
    """A body that is whole and not too large, else ``None``."""
    if body is None:
        return None
    try:
        with (folder / body.path).open("rb") as file:
            length = zstandard.frame_content_size(file.read(18))
        if not 0 <= length <= _READ:
            return None
        return read_body(folder / BODIES, body.sha256)
    except (OSError, zstandard.ZstdError, GatewayError):
        return None
