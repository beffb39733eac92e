"""The built-in models: what to answer, as a pure function of the request and a plan.

Nothing is remembered between requests. What has been done is read from the conversation itself,
where each of our own calls is known again by its id or by what it asked for. So a retried request
gets the same reply, a request out of the blue (a title, a summary) gets a short one, and a
conversation that lost its beginning starts again, which does no harm: every way of making an edit
can be gone twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from codingagentbench.endpoints.conversation import (
    Reply,
    Request,
    Said,
    ToolAnswer,
    ToolCall,
    make_call,
)
from codingagentbench.endpoints.edits import Edit, Manner, Plan
from codingagentbench.endpoints.offers import Kind, Offer, Offers, recognise
from codingagentbench.endpoints.options import Options
from codingagentbench.endpoints.shell import WRITTEN, write_command
from codingagentbench.endpoints.textforms import TextForm, text_form

#: What an agent says in its instructions when a magic command is its only way to be told the end.
_SUBMIT = "COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT"

_FAILED = re.compile(
    r"\s*(<\w+>\s*)?([\w. -]{0,40}\b)?"
    r"(error|failed|failure|fail|could not|cannot|can't|invalid|not found|no such|no changes?"
    r"|unknown tool|unable|denied|refused|rejected|must be|must read|has not been read)\b",
    re.IGNORECASE,
)

RAMBLE = "Let me think about this from one more side before I change anything. "


@dataclass(frozen=True, kw_only=True)
class _Move:
    """One call towards an edit, and how its answer is judged."""

    call: ToolCall
    kind: Kind

    def worked(self, answer: ToolAnswer) -> bool:
        if self.kind is Kind.READ:
            return True
        if self.kind is Kind.SHELL:
            return WRITTEN in answer.text
        return not answer.error and not says_failed(answer.text)


def decide(request: Request, plan: Plan, *, options: Options) -> Reply:
    """The next reply in this conversation."""
    if plan.manner is Manner.SILENT:
        return Reply()
    offers = recognise(request.tools, workspace=options.workspace)
    if not offers:
        return _in_text(request, plan, options)
    if plan.manner is Manner.ENDLESS:
        return _ramble(request, plan, offers, options)
    return _with_tools(request, plan, offers)


def says_failed(text: str) -> bool:
    """Whether a tool's answer begins like a failure; a file's text further down says nothing."""
    stripped = text.strip()
    if stripped.startswith("{"):
        try:
            found = json.loads(stripped)
        except ValueError:
            found = {}
        if isinstance(found, dict):
            return bool(found.get("error")) or found.get("success") is False
    first = stripped.splitlines()[0] if stripped else ""
    return _FAILED.match(first) is not None


def _with_tools(request: Request, plan: Plan, offers: Offers) -> Reply:
    past, failed = _Past(request), []
    for edit in plan.edits:
        done = False
        for move in _moves(edit, offers):
            answer = past.answer_to(move.call)
            if answer is None:
                return Reply(text=_WORDS[move.kind].format(path=edit.path), call=move.call)
            if move.kind is not Kind.READ and move.worked(answer):
                done = True
                break
        if not done:
            failed.append(edit.path)
    closing = plan.closing
    if failed:
        closing = f"I could not change {', '.join(failed)} with the tools at hand."
    return _close(request, plan, offers, closing, past)


_WORDS: Mapping[Kind, str] = {
    Kind.READ: "I will look at {path} first.",
    Kind.EDIT: "I see what is wrong in {path} and will change it.",
    Kind.WRITE: "I will write {path}.",
    Kind.SHELL: "I will write {path} from the shell.",
}


def _moves(edit: Edit, offers: Offers) -> Iterator[_Move]:
    """All ways to make an edit, the best first; looking at a file comes before touching it."""
    span, text = edit.span(), edit.new_text
    reader, editor = offers.get(Kind.READ), offers.get(Kind.EDIT)
    writer, shell = offers.get(Kind.WRITE), offers.get(Kind.SHELL)
    if reader and edit.before is not None and ((editor and span) or (writer and text)):
        yield _Move(kind=Kind.READ, call=_ask(reader, path=edit.path))
    if editor and span:
        yield _Move(kind=Kind.EDIT, call=_ask(editor, path=edit.path, old=span.old, new=span.new))
    if writer and text is not None:
        yield _Move(kind=Kind.WRITE, call=_ask(writer, path=edit.path, content=text))
    if shell:
        yield _Move(kind=Kind.SHELL, call=_ask(shell, command=write_command(edit)))


def _close(request: Request, plan: Plan, offers: Offers, closing: str, past: _Past) -> Reply:
    """Look once at what was done, then say so, in the agent's own way of ending if it has one."""
    shell, finish = offers.get(Kind.SHELL), offers.get(Kind.FINISH)
    if shell and plan.edits:
        look = _ask(shell, command="ls -l " + " ".join(_quoted(e.path) for e in plan.edits))
        if past.answer_to(look) is None:
            return Reply(text="Let me check that everything is in place.", call=look)
    end = None
    if finish:
        words = {"words": closing} if finish.recogniser.slots else {}
        end = _ask(finish, **words)
    elif shell and _SUBMIT in request.said_by("system", "user"):
        end = _ask(shell, command=f"echo {_SUBMIT}")
    if end is not None and past.answer_to(end) is None:
        return Reply(text=closing, call=end)
    return Reply(text=closing)


def _ramble(request: Request, plan: Plan, offers: Offers, options: Options) -> Reply:
    """Long words and one more harmless look, for ever, never twice quite the same."""
    turn = request.replies
    text = (RAMBLE * (options.ramble // len(RAMBLE) + 1))[: options.ramble]
    looks = plan.looks or (".",)
    path = looks[turn % len(looks)]
    if shell := offers.get(Kind.SHELL):
        command = f"ls -l {_quoted(path)} # look {turn + 1}"
        return Reply(text=text, call=_ask(shell, salt=str(turn), command=command))
    if reader := offers.get(Kind.READ):
        return Reply(text=text, call=_ask(reader, salt=str(turn), path=path))
    return Reply(text=text)


def _in_text(request: Request, plan: Plan, options: Options) -> Reply:
    """A text protocol where the agent explains one; else a few words, as for a title."""
    form = text_form(request.said_by("system", "user"))
    if form is None:
        return Reply(text="Work on the task")
    if plan.manner is Manner.ENDLESS:
        return _ramble_in_text(request, plan, form, options)
    mine, failed, blocks = _read_replies(request, form), [], []
    for edit in plan.edits:
        if edit.new_text is None:
            failed.append(edit.path)
            continue
        ways = [way(edit) for way in form.ways]
        given = [way for way in ways if way in mine]
        if not given:
            blocks.append(ways[0])
        elif _complained(request, form, edit.path, given[-1]):
            left = [way for way in ways if way not in given]
            blocks.extend(left[:1])
            failed.extend([] if left else [edit.path])
    if blocks:
        return Reply(text="This is the change:\n\n" + "\n\n".join(blocks) + "\n")
    if failed:
        return Reply(text=f"I could not change {', '.join(failed)}.")
    return Reply(text=plan.closing)


def _read_replies(request: Request, form: TextForm) -> str:
    """What was said so far, without the replies whose edits the agent did not look at."""
    texts = [item for item in request.items if isinstance(item, Said)]
    read = []
    for said, following in zip(texts, [*texts[1:], None], strict=True):
        answer = following.text if following and following.role != "assistant" else ""
        if said.role == "assistant" and not any(mark in answer for mark in form.unread):
            read.append(said.text)
    return "\n".join(read)


def _complained(request: Request, form: TextForm, path: str, block: str) -> bool:
    """Whether, after the reply with this block, the agent said that it did not fit."""
    texts = [item for item in request.items if isinstance(item, Said)]
    last = max(n for n, said in enumerate(texts) if said.role == "assistant" and block in said.text)
    after = "\n".join(said.text for said in texts[last + 1 :] if said.role != "assistant")
    return path in after and any(words in after for words in form.failed)


def _ramble_in_text(request: Request, plan: Plan, form: TextForm, options: Options) -> Reply:
    """A change that cannot be applied: most agents say so and ask again, a few times."""
    turn = request.replies
    text = (RAMBLE * (options.ramble // len(RAMBLE) + 1))[: options.ramble]
    path = plan.looks[turn % len(plan.looks)] if plan.looks else "README.md"
    nowhere = f"a line that is nowhere in this file, {turn + 1}\n".encode()
    edit = Edit(path=path, before=nowhere, after=nowhere * 2)
    return Reply(text=f"{text}\n\n{form.ways[0](edit)}\n")


def _ask(offer: Offer, *, salt: str = "", **values: str) -> ToolCall:
    return make_call(offer.tool.name, offer.arguments(**values), salt=salt)


def _quoted(path: str) -> str:
    return path if re.fullmatch(r"[\w./-]+", path) else "'" + path.replace("'", "'\\''") + "'"


class _Past:
    """The calls of a conversation with their answers."""

    def __init__(self, request: Request) -> None:
        self._calls = [item for item in request.items if isinstance(item, ToolCall)]
        answers = [item for item in request.items if isinstance(item, ToolAnswer)]
        self._answers = {answer.call_id: answer for answer in answers}

    def answer_to(self, wanted: ToolCall) -> ToolAnswer | None:
        """What came back for this call; ``None`` when it was not made yet.

        An agent may give ids of its own or add defaults to the arguments; it does not do both.
        """
        for call in self._calls:
            if wanted.id in call.id or _asks_for(call, wanted):
                lost = ToolAnswer(call_id=call.id, text="error: no answer", error=True)
                return self._answers.get(call.id, lost)
        return None


def _asks_for(call: ToolCall, wanted: ToolCall) -> bool:
    same = {key: call.arguments.get(key) for key in wanted.arguments} == dict(wanted.arguments)
    return call.name == wanted.name and same and bool(wanted.arguments)
