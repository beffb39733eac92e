"""What agents say of themselves: read from what they write, whatever they write."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codingagentbench.agents import AGENTS
from codingagentbench.agents.claims import amount, json_in

TELLING = [agent for agent in AGENTS.values() if agent.claims is not None]
EVERY = pytest.mark.parametrize("agent", TELLING, ids=lambda agent: agent.name)


def rows(*values: object) -> str:
    return "\n".join(map(json.dumps, values))


@pytest.mark.parametrize(
    ("name", "text", "claimed"),
    [
        ("aider", "Tokens: 2.3k sent, 50 received.\nx\nTokens: 2.5k sent, 1k hit, 7 received.",
         {"input": 4800, "output": 57}),
        ("codex", "done\n\x1b[2mtokens used\x1b[0m\n10,497\n", {"total": 10497}),
        ("claude-code",
         rows({"type": "user"}, {"type": "cost-state", "modelUsage": {"m": {
             "inputTokens": 4, "outputTokens": 3, "cacheReadInputTokens": 20,
             "cacheCreationInputTokens": 6}}}),
         {"input": 30, "cached": 20, "output": 3}),
        ("copilot",
         rows({"type": "session.shutdown", "data": {"modelMetrics": {"m": {"usage": {
             "inputTokens": 30, "outputTokens": 3, "cacheReadTokens": 20}}}}}),
         {"input": 30, "cached": 20, "output": 3}),
        ("qwen-code",
         rows({"models": {"m": {"inputTokens": 30, "outputTokens": 3, "cachedTokens": 20}}}),
         {"input": 30, "cached": 20, "output": 3}),
        ("cline",
         json.dumps({"metadata": {"aggregateUsage": {
             "inputTokens": 30, "outputTokens": 3, "cacheReadTokens": 20}}}, indent=2) + "{}",
         {"input": 30, "cached": 20, "output": 3}),
        ("gptme",
         rows({"role": "user"}, {"metadata": {"usage": {
             "input_tokens": 10, "cache_read_tokens": 20, "output_tokens": 3}}}),
         {"input": 30, "cached": 20, "output": 3}),
        ("mini-swe-agent",
         json.dumps({"messages": [{"role": "user"}, {"extra": {"response": {"usage": {
             "prompt_tokens": 30, "completion_tokens": 3, "total_tokens": 33}}}}]}),
         {"input": 30, "output": 3}),
        ("openhands",
         json.dumps({"stats": {"usage_to_metrics": {"agent": {"accumulated_token_usage": {
             "prompt_tokens": 30, "completion_tokens": 3, "cache_read_tokens": 20}}}}}),
         {"input": 30, "cached": 20, "output": 3}),
    ],
)  # fmt: skip
def test_the_count_is_found(name: str, text: str, claimed: dict[str, int]) -> None:
    claims = AGENTS[name].claims
    assert claims is not None
    assert claimed == claims.read(text)


@EVERY
def test_nothing_said_is_nothing_claimed(agent: object) -> None:
    assert not _read(agent, "")
    assert not _read(agent, "no JSON\n{broken")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["type", "data", "models", "modelUsage", "modelMetrics", "messages",
                         "extra", "metadata", "usage", "stats", "usage_to_metrics",
                         "aggregateUsage", "cost-state", "session.shutdown"]),
        inner, max_size=3,
    ),
    max_leaves=12,
)  # fmt: skip


@EVERY
@given(values=st.lists(JSON, max_size=4), text=st.text(max_size=40))
def test_no_file_is_too_odd(agent: object, values: list[object], text: str) -> None:
    """An agent writes what it likes."""
    for value in values:
        if isinstance(value, dict):
            value["type"] = "cost-state"
    _read(agent, rows(*values) + text)
    for value in values:
        if isinstance(value, dict):
            value["type"] = "session.shutdown"
    _read(agent, rows(*values) + f"Tokens: {text} sent, {text} received. tokens used {text}")


def _read(agent: object, text: str) -> object:
    return agent.claims.read(text)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "number"), [("1.2k", 1200), ("3,456", 3456), ("2M", 2_000_000), ("..", 0), ("k", 0)]
)
def test_amounts(text: str, number: int) -> None:
    assert number == amount(text)


def test_values_stand_one_after_the_other() -> None:
    assert [{"a": 1}, [2], {}] == list(json_in('{"a": 1}\n garbage [2]{"cut": {}'))
