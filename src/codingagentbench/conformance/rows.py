"""What a conformance check found out of one agent: rows of a table, as plain values."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

#: ``told``: a figure or a fact, neither good nor bad. ``unknown``: it could not be seen.
Verdict = Literal["ok", "bad", "told", "unknown"]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Row(_Value):
    """One question and its answer. ``basic`` rows decide whether an agent can be measured."""

    name: str
    verdict: Verdict
    said: str
    basic: bool = False


class Conformance(_Value):
    """One agent, checked."""

    agent: str
    version: str
    digest: str  # of every installed file
    dialect: str
    model: str
    sandbox: str = "bubblewrap"
    provisional: bool  # a real model answered: another run may say something else
    rows: tuple[Row, ...]
    seconds: float

    @property
    def conforms(self) -> bool:
        """Whether no basic row is bad or unknown."""
        return all(row.verdict in ("ok", "told") for row in self.rows if row.basic)

    def row(self, name: str) -> Row:
        """The row of that name; ``KeyError`` for none."""
        return {row.name: row for row in self.rows}[name]


def judged(name: str, good: bool | None, said: str, *, basic: bool = False) -> Row:
    """A row that is good, bad, or (``None``) not to be seen."""
    verdict: Verdict = "unknown" if good is None else "ok" if good else "bad"
    return Row(name=name, verdict=verdict, said=said, basic=basic)


def told(name: str, said: str) -> Row:
    """A row that says how things are."""
    return Row(name=name, verdict="told", said=said)
