"""A record as one HTML page: pure, from values to text."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from markupsafe import Markup

from codingagentbench.cells import Record
from codingagentbench.gateway import Call
from codingagentbench.results import PAGE, Proof, run_path
from codingagentbench.sandboxes import TestResult
from codingagentbench.scoring import Outcome
from codingagentbench.site import commands
from codingagentbench.site.conversation import Exchange
from codingagentbench.site.diff import ChangedFile, changed_files
from codingagentbench.site.environment import SITE_POLICY, environment, policy
from codingagentbench.site.figures import breakdown, figures
from codingagentbench.site.gaps import gaps
from codingagentbench.site.neighbours import Neighbours
from codingagentbench.site.outcomes import look, standing
from codingagentbench.site.terminal import Screen, screen_text
from codingagentbench.site.text import count, cut, plural
from codingagentbench.site.timeline import Timeline, timeline
from codingagentbench.trace import SpanKind

_PATCH: Final = 4 << 20  # characters of a patch that are taken into memory
_FILES: Final = 20  # changed files that are shown
_TESTS: Final = 36  # tests that are shown

#: The page's blocks, under the questions that they answer.
CONTENTS: Final = (
    ("work", "Did it work?", (("scores", "Per-axis scores"),)),
    (
        "did",
        "What did it do?",
        (
            ("replay", "Trace replay"),
            ("terminal", "Terminal"),
            ("calls", "Model calls"),
            ("spans", "Trace spans"),
        ),
    ),
    (
        "change",
        "What did it change?",
        (("diff", "Working tree"), ("tests", "Verifier output"), ("rules", "Rules honoured")),
    ),
    (
        "typical",
        "Is it typical?",
        (
            ("runs", "Runs and attempts"),
            ("agents", "Other CLIs"),
            ("models", "Other models"),
            ("tasks", "Other tasks"),
        ),
    ),
    (
        "trust",
        "Can I trust it?",
        (
            ("identity", "Run identity"),
            ("timing", "Timing"),
            ("breakdown", "Scorer breakdown"),
            ("gaps", "Not measured"),
        ),
    ),
    (
        "run",
        "Can I run it?",
        (
            ("yourself", "Run it yourself"),
            ("again", "From its record"),
            ("explore", "Your own model"),
            ("zero", "Zero-install check"),
            ("embed", "Embed"),
        ),
    ),
)


@dataclass(frozen=True)
class Playback:
    """The heading of the terminal's block, and what a reader looks at."""

    title: str
    said: str


_PLAYBACK: Final = Playback("Terminal playback", "")
_PLAYBACKS: Final[Mapping[str, Playback]] = {
    Outcome.TIMED_OUT: Playback(
        "Watch it stall", "The agent ran, and was still running when its time was up."
    ),
    Outcome.RATE_LIMITED: Playback(
        "Watch it get throttled", "The provider's rate limit (HTTP 429) kept the agent from work."
    ),
}


@dataclass(frozen=True, kw_only=True)
class SitePlace:
    """Where a page lies within a site, as addresses seen from the page itself."""

    page: str  # its own, below the site's root
    home: str
    assets: str  # the folder of style sheets and scripts
    row: str
    task: str
    compare: str  # the page that compares, with this cell chosen
    published: str  # where the site will be, once it is published
    seal: Proof | None  # that the attempt is in its sweep's seal
    recording: str | None  # the script that holds the terminal's recording


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of the duration; ``share`` in per cent of it."""

    name: str
    seconds: float | None
    share: float | None


@dataclass(frozen=True, kw_only=True)
class Count:
    """One figure as the gateway and as the built-in endpoint counted it."""

    name: str
    ours: int | None
    theirs: int

    @property
    def equal(self) -> bool:
        """Nothing reported and nothing sent is the same."""
        return (self.ours or 0) == self.theirs


def render_page(
    record: Record,
    *,
    patch: str = "",
    files: Sequence[ChangedFile] | None = None,
    line: Timeline | None = None,
    screen: Screen | None = None,
    talks: Mapping[int, Exchange] | None = None,
    around: Neighbours | None = None,
    index: str | None = None,
    place: SitePlace | None = None,
) -> str:
    """The page of one attempt, whole in itself.

    ``patch`` is the text of ``changes.patch``; ``files`` and ``line`` what :func:`changed` and
    :func:`timeline` make of it all, where that is known; ``screen`` the terminal's end;
    ``talks`` the conversations by index of the call; ``around`` what lies beside the attempt;
    ``index`` the address of the table of all cells;
    ``place`` is given where the page is part of a site.
    """
    spec, verdict = record.spec, record.scores.verdict
    homepage = record.identity.agent_homepage
    values: dict[str, Any] = {
        "record": record,
        "spec": spec,
        "task": record.identity.task,
        "category": spec.task.partition("/")[0],
        "verdict": verdict,
        "it": look(verdict.outcome),
        "standing": standing(verdict.outcome, scored=verdict.scored),
        "passed": verdict.outcome is Outcome.PASSED,
        "figures": figures(record),
        "breakdown": breakdown(record),
        "gaps": gaps(record),
        "line": line or timeline(record),
        "playback": _PLAYBACKS.get(verdict.outcome, _PLAYBACK),
        "screen": screen,
        "tail_text": screen_text(record.output_tail),
        "talks": talks or {},
        "tokens": _tokens,
        "call_notes": _call_notes,
        "around": around or Neighbours(),
        "attempts": sum(g.run == spec.run for g in around.here) if around else 1,
        "index": index,
        "homepage": homepage if homepage.startswith("https://") else None,
        "parts": _parts(record),
        "truth": _truth(record),
        "toc": _toc(),
        "policy": SITE_POLICY if place else policy(script="page.js"),
        "place": place,
        "terminal_ms": _terminal_ms(record),
    }
    files = changed(record, patch) if files is None else files
    values |= _changes(record, files, has_patch=bool(patch)) | _tests(record)
    values |= _to_run(record, place)
    return environment().get_template("page.html.j2").render(values)


def _to_run(record: Record, place: SitePlace | None) -> dict[str, Any]:
    """What a reader types to check the page or run the cell, and how the agent was started."""
    return {
        "launch_argv": cut(shlex.join(record.launch.argv), limit=4000) if record.launch else "",
        "wiring": record.launch.wiring if record.launch else "",
        "check": f"{commands.CHECK} --ignore-missing" if place else commands.CHECK,
        "command": commands.run_command(record),
        "reproduce": commands.reproduce_command(record),
        "container": commands.container_command(record),
        "builtin": record.identity.endpoint.get("builtin", False),
        "check_agent": commands.check_agent_command(record),
        "embed": commands.embed(
            record,
            address=quote(place.page) if place else address(record),
            site=place.published if place else None,
        ),
    }


@cache
def _toc() -> Markup:
    """The table of contents, the same on every page."""
    questions = (
        f'<li><a href="#{anchor}">{question}</a><ul>'
        + "".join(f'<li><a href="#{block}">{title}</a></li>' for block, title in blocks)
        + "</ul></li>"
        for anchor, question, blocks in CONTENTS
    )
    return Markup(f"<ul>{''.join(questions)}</ul>")  # noqa: S704 - words of our own


def text_of(path: Path) -> str:
    """A text file's beginning; what is not UTF-8 in it is shown as such. Empty when not there."""
    try:
        with path.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
            return file.read(_PATCH)
    except OSError:
        return ""


def _terminal_ms(record: Record) -> float:
    """When the terminal's recording begins, on the trace's clock."""
    starts = [span.start_offset_ms for span in record.spans if span.kind is SpanKind.CONTAINER]
    return min(starts, default=0.0)


def address(record: Record) -> str:
    """The page's path below a results folder: sweep, agent, model, task, run and attempt."""
    spec = record.spec
    place = run_path(spec.sweep, spec.label, spec.model, spec.task, spec.run)
    return quote(str(place / f"attempt{record.attempt}" / PAGE))


def changed(record: Record, patch: str) -> tuple[ChangedFile, ...]:
    """What the attempt changed; ``patch`` is the text of ``changes.patch``."""
    if record.changes is None:
        return ()
    return changed_files(record.changes, patch=patch, axes=record.scores.axes)


def _changes(record: Record, files: Sequence[ChangedFile], *, has_patch: bool) -> dict[str, Any]:
    axes = record.scores.axes
    litter = tuple(f for f in files if f.mark == "litter")
    others = len(files) - len(litter)
    said = ", ".join(
        f"{len(paths)} {kind}"
        for kind, paths in (
            ("modified", axes.blast_radius.modified),
            ("added", axes.blast_radius.added),
            ("removed", axes.blast_radius.removed),
        )
        if paths
    )
    unexpected = len(axes.blast_radius.unexpected_changes)
    return {
        "files": files,
        "files_shown": _FILES,
        "files_left_out": max(others - _FILES, 0),
        "litter": litter,
        "changes_said": f"{said or 'nothing but litter'}; {unexpected or 'none'} unexpected",
        "has_patch": has_patch,
    }


def _tests(record: Record) -> dict[str, Any]:
    """Tests that did not pass first; what the verification came to in one sentence."""
    verification = record.verification
    found = verification.tests if verification else ()
    ordered = sorted(found, key=_order)
    parts = []
    for suite in dict.fromkeys(test.suite for test in found):
        these = [test for test in found if test.suite == suite]
        good = sum(test.outcome == "pass" for test in these)
        parts.append(f"{good} of {plural(len(these), f'{suite} test')} passed")
    if verification is not None:
        if verification.broken:
            parts.append(f"the verifier could not work: {verification.broken}")
        elif verification.timed_out:
            parts.append("the tests did not end in time")
        elif not verification.sound:
            parts.append("the report cannot be believed")
        if verification.exit_code is not None:
            parts.append(f"exit code {verification.exit_code}")
    return {
        "tests": ordered[:_TESTS],
        "tests_left_out": max(len(ordered) - _TESTS, 0),
        "tests_said": "; ".join(parts) or "no test was reported",
    }


def _order(test: TestResult) -> tuple[bool, str]:
    return test.outcome == "pass", test.suite


def _parts(record: Record) -> tuple[Part, ...]:
    """Where the duration went; the parts need not add up to it exactly."""
    timing = record.timing
    verifier = record.verification.seconds if record.verification else None
    table = (
        ("agent active", timing.agent_active_s),
        ("waiting for the provider", timing.provider_waiting_s),
        ("verifier", verifier),
        ("harness", timing.harness_s),
    )
    wall = timing.wall_s
    return tuple(
        Part(
            name=name,
            seconds=spent,
            share=None if spent is None or wall <= 0 else min(max(100 * spent / wall, 0), 100),
        )
        for name, spent in table
    )


def _truth(record: Record) -> tuple[Count, ...]:
    truth, totals = record.truth, record.ledger.totals
    if truth is None:
        return ()
    return (
        Count(name="calls", ours=totals.calls, theirs=truth.calls),
        Count(name="prompt tokens", ours=totals.input, theirs=truth.input),
        Count(name="of them cached", ours=totals.cached, theirs=truth.cached),
        Count(name="completion tokens", ours=totals.output, theirs=truth.output),
        Count(name="of them reasoning", ours=totals.reasoning, theirs=truth.reasoning),
    )


def _tokens(whole: int | None, part: int | None) -> str:
    """``1,300 (410)``; a dash for what the provider did not say."""
    if whole is None:
        return "–"
    return count(whole) if part is None else f"{count(whole)} ({count(part)})"


def _call_notes(call: Call) -> tuple[str, ...]:
    """What is unusual about a call."""
    table = (
        (call.background, "background"),
        (call.aborted, "agent hung up"),
        (call.logical != call.index, f"retry of #{call.logical + 1}"),
        (call.queue_ms >= 1, f"held back {call.queue_ms:,.0f} ms"),
        (call.retry_after_s is not None, f"retry after {call.retry_after_s} s"),
        (bool(call.rewritten), "sent on with " + ", ".join(call.rewritten)),
        (call.served_model not in (None, call.model), f"answered by {call.served_model}"),
    )
    return tuple(words for present, words in table if present)
