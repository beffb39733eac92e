"""One attempt as a story of five lines; the last says what to open next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich.markup import escape

from codingagentbench.cli.output import console, count, figure, seconds

if TYPE_CHECKING:
    from codingagentbench.cells import Record

_MARKS = {True: "[bold green]", False: "[bold red]", None: "[bold yellow]"}


def print_record(record: Record, *, page: Path | None = None) -> None:
    """Print what happened, how long each step took, and what came of it."""
    out = console()
    spec = record.spec
    where = spec.sandbox if record.exit is None else f"{record.exit.backend}, {record.exit.limits}"
    out.print(
        f"[bold]{escape(spec.label)}[/] {escape(spec.agent_version)} x "
        f"[bold]{escape(spec.model)}[/]   {escape(spec.task)}#run{spec.run}   {where}"
    )
    for name, took, said in _lines(record):
        out.print(f"  {name:<10} {took:>9}   {escape(said)}")
    verdict = record.scores.verdict
    solved = verdict.scored and (record.scores.composite or 0) > 0
    mark = _MARKS[solved if verdict.scored else None]
    out.print(f"  {mark}{verdict.outcome}[/]   {escape(_figures(record))}")
    if str(verdict.outcome) != "passed":
        out.print(f"  {escape(verdict.detail)}")
    if page is not None:
        out.print(f"page  {escape(_short(page))}")


def _lines(record: Record) -> list[tuple[str, str, str]]:
    timing = record.timing
    lines = [("workspace", seconds(timing.workspace_s), "a fresh copy of the task's tree")]
    if record.exit is not None:
        lines.append(("agent", seconds(timing.agent_s), _agent(record)))
    if record.changes is not None:
        lines.append(("changes", seconds(timing.changes_s), _changes(record)))
    if record.verification is not None:
        lines.append(("verify", seconds(timing.verify_s), _verify(record)))
    return lines


def _agent(record: Record) -> str:
    assert record.exit is not None
    totals = record.ledger.totals
    cached = f" ({count(totals.cached)} cached)" if totals.cached else ""
    failed = f", {totals.failed_calls} failed" if totals.failed_calls else ""
    killed = f", stopped: {record.exit.killed_by}" if record.exit.killed_by else ""
    return (
        f"{totals.calls} calls{failed}, {count(totals.input)} tokens in{cached}, "
        f"{count(totals.output)} out, exit {record.exit.code}{killed}"
    )


def _changes(record: Record) -> str:
    assert record.changes is not None
    changes, blast = record.changes, record.scores.axes.blast_radius
    parts = [
        f"{len(paths)} {kind}: {_some(paths)}"
        for kind, paths in (
            ("modified", changes.modified),
            ("added", changes.added),
            ("removed", changes.removed),
        )
        if paths
    ]
    if not parts:
        return "nothing changed"
    unexpected = len(blast.unexpected_changes)
    return f"{'; '.join(parts)}; {unexpected or 'none'} unexpected"


def _verify(record: Record) -> str:
    verification = record.verification
    assert verification is not None
    if verification.broken:
        return f"broken: {verification.broken}"
    parts = []
    for suite in ("hidden", "visible"):
        tests = [t for t in verification.tests if t.suite == suite]
        if tests:
            parts.append(f"{suite} {sum(t.outcome == 'pass' for t in tests)}/{len(tests)}")
    if verification.timed_out:
        parts.append("timed out")
    elif not verification.sound:
        parts.append("report not sound")
    return ", ".join(parts)


def _figures(record: Record) -> str:
    scores = record.scores
    return (
        f"composite {figure(scores.composite)}   "
        f"blast {figure(scores.axes.blast_radius.blast_radius)}   "
        f"integrity {figure(scores.axes.integrity.integrity, 0)}"
    )


def _some(paths: tuple[str, ...]) -> str:
    shown = ", ".join(paths[:3])
    return shown if len(paths) <= 3 else f"{shown} and {len(paths) - 3} more"


def _short(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
