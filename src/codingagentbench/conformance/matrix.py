"""Checks of many agents as one page of tables, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from codingagentbench.agents import Agent, describe
from codingagentbench.conformance.rows import Conformance, Row

_SIGNS: Final = {"ok": "✓", "bad": "✗", "told": "·", "unknown": "?"}

_BASICS: Final = ("solves Python", "solves Rust", "solves JavaScript")
_TROUBLE: Final = (
    *("429, Retry-After: 1", "429", "500", "503", "cut stream", "malformed event"),
    *("malformed tool call", "empty reply", "slow drip", "context overflow"),
    *("stops on SIGTERM", "exit code tells the truth"),
)
_FIGURES: Final = ("start-up", "memory", "HOME", "litter", "phones home", "leaves no process")

_HEAD: Final = """\
# The agents

Made by `{command}`.

Each row was seen: the agent's own program, in a sandbox without network, against a built-in model
that knows the solution. `cab check -a NAME` does the same for one agent in about a minute, with
your own model if you like. ✓ good, ✗ not, ? could not be seen; `cab check` says what was.
"""

_TROUBLE_HEAD: Final = """
## When things go wrong

Trouble in the first call or two, then all is well: is the task still solved? The last two columns:
does it end when asked to, and does its exit code say so when every call was refused?
"""


def matrix(done: Sequence[Conformance], agents: Mapping[str, Agent], *, command: str) -> str:
    """The page: what was seen of the agents in ``done``, and what is declared of all."""
    return "\n".join(
        (
            _HEAD.format(command=command),
            *_basics(done, agents),
            _TROUBLE_HEAD,
            *_trouble(done),
            "\n## What it takes and leaves\n",
            *_figures(done),
            "\n## As shipped\n",
            *_declared(agents),
            *_unverified(agents),
            "",
        )
    )


def _basics(done: Sequence[Conformance], agents: Mapping[str, Agent]) -> Iterable[str]:
    head = ("agent", "version", "speaks", "Python", "Rust", "JavaScript")
    yield from _table(
        (*head, "streams", "tokens on the wire", "it claims itself"),
        (
            (
                one.agent,
                one.version,
                ", ".join(agents[one.agent].dialects) if one.agent in agents else one.dialect,
                *(_sign(_row(one, name)) for name in _BASICS),
                _said(_row(one, "streams")),
                _said(_row(one, "tokens on the wire")),
                _said(_row(one, "claims")),
            )
            for one in done
        ),
    )


def _trouble(done: Sequence[Conformance]) -> Iterable[str]:
    yield from _table(
        ("agent", *_TROUBLE),
        ((one.agent, *(_sign(_row(one, name)) for name in _TROUBLE)) for one in done),
    )
    yield "\nWhat was seen where the sign is not ✓, and of an endpoint that never answers:\n"
    for one in done:
        rows = [one_row for name in (*_TROUBLE, "hang") if (one_row := _row(one, name))]
        said = "; ".join(f"{row.name}: {row.said}" for row in rows if row.verdict != "ok")
        yield f"- **{one.agent}**: {_plain(said)}"


def _figures(done: Sequence[Conformance]) -> Iterable[str]:
    yield from _table(
        ("agent", *_FIGURES),
        ((one.agent, *(_said(_row(one, name)) for name in _FIGURES)) for one in done),
    )


def _declared(agents: Mapping[str, Agent]) -> Iterable[str]:
    yield from _table(
        (
            "agent",
            "package",
            "runs on",
            "takes",
            "retries",
            "gives up silence",
            "asks for",
            "notes",
        ),
        (
            (
                f"[{name}]({agent.homepage})",
                describe(agent).package,
                describe(agent).runtime,
                ", ".join(agent.takes) or "nothing",
                agent.retries,
                agent.own_timeout,
                _phones(agent),
                " ".join(filter(None, (agent.background, agent.notes))),
            )
            for name, agent in agents.items()
            if not agent.unverified
        ),
    )


def _phones(agent: Agent) -> str:
    off = [name for name in agent.phones if name not in agent.still_phones]
    parts = [f"{', '.join(off)} (switched off)"] if off else []
    return "; ".join((*parts, *(f"{name} (cannot be)" for name in agent.still_phones)))


def _unverified(agents: Mapping[str, Agent]) -> Iterable[str]:
    rows = [(name, a.version, a.unverified) for name, a in agents.items() if a.unverified]
    if rows:
        yield "\n## Never seen to run\n"
        yield "Written after their public documentation; the adapter may be wrong.\n"
        yield from _table(("agent", "version", "why"), rows)


def _row(one: Conformance, name: str) -> Row | None:
    return next((row for row in one.rows if row.name == name), None)


def _sign(row: Row | None) -> str:
    return "" if row is None else _SIGNS[row.verdict]


def _said(row: Row | None) -> str:
    if row is None:
        return ""
    return f"✗ {row.said}" if row.verdict == "bad" else row.said


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterable[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(_plain(cell) for cell in row) + " |"


def _plain(text: str) -> str:
    """Nothing that an agent wrote ends a cell or starts a tag."""
    shown = "".join(c if c.isprintable() else "?" for c in text)
    return shown.replace("|", "\\|").replace("<", "&lt;")
