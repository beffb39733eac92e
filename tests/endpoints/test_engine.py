"""The engine: a pure function that knows from the conversation how far it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from codingagentbench.endpoints import BuiltinServer, Options, Plan
from codingagentbench.endpoints.conversation import (
    Item,
    Reply,
    Request,
    Said,
    Tool,
    ToolAnswer,
    ToolCall,
)
from codingagentbench.endpoints.edits import Edit
from codingagentbench.endpoints.engine import decide, says_failed
from codingagentbench.gateway.dialects import Dialect
from codingagentbench.tasks.model import Task

from .agent import SEARCH_REPLACE, Agent
from .samples import SOLUTION, TREE, files
from .toolsets import OPENCODE, PI, ToolSpec

PLAN = Plan(edits=(Edit(path="f.py", before=b"a\nb\n", after=b"a\nc\n"),), closing="Done.")
TOOLS = tuple(Tool(name=t.name, schema=t.schema) for t in OPENCODE)
BASH = (Tool(name="bash", schema=OPENCODE[3].schema),)


def ask(
    items: tuple[Item, ...] = (), *, tools: tuple[Tool, ...] = TOOLS, plan: Plan = PLAN
) -> Reply:
    request = Request(
        dialect=Dialect.CHAT,
        model="m",
        items=(Said(role="user", text="go"), *items),
        tools=tools,
        stream=False,
        prompt=b"",
    )
    return decide(request, plan, options=Options())


def then(
    items: tuple[Item, ...], answer: str, *, tools: tuple[Tool, ...] = TOOLS
) -> tuple[tuple[Item, ...], str]:
    """The conversation one turn further, and the tool that is called next."""
    call = ask(items, tools=tools).call
    assert call is not None
    items = (*items, call, ToolAnswer(call_id=call.id, text=answer))
    following = ask(items, tools=tools).call
    return items, following.name if following else "none"


def test_it_looks_then_edits_then_checks_then_ends() -> None:
    items, name = then((), "a\nb")
    assert name == "edit"
    items, name = then(items, "The file has been updated.")
    assert name == "bash"
    items, name = then(items, "f.py")
    assert name == "none"
    assert ask(items).text == "Done."


def test_the_same_conversation_gets_the_same_reply() -> None:
    """A retry after a lost answer changes nothing."""
    items, _ = then((), "a\nb")
    assert ask(items) == ask(items)


def test_when_a_way_fails_the_next_one_is_gone_and_at_last_it_says_so() -> None:
    """Edit, then write, then the shell."""
    items, name = then((), "a\nb")
    for wrong, following in (
        ("Error: oldString not found", "write"),
        ("write failed: read-only", "bash"),
    ):
        items, name = then(items, wrong)
        assert following == name
    items, name = then(items, "bash: f.py: Read-only file system")
    assert name == "bash"  # the last look
    items, name = then(items, "f.py")
    assert ask(items).text == "I could not change f.py with the tools at hand."


def test_ids_given_anew_and_defaults_added_are_seen_through() -> None:
    """Some agents number calls themselves; others write out what was left to default."""
    call = ask(()).call
    assert call is not None
    other = replace(call, id="call_1", arguments={**call.arguments, "offset": 1})
    renamed = replace(
        call, id=f"functions.read:{call.id}|fc_9", arguments={"filePath": "/elsewhere"}
    )
    for seen in (other, renamed):
        following = ask((seen, ToolAnswer(call_id=seen.id, text="a\nb"))).call
        assert following is not None
        assert following.name == "edit"


def test_a_call_whose_answer_was_lost_counts_as_failed() -> None:
    items, _ = then((), "a\nb")
    call = ask(items).call
    assert call is not None
    following = ask((*items, call)).call
    assert following is not None
    assert following.name == "write"


def test_a_request_out_of_the_blue_gets_a_few_words() -> None:
    """A title is asked for without tools, in the middle of everything."""
    reply = ask((Said(role="system", text="Make a title"),), tools=())
    assert Reply(text="Work on the task") == reply


def test_foreign_calls_in_the_conversation_do_not_count() -> None:
    """What the agent, or its example, called before says nothing of our own steps."""
    foreign = ToolCall(id="x", name="edit", arguments={"filePath": "other"})
    items = (foreign, ToolAnswer(call_id="x", text="ok"))
    assert ask(()) == ask(items)


def test_a_magic_command_is_the_end_where_the_agent_says_so() -> None:
    """mini-swe-agent: the last command is an echo."""
    said = Said(role="system", text="run `echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT` to end")
    reply = ask((said,), tools=BASH, plan=Plan(closing="Done."))
    assert reply.call is not None
    assert reply.call.arguments["command"] == "echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT"


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("Error: no", True),
        ("<tool_use_error>String to replace not found in file.</tool_use_error>", True),
        ("Could not find the exact text in src/x", True),
        ("File has not been read yet. Read it first", True),
        ("oldString not found in content", True),
        ("Invalid `path` parameter: file already exists.", True),
        ('{"error": "x"}', True),
        ('{"success": false}', True),
        ('{"success": true, "error": null}', False),
        ("Edit applied successfully.", False),
        ("Successfully replaced 1 block(s) in src/lib.rs.", False),
        ("The file /workspace/src/error.rs has been updated.", False),
        ("Wrote file successfully.\nError: from the file's own text", False),
        ("", False),
    ],
)
def test_what_sounds_like_failure(text: str, failed: bool) -> None:
    assert failed == says_failed(text)


async def test_a_refused_block_is_given_again_as_the_whole_file(
    server: BuiltinServer, task: Task, root: Path
) -> None:
    """A text agent that says the block did not match gets all of the file as it was."""
    agent = Agent(
        server.open(task=task),
        root,
        tools=(),
        dialect=Dialect.CHAT,
        stream=False,
        system=SEARCH_REPLACE,
    )
    agent.history += [
        {"role": "assistant", "content": (await agent.run_in_text(limit=1))[0].text},
        {"role": "user", "content": "SEARCH/REPLACE block failed to match!\nsrc/sums.py"},
    ]
    (root / "src/sums.py").write_text(TREE["src/sums.py"])
    got = (await agent.run_in_text(limit=2))[-1]
    assert TREE["src/sums.py"] in got.text
    assert SOLUTION["src/sums.py"] == files(root)["src/sums.py"]


async def test_an_editor_that_breaks_is_worked_around(
    server: BuiltinServer, task: Task, root: Path
) -> None:
    """The tree is right in the end, whichever tool refuses."""

    def broken(name: str) -> ToolSpec:
        tool = next(t for t in PI if t.name == name)
        return ToolSpec(
            name=name,
            properties=tool.properties,
            required=tool.required,
            run=lambda r, a: "Error: permission denied",
        )

    tools = (broken("edit"), broken("write"), *(t for t in PI if t.name in ("read", "bash")))
    agent = Agent(server.open(task=task), root, tools=tools, dialect=Dialect.MESSAGES, stream=True)
    await agent.run()
    assert files(root) == {**TREE, **SOLUTION}
