"""What has to be done and is not: waiting, closing, unlocking, clearing away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from codingagentbench.tasks.mutation.source import Edit, Source

#: Last words of calls that end or free something, lower case without underscores.
_CLOSING: Final = {
    "close", "unlock", "runlock", "release", "done", "flush", "clear", "reset", "pop",
    "popleft", "popfront", "popback", "remove", "discard", "delete", "del", "drop", "free",
    "dispose", "cancel", "stop", "end", "leave", "exit", "finish", "commit", "rollback",
    "notify", "notifyall", "notifyone", "signal", "wake", "erase", "truncate", "detach",
    "unsubscribe", "disconnect", "decrement", "restore", "unpin", "evict", "invalidate",
    "expire", "revoke", "shutdown", "detachall", "removefirst", "removelast", "shift", "sort",
    "signalall", "undo", "forget", "retire", "settle", "seal",
}  # fmt: skip
_NAME: Final = re.compile(r"(\w+)\s*(?:\(|$)")


def dropped(source: Source) -> Iterator[Edit]:
    """An ``await`` left out, or the whole statement of a closing call."""
    grammar = source.grammar
    for node in source.of(grammar.awaits):
        inner = source.written(node)[-1] if node.children[0].type == "await" else None
        if inner is not None:
            yield Edit(node.start_byte, inner.start_byte, b"")
    for statement in source.of(grammar.statements):
        held = source.written(statement)
        if len(held) == 1 and (
            held[0].type in grammar.deletions
            or (held[0].type in (*grammar.calls, *grammar.awaits) and _closes(source.text(held[0])))
        ):
            edit = source.removed(statement)
            if edit is not None:
                yield edit
    for node in source.of(grammar.deletions):
        edit = source.removed(node)
        if edit is not None:
            yield edit


def _closes(call: str) -> bool:
    """Whether the outermost call of this text ends something."""
    head = call.removeprefix("await ").split("(", 1)[0]
    chain = call if head.count(".") == 0 else head
    found = _NAME.search(chain.rsplit(".", 1)[-1])
    return found is not None and found[1].replace("_", "").lower() in _CLOSING
