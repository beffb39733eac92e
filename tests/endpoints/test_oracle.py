"""The oracle solves a task through whatever is offered, in every dialect."""

from __future__ import annotations

from pathlib import Path

import aiohttp
import pytest

from codingagentbench.endpoints import BuiltinServer
from codingagentbench.gateway.dialects import Dialect
from codingagentbench.tasks.model import Task

from .agent import SEARCH_REPLACE, Agent
from .clients import post
from .samples import SOLUTION, TREE, files
from .toolsets import TOOLSETS

SOLVED = {**TREE, **SOLUTION}


@pytest.mark.parametrize("stream", [True, False], ids=["streamed", "whole"])
@pytest.mark.parametrize("dialect", Dialect)
@pytest.mark.parametrize("toolset", [name for name in TOOLSETS if name != "edit only"])
async def test_it_solves_the_task_with_these_tools(
    server: BuiltinServer, task: Task, root: Path, toolset: str, dialect: Dialect, stream: bool
) -> None:
    """The tree ends up as the reference solution has it, and the last word is text."""
    conversation = server.open(task=task)
    agent = Agent(conversation, root, tools=TOOLSETS[toolset], dialect=dialect, stream=stream)
    got = await agent.run()
    assert files(root) == SOLVED
    assert got[-1].text == "The task is done; the change is in place."
    assert len(got) == len(conversation.truth().calls)


async def test_with_an_edit_tool_alone_it_changes_what_it_can(
    server: BuiltinServer, task: Task, root: Path
) -> None:
    """A file that exists is edited; the new one cannot be made, and it says so."""
    agent = Agent(
        server.open(task=task),
        root,
        tools=TOOLSETS["edit only"],
        dialect=Dialect.CHAT,
        stream=False,
    )
    got = await agent.run()
    assert {**TREE, "src/sums.py": SOLUTION["src/sums.py"]} == files(root)
    assert got[-1].text == "I could not change src/it's new/help me.txt with the tools at hand."


async def test_it_solves_the_task_in_search_replace_blocks(
    server: BuiltinServer, tmp_path: Path, task: Task, root: Path
) -> None:
    """Without tools, where the instructions explain SEARCH/REPLACE, the reply holds the blocks."""
    agent = Agent(
        server.open(task=task),
        root,
        tools=(),
        dialect=Dialect.CHAT,
        stream=False,
        system=SEARCH_REPLACE,
    )
    await agent.run_in_text()
    assert SOLUTION["src/sums.py"] == files(root)["src/sums.py"]


async def test_it_says_a_change_again_that_the_agent_left_aside(
    server: BuiltinServer, task: Task, root: Path
) -> None:
    """Some agents first take the files that a reply names into the chat, and read no change."""
    conversation = server.open(task=task)
    agent = Agent(
        conversation, root, tools=(), dialect=Dialect.CHAT, stream=False, system=SEARCH_REPLACE
    )
    async with aiohttp.ClientSession() as session:
        first = await post(session, conversation, Dialect.CHAT, agent.body())
        agent.history += [
            {"role": "assistant", "content": first.text},
            {"role": "user", "content": "I added these files to the chat: src/sums.py\nOthers?"},
        ]
        again = await post(session, conversation, Dialect.CHAT, agent.body())
        agent.history += [
            {"role": "assistant", "content": again.text},
            {"role": "user", "content": "Go on."},
        ]
        last = await post(session, conversation, Dialect.CHAT, agent.body())
    assert "<<<<<<< SEARCH" in first.text
    assert first.text == again.text
    assert "<<<<<<< SEARCH" not in last.text
