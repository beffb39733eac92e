"""From records to rows: pure functions."""

from __future__ import annotations

from collections.abc import Sequence

from codingagentbench.agents import Agent
from codingagentbench.cells import Record
from codingagentbench.conformance.rows import Row, judged, told
from codingagentbench.globs import matches
from codingagentbench.scoring import Outcome

_MIB = 1 << 20
_OURS = frozenset(
    {
        Outcome.UNSUPPORTED,
        Outcome.SANDBOX_FAILED,
        Outcome.VERIFIER_FAILED,
        Outcome.HARNESS_FAILED,
    }
)


def calm(agent: Agent, record: Record) -> Sequence[Row]:
    """All that a run in which nothing goes wrong says."""
    return (
        _starts(record),
        _edits(agent, record),
        solved("solves Python", record),
        _streams(agent, record),
        _counted(record),
        _claimed(record),
        _exits(record),
        _litter(agent, record),
        _home(record),
        _names(agent, record),
        _left(record),
        _start_up(record),
        _memory(record),
    )


def solved(name: str, record: Record) -> Row:
    """Whether a task was solved; what this machine lacks or could not do is not the agent's."""
    outcome = record.scores.verdict.outcome
    if outcome in _OURS:
        return judged(name, None, f"{outcome}: {record.scores.verdict.detail}", basic=True)
    said = f"{len(record.ledger.calls)} calls, {_agent_s(record):.1f} s"
    if outcome == "passed":
        return judged(name, True, said, basic=True)
    return judged(name, False, f"{outcome}: {record.scores.verdict.detail}", basic=True)


def survived(name: str, record: Record, calm: Record) -> Row:
    """Whether the task was solved although something went wrong."""
    if not any(call.injected for call in record.ledger.calls):
        return judged(name, None, "it never came to that")
    if record.scores.verdict.outcome == "passed":
        return judged(name, True, _extra(record, calm))
    return judged(name, False, _gave_up(record))


def overflowed(record: Record, calm: Record) -> Row:
    """A prompt that is too long: made shorter, or said to be in the way."""
    name = "context overflow"
    if record.scores.verdict.outcome == "passed":
        return judged(name, True, _extra(record, calm))
    honest = record.exit is not None and record.exit.code != 0
    return judged(name, honest, _gave_up(record))


def hung(agent: Agent, record: Record) -> Sequence[Row]:
    """An endpoint that never answers, and then SIGTERM."""
    if record.exit is None:
        return (judged("stops on SIGTERM", None, record.scores.verdict.detail),)
    if record.exit.killed_by != "timeout":
        gave_up = f"gave up after {record.exit.wall_s:.0f} s, exit code {record.exit.code}"
        return (
            told("hang", gave_up),
            judged("stops on SIGTERM", None, "it had ended by then"),
        )
    own = f"; by itself: {agent.own_timeout}" if agent.own_timeout else ""
    waits = f"still waits after {record.spec.timeout_s:.0f} s{own}"
    if record.afterwards is None:
        return (told("hang", waits), judged("stops on SIGTERM", False, "had to be killed"))
    after = record.exit.wall_s - record.spec.timeout_s
    stops = judged("stops on SIGTERM", True, f"after {max(after, 0):.1f} s")
    return (told("hang", waits), stops)


def truthful(record: Record) -> Row:
    """Every call was refused: does the exit code say so?"""
    name = "exit code tells the truth"
    calls = len(record.ledger.calls)
    if record.exit is None or not calls:
        return judged(name, None, record.scores.verdict.detail)
    if record.exit.killed_by is not None:
        return judged(name, None, f"still tries after {record.exit.wall_s:.0f} s, {calls} calls")
    said = f"{record.exit.code} after {calls} calls that were all refused (401)"
    return judged(name, record.exit.code != 0, said)


def _starts(record: Record) -> Row:
    calls = len(record.ledger.calls)
    said = f"{calls} model calls" if calls else record.scores.verdict.detail
    return judged("starts without network", calls > 0, said, basic=True)


def _edits(agent: Agent, record: Record) -> Row:
    changed = bool(record.changes and record.changes.files)
    how = "tools" if agent.edits == "tools" else "blocks of text in the reply"
    said = f"through its own {how}" if agent.edits == "tools" else f"by {how}"
    return judged("edits", changed, said if changed else "nothing changed", basic=True)


def _streams(agent: Agent, record: Record) -> Row:
    work = [call.streamed for call in record.ledger.calls if call.usage.output]
    if not work:
        return judged("streams", None, "no answer to read")
    does = any(work)
    said = "yes" if does else "no"
    if does != agent.streams:
        return judged("streams", False, f"{said}, but it is declared otherwise")
    return told("streams", said)


def _counted(record: Record) -> Row:
    totals, truth = record.ledger.totals, record.truth
    if not totals.calls:
        return judged("tokens on the wire", None, "no model call", basic=True)
    counted = f"{totals.input or 0:,} in, {totals.output or 0:,} out"
    if truth is None:
        return told("tokens on the wire", counted)
    same = (truth.input, truth.output) == (totals.input, totals.output)
    equal = "equal to the endpoint's count"
    differs = f"the endpoint counted {truth.input:,} in, {truth.output:,} out"
    said = f"{counted}, {equal if same else differs}"
    return judged("tokens on the wire", same, said, basic=True)


def _claimed(record: Record) -> Row:
    claimed, totals = record.claimed, record.ledger.totals
    if not claimed:
        return told("claims", "nothing that we read")
    if "total" in claimed:
        return told("claims", f"{claimed['total']:,} in all")
    said = f"{claimed.get('input', 0):,} in, {claimed.get('output', 0):,} out"
    same = (claimed.get("input"), claimed.get("output")) == (totals.input, totals.output)
    return told("claims", f"{said}, {'the same' if same else 'not what was on the wire'}")


def _exits(record: Record) -> Row:
    if record.exit is None:
        return judged("exit code", None, record.scores.verdict.detail)
    if record.scores.verdict.outcome != "passed":
        return judged("exit code", None, f"{record.exit.code}; the task was not solved")
    return judged("exit code", record.exit.code == 0, f"{record.exit.code} after a solved task")


def _litter(agent: Agent, record: Record) -> Row:
    files = record.changes.files if record.changes else ()
    asked = record.identity.task.expected
    litter = (*agent.state_files, *(f"{glob}/**" for glob in agent.state_files))
    other = [f.path for f in files if not matches(f.path, asked)]
    undeclared = [path for path in other if not matches(path, litter)]
    extra = record.changes is not None and record.changes.extra_git_dir
    said = ", ".join((*other[:5], *((".git",) if extra else ()))) or "none"
    return judged("litter", not undeclared, said, basic=True)


def _home(record: Record) -> Row:
    if record.afterwards is None:
        return judged("HOME", None, "it did not end by itself")
    home, tmp = record.afterwards.home_bytes / _MIB, record.afterwards.tmp_bytes / _MIB
    return told("HOME", f"{home:.1f} MiB, and {tmp:.1f} MiB in /tmp")


def _names(agent: Agent, record: Record) -> Row:
    asked = record.exit.names if record.exit else None
    if asked is None:
        return judged("phones home", None, "nobody listened")
    surprising = [name for name in asked if not matches(name, agent.still_phones)]
    said = ", ".join(asked) or "no"
    return judged("phones home", not surprising, said) if surprising else told("phones home", said)


def _left(record: Record) -> Row:
    if record.afterwards is None:
        return judged("leaves no process", None, "it did not end by itself")
    left = record.afterwards.left
    return judged("leaves no process", not left, ", ".join(left) or "none")


def _start_up(record: Record) -> Row:
    offsets = [call.offset_ms for call in record.ledger.calls]
    if not offsets:
        return judged("start-up", None, "no model call")
    said = f"first call after {min(offsets) / 1000:.1f} s, all of it {_agent_s(record):.1f} s"
    return told("start-up", said)


def _memory(record: Record) -> Row:
    peak = record.exit.memory_peak_bytes if record.exit else None
    if peak is None:
        return judged("memory", None, "no control group to read it from")
    return told("memory", f"{peak / _MIB:.0f} MiB at most")


def _extra(record: Record, calm: Record) -> str:
    calls = len(record.ledger.calls) - len(calm.ledger.calls)
    more = _agent_s(record) - _agent_s(calm)
    return f"solved; {calls:+d} calls, {more:+.1f} s"


def _gave_up(record: Record) -> str:
    if record.exit is None:
        return record.scores.verdict.detail
    calls = len(record.ledger.calls)
    if record.exit.killed_by is not None:
        return f"still at it after {record.exit.wall_s:.0f} s, {calls} calls"
    done = "nothing done" if not (record.changes and record.changes.files) else "not solved"
    return f"{done}; exit code {record.exit.code} after {calls} calls, {_agent_s(record):.1f} s"


def _agent_s(record: Record) -> float:
    return record.timing.agent_s or 0.0
