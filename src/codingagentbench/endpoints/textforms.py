"""Edits as plain text, for agents that offer no tools but read their changes out of the reply."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from codingagentbench.endpoints.edits import Edit, whole_lines

Render = Callable[[Edit], str]


@dataclass(frozen=True, kw_only=True)
class TextForm:
    """One way of writing edits. ``marks``: strings that are all in the agent's instructions.

    ``ways`` are tried in order: the next one when the agent says that the last did not fit.
    """

    name: str
    marks: tuple[str, ...]
    ways: tuple[Render, ...]
    failed: tuple[str, ...]  # how the agent says so
    unread: tuple[str, ...] = ()  # how the agent says that it left the last reply's edits aside


def _block(path: str, old: str, new: str) -> str:
    tick = _fence(old + new)
    return f"{path}\n{tick}\n<<<<<<< SEARCH\n{old}=======\n{new}>>>>>>> REPLACE\n{tick}"


def _search_replace(edit: Edit) -> str:
    span = edit.span()
    return _block(edit.path, *span.lines()) if span else _search_replace_whole(edit)


def _search_replace_whole(edit: Edit) -> str:
    return _block(edit.path, whole_lines(edit.old_text or ""), whole_lines(edit.new_text or ""))


def _whole_file(edit: Edit) -> str:
    text = whole_lines(edit.new_text or "")
    tick = _fence(text)
    return f"{edit.path}\n{tick}\n{text}{tick}"


def _save(edit: Edit) -> str:
    text = whole_lines(edit.new_text or "")
    tick = _fence(text)
    return f"{tick}save {edit.path}\n{text}{tick}"


def _patch(edit: Edit) -> str:
    span = edit.span()
    if span is None:
        return _save(edit)
    old, new = span.lines()
    tick = _fence(old + new)
    head = f"{tick}patch {edit.path}\n<<<<<<< ORIGINAL\n"
    return f"{head}{old}=======\n{new}>>>>>>> UPDATED\n{tick}"


def _fence(text: str) -> str:
    tick = "```"
    while tick in text:
        tick += "`"
    return tick


#: Read top to bottom; the first form all of whose marks are in the instructions is used.
FORMS: Final[Sequence[TextForm]] = (
    TextForm(
        name="search-replace",
        marks=("<<<<<<< SEARCH", ">>>>>>> REPLACE"),
        ways=(_search_replace, _search_replace_whole),
        failed=("failed to match", "not exactly match"),
        # aider first takes the files that a reply names into the chat, then wants it said again.
        unread=("I added these files to the chat:",),
    ),
    TextForm(
        name="whole-file",
        marks=("*file listing*",),
        ways=(_whole_file,),
        failed=(),
    ),
    TextForm(
        name="code-blocks",
        marks=("```save", "```patch"),
        ways=(_patch, _save),
        failed=("Error", "error during"),
    ),
)


def text_form(instructions: str) -> TextForm | None:
    """The form these instructions ask for; ``None`` when they ask for none that we know."""
    fitting = (form for form in FORMS if all(mark in instructions for mark in form.marks))
    return next(fitting, None)
