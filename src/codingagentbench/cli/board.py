"""``cab board``, ``cab compare``, ``cab gate``: records as tables with error bars."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codingagentbench.cli.output import Json, console, count, print_json, print_table, seconds
from codingagentbench.cli.results import DEFAULT, Results

if TYPE_CHECKING:
    from codingagentbench.boards import Board, BoardRow, Comparison, Gate
    from codingagentbench.stats import Interval

BOARD = "Examples:  cab board   |   cab board --sweep nightly --task 'polyglot/**' --json"
COMPARE = "Examples:  cab compare codex pi   |   cab compare 'pi x oracle' 'pi x wrong' --json"
GATE = """\
Examples:  cab gate --baseline ./last-week --max-drop 0.05   |
cab gate --baseline main.parquet --max-tokens 1.2 --markdown summary.md
"""
Sweep = Annotated[str | None, typer.Option(help="Only this sweep.")]
Task = Annotated[list[str] | None, typer.Option(help="Only tasks that fit this glob; again: or.")]
Agent = Annotated[list[str] | None, typer.Option(help="Only this agent; again for more.")]
Model = Annotated[list[str] | None, typer.Option(help="Only this model; again for more.")]
_WIDTH = 20


def board(
    sweep: Sweep = None,
    task: Task = None,
    agent: Agent = None,
    model: Model = None,
    results: Results = DEFAULT,
    as_json: Json = False,
) -> None:
    """Agent x model: what it ships, whether that stays, what it costs, and how sure that is."""
    made = _board(results, sweep=sweep, task=task, agent=agent, model=model)
    if as_json:
        print_json(plain_board(made))
        return
    _print_board(made)


def compare(
    a: Annotated[str, typer.Argument(help="A row: AGENT, or 'AGENT x MODEL'.")],
    b: Annotated[str, typer.Argument(help="Another row.")],
    sweep: Sweep = None,
    task: Task = None,
    results: Results = DEFAULT,
    as_json: Json = False,
) -> None:
    """Two rows on the same tasks: a paired verdict, task by task, and where tokens and time went.

    A row's name is as `cab board` shows it.
    """
    from codingagentbench.boards import compare as compared

    found = compared(_board(results, sweep=sweep, task=task), a, b)
    if as_json:
        print_json(_plain_comparison(found))
        return
    _print_comparison(found)


def gate(
    baseline: Annotated[
        Path, typer.Option(help="A folder of results, or a file of `cab results export`.")
    ],
    max_drop: Annotated[
        float, typer.Option(min=0, max=1, help="Share of solved tasks that may be lost.")
    ] = 0.0,
    max_tokens: Annotated[
        float | None, typer.Option(min=0.01, help="Times the tokens per solved task.")
    ] = None,
    sweep: Sweep = None,
    task: Task = None,
    markdown: Annotated[Path | None, typer.Option(help="Append a summary to this file.")] = None,
    results: Results = DEFAULT,
    as_json: Json = False,
) -> None:
    """Did it get worse? Exit code 1 when some row lost more than it may, and not by chance."""
    from codingagentbench.boards import gate as gated
    from codingagentbench.errors import ResultsError

    now = _board(results, sweep=sweep, task=task)
    before = _board(baseline, sweep=None, task=task)
    answer = gated(now, before, max_drop=max_drop, max_tokens=max_tokens)
    if markdown is not None:
        try:
            with markdown.open("a", encoding="utf-8") as out:
                out.write(gate_markdown(answer))
        except OSError as error:
            raise ResultsError(
                f"cannot be written: {error.strerror}", where=str(markdown)
            ) from None
    if as_json:
        rows = [
            {"row": r.label, "answer": r.answer, "sentence": r.sentence, "lost": list(r.lost)}
            for r in answer.rows
        ]
        print_json({"passed": answer.passed, "max_drop": max_drop, "rows": rows})
    else:
        for row in answer.rows:
            console().print(f"{row.answer!s:<8} {row.label}: {row.sentence}", markup=False)
    if not answer.passed:
        raise typer.Exit(1)


def gate_markdown(answer: Gate) -> str:
    """A summary for a pull request."""
    head = "The gate holds." if answer.passed else "**The gate does not hold.**"
    lines = [
        f"### CodingAgentBench: {head}",
        "",
        f"At most {answer.max_drop:.0%} of the share of solved tasks may be lost.",
        "",
        "| row | answer | evidence | tasks solved less often |",
        "|---|---|---|---|",
    ]
    for row in answer.rows:
        lost = ", ".join(row.lost[:5]) + (f", and {len(row.lost) - 5} more" if row.lost[5:] else "")
        cells = (row.label, str(row.answer), row.sentence, lost or "none")
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n\n"


def _board(
    place: Path,
    *,
    sweep: str | None,
    task: list[str] | None,
    agent: list[str] | None = None,
    model: list[str] | None = None,
) -> Board:
    """The board of a folder of results or of a Parquet file, filtered."""
    from codingagentbench.boards import board_of, columns_of, read_columns, where
    from codingagentbench.errors import ResultsError
    from codingagentbench.results import Index, Store

    if place.suffix == ".parquet":
        columns = read_columns(place)
    else:
        store = Store(place)
        if not store.root.is_dir():
            raise ResultsError("no such folder", where=str(store.root), do="run a sweep first")
        with Index(store.root) as index:
            index.refresh()
            columns = columns_of(index.rows())
    kept = where(columns, sweep=sweep, tasks=task, agents=agent, models=model)
    if not len(kept):
        raise ResultsError("no attempt fits", where=str(place), do="see: cab results list")
    return board_of(kept)


def plain_board(board: Board) -> dict[str, Any]:
    """As JSON has it; null is "not measured"."""
    return {
        "tasks": len(board.tasks),
        "runs": board.runs,
        "attempts": board.attempts,
        "detectable_difference": board.detectable,
        "rows": [_plain_row(row) for row in board.rows],
    }


def _plain_row(row: BoardRow) -> dict[str, Any]:
    ships = row.ships
    return {
        "agent": row.agent,
        "model": row.model,
        "place": [row.best, row.worst],
        "ships": ships.solved,
        "ships_interval": ships.interval,
        "ships_rerun_noise": ships.rerun_noise,
        "ships_bounds": ships.bounds,
        "tasks": ships.tasks,
        "scored_runs": ships.runs,
        "unscored_runs": ships.unscored,
        "stays": row.stays.agreeing,
        "always": row.stays.always,
        "pass_at": {str(one.k): one.at for one in row.passk},
        "pass_hat": {str(one.k): one.hat for one in row.passk},
        "tokens_per_solved": row.tokens.value,
        "tokens_per_solved_interval": row.tokens.interval,
        "usd_per_solved": row.usd.value if not row.usd.unknown else None,
        "active_s_median": row.seconds.median,
        "active_s_p90": row.seconds.p90,
        "composite": row.composite,
        "outcomes": row.outcomes,
    }


def _print_board(board: Board) -> None:
    from codingagentbench.boards import WORDS

    print_table(
        ("place", "agent", "model", "Ships", "95 %", "", "Stays", "Costs", "seconds", "unscored"),
        [
            (
                row.place,
                row.agent,
                row.model,
                _share(row.ships.solved),
                _range(row.ships.interval),
                _bar(row.ships.solved, row.ships.interval),
                _share(row.stays.agreeing),
                "none solved" if row.tokens.value is None else count(round(row.tokens.value)),
                seconds(row.seconds.median),
                _unscored(row),
            )
            for row in board.rows
        ],
        right=("Ships", "Stays", "Costs", "seconds", "unscored"),
    )
    out = console()
    least = board.detectable
    small = (
        ""
        if least is None
        else (f"; differences below {least * 100:.0f} points would mostly not be seen")
    )
    out.print(f"{len(board.tasks)} tasks, up to {board.runs} runs each{small}", markup=False)
    for word in ("Ships", "Stays", "Costs"):
        out.print(f"{word}: {WORDS[word]}", markup=False)


def _unscored(row: BoardRow) -> str:
    ships = row.ships
    if not ships.unscored:
        return "0"
    return f"{ships.unscored} ({_share(ships.bounds.worst)} to {_share(ships.bounds.best)})"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value * 100:.1f}"


def _range(interval: Interval | None) -> str:
    return "-" if interval is None else f"{interval.low * 100:.0f}-{interval.high * 100:.0f}"


def _bar(value: float | None, interval: Interval | None) -> str:
    """From 0 to 1: the interval as a line, the value as a dot."""
    if value is None or interval is None:
        return ""
    low, high = (round(bound * (_WIDTH - 1)) for bound in interval)
    at = round(value * (_WIDTH - 1))
    return "".join("●" if n == at else "─" if low <= n <= high else "·" for n in range(_WIDTH))


def _plain_comparison(found: Comparison) -> dict[str, Any]:
    paired = found.paired
    return {
        "sentence": found.sentence,
        "a": _plain_row(found.a),
        "b": _plain_row(found.b),
        "tasks": paired.tasks,
        "difference": paired.difference,
        "interval": paired.interval,
        "p_value": paired.p_value,
        "test": paired.test,
        "by_task": [{"task": t.task, "a": t.a, "b": t.b} for t in found.tasks],
    }


def _print_comparison(found: Comparison) -> None:
    out, a, b = console(), found.a, found.b
    out.print(found.sentence, markup=False)
    for title, way in ((f"only or more often {a.label}", 1), (f"only or more often {b.label}", -1)):
        flips = [pair for pair in found.tasks if pair.flipped == way]
        if flips:
            out.print(f"\n{title}: {len(flips)} tasks", markup=False)
            for pair in flips:
                out.print(f"  {_share(pair.a):>5} {_share(pair.b):>5}  {pair.task}", markup=False)
    same = sum(pair.flipped == 0 and pair.a is not None for pair in found.tasks)
    out.print(f"\nno difference on {same} tasks", markup=False)
    print_table(
        ("", a.label, b.label),
        [
            ("Ships", _share(a.ships.solved), _share(b.ships.solved)),
            ("tokens per solved task", *(_tokens(row) for row in (a, b))),
            ("tokens in all", *(count(round(row.tokens.total)) for row in (a, b))),
            ("seconds, median", *(seconds(row.seconds.median) for row in (a, b))),
            ("seconds, p90", *(seconds(row.seconds.p90) for row in (a, b))),
        ],
        right=(a.label, b.label),
    )


def _tokens(row: BoardRow) -> str:
    return "none solved" if row.tokens.value is None else count(round(row.tokens.value))
