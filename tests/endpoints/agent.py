"""A whole coding agent in a page: asks the model, does what it says, stops when it is done."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import aiohttp

from codingagentbench.endpoints import Conversation
from codingagentbench.gateway.dialects import Dialect

from .clients import Got, post
from .toolsets import ToolSpec, apply_search_replace

SEARCH_REPLACE = """Answer with *SEARCH/REPLACE* blocks, each like this:
path/to/file
```
<<<<<<< SEARCH
old
=======
new
>>>>>>> REPLACE
```
"""


_ASKED = "Please fix it."


class Agent:
    """Holds one conversation in one dialect, streamed or not, with these tools in this folder."""

    def __init__(
        self,
        conversation: Conversation,
        root: Path,
        *,
        tools: Sequence[ToolSpec],
        dialect: Dialect,
        stream: bool,
        system: str = "You are a coding agent.",
    ) -> None:
        self.conversation, self.root, self.dialect = conversation, root, dialect
        self.tools = {tool.name: tool for tool in tools}
        self.stream, self.system = stream, system
        gemini = dialect is Dialect.GEMINI
        said = {"parts": [{"text": _ASKED}]} if gemini else {"content": _ASKED}
        self.history: list[Any] = [{"role": "user", **said}]
        self.got: list[Got] = []

    async def run(self, *, limit: int = 30) -> list[Got]:
        """All answers until one without a tool call, or ``limit`` of them."""
        async with aiohttp.ClientSession() as session:
            while len(self.got) < limit:
                got = await post(session, self.conversation, self.dialect, self.body())
                self.got.append(got)
                answers = [(i, self.tools[name].run(self.root, a)) for i, name, a in got.calls]
                _REMEMBER[self.dialect](self.history, got, answers)
                if any(name == "finish" for _, name, _ in got.calls) or not got.calls:
                    break
        return self.got

    async def run_in_text(self, *, limit: int = 5) -> list[Got]:
        """The same for an agent that reads its changes out of the reply."""
        async with aiohttp.ClientSession() as session:
            while len(self.got) < limit:
                got = await post(session, self.conversation, self.dialect, self.body())
                self.got.append(got)
                self.history.append({"role": "assistant", "content": got.text})
                complaints = apply_search_replace(self.root, got.text)
                if not complaints:
                    break
                self.history.append({"role": "user", "content": "\n".join(complaints)})
        return self.got

    def body(self) -> dict[str, Any]:
        return _BODIES[self.dialect](self)


def _chat_body(agent: Agent) -> dict[str, Any]:
    body: dict[str, Any] = {
        "model": "m",
        "messages": [{"role": "system", "content": agent.system}, *agent.history],
        "stream": agent.stream,
    }
    if agent.stream:
        body["stream_options"] = {"include_usage": True}
    if agent.tools:
        body["tools"] = [
            {
                "type": "function",
                "function": {
                    "name": tool.name,
                    "description": tool.description,
                    "parameters": tool.schema,
                },
            }
            for tool in agent.tools.values()
        ]
    return body


def _responses_body(agent: Agent) -> dict[str, Any]:
    tools = [
        {"type": "function", "name": t.name, "description": t.description, "parameters": t.schema}
        for t in agent.tools.values()
    ]
    return {
        "model": "m",
        "instructions": agent.system,
        "input": agent.history,
        "tools": [*tools, {"type": "web_search"}],
        "stream": agent.stream,
        "store": False,
        "include": ["reasoning.encrypted_content"],
    }


def _messages_body(agent: Agent) -> dict[str, Any]:
    tools = [
        {"name": t.name, "description": t.description, "input_schema": t.schema}
        for t in agent.tools.values()
    ]
    mark = {"cache_control": {"type": "ephemeral"}}
    return {
        "model": "m",
        "max_tokens": 1000,
        "system": [{"type": "text", "text": agent.system, **mark}],
        "messages": agent.history,
        "tools": tools,
        "stream": agent.stream,
    }


def _gemini_body(agent: Agent) -> dict[str, Any]:
    declared = [
        {"name": t.name, "description": t.description, "parametersJsonSchema": t.schema}
        for t in agent.tools.values()
    ]
    return {
        "systemInstruction": {"role": "user", "parts": [{"text": agent.system}]},
        "contents": agent.history,
        "tools": [{"functionDeclarations": declared}] if declared else [],
        "stream": agent.stream,  # for the client: it makes the path of it
    }


_BODIES = {
    Dialect.CHAT: _chat_body,
    Dialect.RESPONSES: _responses_body,
    Dialect.MESSAGES: _messages_body,
    Dialect.GEMINI: _gemini_body,
}


def _chat_remember(history: list[Any], got: Got, answers: list[tuple[str, str]]) -> None:
    calls = [
        {"id": i, "type": "function", "function": {"name": name, "arguments": json.dumps(a)}}
        for i, name, a in got.calls
    ]
    message = {"role": "assistant", "content": got.text or None}
    history.append({**message, "tool_calls": calls} if calls else message)
    history.extend({"role": "tool", "tool_call_id": i, "content": text} for i, text in answers)


def _responses_remember(history: list[Any], got: Got, answers: list[tuple[str, str]]) -> None:
    history.extend(got.output)
    history.extend(
        {"type": "function_call_output", "call_id": i, "output": text} for i, text in answers
    )


def _messages_remember(history: list[Any], got: Got, answers: list[tuple[str, str]]) -> None:
    blocks: list[dict[str, Any]] = [{"type": "text", "text": got.text}] if got.text else []
    blocks += [{"type": "tool_use", "id": i, "name": n, "input": a} for i, n, a in got.calls]
    history.append({"role": "assistant", "content": blocks})
    results = [
        {
            "type": "tool_result",
            "tool_use_id": i,
            "content": [{"type": "text", "text": text}],
            "is_error": text.startswith("Error"),
        }
        for i, text in answers
    ]
    if results:
        history.append({"role": "user", "content": results})


def _gemini_remember(history: list[Any], got: Got, answers: list[tuple[str, str]]) -> None:
    """As Google's own client: without ids, a call's answer is told by its name."""
    parts: list[dict[str, Any]] = [{"text": got.text}] if got.text else []
    parts += [{"functionCall": {"name": name, "args": a}} for _, name, a in got.calls]
    history.append({"role": "model", "parts": parts})
    names = [name for _, name, _ in got.calls]
    results = [
        {"functionResponse": {"name": name, "response": {"output": text}}}
        for name, (_, text) in zip(names, answers, strict=True)
    ]
    if results:
        history.append({"role": "user", "parts": results})


_REMEMBER = {
    Dialect.CHAT: _chat_remember,
    Dialect.RESPONSES: _responses_remember,
    Dialect.MESSAGES: _messages_remember,
    Dialect.GEMINI: _gemini_remember,
}
