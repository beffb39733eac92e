"""What validation found, as a page to read: Markdown, with nothing of the machine in it."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence

from codingagentbench.corpus.validation import Validated
from codingagentbench.version import VERSION


def report(found: Sequence[Validated], *, command: str) -> str:
    """The page for these tasks, in order of id; ``command`` is the one that makes it again."""
    ordered = sorted(found, key=lambda one: one.id)
    lines = ["# The corpus, proved", "", f"Made by `{command}` with version {VERSION}.", ""]
    lines += [*_words(ordered), "", *_counts(ordered), "", *_table(ordered)]
    bad = [one for one in ordered if one.problems]
    if bad:
        lines += ["", "## What is wrong", ""]
        lines += [f"- `{one.id}` {p.check}: {p.what}" for one in bad for p in one.problems]
    noted = [(one.id, note) for one in ordered for note in one.notes]
    if noted:
        lines += ["", "## Notes", "", *(f"- `{name}`: {note}" for name, note in noted)]
    return "\n".join(lines) + "\n"


def _words(found: Sequence[Validated]) -> list[str]:
    status = Counter(one.status for one in found)
    runs = sum(2 * one.repeats for one in found if one.reference_s is not None)
    flaky = sum(p.check == "flaky" for one in found for p in one.problems)
    overhead = [one.overhead_s for one in found if one.overhead_s is not None]
    verify = [one.reference_s for one in found if one.reference_s is not None]
    said = ", ".join(f"{count} {name}" for name, count in status.most_common())
    lines = [f"{len(found)} tasks: {said}. {runs:,} runs of verifiers, {flaky} flaky tasks."]
    if verify:
        around = 1000 * statistics.median(overhead)
        lines.append(
            f"A verifier takes {statistics.median(verify):.2f} s (median over the tasks, at most "
            f"{max(verify):.2f} s); the harness around it {around:.0f} ms."
        )
    return [
        *lines,
        "",
        "For each task, in the sandbox: the start state fails hidden and visible tests, and fails "
        "them rather than breaking them; the reference passes all, keeps every rule, changes "
        "nothing unexpected and is solved by the real scorer; doing nothing scores 0; every run, "
        "each with another order of cases, time zone, language and hash seed, without network, "
        "gives every test the same outcome; AGENTS.md and the rules say the same; nothing in tree "
        "or ticket gives the answer away. The sandbox cannot set the clock: what reads it is "
        "noted.",
    ]


def _counts(found: Sequence[Validated]) -> list[str]:
    languages = sorted({one.language for one in found if one.language})
    categories = sorted({one.id.split("/")[0] for one in found})
    table = Counter((one.id.split("/")[0], one.language) for one in found)
    lines = [
        "| | " + " | ".join(languages) + " | all |",
        "|---|" + "---|" * (len(languages) + 1),
    ]
    for category in categories:
        row = [table[category, language] for language in languages]
        lines.append(
            f"| {category} | " + " | ".join(f"{n or ''}" for n in row) + f" | {sum(row)} |"
        )
    grades = Counter(one.difficulty for one in found if one.difficulty)
    hard = ", ".join(f"{grades[name]} {name}" for name in ("easy", "medium", "hard"))
    return [*lines, "", f"By difficulty: {hard}."]


def _table(found: Sequence[Validated]) -> list[str]:
    lines = [
        "| task | language | difficulty | hidden (fail at start) | visible (fail at start) "
        "| runs | verify | solved with the oracle by | verdict |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for one in found:
        verify = "" if one.reference_s is None else f"{one.reference_s:.2f} s"
        cells = (
            f"`{one.id}`",
            one.language,
            one.difficulty or "",
            _tests(one.hidden, one.failing_hidden),
            _tests(one.visible, one.failing_visible),
            str(2 * one.repeats),
            verify,
            ", ".join(one.solved_by),
            one.status,
        )
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def _tests(count: int, failing: int | None) -> str:
    return f"{count}" if failing is None else f"{count} ({failing})"
