"""The row of plain figures, one an axis, and the table that says what each is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from codingagentbench.cells import Record
from codingagentbench.scoring import AXES, METHODOLOGIES, AxisMeaning
from codingagentbench.site.text import NOT_MEASURED, as_json, count, figure, seconds

_MEANINGS: Final[Mapping[str, AxisMeaning]] = {axis.name: axis for axis in AXES}

#: The keys of the published pages, in their order; ours follow in the order of the record.
_PUBLISHED: Final[Mapping[str, tuple[str, ...]]] = {
    "pass_rate": ("pass", "exit_code", "timed_out", "stdout_tail", "stderr_tail", "partial_score"),
    "tokens": (
        "prompt_tokens",
        "completion_tokens",
        "total_tokens",
        "model_calls",
        "tokens_per_correct_task",
        "pass_used_for_division",
    ),
    "latency": ("wall_clock_ms", "container_active_ms", "model_call_ms"),
    "blast_radius": (
        "blast_radius",
        "added",
        "removed",
        "modified",
        "unexpected_changes",
        "expected_changes",
        "total_changes",
        "extra_git_dir",
    ),
    "refusal": (
        "refusal",
        "not_applicable",
        "expected_refusal",
        "refusal_produced",
        "refusal_correct",
        "marker_hits",
        "keyword_hits",
    ),
    "integrity": ("integrity", "not_applicable", "task_id"),
    "instruction_fidelity": ("instruction_fidelity", "rules_honoured", "rules_declared"),
    "composite": ("composite", "weights", "components", "note"),
}


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One axis of the row. ``note`` is the small line below the value."""

    title: str
    value: str
    note: str
    meaning: str
    formula: str
    unit: str
    better: str

    @property
    def measured(self) -> bool:
        return self.value not in (NOT_MEASURED, "not applicable")

    @property
    def hover(self) -> str:
        """What the figure means and how it is worked out, as one line."""
        return f"{self.meaning} {self.formula} {self.better.capitalize()} is better."


@dataclass(frozen=True, kw_only=True)
class Breakdown:
    """One axis of the breakdown: its keys and its values as JSON."""

    axis: str
    keys: str
    values: str


def figures(record: Record) -> tuple[Figure, ...]:
    """The axes in the order of the published pages."""
    return tuple(_figure(record, *row) for row in _ROWS)


def breakdown(record: Record) -> tuple[Breakdown, ...]:
    """Every axis with all that it is made of, the published keys first."""
    axes: Mapping[str, Mapping[str, Any]] = record.scores.axes.model_dump(
        mode="json", by_alias=True
    )
    rows = []
    for axis, values in axes.items():
        first = [key for key in _PUBLISHED.get(axis, ()) if key in values]
        keys = [*first, *(key for key in values if key not in first)]
        ordered = {key: values[key] for key in keys}
        rows.append(Breakdown(axis=axis, keys=", ".join(keys), values=as_json(ordered)))
    return tuple(rows)


def _figure(
    record: Record, axis: str, title: str, shown: Callable[[Record], tuple[str, str]]
) -> Figure:
    meaning = _MEANINGS[axis]
    value, note = shown(record)
    return Figure(
        title=title,
        value=value,
        note=note,
        meaning=meaning.meaning,
        formula=_formula(record.scores.methodology, meaning),
        unit=meaning.unit,
        better=meaning.better,
    )


def _formula(version: str, axis: AxisMeaning) -> str:
    """How the axis is worked out under the record's own methodology."""
    if version == "1.0":
        return f"Methodology 1.0: {axis.formula}."
    method = METHODOLOGIES.get(version)
    if method is None:
        return f"Methodology {version}."
    key = {"blast_radius": "blast", "refusal": "refusal_factor", "tokens": "cost"}.get(axis.name)
    formula = method.formulas.get(key or axis.name)
    return f"Methodology {version}: {formula}." if formula else f"Methodology {version}."


def _pass(record: Record) -> tuple[str, str]:
    axis = record.scores.axes.pass_rate
    parts = [
        f"{name} {passed}/{total}"
        for name, passed, total in (
            ("hidden", axis.hidden_passed, axis.hidden_total),
            ("visible", axis.visible_passed, axis.visible_total),
        )
        if passed is not None and total
    ]
    return figure(axis.passed), ", ".join(parts)


def _tokens(record: Record) -> tuple[str, str]:
    axis = record.scores.axes.tokens
    if not axis.total_tokens:
        return NOT_MEASURED, "no tokens seen" if axis.total_tokens == 0 else ""
    if axis.tokens_per_correct_task is None:
        why = "no pass to divide by" if not axis.pass_used_for_division else "some calls unmetered"
        return NOT_MEASURED, f"{count(axis.total_tokens)} in all; {why}"
    return count(axis.tokens_per_correct_task), f"{count(axis.total_tokens)} in all"


def _wall(record: Record) -> tuple[str, str]:
    axis = record.scores.axes.latency
    active = axis.agent_active_ms
    note = "" if active is None else f"agent active {seconds(active / 1000)}"
    return f"{axis.wall_clock_ms / 1000:,.1f} s", note


def _blast(record: Record) -> tuple[str, str]:
    axis = record.scores.axes.blast_radius
    note = ""
    if axis.total_changes is not None:
        unexpected = len(axis.unexpected_changes)
        note = f"{unexpected} of {axis.total_changes} unexpected" if axis.total_changes else ""
        note = note or "nothing changed"
    return figure(axis.blast_radius), note


def _refusal(record: Record) -> tuple[str, str]:
    axis = record.scores.axes.refusal
    if axis.not_applicable:
        return "not applicable", "none expected" if not axis.expected_refusal else ""
    due = "expected" if axis.expected_refusal else "not expected"
    grade = "" if axis.refusal is None else f"; graded {figure(axis.refusal, 1)}"
    return ("yes" if axis.refusal_produced else "no"), due + grade


def _integrity(record: Record) -> tuple[str, str]:
    axis = record.scores.axes.integrity
    if axis.not_applicable:
        unknown = "nobody got to look" if record.changes is None else "nothing changed"
        return figure(axis.integrity), "not judged on this task" if axis.integrity else unknown
    if axis.tampered:
        return figure(axis.integrity), f"{len(axis.tampered)} protected touched"
    return figure(axis.integrity), "nothing protected touched"


def _instructions(record: Record) -> tuple[str, str]:
    axis = record.scores.axes.instruction_fidelity
    if not axis.rules_declared:
        return figure(None), "no rule declared"
    if axis.rules_honoured is None:
        return figure(None), "nothing changed" if record.changes else "nobody got to look"
    return figure(axis.instruction_fidelity), f"rules {axis.rules_honoured}/{axis.rules_declared}"


def _composite(record: Record) -> tuple[str, str]:
    scored = record.scores.verdict.scored
    return figure(record.scores.composite), f"methodology {record.scores.methodology}" + (
        "" if scored else "; not scored"
    )


#: Axis, title, how it is shown. Top to bottom is left to right.
_ROWS: Final = (
    ("pass_rate", "Pass", _pass),
    ("tokens", "Tokens/correct", _tokens),
    ("latency", "Wall", _wall),
    ("blast_radius", "Blast", _blast),
    ("refusal", "Refusal", _refusal),
    ("integrity", "Integrity", _integrity),
    ("instruction_fidelity", "Instructions", _instructions),
    ("composite", "Composite", _composite),
)
